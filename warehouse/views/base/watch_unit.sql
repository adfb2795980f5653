-- watched_unit: how many outlets of each unit were watched on each UTC day, and of how many nothing could be seen. An
-- outlet counts for every language in which it is watched.

create or replace macro core.watched_unit(by_what) as table
with watched as (

    select
        core.unit_of(by_what, w.outlet_id, o.outlet_class, l.language, o.country) as unit,
        w.day_utc,
        count(*) as n_watched,
        count(*) filter (where w.is_blind) as n_blind,
        any_value(w.coverage_flag) as coverage_flag
    from core.watch_day as w
    join core.outlet as o
        on w.outlet_id = o.outlet_id
    cross join lateral (
        select unnest(case when by_what = 'language' then o.languages else [null] end) as language
    ) as l
    group by all

)

select
    unit,
    day_utc,
    n_watched,
    n_blind,
    case
        when by_what = 'outlet' then coverage_flag
        when n_blind = n_watched then 'outage'
        when n_blind > 0 then 'partial'
        else 'ok'
    end as coverage_flag
from watched;

-- day_tally: the tally by day, with what could be seen of each day. Days of coverage are those of UTC.

create or replace macro core.day_tally(by_what, first_day, last_day, in_voice, in_zone) as table
select
    t.*,
    coalesce(w.n_watched, 0) as n_watched,
    coalesce(w.n_blind, 0) as n_blind,
    coalesce(w.coverage_flag, 'not watched') as coverage_flag
from core.tally('frame', by_what, true, first_day, last_day, in_voice, in_zone) as t
left join core.watched_unit(by_what) as w
    on t.unit = w.unit
    and t.day = w.day_utc;
