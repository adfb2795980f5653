-- headline_gap: where headlines say more than the texts beneath.

create or replace view headline_gap as
with gapped as (

    -- Copies of one text bear headlines of their own, but one text beneath: they count as one together.
    select
        outlet_id,
        coalesce(cluster_id, article_id) as text_id,
        count(*) as n,
        avg(headline_gap) as gap,
        count(*) filter (where n_asserted > 0) as n_asserted
    from core.portrait
    where headline_gap is not null
    group by all

),

measured as (

    select outlet_id, count(*) filter (where is_measured) as n_measured from core.portrait group by outlet_id

),

-- The worst ten of an outlet, with the way to what they say.
offender as (

    select
        outlet_id,
        list(
            struct_pack(article_id, revision_id, headline_gap, n_asserted, published_utc)
            order by headline_gap desc, n_asserted desc, published_utc desc, article_id
        )[1:10] as offenders
    from core.portrait
    where headline_gap > 0
    or n_asserted > 0
    group by outlet_id

)

select
    m.outlet_id,
    o.name as outlet_name,
    o.outlet_class,
    avg(g.gap) as mean_gap,
    case when count(g.gap) >= 2 then
        greatest(0.0, mean_gap - core.t_95(count(g.gap) - 1) * stddev_samp(g.gap) / sqrt(count(g.gap)))
    end as gap_low,
    case when count(g.gap) >= 2 then
        least(1.0, mean_gap + core.t_95(count(g.gap) - 1) * stddev_samp(g.gap) / sqrt(count(g.gap)))
    end as gap_high,
    coalesce(sum(g.n_asserted), 0)::bigint as n_asserted,
    coalesce(sum(g.n), 0)::bigint as n_articles,
    count(g.gap) as n_eff,
    any_value(m.n_measured) as n_measured,
    count(g.gap) < 8 as too_few,
    any_value(f.offenders) as offenders,
    (select as_of_utc from core.portrait_state) as as_of
from measured as m
join core.outlet as o
    on m.outlet_id = o.outlet_id
left join gapped as g
    on m.outlet_id = g.outlet_id
left join offender as f
    on m.outlet_id = f.outlet_id
group by m.outlet_id, o.name, o.outlet_class;
