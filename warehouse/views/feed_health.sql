-- feed_health: which feeds speak to us, since when, and what went wrong last.

create or replace view feed_health as
with polls as (

    select
        *,
        fetch_status in ('ok', 'not_modified') and error is null as is_success,
        row_number() over (
            partition by feed_url
            order by failure is not distinct from 'ours', polled_utc desc, poll_id
        ) as age_rank,              -- a poll that failed because of us says nothing of the feed
        last_value(n_items ignore nulls) over (
            partition by feed_url order by polled_utc, poll_id
        ) as n_held                 -- 304 after an empty document is another empty one
    from core.poll

),

summary as (

    select
        feed_url,
        count(*) as n_polls,
        count(*) filter (where is_success) as n_polls_ok,
        max(polled_utc) as last_poll_utc,
        max(polled_utc) filter (where is_success) as last_success_utc,
        coalesce(
            min(age_rank) filter (where is_success) - 1,
            count(*) filter (where failure is distinct from 'ours')
        ) as n_failures_in_row,
        arg_max(n_items, polled_utc) filter (where n_items is not null) as n_items_last,
        arg_max(n_unread, polled_utc) filter (where n_items is not null) as n_unread_last,
        count(*) filter (
            where is_success
            and n_held = 0
            and polled_utc > coalesce(full_utc, timestamptz '0001-01-01 00:00:00+00')
        ) as n_empty_in_row
    from polls
    left join (
        select feed_url as url, max(polled_utc) as full_utc from polls where n_items > 0 group by all
    ) as full_documents
        on feed_url = url
    group by feed_url

),

last_poll as (

    select * from polls where age_rank = 1

),

items as (

    select
        feed_url,
        count(*) as n_sightings,
        max(first_seen_utc) as newest_seen_utc,
        max(published_utc) filter (where published_utc <= first_seen_utc) as newest_item_utc
    from core.sighting
    group by feed_url

),

-- The longest pause between two days with an item, while the feed was alive: some are slow by nature.
item_days as (

    select
        feed_url,
        day_utc - lag(day_utc) over (partition by feed_url order by day_utc) as pause_days
    from (
        select distinct
            feed_url,
            cast(coalesce(published_utc, first_seen_utc) at time zone 'UTC' as date) as day_utc
        from core.sighting
    )

),

pauses as (

    select feed_url, max(pause_days) as longest_pause_days from item_days group by feed_url

),

gaps as (

    select feed_url, count(*) as n_gaps, max(to_utc) as last_gap_utc from core.gap group by feed_url

),

moves as (

    select feed_url, arg_max(new_url, moved_utc) as moved_to from core.feed_move group by feed_url

)

select
    f.feed_url,
    f.outlet_id,
    o.name as outlet_name,
    o.outlet_class,
    f.language,
    f.verified,
    f.verified_source,
    f.is_watched,
    case
        when s.n_polls is null then 'never polled'
        when s.n_failures_in_row > 0 then 'failing'
        when coalesce(i.n_sightings, 0) = 0 or s.n_empty_in_row >= 3 then 'empty'
        when (epoch(s.last_poll_utc) - epoch(coalesce(i.newest_item_utc, i.newest_seen_utc))) / 86400
            > greatest(7, 2 * coalesce(d.longest_pause_days, 0)) then 'frozen'
        else 'ok'
    end as health,
    coalesce(s.n_polls, 0) as n_polls,
    coalesce(s.n_polls_ok, 0) as n_polls_ok,
    s.last_poll_utc,
    s.last_success_utc,
    coalesce(s.n_failures_in_row, 0) as n_failures_in_row,
    p.fetch_status as last_status,
    p.http_status as last_http_status,
    p.error as last_error,
    s.n_items_last,
    s.n_unread_last,
    coalesce(s.n_empty_in_row, 0) as n_empty_in_row,
    coalesce(i.n_sightings, 0) as n_sightings,
    i.newest_item_utc,
    (epoch(s.last_poll_utc) - epoch(i.newest_item_utc)) / 86400 as newest_item_age_days,
    coalesce(g.n_gaps, 0) as n_gaps,
    g.last_gap_utc,
    p.interval_s / 60 as interval_minutes,
    p.next_utc,
    p.next_reason,
    m.moved_to
from core.feed as f
join core.outlet as o
    on f.outlet_id = o.outlet_id
left join summary as s
    on f.feed_url = s.feed_url
left join last_poll as p
    on f.feed_url = p.feed_url
left join items as i
    on f.feed_url = i.feed_url
left join pauses as d
    on f.feed_url = d.feed_url
left join gaps as g
    on f.feed_url = g.feed_url
left join moves as m
    on f.feed_url = m.feed_url;

comment on view feed_health is 'One row per feed that is or was watched.';
comment on column feed_health.feed_url is 'Address of the feed.';
comment on column feed_health.outlet_id is 'The outlet.';
comment on column feed_health.outlet_name is 'Name of the outlet, for people.';
comment on column feed_health.outlet_class is 'Class of the outlet, see view outlet.';
comment on column feed_health.language is 'ISO 639-1 of the items, as registered.';
comment on column feed_health.verified is 'How far the address was checked before it was registered: fetched, listed or unverified.';
comment on column feed_health.verified_source is 'By whom, and on which day it was read.';
comment on column feed_health.is_watched is 'False: no longer in the registry.';
comment on column feed_health.health is 'never polled, failing (the last poll failed), empty (answers, but never had an item, or none in its last three documents), frozen (answers, but its newest item is older than a week and twice its longest pause before) or ok. Polls that failed because of us are left out.';
comment on column feed_health.n_polls is 'Times the feed was asked.';
comment on column feed_health.n_polls_ok is 'Times it answered with a feed, or with: not modified.';
comment on column feed_health.last_poll_utc is 'When it was last asked.';
comment on column feed_health.last_success_utc is 'When it last answered; null: never.';
comment on column feed_health.n_failures_in_row is 'Failed polls since the last success.';
comment on column feed_health.last_status is 'Outcome of the last poll.';
comment on column feed_health.last_http_status is 'HTTP status of the last poll; null: no answer.';
comment on column feed_health.last_error is 'What went wrong in the last poll; null: nothing.';
comment on column feed_health.n_items_last is 'Items in the last body that was read; null: none was.';
comment on column feed_health.n_unread_last is 'Items that stand in that body and could not be read, for its markup is broken: they are missing from all figures; null: none was read.';
comment on column feed_health.n_empty_in_row is 'Answers since the last document with items that gave none, or said that it is unchanged.';
comment on column feed_health.n_sightings is 'Items ever seen in this feed.';
comment on column feed_health.newest_item_utc is 'Publication time of its newest item; an old one is a frozen feed, whatever its status says.';
comment on column feed_health.newest_item_age_days is 'Age of that item at the last poll, in days; null: no dated item was seen.';
comment on column feed_health.n_gaps is 'Times a document shared no item with the one before it, see view gap.';
comment on column feed_health.last_gap_utc is 'When that happened last; null: never.';
comment on column feed_health.interval_minutes is 'How long the feed is left alone while it answers: it adapts to how much is new.';
comment on column feed_health.next_utc is 'Not to be asked before.';
comment on column feed_health.next_reason is 'Why then.';
comment on column feed_health.moved_to is 'Where it is asked since it moved for good; null: at feed_url.';
