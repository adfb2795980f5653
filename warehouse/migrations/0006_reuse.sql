-- Who had a text first. Signatures are what new revisions are looked up by; the rest is derived from them and the texts,
-- and the same whatever the order in which articles came.

create table core.signature (
    revision_id varchar not null,
    method varchar not null,           -- version of shingles and agencies; another one is looked up anew
    article_id varchar not null,
    outlet_id varchar not null,
    since_utc timestamptz not null,    -- since when the article holds this text, see warehouse/signatures.py
    seen_utc timestamptz not null,
    n_words integer not null,
    fingerprints ubigint[] not null,   -- winnowed 8-word shingles: texts that share 23 words in a row share one
    bands ubigint[] not null,          -- of the MinHash of the whole text: near duplicates share one
    agencies varchar[] not null        -- whom the text credits, see agencies.toml
);

create table core.reuse (
    revision_id varchar not null,
    article_id varchar not null,
    since_utc timestamptz not null,
    n_words integer not null,
    n_own integer not null,            -- n_words = n_own + n_reused + n_repeated + n_boilerplate
    n_reused integer not null,
    n_repeated integer not null,
    n_boilerplate integer not null,
    origin_article_id varchar,         -- null: no word stood elsewhere before
    near_article_id varchar,           -- null: no near duplicate of an earlier text
    counts_with varchar                -- article_id; null: a text of its own
);

create table core.passage (
    revision_id varchar not null,
    position integer not null,
    paragraph integer not null,
    start_char integer not null,
    end_char integer not null,
    n_words integer not null,
    is_same_outlet boolean not null,
    origin_article_id varchar not null,
    origin_revision_id varchar not null
);

-- Only articles that share a cluster with another; all others are clusters of one, see core.article_cluster.

create table core.cluster_member (
    article_id varchar not null,
    cluster_id varchar not null        -- the article of the cluster that was first
);
