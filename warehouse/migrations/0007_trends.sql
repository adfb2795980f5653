-- Trends: the articles that are counted, and what they add up to. All of it is derived, outlet and day by outlet and
-- day; see flows/analysis/trends.py.

create table core.trend_article (
    article_id varchar not null,
    revision_id varchar not null,      -- the latest
    cue_hash varchar not null,         -- under which it was scored
    outlet_id varchar not null,
    language varchar,                  -- null: not identified
    day_utc date not null,             -- of publication, in three time zones
    day_kyiv date not null,
    day_moscow date not null,
    cluster_id varchar                 -- null: shares its text with nobody
);

create table core.trend_cell (
    kind varchar not null,             -- frame or side
    voice varchar not null,
    code_id varchar not null,          -- frame_id, or the side that is served
    outlet_id varchar not null,
    language varchar,
    day_utc date not null,
    day_kyiv date not null,
    day_moscow date not null,
    n integer not null,                -- articles measured
    n_unmeasured integer not null,
    k integer not null,                -- of n, those that carry it
    n_alone integer not null,          -- of n, those that share their text with nobody
    k_alone integer not null,          -- of them, those that carry it
    sum_share double                   -- of n, of sentences carrying the frame / all; null: a side
);

-- Copies, which no sum can count: how many independent texts they are depends on which of them are asked for.
create table core.trend_copy (
    kind varchar not null,
    voice varchar not null,
    cluster_id varchar not null,
    article_id varchar not null,
    outlet_id varchar not null,
    language varchar,
    day_utc date not null,
    day_kyiv date not null,
    day_moscow date not null,
    carried varchar[] not null,        -- codes
    unmeasured varchar[] not null      -- codes; all others are measured and not carried
);

create table core.trend_state (
    version varchar not null,          -- of the counting
    codebook_version varchar not null,
    as_of_utc timestamptz not null     -- the newest score that is counted
);
