-- article_actor: how each article speaks of the actors it names or lets speak.

create or replace view article_actor as
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
    s.actor_id,
    k.name as actor_name,
    k.side,
    s.n_mentions,
    s.n_spoken_words,
    s.n_positive,
    s.n_negative,
    s.role,
    s.role_evidence,
    a.revision_id
from core.scored_article as a
join core.actor_score as s
    on a.revision_id = s.revision_id
    and a.layer = s.layer
    and a.scorer_version = s.scorer_version
    and a.cue_hash = s.cue_hash
join core.current_actor as k
    on s.actor_id = k.actor_id
where a.relevant;

comment on view article_actor is 'One row per article on the talks and actor that it names or lets speak.';
comment on column article_actor.article_id is 'The article, see view article.';
comment on column article_actor.outlet_id is 'The outlet.';
comment on column article_actor.outlet_name is 'Name of the outlet, for people.';
comment on column article_actor.outlet_class is 'Class of the outlet, see view outlet.';
comment on column article_actor.language is 'ISO 639-1 of the article.';
comment on column article_actor.day_utc is 'UTC day of publication; null when unknown.';
comment on column article_actor.published_utc is 'When the article was published; null when unknown.';
comment on column article_actor.title is 'Headline of the article.';
comment on column article_actor.url is 'Address of the article.';
comment on column article_actor.actor_id is 'The actor, see view actor.';
comment on column article_actor.actor_name is 'Name of the actor, for people.';
comment on column article_actor.side is 'RU, UA, US, EU or other.';
comment on column article_actor.n_mentions is 'How often the article names the actor, headline included.';
comment on column article_actor.n_spoken_words is 'Words it gives to the actor, in direct and indirect speech; words whose speaker is unclear are nobody''s; null: not measured.';
comment on column article_actor.n_positive is 'Favourable words that the outlet itself says of the actor; null: not measured.';
comment on column article_actor.n_negative is 'Unfavourable words that the outlet itself says of the actor; null: not measured.';
comment on column article_actor.role is 'Part that the outlet''s own words give the actor: Protagonist, Antagonist or Innocent. Of single articles right in about half of cases, see the methodology: compare many. Null: no word says, or not measured.';
comment on column article_actor.role_evidence is 'The words that say so, as published.';
comment on column article_actor.revision_id is 'The revision that was measured.';
