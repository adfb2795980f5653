-- change_point: where the level of a share moved for good, without being told where to look.

create or replace view change_point as
select
    p.day_utc,
    p.unit as outlet_class,
    p.frame_id,
    'outlet' as voice,
    p.share_before,
    p.share_after,
    p.held_by,
    s.n_bins,
    (select count(*) from core.change_series) as n_series,
    cast((select 0.02 * count(*) from core.change_series) as double) as n_by_chance,
    (select s.as_of_utc from core.finding_state as s) as as_of
from core.change_point as p
join core.change_series as s
    on p.unit = s.unit
    and p.frame_id = s.frame_id;

comment on view change_point is 'One row per class of outlets, frame and UTC day of the last 90 days at which the share of independent texts, in the outlets'' own voice, moved to another level for five days or more. Only series with 20 days or more with a text are looked through. Where it moved is said, why is not.';
comment on column change_point.day_utc is 'The first day with a text of the new level.';
comment on column change_point.outlet_class is 'Class of the outlets, see view outlet.';
comment on column change_point.frame_id is 'The frame, see view frame.';
comment on column change_point.voice is 'Always outlet: its own.';
comment on column change_point.share_before is 'k_eff / n_eff over the level that ends there.';
comment on column change_point.share_after is 'k_eff / n_eff over the level that begins there.';
comment on column change_point.held_by is 'Sensitivity: the share of five penalties, from half to double, under which the point is found, give or take a day. 1: under all; a point that one or two find is a guess.';
comment on column change_point.n_bins is 'Days of the series with a text.';
comment on column change_point.n_series is 'How many series were looked through.';
comment on column change_point.n_by_chance is 'In how many of them a point is found though nothing moved: 2 %.';
comment on column change_point.as_of is 'When the newest score or trace was made that is counted.';
