-- quality: how far to trust a code.

create or replace view quality as
with article as (

    select
        coalesce(language, '-') as language,
        count(*) as n_articles,
        count(*) filter (where is_measured) as n_measured,
        min(day_utc) as first_day,
        max(day_utc) as last_day
    from core.portrait
    group by all

),

cue as (

    select
        code_id as frame_id,
        language,
        count(*) as n_cues,
        list(struct_pack(cue, example := examples[1]) order by position) as cues
    from core.cue_example
    where kind = 'frame'
    and codebook_version in (select codebook_version from core.active_codebook)
    group by all

),

-- Days of feeds from the first to the last article of the language, and those on which the feed answered.
asked as (

    select
        f.language,
        p.feed_url,
        cast(p.polled_utc at time zone 'UTC' as date) as day_utc,
        bool_or(p.fetch_status in ('ok', 'not_modified') and p.error is null) as is_ok
    from core.poll as p
    join core.feed as f
        on p.feed_url = f.feed_url
    group by all

),

health as (

    select d.language, count(*) as n_feed_days, count(*) filter (where d.is_ok) as n_feed_days_ok
    from asked as d
    join article as a
        on d.language = a.language
        and d.day_utc between a.first_day and a.last_day
    group by d.language

),

known as (

    select language from article
    union
    select language from cue

)

select
    f.frame_id,
    f.code,
    f.label,
    l.language,
    coalesce(c.n_cues, 0) as n_cues,
    c.cues,
    coalesce(a.n_articles, 0) as n_articles,
    case when c.n_cues > 0 then coalesce(a.n_articles - a.n_measured, 0) else coalesce(a.n_articles, 0) end as n_unmeasured,
    n_unmeasured / nullif(coalesce(a.n_articles, 0), 0) as share_unmeasured,
    g.sample_id,
    g.drawn_utc,
    g.codebook_version = f.codebook_version as is_current,
    g.n_drawn,
    g.n_decided,
    g.n_coders,
    g.precision,
    g.precision_low,
    g.precision_high,
    g.recall,
    g.recall_low,
    g.recall_high,
    g.alpha,
    g.alpha_low,
    g.alpha_high,
    g.share_engine,
    g.share_corrected,
    g.corrected_low,
    g.corrected_high,
    a.first_day,
    a.last_day,
    h.n_feed_days,
    h.n_feed_days_ok,
    h.n_feed_days_ok / h.n_feed_days as share_feed_days_ok,
    (select as_of_utc from core.portrait_state) as as_of
from core.frame as f
join core.active_codebook as active
    on f.codebook_version = active.codebook_version
cross join known as l
left join cue as c
    on f.frame_id = c.frame_id
    and l.language = c.language
left join article as a
    on l.language = a.language
left join core.gold_quality as g
    on f.frame_id = g.frame_id
    and l.language = g.language
left join health as h
    on l.language = h.language;

comment on view quality is 'One row per frame of the active codebook and language that articles on the talks (or possibly on them) are in, or that has cues. Null is: not known; a frame without a gold sample has no precision, however many cues it has.';
comment on column quality.frame_id is 'The frame, see view frame.';
comment on column quality.code is 'Short code.';
comment on column quality.label is 'Short name.';
comment on column quality.language is 'ISO 639-1; - stands for: not identified.';
comment on column quality.n_cues is 'Cues of the frame in this language; 0: the frame is not measured in it.';
comment on column quality.cues is 'Each cue with an example in which it is found: a list of (cue, example).';
comment on column quality.n_articles is 'Dated articles in this language, on the talks or not measurable.';
comment on column quality.n_unmeasured is 'Those of them in which the frame was not measured.';
comment on column quality.share_unmeasured is 'n_unmeasured / n_articles; null: no article.';
comment on column quality.sample_id is 'The gold sample of the figures up to corrected_high: the last one of which anything was judged; null: none for this frame and language.';
comment on column quality.drawn_utc is 'When it was drawn.';
comment on column quality.is_current is 'Were the answers of the active codebook judged? False: cues changed since, so the figures may no longer hold.';
comment on column quality.n_drawn is 'Sentences drawn.';
comment on column quality.n_decided is 'Those of them of which more coders say yes than no, or more no than yes.';
comment on column quality.n_coders is 'Coders.';
comment on column quality.precision is 'Of the sentences in which the frame is found, the share that carries it by the coders'' word; null: fewer than 8 judged.';
comment on column quality.precision_low is 'Lower end of its 95 % interval.';
comment on column quality.precision_high is 'Upper end.';
comment on column quality.recall is 'Of all sentences that carry it by their word, the share in which it is found; weighed by the number of sentences behind those drawn. Null: fewer than 8 judged on either side.';
comment on column quality.recall_low is 'Lower end of its 95 % interval.';
comment on column quality.recall_high is 'Upper end.';
comment on column quality.alpha is 'Krippendorff''s alpha of the coders; null: fewer than ten sentences judged twice.';
comment on column quality.alpha_low is 'Lower end of its 95 % interval.';
comment on column quality.alpha_high is 'Upper end.';
comment on column quality.share_engine is 'Share of all sentences in which the frame is found, when the sample was drawn.';
comment on column quality.share_corrected is 'Share of all sentences that carry it by the coders'' word; null: too few judged.';
comment on column quality.corrected_low is 'Lower end of its 95 % interval.';
comment on column quality.corrected_high is 'Upper end.';
comment on column quality.first_day is 'UTC day of the first of n_articles; null: none.';
comment on column quality.last_day is 'UTC day of the last.';
comment on column quality.n_feed_days is 'Days between these on which a feed in this language was asked, summed over its feeds; null: none was.';
comment on column quality.n_feed_days_ok is 'Those of them on which it answered.';
comment on column quality.share_feed_days_ok is 'n_feed_days_ok / n_feed_days.';
comment on column quality.as_of is 'The newest score that is counted.';
