-- What ingestion can be trusted with: where each answer is archived, why a feed is asked when it is, what was
-- missed between two polls, what a page was taken for and why, all dates, and how texts changed.

alter table core.poll add column n_unread integer;              -- items in the body beside n_items that could not be read
alter table core.poll add column asked_url varchar;             -- not feed_url once the feed moved
alter table core.poll add column final_url varchar;
alter table core.poll add column permanent_url varchar;         -- where permanent redirects alone led; null: nowhere else
alter table core.poll add column is_conditional boolean;        -- were validators sent?
alter table core.poll add column validator_lied boolean;        -- another body under the validator of the one before
alter table core.poll add column n_shared integer;              -- items the document before held as well; null: none before
alter table core.poll add column failure varchar;               -- hard, soft, temporary, ours; null: none
alter table core.poll add column interval_s double;             -- how long to leave it alone, before back-off and bounds
alter table core.poll add column next_utc timestamptz;          -- not to be asked before
alter table core.poll add column next_reason varchar;
alter table core.poll add column retry_after_utc timestamptz;   -- not to be asked before, as the host said
alter table core.poll add column warc_file varchar;             -- below the home's warc folder; null: no answer
alter table core.poll add column warc_offset bigint;

alter table core.fetch add column purpose varchar default 'first';  -- first, revisit or backfill
alter table core.fetch add column etag varchar;
alter table core.fetch add column last_modified varchar;
alter table core.fetch add column verdict varchar;
alter table core.fetch add column verdict_evidence varchar;     -- json: what spoke for it
alter table core.fetch add column text_fingerprint varchar;     -- sha-256 of a short text's words, without ids and times
alter table core.fetch add column modified_utc timestamptz;      -- as the page stated it, also where nothing had changed
alter table core.fetch add column robots varchar;               -- allowed, disallowed or unreachable; null: not asked
alter table core.fetch add column retry_after_utc timestamptz;  -- not to be asked before, as the host said
alter table core.fetch add column warc_file varchar;
alter table core.fetch add column warc_offset bigint;

alter table core.sighting add column full_text varchar;         -- of the article, where the feed carries it

alter table core.revision add column previous_revision_id varchar;
alter table core.revision add column text_source varchar default 'page';  -- page or feed
alter table core.revision add column feed_overlap double;       -- share of the feed's text that the page's holds
alter table core.revision add column modified_raw varchar;      -- as the page states it
alter table core.revision add column modified_utc timestamptz;
alter table core.revision add column correction_note varchar;
alter table core.revision add column date_spread_h double;      -- hours between the candidates furthest apart
alter table core.revision add column date_disagrees boolean;    -- is that more than a day?

-- Later verdicts on revisions that were stored as articles and are none; appended, the revisions stay.

create table core.revision_verdict (
    revision_id varchar not null,
    judged_utc timestamptz not null,
    verdict varchar not null,
    reason varchar not null
);

create table core.date_candidate (
    revision_id varchar not null,
    position integer not null,         -- in order of trust, from 0
    rule varchar not null,
    raw varchar not null,
    time_utc timestamptz not null,
    is_exact boolean not null,
    is_chosen boolean not null
);

create table core.edit (
    revision_id varchar not null,
    previous_revision_id varchar not null,
    article_id varchar not null,
    seen_utc timestamptz not null,
    headline_changed boolean not null,
    n_added integer not null,          -- sentences
    n_removed integer not null,
    added varchar[] not null,
    removed varchar[] not null,
    is_announced boolean,              -- did dateModified or a correction note change? null: the page states neither
    is_stealth boolean not null
);

-- Between two documents of a feed that share no item, items may have come and gone unseen.

create table core.gap (
    poll_id varchar not null,
    feed_url varchar not null,
    outlet_id varchar not null,
    from_utc timestamptz not null,
    to_utc timestamptz not null,
    n_lost double,                     -- an estimate; null: nothing to estimate it from
    basis varchar not null
);

-- Each feed's newest document that held items, and since when it was so. The one core table whose rows are replaced.

create table core.feed_document (
    feed_url varchar not null,
    poll_id varchar not null,
    polled_utc timestamptz not null,
    sighting_ids varchar[] not null,
    ttl_s integer,                     -- how long the document asks to be left alone
    skip_hours integer[] not null,     -- UTC
    skip_days integer[] not null       -- UTC, Monday is 0
);

-- What was learned about a feed; appended, the newest row holds.

create table core.feed_rule (
    feed_url varchar not null,
    since_utc timestamptz not null,
    item_key_rule varchar not null,    -- the first rung of the ladder that may be trusted
    reason varchar not null
);

create table core.feed_move (
    feed_url varchar not null,
    moved_utc timestamptz not null,
    old_url varchar not null,
    new_url varchar not null,
    reason varchar not null
);

create table core.feed_proposal (
    feed_url varchar not null,
    proposed_url varchar not null,
    found_utc timestamptz not null,
    found_on varchar not null,
    reason varchar not null
);

create table core.robots (
    origin varchar not null,
    fetched_utc timestamptz not null,
    http_status integer,
    rules varchar,                     -- null: could not be had
    warc_file varchar,
    warc_offset bigint
);
