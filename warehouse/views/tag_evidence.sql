-- tag_evidence: the sentences that give a signal, are on a topic, or carry a policy frame or narrative.

create or replace view tag_evidence as
select
    kind,
    code_id as tag_id,
    * exclude (kind, code_id)
from core.scored_hit
where kind <> 'frame';

comment on view tag_evidence is 'One row per place where a cue of a tag was found, in articles on the talks.';
comment on column tag_evidence.outlet_id is 'The outlet.';
comment on column tag_evidence.outlet_name is 'Name of the outlet, for people.';
comment on column tag_evidence.outlet_class is 'Class of the outlet, see view outlet.';
comment on column tag_evidence.kind is 'signal, topic, policy or narrative; a narrative is a candidate: a reason to read the text, see tag.is_candidate.';
comment on column tag_evidence.tag_id is 'The tag, see view tag.';
comment on column tag_evidence.day_utc is 'UTC day of publication; null when unknown.';
comment on column tag_evidence.published_utc is 'When the article was published; null when unknown.';
comment on column tag_evidence.title is 'Headline of the article.';
comment on column tag_evidence.url is 'Address of the article.';
comment on column tag_evidence.part is 'title or text: where the cue stands.';
comment on column tag_evidence.sentence is 'The sentence around the cue, as published.';
comment on column tag_evidence.matched is 'The words that matched, as published.';
comment on column tag_evidence.cue is 'The cue as the registry writes it.';
comment on column tag_evidence.voice is 'outlet, quoted, reported, rejected or scare; null: not measured.';
comment on column tag_evidence.speaker is 'Who speaks, where the voice is not the outlet''s; null: not measured or unknown.';
comment on column tag_evidence.reason is 'Why the place is taken to be in this voice, in a few words; null: not measured.';
comment on column tag_evidence.start_char is 'First character of the match in that part, from 0.';
comment on column tag_evidence.end_char is 'Character after the match.';
comment on column tag_evidence.sentence_start is 'First character of the sentence in that part, from 0.';
comment on column tag_evidence.sentence_end is 'Character after the sentence.';
comment on column tag_evidence.language is 'ISO 639-1 of the article.';
comment on column tag_evidence.article_id is 'The article, see view article.';
comment on column tag_evidence.revision_id is 'The revision the offsets count in.';
