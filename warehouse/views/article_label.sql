-- article_label: words whose choice takes a side.

create or replace view article_label as
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
    u.label_id,
    u.n_hits,
    u.n_outlet,
    a.revision_id
from core.scored_article as a
join core.label_use as u
    on a.revision_id = u.revision_id
    and a.layer = u.layer
    and a.scorer_version = u.scorer_version
    and a.cue_hash = u.cue_hash
where a.relevant;

comment on view article_label is 'One row per article on the talks and slant marker that it holds: "regime" for a government, "operation" for a war.';
comment on column article_label.article_id is 'The article, see view article.';
comment on column article_label.outlet_id is 'The outlet.';
comment on column article_label.outlet_name is 'Name of the outlet, for people.';
comment on column article_label.outlet_class is 'Class of the outlet, see view outlet.';
comment on column article_label.language is 'ISO 639-1 of the article.';
comment on column article_label.day_utc is 'UTC day of publication; null when unknown.';
comment on column article_label.published_utc is 'When the article was published; null when unknown.';
comment on column article_label.title is 'Headline of the article.';
comment on column article_label.url is 'Address of the article.';
comment on column article_label.label_id is 'The marker, a table of [label] in the registry''s languages/*.tone.toml.';
comment on column article_label.n_hits is 'How often the article holds it.';
comment on column article_label.n_outlet is 'How often of these in the outlet''s own words; null: not measured.';
comment on column article_label.revision_id is 'The revision that was measured.';
