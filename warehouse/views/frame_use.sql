-- frame_use: how much every frame is used, for any period and unit.

create or replace macro frame_use(
    by_what,
    first_day := date '1900-01-01',
    last_day := date '2999-12-31',
    in_voice := 'outlet',
    time_zone := 'UTC'
) as table
select
    unit,
    code_id as frame_id,
    voice,
    n_outlets,
    n,
    n_unmeasured,
    k,
    n_eff,
    k_eff,
    share,
    share_low,
    share_high,
    shrunken_share,
    reach,
    reach_low,
    reach_high,
    mean_share,
    too_few,
    as_of
from core.tally('frame', by_what, false, first_day, last_day, core.known_voice(in_voice), time_zone);

comment on macro table frame_use is 'One row per unit and frame, over the dated articles of a period (both days included; left out: all). by_what says what a unit is: outlet, class, language (not identified: -), country or all. in_voice is whose voice is counted, one of those of outlet_day.voice (left out: the outlet''s own). time_zone is where the days are those of: UTC (left out), Europe/Kyiv or Europe/Moscow. Columns as in outlet_day; n_outlets counts outlets with a measured article; shrunken_share is drawn towards the class''s share over the same period, and null but for outlets. A unit with too_few is never to be ranked.';
