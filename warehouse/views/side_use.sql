-- side_use: how many articles carry a frame that serves a side.

create or replace macro side_use(
    by_what,
    first_day := date '1900-01-01',
    last_day := date '2999-12-31',
    in_voice := 'outlet'
) as table
with served as (

    select
        core.unit_of(by_what, s.outlet_id, s.outlet_class, s.language, s.country) as unit,
        s.outlet_id,
        s.voice,
        s.revision_id,
        f.serves,
        -- One frame not measured, and nobody knows whether the side is served.
        case when count(*) = count(s.carried) then bool_or(s.carried) end as is_served
    from core.voiced_frame as s
    join core.frame as f
        on s.frame_id = f.frame_id
    join core.active_codebook as active
        on f.codebook_version = active.codebook_version
    where s.day_utc between first_day and last_day
    and s.voice = core.known_voice(in_voice)
    group by all

)

select
    unit,
    serves,
    voice,
    count(distinct outlet_id) filter (where is_served is not null) as n_outlets,
    count(is_served) as n_articles,
    count(*) - count(is_served) as n_unmeasured,
    count(*) filter (where is_served) as n_carried,
    case when count(is_served) > 0 then count_if(is_served) / count(is_served) end as share_carried,
    wilson_low(count_if(is_served), count(is_served)) as share_low,
    wilson_high(count_if(is_served), count(is_served)) as share_high,
    count(is_served) < 8 as too_few
from served
group by all;

comment on macro table side_use is 'One row per unit and side served (RU, UA, US, EU, none), over the dated articles of a period (both days included; left out: all). by_what as in frame_use. An article is measured where every frame that serves the side was. in_voice as in frame_use (left out: the outlet''s own). n_carried counts articles with at least one frame that serves the side in that voice: an article may serve several, so shares need not sum to one; in other voices than outlet, who carries a frame does not thereby hold it.';
