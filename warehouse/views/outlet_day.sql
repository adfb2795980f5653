-- outlet_day: the trend behind the charts, by outlet.

create or replace view outlet_day as
select
    outlet_id,
    outlet_name,
    outlet_class,
    frame_id,
    day_utc,
    'any' as voice,
    count(carried) as n_articles,
    count(*) - count(carried) as n_unmeasured,
    count(*) filter (where carried) as n_carried,
    case when count(carried) > 0 then count_if(carried) / count(carried) end as share_carried,
    wilson_low(count_if(carried), count(carried)) as share_low,
    wilson_high(count_if(carried), count(carried)) as share_high,
    avg(share) as mean_share,
    count(carried) < 8 as too_few
from core.scored_frame
where day_utc is not null
group by all;

comment on view outlet_day is 'One row per outlet, frame and UTC day with at least one dated article that is on the talks or cannot be measured.';
comment on column outlet_day.outlet_id is 'The outlet.';
comment on column outlet_day.outlet_name is 'Name of the outlet, for people.';
comment on column outlet_day.outlet_class is 'Class of the outlet, see view outlet.';
comment on column outlet_day.frame_id is 'The frame, see view frame.';
comment on column outlet_day.day_utc is 'UTC day of publication.';
comment on column outlet_day.voice is 'Whose voice is counted: any, because voice is not measured yet; quoting a frame counts like asserting it.';
comment on column outlet_day.n_articles is 'n: articles on the talks that were measured for this frame.';
comment on column outlet_day.n_unmeasured is 'Articles not measured: language not identified, or no cues for it. Never counted as zero.';
comment on column outlet_day.n_carried is 'k: measured articles with at least one sentence that carries the frame.';
comment on column outlet_day.share_carried is 'k / n; null when n is 0.';
comment on column outlet_day.share_low is 'Lower end of the 95 % Wilson interval of k / n. Copies of one text are not discounted yet, so it is too narrow where outlets share a wire.';
comment on column outlet_day.share_high is 'Upper end of the same interval.';
comment on column outlet_day.mean_share is 'Mean over measured articles of: sentences carrying the frame / all sentences.';
comment on column outlet_day.too_few is 'True when n is below 8: look, but do not rank or compare.';
