-- watch_day: the base of the ledger and of the trends' coverage flags. One row per outlet and UTC day with a poll
-- or a sighting, and for watched outlets one for each day between: a day on which nobody asked is not a quiet day.

create or replace view core.watch_day as
with polled as (

    select
        outlet_id,
        cast(polled_utc at time zone 'UTC' as date) as day_utc,
        count(*) as n_polls,
        count(*) filter (where fetch_status in ('ok', 'not_modified') and error is null) as n_polls_ok,
        count(*) filter (where failure = 'ours') as n_polls_ours,
        count(distinct feed_url) as n_feeds_asked,
        count(distinct feed_url) filter (
            where fetch_status in ('ok', 'not_modified') and error is null
        ) as n_feeds_answered
    from core.poll
    group by all

),

overturned as (

    select article_id from core.revision
    except
    select article_id from core.article_revision

),

-- A text that was stored and later proved to be a wall counts as one; its sighting stays as it is.
settled as (

    select
        s.outlet_id,
        s.feed_url,
        s.first_seen_utc,
        s.article_id,
        case when s.state = 'stored' and o.article_id is not null then 'wall' else s.state end as state
    from core.sighting as s
    left join overturned as o
        on s.article_id = o.article_id

),

seen as (

    select
        s.outlet_id,
        cast(s.first_seen_utc at time zone 'UTC' as date) as day_utc,
        count(*) as n_seen,
        count(*) filter (where starts_with(s.feed_url, 'warc:')) as n_backfilled,
        count(*) filter (where s.state = 'pending') as n_pending,
        count(*) filter (where s.state = 'stored') as n_stored,
        count(*) filter (where s.state = 'duplicate') as n_duplicate,
        count(*) filter (where s.state = 'off_topic') as n_off_topic,
        count(*) filter (where s.state = 'paywalled') as n_paywalled,
        count(*) filter (where s.state = 'wall') as n_wall,
        count(*) filter (where s.state = 'soft_404') as n_soft_404,
        count(*) filter (where s.state = 'index') as n_index,
        count(*) filter (where s.state = 'video') as n_video,
        count(*) filter (where s.state = 'too_short') as n_too_short,
        count(*) filter (where s.state = 'robots') as n_robots,
        count(*) filter (where s.state = 'error') as n_error,
        count(*) filter (where s.state = 'stored' and a.scored_utc is not null) as n_scored,
        count(*) filter (where s.state = 'stored' and a.relevant) as n_relevant,
        count(*) filter (where s.state = 'stored' and a.scored_utc is not null and a.relevant is null) as n_unmeasured
    from settled as s
    left join core.scored_article as a
        on s.article_id = a.article_id
    group by all

),

missed as (

    select
        outlet_id,
        cast(to_utc at time zone 'UTC' as date) as day_utc,
        count(*) as n_gaps,
        sum(n_lost) as n_missed,
        count(*) filter (where n_lost is null) as n_gaps_unknown
    from core.gap
    group by all

),

-- A gap throws doubt on every day from one document to the next.
doubted as (

    select distinct
        outlet_id,
        cast(unnest(generate_series(
            date_trunc('day', from_utc at time zone 'UTC'), to_utc at time zone 'UTC', interval 1 day
        )) as date) as day_utc
    from core.gap

),

watched as (

    select
        p.outlet_id,
        cast(unnest(generate_series(
            cast(min(p.day_utc) as timestamp),
            cast(
                case when any_value(o.is_watched) then (select max(day_utc) from polled) else max(p.day_utc) end
                as timestamp
            ),
            interval 1 day
        )) as date) as day_utc
    from polled as p
    left join core.outlet as o
        on p.outlet_id = o.outlet_id
    group by p.outlet_id

),

days as (

    select outlet_id, day_utc from watched
    union
    select outlet_id, day_utc from seen

),

ledger as (

    select
        d.outlet_id,
        d.day_utc,
        coalesce(p.n_polls, 0) as n_polls,
        coalesce(p.n_polls_ok, 0) as n_polls_ok,
        coalesce(p.n_polls_ours, 0) as n_polls_ours,
        coalesce(p.n_feeds_asked, 0) as n_feeds_asked,
        coalesce(p.n_feeds_answered, 0) as n_feeds_answered,
        coalesce(m.n_gaps, 0) as n_gaps,
        case when coalesce(m.n_gaps_unknown, 0) = 0 then coalesce(m.n_missed, 0) end as n_missed,
        doubted.day_utc is not null as is_doubted,
        coalesce(s.n_seen, 0) as n_seen,
        coalesce(s.n_backfilled, 0) as n_backfilled,
        coalesce(s.n_pending, 0) as n_pending,
        coalesce(s.n_stored, 0) as n_stored,
        coalesce(s.n_duplicate, 0) as n_duplicate,
        coalesce(s.n_off_topic, 0) as n_off_topic,
        coalesce(s.n_paywalled, 0) as n_paywalled,
        coalesce(s.n_wall, 0) as n_wall,
        coalesce(s.n_soft_404, 0) as n_soft_404,
        coalesce(s.n_index, 0) as n_index,
        coalesce(s.n_video, 0) as n_video,
        coalesce(s.n_too_short, 0) as n_too_short,
        coalesce(s.n_robots, 0) as n_robots,
        coalesce(s.n_error, 0) as n_error,
        coalesce(s.n_scored, 0) as n_scored,
        coalesce(s.n_relevant, 0) as n_relevant,
        coalesce(s.n_unmeasured, 0) as n_unmeasured,
        min(d.day_utc) filter (where p.n_polls_ok > 0) over (partition by d.outlet_id) as first_day_utc
    from days as d
    left join polled as p
        on d.outlet_id = p.outlet_id
        and d.day_utc = p.day_utc
    left join seen as s
        on d.outlet_id = s.outlet_id
        and d.day_utc = s.day_utc
    left join missed as m
        on d.outlet_id = m.outlet_id
        and d.day_utc = m.day_utc
    left join doubted
        on d.outlet_id = doubted.outlet_id
        and d.day_utc = doubted.day_utc

),

-- What the outlet's own last 28 days lead one to expect. The first day is left out: it brings all that a feed
-- held when it was first asked.
expected as (

    select
        *,
        count(*) filter (where n_polls_ok > 0 and day_utc > first_day_utc) over four_weeks as n_days_known,
        quantile_cont(n_seen - n_backfilled, 0.05) filter (where n_polls_ok > 0 and day_utc > first_day_utc)
            over four_weeks as low,
        quantile_cont(n_seen - n_backfilled, 0.95) filter (where n_polls_ok > 0 and day_utc > first_day_utc)
            over four_weeks as high
    from ledger
    window four_weeks as (
        partition by outlet_id
        order by day_utc
        range between interval 28 days preceding and interval 1 day preceding
    )

),

ranged as (

    select
        * exclude (low, high, n_days_known, first_day_utc),
        case when n_days_known >= 14 then low end as expected_low,
        case when n_days_known >= 14 then high end as expected_high
    from expected

)

select
    *,
    case
        when n_polls = 0 and n_seen > 0 then 'backfilled'
        when n_polls = 0 then 'not asked'
        when n_polls_ok = 0 and n_polls_ours = n_polls then 'our outage'
        when n_polls_ok = 0 then 'outage'
        when is_doubted then 'gap'
        when n_feeds_answered < n_feeds_asked then 'partial'
        when n_seen - n_backfilled < expected_low then 'low'
        when n_seen - n_backfilled > expected_high then 'high'
        else 'ok'
    end as coverage_flag,
    n_polls_ok = 0 and not (n_polls = 0 and n_seen > 0) as is_blind
from ranged;
