-- quotation: who is let speak, with which words, and how it is said that they speak.

create or replace view quotation as
select
    a.article_id,
    a.outlet_id,
    a.outlet_name,
    a.outlet_class,
    a.language,
    a.day_utc,
    a.published_utc,
    a.title,
    a.url,
    u.kind,
    substr(case when u.part = 'title' then a.title else a.text end, u.start_char + 1, u.end_char - u.start_char) as words,
    u.n_words,
    u.speaker,
    u.actor_id,
    k.side,
    u.verb,
    u.verb_class,
    u.part,
    u.start_char,
    u.end_char,
    u.depth,
    a.revision_id
from core.scored_article as a
join core.utterance as u
    on a.revision_id = u.revision_id
    and a.layer = u.layer
    and a.scorer_version = u.scorer_version
    and a.cue_hash = u.cue_hash
left join core.current_actor as k
    on u.actor_id = k.actor_id
where a.relevant;

comment on view quotation is 'One row per direct quotation or stretch of indirect speech in articles on the talks.';
comment on column quotation.article_id is 'The article, see view article.';
comment on column quotation.outlet_id is 'The outlet.';
comment on column quotation.outlet_name is 'Name of the outlet, for people.';
comment on column quotation.outlet_class is 'Class of the outlet, see view outlet.';
comment on column quotation.language is 'ISO 639-1 of the article.';
comment on column quotation.day_utc is 'UTC day of publication; null when unknown.';
comment on column quotation.published_utc is 'When the article was published; null when unknown.';
comment on column quotation.title is 'Headline of the article.';
comment on column quotation.url is 'Address of the article.';
comment on column quotation.kind is 'direct: in quotation marks or behind a dash; indirect: in the outlet''s wording.';
comment on column quotation.words is 'What is said, as published.';
comment on column quotation.n_words is 'Words in it.';
comment on column quotation.speaker is 'Who speaks, as the article names them; null: nobody is named, or it is unclear.';
comment on column quotation.actor_id is 'The actor, where the speaker is one of view actor; null: not one of them.';
comment on column quotation.side is 'Side of that actor: RU, UA, US, EU or other.';
comment on column quotation.verb is 'Verb of saying as written; null: none.';
comment on column quotation.verb_class is 'What the verb does to what is said: neutral, doubting, approving, revealing, denying and so on.';
comment on column quotation.part is 'title or text.';
comment on column quotation.start_char is 'First character in that part, from 0.';
comment on column quotation.end_char is 'Character after it.';
comment on column quotation.depth is '1: inside another one.';
comment on column quotation.revision_id is 'The revision the offsets count in.';
