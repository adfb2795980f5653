-- scored_article: the base that the public views share. One row per stored article, in its latest
-- revision, with the score of the active codebook, if there is one yet.

create or replace view core.scored_article as
select
    a.article_id,
    a.outlet_id,
    a.url,
    a.first_seen_utc,
    r.revision_id,
    r.fetch_id,
    r.n_revisions,
    r.verdict,
    r.title,
    r.text,
    r.n_words,
    r.authors,
    r.language,
    r.language_confidence,
    r.published_utc,
    r.published_rule,
    r.published_raw,
    r.modified_utc,
    r.date_spread_h,
    r.date_disagrees,
    r.text_source,
    r.feed_overlap,
    cast(r.published_utc at time zone 'UTC' as date) as day_utc,
    o.name as outlet_name,
    o.outlet_class,
    o.country,
    s.layer,
    s.scorer_version,
    s.cue_hash,
    s.relevant,
    s.n_sentences,
    s.headline_gap,
    s.asserted_in_headline,
    s.scored_utc
from core.article as a
join core.latest_revision as r
    on a.article_id = r.article_id
join core.outlet as o
    on a.outlet_id = o.outlet_id
left join core.current_score as s
    on r.revision_id = s.revision_id;

-- scored_frame: one row per scored article and frame, of articles on the talks or not measurable.
-- Articles that are measured and not about the talks say nothing about how the talks are framed.

create or replace view core.scored_frame as
select
    a.*,
    f.code_id as frame_id,
    f.carried,
    f.share,
    f.n_outlet,
    f.n_quoted,
    f.n_reported,
    f.n_rejected,
    f.n_scare,
    f.prominence
from core.scored_article as a
join core.code_score as f
    on a.revision_id = f.revision_id
    and a.layer = f.layer
    and a.scorer_version = f.scorer_version
    and a.cue_hash = f.cue_hash
join core.frame as known             -- a frame that left the codebook leaves scores behind
    on f.code_id = known.frame_id
join core.active_codebook as active
    on known.codebook_version = active.codebook_version
where f.kind = 'frame'
and a.relevant is distinct from false;
