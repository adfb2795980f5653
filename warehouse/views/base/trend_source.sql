-- countable_article: what core.trend_article ought to hold, with the time of publication: one row per dated article that is on the talks or cannot be
-- measured, in its latest revision, under the score of the active codebook. Few articles have several revisions: only
-- those are sorted.

create or replace view core.countable_article as
with superseded as (

    select revision_id
    from core.article_revision
    where article_id in (select r.article_id from core.revision as r group by r.article_id having count(*) > 1)
    qualify row_number() over (partition by article_id order by seen_utc desc, revision_id) > 1

)

select
    a.article_id,
    r.revision_id,
    s.cue_hash,
    a.outlet_id,
    r.language,
    r.published_utc,
    cast(r.published_utc at time zone 'UTC' as date) as day_utc,
    m.cluster_id
from core.article_revision as r
join core.article as a
    on r.article_id = a.article_id
join core.current_score as s
    on r.revision_id = s.revision_id
left join core.cluster_member as m
    on r.article_id = m.article_id
where r.published_utc is not null
and s.relevant is distinct from false
and r.revision_id not in (select revision_id from superseded);

-- voiced_frame: one row per counted article, frame and voice. 'any' counts every sentence, also those of a text whose
-- voices cannot be told apart; in such a text no other voice is measured.

create or replace view core.voiced_frame as
with sentence as (

    select
        a.*,
        f.code_id as frame_id,
        known.serves,
        v.voice,
        s.n_sentences,
        case v.voice
            when 'any' then round(f.share * s.n_sentences)
            when 'outlet' then f.n_outlet
            when 'quoted' then f.n_quoted
            when 'reported' then f.n_reported
            when 'rejected' then f.n_rejected
            when 'scare' then f.n_scare
        end as n_carrying
    from core.trend_article as a
    join core.score as s
        on a.revision_id = s.revision_id
        and a.cue_hash = s.cue_hash
    join core.code_score as f
        on s.revision_id = f.revision_id
        and s.layer = f.layer
        and s.scorer_version = f.scorer_version
        and s.cue_hash = f.cue_hash
    join core.frame as known             -- a frame that left the codebook leaves scores behind
        on f.code_id = known.frame_id
    join core.active_codebook as active
        on known.codebook_version = active.codebook_version
    join core.codebook as c
        on active.codebook_version = c.codebook_version
        and s.layer = c.layer
        and s.scorer_version = c.scorer_version
    cross join (select unnest(['any', 'outlet', 'quoted', 'reported', 'rejected', 'scare']) as voice) as v
    where f.kind = 'frame'

)

select
    *,
    n_carrying > 0 as carried,
    n_carrying / n_sentences as share
from sentence;
