-- class_day: the trend behind the charts, by class of outlet.

create or replace view class_day as
select
    unit as outlet_class,
    code_id as frame_id,
    day as day_utc,
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
    reach,
    reach_low,
    reach_high,
    mean_share,
    too_few,
    as_of
from core.day_tally('class', date '1900-01-01', date '2999-12-31', null, 'UTC');

comment on view class_day is 'One row per class of outlet, frame, UTC day and voice with at least one dated article that is on the talks or cannot be measured.';
comment on column class_day.outlet_class is 'Class of the outlets, see view outlet.';
comment on column class_day.frame_id is 'The frame, see view frame.';
comment on column class_day.day_utc is 'UTC day of publication; for days elsewhere see frame_trend.';
comment on column class_day.voice is 'Whose voice is counted: outlet (its own: the figure to lead with), quoted, reported, rejected or scare, see evidence.voice; any: all of them together. One row each: choose one, never add them up, for a sentence may speak in two.';
comment on column class_day.n_outlets is 'Outlets of the class with a measured article that day: with one or two, the line is theirs, not the class''s.';
comment on column class_day.n_watched is 'Outlets of the class that were watched that day; 0: published before the first poll.';
comment on column class_day.n_blind is 'Of them, those of which no feed answered, or that were not asked: their articles of that day may be missing.';
comment on column class_day.coverage_flag is 'How far that day''s polls can be trusted: ok; partial: some of the outlets watched are among n_blind; outage: all are; not watched: published on a day before the first poll.';
comment on column class_day.n is 'Articles on the talks that were measured for this frame, copies included: the reach that was looked at.';
comment on column class_day.n_unmeasured is 'Articles not measured: language not identified, no cues for it, or, but for voice any, nothing to tell its voices apart by. Never counted as zero.';
comment on column class_day.k is 'Of the n articles, those with at least one sentence that carries the frame in this voice.';
comment on column class_day.n_eff is 'Independent texts among the n: all copies of one text, see article_cluster in view reuse, are one.';
comment on column class_day.k_eff is 'Of the n_eff texts, those that carry the frame; a text of which some copies carry it and some do not counts in part.';
comment on column class_day.share is 'k_eff / n_eff: the share of independent texts that carry the frame; null when n is 0.';
comment on column class_day.share_low is 'Lower end of the 95 % interval of share.';
comment on column class_day.share_high is 'Upper end of the same interval.';
comment on column class_day.reach is 'k / n: the share of articles that carry the frame, every copy one vote; null when n is 0.';
comment on column class_day.reach_low is 'Lower end of the 95 % interval of reach, as wide as the copies make it.';
comment on column class_day.reach_high is 'Upper end of the same interval.';
comment on column class_day.mean_share is 'Mean over the n articles of: sentences carrying the frame in this voice / all sentences.';
comment on column class_day.too_few is 'True when n_eff is below 8: look, but do not rank or compare.';
comment on column class_day.as_of is 'The newest score that is counted, UTC.';
