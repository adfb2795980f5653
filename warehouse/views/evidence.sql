-- evidence: the sentences behind every number on a frame.

create or replace view evidence as
select
    code_id as frame_id,
    * exclude (kind, code_id)
from core.scored_hit
where kind = 'frame';

comment on view evidence is 'One row per place where a cue of a frame was found, in articles on the talks.';
comment on column evidence.outlet_id is 'The outlet.';
comment on column evidence.outlet_name is 'Name of the outlet, for people.';
comment on column evidence.outlet_class is 'Class of the outlet, see view outlet.';
comment on column evidence.frame_id is 'The frame, see view frame.';
comment on column evidence.day_utc is 'UTC day of publication; null when unknown.';
comment on column evidence.published_utc is 'When the article was published; null when unknown.';
comment on column evidence.title is 'Headline of the article.';
comment on column evidence.url is 'Address of the article.';
comment on column evidence.part is 'title or text: where the cue stands.';
comment on column evidence.sentence is 'The sentence around the cue, as published.';
comment on column evidence.matched is 'The words that matched, as published.';
comment on column evidence.cue is 'The cue as the registry writes it.';
comment on column evidence.voice is 'outlet, quoted, reported, rejected or scare; null: not measured.';
comment on column evidence.speaker is 'Who speaks, where the voice is not the outlet''s; null: not measured or unknown.';
comment on column evidence.reason is 'Why the place is taken to be in this voice, in a few words; null: not measured.';
comment on column evidence.start_char is 'First character of the match in that part, from 0.';
comment on column evidence.end_char is 'Character after the match.';
comment on column evidence.sentence_start is 'First character of the sentence in that part, from 0.';
comment on column evidence.sentence_end is 'Character after the sentence.';
comment on column evidence.language is 'ISO 639-1 of the article.';
comment on column evidence.article_id is 'The article, see view article.';
comment on column evidence.revision_id is 'The revision the offsets count in.';
