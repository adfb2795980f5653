-- side_use: how many articles, and how many independent texts, carry a frame that serves a side.

create or replace macro side_use(
    by_what,
    first_day := date '1900-01-01',
    last_day := date '2999-12-31',
    in_voice := 'outlet',
    time_zone := 'UTC'
) as table
select
    unit,
    code_id as serves,
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
    too_few,
    as_of
from core.tally('side', by_what, false, first_day, last_day, core.known_voice(in_voice), time_zone);

comment on macro table side_use is 'One row per unit and side served (RU, UA, US, EU, none), over the dated articles of a period (both days included; left out: all). by_what, in_voice and time_zone as in frame_use, and its columns but for mean_share. An article is measured where every frame that serves the side was. k counts articles with at least one frame that serves the side in that voice: an article may serve several, so shares need not sum to one; in other voices than outlet, who carries a frame does not thereby hold it.';
