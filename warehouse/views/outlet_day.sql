-- outlet_day: the trend behind the charts, by outlet.

create or replace view outlet_day as
select
    t.unit as outlet_id,
    o.name as outlet_name,
    o.outlet_class,
    t.code_id as frame_id,
    t.day as day_utc,
    t.voice,
    t.coverage_flag,
    t.n,
    t.n_unmeasured,
    t.k,
    t.n_eff,
    t.k_eff,
    t.share,
    t.share_low,
    t.share_high,
    t.shrunken_share,
    t.reach,
    t.reach_low,
    t.reach_high,
    t.mean_share,
    t.too_few,
    t.as_of
from core.day_tally('outlet', date '1900-01-01', date '2999-12-31', null, 'UTC') as t
join core.outlet as o
    on t.unit = o.outlet_id;

comment on view outlet_day is 'One row per outlet, frame, UTC day and voice with at least one dated article that is on the talks or cannot be measured.';
comment on column outlet_day.outlet_id is 'The outlet.';
comment on column outlet_day.outlet_name is 'Name of the outlet, for people.';
comment on column outlet_day.outlet_class is 'Class of the outlet, see view outlet.';
comment on column outlet_day.frame_id is 'The frame, see view frame.';
comment on column outlet_day.day_utc is 'UTC day of publication; for days elsewhere see frame_trend.';
comment on column outlet_day.voice is 'Whose voice is counted: outlet (its own: the figure to lead with), quoted, reported, rejected or scare, see evidence.voice; any: all of them together. One row each: choose one, never add them up, for a sentence may speak in two.';
comment on column outlet_day.coverage_flag is 'How far that day''s polls can be trusted, see coverage.coverage_flag; not watched: published on a day before the first poll.';
comment on column outlet_day.n is 'Articles on the talks that were measured for this frame, copies included: the reach that was looked at.';
comment on column outlet_day.n_unmeasured is 'Articles not measured: language not identified, no cues for it, or, but for voice any, nothing to tell its voices apart by. Never counted as zero.';
comment on column outlet_day.k is 'Of the n articles, those with at least one sentence that carries the frame in this voice.';
comment on column outlet_day.n_eff is 'Independent texts among the n: all copies of one text, see article_cluster in view reuse, are one.';
comment on column outlet_day.k_eff is 'Of the n_eff texts, those that carry the frame; a text of which some copies carry it and some do not counts in part.';
comment on column outlet_day.share is 'k_eff / n_eff: the share of independent texts that carry the frame; null when n is 0.';
comment on column outlet_day.share_low is 'Lower end of the 95 % interval of share.';
comment on column outlet_day.share_high is 'Upper end of the same interval.';
comment on column outlet_day.shrunken_share is 'share, drawn towards that of the outlet''s class on that day, the more so the fewer texts it rests on (empirical Bayes); null where the class gives nothing to go by: fewer than three outlets were measured, or each has one text.';
comment on column outlet_day.reach is 'k / n: the share of articles that carry the frame, every copy one vote; null when n is 0.';
comment on column outlet_day.reach_low is 'Lower end of the 95 % interval of reach, as wide as the copies make it.';
comment on column outlet_day.reach_high is 'Upper end of the same interval.';
comment on column outlet_day.mean_share is 'Mean over the n articles of: sentences carrying the frame in this voice / all sentences.';
comment on column outlet_day.too_few is 'True when n_eff is below 8: look, but do not rank or compare.';
comment on column outlet_day.as_of is 'The newest score that is counted, UTC.';
