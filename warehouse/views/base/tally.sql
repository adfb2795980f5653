-- tally: the one place where shares are computed: of frames or of sides, for any unit, period, voice and time zone. The
-- same as framing/corpus/intervals.tally and framing/corpus/shrinkage say of lists of clusters. Whoever shares its text
-- with nobody is added up; of the copies, which are few, it depends on which of them are asked for.
--   in_kind    frame or side
--   by_what    outlet, class, language, country or all
--   by_day     one row per day in in_zone, or (false) one for the whole period, whose day is first_day
--   in_voice   null: each voice

create or replace macro core.tally(in_kind, by_what, by_day, first_day, last_day, in_voice, in_zone) as table
with outlet_cell as (

    select
        outlet_id,
        case when by_what = 'language' then language end as language,
        case when by_day then core.local_day(in_zone, day_utc, day_kyiv, day_moscow) else first_day end as day,
        voice,
        code_id,
        sum(n) as n,
        sum(n_unmeasured) as n_unmeasured,
        sum(k) as k,
        sum(n_alone) as n_alone,
        sum(k_alone) as k_alone,
        sum(sum_share) as sum_share
    from core.trend_cell
    where kind = in_kind
    and (in_voice is null or voice = in_voice)
    and core.local_day(in_zone, day_utc, day_kyiv, day_moscow) between first_day and last_day
    group by all

),

cell as (

    select
        core.unit_of(by_what, c.outlet_id, o.outlet_class, c.language, o.country) as unit,
        c.day,
        c.voice,
        c.code_id,
        any_value(o.outlet_class) as outlet_class,
        count(*) filter (where c.n > 0) as n_outlets,
        cast(sum(c.n) as bigint) as n,
        cast(sum(c.n_unmeasured) as bigint) as n_unmeasured,
        cast(sum(c.k) as bigint) as k,
        cast(sum(c.n_alone) as bigint) as n_alone,
        cast(sum(c.k_alone) as bigint) as k_alone,
        sum(c.sum_share) as sum_share
    from outlet_cell as c
    join core.outlet as o
        on c.outlet_id = o.outlet_id
    group by all

),

-- Each cluster of copies, as far as it is asked for, with the codes of all its articles.
cluster as (

    select
        core.unit_of(by_what, c.outlet_id, o.outlet_class, c.language, o.country) as unit,
        case when by_day then core.local_day(in_zone, c.day_utc, c.day_kyiv, c.day_moscow) else first_day end as day,
        c.voice,
        c.cluster_id,
        count(*) as n,
        flatten(list(c.carried)) as carried,
        flatten(list(c.unmeasured)) as unmeasured
    from core.trend_copy as c
    join core.outlet as o
        on c.outlet_id = o.outlet_id
    where c.kind = in_kind
    and (in_voice is null or c.voice = in_voice)
    and core.local_day(in_zone, c.day_utc, c.day_kyiv, c.day_moscow) between first_day and last_day
    group by all

),

-- Most codes are measured in all copies of a text and carried in none: what holds for all codes is counted once, and
-- what differs for one is set off against it.
clusters as (

    select
        unit,
        day,
        voice,
        count(*) as n_clusters,
        sum(n * n) as squares
    from cluster
    group by all

),

marked as (

    select
        cluster_id,
        unit,
        day,
        voice,
        n,
        code_id,
        count_if(is_carried) as k,
        count_if(not is_carried) as n_unmeasured
    from (
        select cluster_id, unit, day, voice, n, unnest(carried) as code_id, true as is_carried from cluster
        union all
        select cluster_id, unit, day, voice, n, unnest(unmeasured) as code_id, false as is_carried from cluster
    )
    group by all

),

differing as (

    select
        unit,
        day,
        voice,
        code_id,
        sum(k / (n - n_unmeasured)) filter (where n > n_unmeasured) as k_eff,
        count_if(n = n_unmeasured) as n_gone,
        sum(n * n - (n - n_unmeasured) * (n - n_unmeasured)) as squares_gone
    from marked
    group by all

),

counted as (

    select
        c.*,
        c.k_alone + coalesce(d.k_eff, 0.0) as k_eff,
        cast(c.n_alone + coalesce(a.n_clusters, 0) - coalesce(d.n_gone, 0) as bigint) as n_eff,
        -- To how many articles of equal weight the n amount (Kish): one text in many copies outweighs the others.
        case when c.n > 0 then
            c.n * c.n / cast(c.n_alone + coalesce(a.squares, 0) - coalesce(d.squares_gone, 0) as double)
        end as n_kish
    from cell as c
    left join clusters as a
        on c.unit = a.unit
        and c.day = a.day
        and c.voice = a.voice
    left join differing as d
        on c.unit = d.unit
        and c.day = d.day
        and c.voice = d.voice
        and c.code_id = d.code_id

),

-- What the outlets of a class have in common, by the method of moments.
class_moment as (

    select
        outlet_class,
        day,
        voice,
        code_id,
        count(*) - 1 as spare,
        sum(n_eff) as total,
        sum(n_eff * n_eff) as squares,
        sum(k_eff) / sum(n_eff) as mean,
        sum(k_eff * k_eff / n_eff) as scatter
    from counted
    where by_what = 'outlet'
    and n_eff > 0
    group by all
    having count(*) >= 3
    and sum(n_eff) > count(*)

),

class_correlation as (

    select
        *,
        case when mean > 0 and mean < 1 then
            ((scatter - mean * mean * total) / (mean * (1 - mean)) - spare) / (total - squares / total - spare)
        end as correlation
    from class_moment

),

class_prior as (

    select
        *,
        case
            when correlation > 0 then least(greatest(1 / correlation - 1, 1), total)
            else cast(total as double)
        end as strength
    from class_correlation

)

select
    c.unit,
    c.day,
    c.voice,
    c.code_id,
    c.n_outlets,
    c.n,
    c.n_unmeasured,
    c.k,
    c.n_eff,
    c.k_eff,
    case when c.n_eff > 0 then c.k_eff / c.n_eff end as share,
    share_low(c.k_eff, c.n_eff) as share_low,
    share_high(c.k_eff, c.n_eff) as share_high,
    case when c.n_eff > 0 then (c.k_eff + p.mean * p.strength) / (c.n_eff + p.strength) end as shrunken_share,
    case when c.n > 0 then c.k / c.n end as reach,
    share_low(c.k / c.n * c.n_kish, c.n_kish) as reach_low,
    share_high(c.k / c.n * c.n_kish, c.n_kish) as reach_high,
    case when c.n > 0 then c.sum_share / c.n end as mean_share,
    c.n_eff < 8 as too_few,
    (select s.as_of_utc from core.trend_state as s) as as_of
from counted as c
left join class_prior as p
    on c.outlet_class = p.outlet_class
    and c.day = p.day
    and c.voice = p.voice
    and c.code_id = p.code_id;
