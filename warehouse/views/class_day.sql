-- class_day: the trend behind the charts, by class of outlet.

create or replace view class_day as
with measured as (

    select
        outlet_class,
        frame_id,
        day_utc,
        voice,
        count(distinct outlet_id) filter (where carried is not null) as n_outlets,
        count(carried) as n_articles,
        count(*) - count(carried) as n_unmeasured,
        count(*) filter (where carried) as n_carried,
        avg(share) as mean_share
    from core.voiced_frame
    where day_utc is not null
    group by all

),

watched as (

    select
        o.outlet_class,
        w.day_utc,
        count(*) as n_watched,
        count(*) filter (where w.is_blind) as n_blind
    from core.watch_day as w
    join core.outlet as o
        on w.outlet_id = o.outlet_id
    group by all

)

select
    m.outlet_class,
    m.frame_id,
    m.day_utc,
    m.voice,
    m.n_outlets,
    coalesce(w.n_watched, 0) as n_watched,
    coalesce(w.n_blind, 0) as n_blind,
    m.n_articles,
    m.n_unmeasured,
    m.n_carried,
    case when m.n_articles > 0 then m.n_carried / m.n_articles end as share_carried,
    wilson_low(m.n_carried, m.n_articles) as share_low,
    wilson_high(m.n_carried, m.n_articles) as share_high,
    m.mean_share,
    m.n_articles < 8 as too_few
from measured as m
left join watched as w
    on m.outlet_class = w.outlet_class
    and m.day_utc = w.day_utc;

comment on view class_day is 'One row per class of outlet, frame, UTC day and voice with at least one dated article that is on the talks or cannot be measured.';
comment on column class_day.outlet_class is 'Class of the outlets, see view outlet.';
comment on column class_day.frame_id is 'The frame, see view frame.';
comment on column class_day.day_utc is 'UTC day of publication.';
comment on column class_day.voice is 'Whose voice is counted: outlet (its own: the figure to lead with), quoted, reported, rejected or scare, see evidence.voice; any: all of them together. One row each: choose one, never add them up, for a sentence may speak in two.';
comment on column class_day.n_outlets is 'Outlets of the class with a measured article that day: with one or two, the line is theirs, not the class''s.';
comment on column class_day.n_watched is 'Outlets of the class that were watched that day; 0: published before the first poll.';
comment on column class_day.n_blind is 'Of them, those of which no feed answered, or that were not asked: their articles of that day may be missing.';
comment on column class_day.n_articles is 'n: articles on the talks that were measured for this frame.';
comment on column class_day.n_unmeasured is 'Articles not measured: language not identified, no cues for it, or, but for voice any, nothing to tell its voices apart by. Never counted as zero.';
comment on column class_day.n_carried is 'k: measured articles with at least one sentence that carries the frame in this voice.';
comment on column class_day.share_carried is 'k / n, every article one vote; null when n is 0.';
comment on column class_day.share_low is 'Lower end of the 95 % Wilson interval of k / n. Copies of one text are not discounted yet, so it is too narrow where outlets share a wire.';
comment on column class_day.share_high is 'Upper end of the same interval.';
comment on column class_day.mean_share is 'Mean over measured articles of: sentences carrying the frame in this voice / all sentences.';
comment on column class_day.too_few is 'True when n is below 8: look, but do not rank or compare.';
