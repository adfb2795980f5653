-- current_score: one row per revision that the active codebook has scored: the score under the hash its
-- language has now. A language that gained cues leaves older scores behind that must not be counted beside
-- the new ones.

create or replace view core.current_score as
with current_codebook as (

    select
        c.codebook_version,
        c.layer,
        c.scorer_version
    from core.active_codebook as active
    join core.codebook as c
        on active.codebook_version = c.codebook_version

),

current_hash as (

    select
        h.language,
        h.cue_hash
    from core.cue_hash as h
    join current_codebook as c
        on h.codebook_version = c.codebook_version

)

select
    s.*
from core.score as s
join current_codebook as c
    on s.layer = c.layer
    and s.scorer_version = c.scorer_version
join core.article_revision as r
    on s.revision_id = r.revision_id
left join current_hash as own
    on r.language = own.language
left join current_hash as unmeasured
    on unmeasured.language = ''
where s.cue_hash = coalesce(own.cue_hash, unmeasured.cue_hash);
