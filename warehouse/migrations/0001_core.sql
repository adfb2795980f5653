-- The tables behind the public views. Ours to change; analysts read the views in schema main.
-- No primary key and no index: with one, each checkpoint in this storage format rewrites the whole
-- table. Uniqueness is kept by merge (warehouse/store.py) and checked by warehouse/checks.

create table core.setting (
    key varchar not null,
    value varchar not null
);

-- What is watched: a copy of the registry, so that SQL can join it.

create table core.outlet (
    outlet_id varchar not null,
    name varchar not null,
    home varchar not null,
    country varchar not null,
    languages varchar[] not null,
    outlet_class varchar not null,
    class_source varchar not null,
    mirrors varchar[] not null,
    keep varchar not null,
    is_watched boolean not null
);

create table core.feed (
    feed_url varchar not null,
    outlet_id varchar not null,
    language varchar not null,
    verified varchar not null,
    verified_source varchar not null,
    is_watched boolean not null
);

create table core.event (
    event_id varchar not null,
    title varchar not null,
    event_time_utc timestamptz not null,
    tz_note varchar not null,
    certainty varchar not null,
    source varchar not null,
    added_by varchar not null,
    is_watched boolean not null
);

-- The codebook: several versions side by side, one of them active.

create table core.codebook (
    codebook_version varchar not null,
    layer varchar not null,
    scorer_version varchar not null,
    content varchar not null,          -- json; an old codebook can score again
    registered_utc timestamptz not null
);

create table core.cue_hash (
    codebook_version varchar not null,
    language varchar not null,         -- '' stands for: language not identified, or without cues
    cue_hash varchar not null
);

create table core.active_codebook (
    codebook_version varchar not null,
    activated_utc timestamptz not null
);

create table core.frame (
    codebook_version varchar not null,
    position integer not null,
    frame_id varchar not null,
    code varchar not null,
    label varchar not null,
    definition varchar not null,
    is_not varchar not null,
    serves varchar not null,
    serves_reason varchar not null,
    mirror varchar,
    no_mirror varchar
);

-- The request logs. What to ask next, and when, is derived from them: no mutable schedule.

create table core.poll (
    poll_id varchar not null,
    feed_url varchar not null,
    outlet_id varchar not null,
    polled_utc timestamptz not null,
    fetch_status varchar not null,
    http_status integer,
    etag varchar,
    last_modified varchar,
    body_sha256 varchar,
    feed_format varchar,
    n_items integer,                   -- null: no body was read
    n_new integer,
    elapsed_ms integer not null,
    error varchar
);

create table core.fetch (
    fetch_id varchar not null,
    url varchar not null,
    final_url varchar,
    outlet_id varchar not null,
    fetched_utc timestamptz not null,
    fetch_status varchar not null,
    http_status integer,
    content_type varchar,
    n_bytes bigint,
    body_sha256 varchar,
    elapsed_ms integer not null,
    error varchar
);

-- One item seen in one feed. Pending, or in exactly one terminal state.

create table core.sighting (
    sighting_id varchar not null,
    outlet_id varchar not null,
    feed_url varchar not null,
    poll_id varchar not null,
    item_key varchar not null,
    item_key_rule varchar not null,    -- guid, url, or title+date
    url varchar,                       -- as the feed gave it
    page_url varchar,                  -- cleaned of tracking
    title varchar,
    summary varchar,
    published_raw varchar,
    published_utc timestamptz,
    first_seen_utc timestamptz not null,
    state varchar not null,
    reason varchar,
    state_utc timestamptz not null,
    article_id varchar
);

create table core.article (
    article_id varchar not null,
    outlet_id varchar not null,
    url varchar not null,
    first_seen_utc timestamptz not null
);

create table core.revision (
    revision_id varchar not null,
    article_id varchar not null,
    fetch_id varchar not null,
    seen_utc timestamptz not null,
    verdict varchar not null,
    title varchar,
    text varchar not null,
    text_sha256 varchar not null,
    n_words integer not null,
    authors varchar[] not null,
    published_utc timestamptz,
    published_rule varchar,            -- which candidate was taken; null with an unknown date
    published_raw varchar,             -- as written, with its time zone
    language varchar,
    language_confidence double,
    extractor varchar not null
);

-- Scores: keyed by revision, layer, scorer version and the cue hash of the language.

create table core.score (
    revision_id varchar not null,
    layer varchar not null,
    scorer_version varchar not null,
    cue_hash varchar not null,
    language varchar,
    relevant boolean,
    n_sentences integer not null,
    scored_utc timestamptz not null
);

create table core.frame_score (
    revision_id varchar not null,
    layer varchar not null,
    scorer_version varchar not null,
    cue_hash varchar not null,
    frame_id varchar not null,
    carried boolean,
    share double
);

create table core.hit (
    revision_id varchar not null,
    layer varchar not null,
    scorer_version varchar not null,
    cue_hash varchar not null,
    frame_id varchar not null,
    part varchar not null,
    start_char integer not null,
    end_char integer not null,
    sentence_start integer not null,
    sentence_end integer not null,
    cue varchar not null,
    voice varchar,
    speaker varchar
);
