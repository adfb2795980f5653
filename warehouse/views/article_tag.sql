-- article_tag: which signals an article gives and which topics it is on.

create or replace view article_tag as
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
    c.kind,
    c.code_id as tag_id,
    c.carried,
    c.share,
    a.revision_id
from core.scored_article as a
join core.code_score as c
    on a.revision_id = c.revision_id
    and a.layer = c.layer
    and a.scorer_version = c.scorer_version
    and a.cue_hash = c.cue_hash
join core.tag as known
    on c.kind = known.kind
    and c.code_id = known.tag_id
join core.active_codebook as active
    on known.codebook_version = active.codebook_version
where a.relevant is distinct from false;

comment on view article_tag is 'One row per article and tag, for articles that are on the talks or cannot be measured.';
comment on column article_tag.article_id is 'The article, see view article.';
comment on column article_tag.outlet_id is 'The outlet.';
comment on column article_tag.outlet_name is 'Name of the outlet, for people.';
comment on column article_tag.outlet_class is 'Class of the outlet, see view outlet.';
comment on column article_tag.language is 'ISO 639-1 of the article; null: not identified.';
comment on column article_tag.day_utc is 'UTC day of publication; null when unknown.';
comment on column article_tag.published_utc is 'When the article was published; null when unknown.';
comment on column article_tag.title is 'Headline of the article.';
comment on column article_tag.url is 'Address of the article.';
comment on column article_tag.kind is 'signal, topic, policy or narrative; a narrative is a candidate: a reason to read the text, see tag.is_candidate.';
comment on column article_tag.tag_id is 'The tag, see view tag.';
comment on column article_tag.carried is 'True: at least one sentence carries it, of a policy frame or narrative as many as the registry asks for; null: not measured (language), never the same as false.';
comment on column article_tag.share is 'Sentences carrying the tag / all sentences, in [0, 1]; null: not measured.';
comment on column article_tag.revision_id is 'The revision that was scored.';
