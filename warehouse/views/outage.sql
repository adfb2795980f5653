-- outage: when nothing answered us. Most hosts do not fail at once; our own network does.

create or replace view outage as
with ours as (

    select polled_utc, feed_url, outlet_id from core.poll where failure = 'ours'

),

moments as (

    select
        polled_utc,
        coalesce(polled_utc - lag(polled_utc) over (order by polled_utc) > interval 90 minutes, false) as is_new
    from (select distinct polled_utc from ours)

),

-- While nothing answers, feeds are asked again at each run, so failures that lie further apart are two outages.
numbered as (

    select polled_utc, count_if(is_new) over (order by polled_utc) as number from moments

),

stretches as (

    select
        min(o.polled_utc) as from_utc,
        max(o.polled_utc) as last_failure_utc,
        count(*) as n_polls,
        count(distinct o.feed_url) as n_feeds,
        count(distinct o.outlet_id) as n_outlets
    from ours as o
    join numbered as n
        on o.polled_utc = n.polled_utc
    group by n.number

)

select
    s.from_utc,
    s.last_failure_utc,
    p.polled_utc as to_utc,
    s.n_polls,
    s.n_feeds,
    s.n_outlets
from stretches as s
asof left join (select polled_utc from core.poll where failure is distinct from 'ours') as p
    on s.last_failure_utc < p.polled_utc;

comment on view outage is 'One row per stretch of polls that failed because of us, none more than 90 minutes after the one before: more than half of all hosts asked did not answer at once. No feed is held to account for it.';
comment on column outage.from_utc is 'First failed poll.';
comment on column outage.last_failure_utc is 'Last failed poll.';
comment on column outage.to_utc is 'Next poll that was not our fault; null: none yet.';
comment on column outage.n_polls is 'Polls that failed.';
comment on column outage.n_feeds is 'Feeds that were asked in vain.';
comment on column outage.n_outlets is 'Outlets that were asked in vain.';
