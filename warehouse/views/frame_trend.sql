-- frame_trend: frame_use day by day, where the reader lives.

create or replace macro frame_trend(
    by_what,
    first_day := date '1900-01-01',
    last_day := date '2999-12-31',
    in_voice := 'outlet',
    time_zone := 'UTC'
) as table
select
    unit,
    code_id as frame_id,
    day,
    voice,
    n_outlets,
    n_watched,
    n_blind,
    coverage_flag,
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
from core.day_tally(by_what, first_day, last_day, core.known_voice(in_voice), time_zone);

comment on macro table frame_trend is 'One row per unit, frame and day, as in frame_use. day is the day of publication in time_zone: UTC (left out), Europe/Kyiv or Europe/Moscow. n_watched, n_blind and coverage_flag as in class_day (by outlet: as in outlet_day) are those of the UTC day of the same date, the day of the polls. A row with too_few is never to be ranked.';
