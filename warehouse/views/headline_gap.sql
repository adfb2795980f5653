-- headline_gap: where headlines say more than the texts beneath.

create or replace view headline_gap as
with gapped as (

    -- Copies of one text bear headlines of their own, but one text beneath: they count as one together.
    select
        outlet_id,
        1 as n,
        headline_gap as gap,
        case when n_asserted > 0 then 1 else 0 end as n_asserted
    from core.portrait
    where headline_gap is not null
    and cluster_id is null
    union all
    select
        outlet_id,
        count(*) as n,
        avg(headline_gap) as gap,
        count(*) filter (where n_asserted > 0) as n_asserted
    from core.portrait
    where headline_gap is not null
    and cluster_id is not null
    group by outlet_id, cluster_id

),

summed as (

    select
        outlet_id,
        sum(n) as n_articles,
        count(*) as n_eff,
        sum(gap) as sum_gap,
        sum(n_asserted) as n_asserted
    from gapped
    group by outlet_id

),

measured as (

    select outlet_id, count(*) filter (where is_measured) as n_measured from core.portrait group by outlet_id

),

-- The worst ten of an outlet, with the way to what they say.
offender as (

    select
        outlet_id,
        headline_gap,
        n_asserted,
        published_utc,
        article_id,
        revision_id
    from core.portrait
    where headline_gap > 0
    or n_asserted > 0
    qualify row_number() over (
        partition by outlet_id order by headline_gap desc, n_asserted desc, published_utc desc, article_id
    ) <= 10

),

listed as (

    select
        outlet_id,
        list(
            struct_pack(article_id, revision_id, headline_gap, n_asserted, published_utc)
            order by headline_gap desc, n_asserted desc, published_utc desc, article_id
        ) as offenders
    from offender
    group by outlet_id

)

select
    m.outlet_id,
    o.name as outlet_name,
    o.outlet_class,
    g.sum_gap / g.n_eff as mean_gap,
    share_low(g.sum_gap, g.n_eff) as gap_low,
    share_high(g.sum_gap, g.n_eff) as gap_high,
    coalesce(g.n_asserted, 0)::bigint as n_asserted,
    coalesce(g.n_articles, 0)::bigint as n_articles,
    coalesce(g.n_eff, 0) as n_eff,
    m.n_measured,
    coalesce(g.n_eff, 0) < 8 as too_few,
    f.offenders,
    (select as_of_utc from core.portrait_state) as as_of
from measured as m
join core.outlet as o
    on m.outlet_id = o.outlet_id
left join summed as g
    on m.outlet_id = g.outlet_id
left join listed as f
    on m.outlet_id = f.outlet_id;

comment on view headline_gap is 'One row per outlet with dated articles on the talks: how much of what its headlines say the texts beneath do not. Only headlines that carry a frame count; most carry one or none.';
comment on column headline_gap.outlet_id is 'The outlet.';
comment on column headline_gap.outlet_name is 'Name of the outlet, for people.';
comment on column headline_gap.outlet_class is 'Class of the outlet, see view outlet.';
comment on column headline_gap.mean_gap is 'Mean over independent texts of the gap, in [0, 1]: of the frames in the headline, the share that the text does not carry in any voice; copies of one text count with their mean. Null: no headline carries a frame.';
comment on column headline_gap.gap_low is 'Lower end of its 95 % interval: that of a share, which no mean of values in [0, 1] scatters more than.';
comment on column headline_gap.gap_high is 'Upper end.';
comment on column headline_gap.n_asserted is 'Articles whose headline states a frame in the outlet''s own voice that the text only cites, rejects or keeps its distance from.';
comment on column headline_gap.n_articles is 'n: articles whose headline carries a frame, copies included.';
comment on column headline_gap.n_eff is 'Independent texts among them.';
comment on column headline_gap.n_measured is 'All measured articles of the outlet.';
comment on column headline_gap.too_few is 'n_eff below 8: not to be ranked or compared.';
comment on column headline_gap.offenders is 'The ten worst: largest gap, then most frames only asserted above, then newest. Their spans stand in view evidence under the same revision_id: part = ''title'' is what the headline says. Null: none.';
comment on column headline_gap.as_of is 'The newest score that is counted.';
