-- scored_hit: the base of all evidence. One row per place where a cue was found, in articles on the talks.

create or replace view core.scored_hit as
select
    a.outlet_id,
    a.outlet_name,
    a.outlet_class,
    h.kind,
    h.code_id,
    a.day_utc,
    a.published_utc,
    a.title,
    a.url,
    h.part,
    substr(case when h.part = 'title' then a.title else a.text end, h.sentence_start + 1, h.sentence_end - h.sentence_start) as sentence,
    substr(case when h.part = 'title' then a.title else a.text end, h.start_char + 1, h.end_char - h.start_char) as matched,
    h.cue,
    h.voice,
    h.speaker,
    h.reason,
    h.start_char,
    h.end_char,
    h.sentence_start,
    h.sentence_end,
    a.language,
    a.article_id,
    a.revision_id
from core.scored_article as a
join core.hit as h
    on a.revision_id = h.revision_id
    and a.layer = h.layer
    and a.scorer_version = h.scorer_version
    and a.cue_hash = h.cue_hash
where a.relevant;
