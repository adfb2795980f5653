-- event_effect: whether a share changed at an event that was named before anybody looked.

create or replace view event_effect as
select
    e.event_id,
    v.title as event_title,
    d.day_utc,
    e.voice,
    e.unit_kind,
    e.unit,
    e.frame_id,
    e.k_before as k_eff_before,
    e.n_before as n_eff_before,
    case when e.n_before > 0 then e.k_before / e.n_before end as share_before,
    e.k_after as k_eff_after,
    e.n_after as n_eff_after,
    case when e.n_after > 0 then e.k_after / e.n_after end as share_after,
    e.ratio,
    e.ratio_low,
    e.ratio_high,
    not e.too_few and e.ratio_high is null as is_unbounded,
    e.p,
    e.q,
    coalesce(e.q < 0.05 and s.as_of_utc at time zone 'UTC' >= d.day_utc + interval 8 day, false) as is_found,
    coalesce(s.as_of_utc at time zone 'UTC' >= d.day_utc + interval 8 day, false) as is_over,
    e.scatter,
    d.neighbours,
    e.too_few,
    s.as_of_utc as as_of
from core.event_effect as e
join core.finding_event as d
    on e.event_id = d.event_id
join core.event as v
    on e.event_id = v.event_id
cross join core.finding_state as s;

comment on view event_effect is 'One row per dated event of the registry, voice, outlet or class, and frame with a measured text in the week before or after it: the share of independent texts after, over that before. Only events that the registry named; it compares two weeks, and what else happened in them is in it.';
comment on column event_effect.event_id is 'The event, see view event.';
comment on column event_effect.event_title is 'What happened, in neutral words.';
comment on column event_effect.day_utc is 'The UTC day of the event, which belongs to neither side: before are the seven days before it, after the seven after it.';
comment on column event_effect.voice is 'outlet (its own) or quoted: whose voice is counted, see evidence.voice.';
comment on column event_effect.unit_kind is 'outlet or class.';
comment on column event_effect.unit is 'The outlet, or the class of outlets.';
comment on column event_effect.frame_id is 'The frame, see view frame.';
comment on column event_effect.k_eff_before is 'Independent texts before that carry the frame in this voice; a text of which some copies do counts in part.';
comment on column event_effect.n_eff_before is 'Independent texts before; one in many copies counts once, on the day the unit first had it.';
comment on column event_effect.share_before is 'k_eff / n_eff before; null: no texts.';
comment on column event_effect.k_eff_after is 'Independent texts after that carry the frame in this voice.';
comment on column event_effect.n_eff_after is 'Independent texts after.';
comment on column event_effect.share_after is 'k_eff / n_eff after; null: no texts.';
comment on column event_effect.ratio is 'Share after / share before, half a text added to carriers and to others; null: too few.';
comment on column event_effect.ratio_low is 'Lower end of the 95 % interval of the ratio.';
comment on column event_effect.ratio_high is 'Upper end of the same interval; null: too few, or no upper end (is_unbounded).';
comment on column event_effect.is_unbounded is 'True where the interval has no upper end, because hardly any text carried the frame before.';
comment on column event_effect.p is 'How often chance alone gives a ratio so far from 1; null: too few.';
comment on column event_effect.q is 'The same corrected for the family (Benjamini and Hochberg): the share of false findings among those with a q as small. A family is one event in one voice with all frames in all outlets, or in all classes.';
comment on column event_effect.is_found is 'True where q is below 0.05 and the week after is over: looked at day by day, chance has more than one go. One shift is found at every event in reach, see neighbours.';
comment on column event_effect.is_over is 'False while the week after the event is not over, or not scored yet: its figures are those of the days so far.';
comment on column event_effect.scatter is 'Variance between days over what chance gives, at least 1, from four weeks on either side; it widens the interval by its root.';
comment on column event_effect.neighbours is 'Other events in the two weeks: an effect with any is never known to be this event''s.';
comment on column event_effect.too_few is 'True when either side has fewer than 8 independent texts or 3 days with any: counts are shown, no figure is.';
comment on column event_effect.as_of is 'When the newest score or trace was made that is counted; later ones can change it.';
