-- frame_use: the one place where k, n and the interval of a frame are computed for any period and unit.

create or replace macro frame_use(
    by_what,
    first_day := date '1900-01-01',
    last_day := date '2999-12-31',
    in_voice := 'outlet'
) as table
select
    core.unit_of(by_what, outlet_id, outlet_class, language, country) as unit,
    frame_id,
    voice,
    count(distinct outlet_id) filter (where carried is not null) as n_outlets,
    count(carried) as n_articles,
    count(*) - count(carried) as n_unmeasured,
    count(*) filter (where carried) as n_carried,
    case when count(carried) > 0 then count_if(carried) / count(carried) end as share_carried,
    wilson_low(count_if(carried), count(carried)) as share_low,
    wilson_high(count_if(carried), count(carried)) as share_high,
    avg(share) as mean_share,
    count(carried) < 8 as too_few
from core.voiced_frame
where day_utc between first_day and last_day
and voice = core.known_voice(in_voice)
group by all;

comment on macro table frame_use is 'One row per unit and frame, over the dated articles of a period (both days included; left out: all). by_what says what a unit is: outlet, class, language (not identified: -), country or all. in_voice is whose voice is counted, one of those of outlet_day.voice (left out: the outlet''s own). Columns as in outlet_day; n_outlets counts outlets with a measured article. A unit with too_few is never to be ranked.';
