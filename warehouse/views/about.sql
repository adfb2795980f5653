-- about: what this file is.

create or replace view about as
select
    (select value from core.setting where key = 'kind') as kind,
    (select max(version) from core.migration) as schema_version,
    (select codebook_version from core.active_codebook) as codebook_version,
    (select activated_utc from core.active_codebook) as codebook_since_utc,
    (select max(polled_utc) from core.poll) as last_poll_utc,
    (select max(scored_utc) from core.score) as last_score_utc,
    (select count(distinct article_id) from core.article_revision) as n_articles,
    (select count(*) from core.sighting) as n_sightings,
    (select min(day_utc) from core.trend_article) as first_day_utc,
    (select max(day_utc) from core.trend_article) as last_day_utc;

comment on view about is 'One row: what this file holds and how fresh it is.';
comment on column about.kind is 'live, or demo: fictional outlets and texts.';
comment on column about.schema_version is 'Number of the last migration.';
comment on column about.codebook_version is 'The codebook all scores in the views belong to; null: nothing scored yet.';
comment on column about.codebook_since_utc is 'When that codebook became the active one.';
comment on column about.last_poll_utc is 'When a feed was last asked; null: never.';
comment on column about.last_score_utc is 'When an article was last scored; null: never.';
comment on column about.n_articles is 'Articles stored.';
comment on column about.n_sightings is 'Items seen in feeds.';
comment on column about.first_day_utc is 'UTC day of publication of the earliest article that is counted in the trends; null: none is.';
comment on column about.last_day_utc is 'UTC day of publication of the latest one.';
