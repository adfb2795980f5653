-- outage: when nothing answered us. Most hosts do not fail at once; our own network does.

create or replace view outage as
with polls as (

    -- Each poll that was not our fault begins a stretch, and the failures after it belong to it.
    select
        *,
        failure is not distinct from 'ours' as is_ours,
        count(*) filter (where failure is distinct from 'ours') over (
            order by polled_utc, poll_id rows between unbounded preceding and current row
        ) as stretch
    from core.poll

),

stretches as (

    select
        min(polled_utc) filter (where is_ours) as from_utc,
        max(polled_utc) filter (where is_ours) as last_failure_utc,
        lead(min(polled_utc)) over (order by stretch) as to_utc,
        count(*) filter (where is_ours) as n_polls,
        count(distinct feed_url) filter (where is_ours) as n_feeds,
        count(distinct outlet_id) filter (where is_ours) as n_outlets
    from polls
    group by stretch

)

select
    from_utc,
    last_failure_utc,
    to_utc,
    n_polls,
    n_feeds,
    n_outlets
from stretches
where n_polls > 0;

comment on view outage is 'One row per stretch of polls that failed because of us: more than half of all hosts asked did not answer at once. No feed is held to account for it.';
comment on column outage.from_utc is 'First failed poll.';
comment on column outage.last_failure_utc is 'Last failed poll.';
comment on column outage.to_utc is 'Next poll that was not our fault; null: none yet.';
comment on column outage.n_polls is 'Polls that failed.';
comment on column outage.n_feeds is 'Feeds that were asked in vain.';
comment on column outage.n_outlets is 'Outlets that were asked in vain.';
