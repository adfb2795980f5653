-- outlet_day: the trend behind the charts, by outlet.

create or replace view outlet_day as
with measured as (

    select
        outlet_id,
        outlet_name,
        outlet_class,
        frame_id,
        day_utc,
        voice,
        count(carried) as n_articles,
        count(*) - count(carried) as n_unmeasured,
        count(*) filter (where carried) as n_carried,
        avg(share) as mean_share
    from core.voiced_frame
    where day_utc is not null
    group by all

)

select
    m.outlet_id,
    m.outlet_name,
    m.outlet_class,
    m.frame_id,
    m.day_utc,
    m.voice,
    coalesce(w.coverage_flag, 'not watched') as coverage_flag,
    m.n_articles,
    m.n_unmeasured,
    m.n_carried,
    case when m.n_articles > 0 then m.n_carried / m.n_articles end as share_carried,
    wilson_low(m.n_carried, m.n_articles) as share_low,
    wilson_high(m.n_carried, m.n_articles) as share_high,
    m.mean_share,
    m.n_articles < 8 as too_few
from measured as m
left join core.watch_day as w
    on m.outlet_id = w.outlet_id
    and m.day_utc = w.day_utc;

comment on view outlet_day is 'One row per outlet, frame, UTC day and voice with at least one dated article that is on the talks or cannot be measured.';
comment on column outlet_day.outlet_id is 'The outlet.';
comment on column outlet_day.outlet_name is 'Name of the outlet, for people.';
comment on column outlet_day.outlet_class is 'Class of the outlet, see view outlet.';
comment on column outlet_day.frame_id is 'The frame, see view frame.';
comment on column outlet_day.day_utc is 'UTC day of publication.';
comment on column outlet_day.voice is 'Whose voice is counted: outlet (its own: the figure to lead with), quoted, reported, rejected or scare, see evidence.voice; any: all of them together. One row each: choose one, never add them up, for a sentence may speak in two.';
comment on column outlet_day.coverage_flag is 'How far that day''s polls can be trusted, see coverage.coverage_flag; not watched: published on a day before the first poll.';
comment on column outlet_day.n_articles is 'n: articles on the talks that were measured for this frame.';
comment on column outlet_day.n_unmeasured is 'Articles not measured: language not identified, no cues for it, or, but for voice any, nothing to tell its voices apart by. Never counted as zero.';
comment on column outlet_day.n_carried is 'k: measured articles with at least one sentence that carries the frame in this voice.';
comment on column outlet_day.share_carried is 'k / n; null when n is 0.';
comment on column outlet_day.share_low is 'Lower end of the 95 % Wilson interval of k / n. Copies of one text are not discounted yet, so it is too narrow where outlets share a wire.';
comment on column outlet_day.share_high is 'Upper end of the same interval.';
comment on column outlet_day.mean_share is 'Mean over measured articles of: sentences carrying the frame in this voice / all sentences.';
comment on column outlet_day.too_few is 'True when n is below 8: look, but do not rank or compare.';
