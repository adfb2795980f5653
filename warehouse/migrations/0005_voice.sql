-- Voice: in whose voice each code is carried, where it stands, who is quoted, and how actors are spoken of.

alter table core.code_score add column n_outlet integer;      -- sentences that carry the code in the outlet's own voice;
alter table core.code_score add column n_quoted integer;      -- a sentence with hits in two voices counts in both;
alter table core.code_score add column n_reported integer;    -- null: voice not measured in this language
alter table core.code_score add column n_rejected integer;
alter table core.code_score add column n_scare integer;
alter table core.code_score add column prominence varchar;    -- headline, lead or body: the foremost place of a hit; null: none

alter table core.hit add column reason varchar;               -- why it is taken to be in its voice
alter table core.score add column headline_gap double;        -- of the headline's frames, those that the body lacks, in [0, 1]
alter table core.score add column asserted_in_headline varchar[];  -- frames the headline states and the body only cites

create table core.utterance (
    revision_id varchar not null,
    layer varchar not null,
    scorer_version varchar not null,
    cue_hash varchar not null,
    position integer not null,         -- from 0, in the order of the text
    kind varchar not null,             -- direct or indirect
    part varchar not null,             -- title or text
    start_char integer not null,
    end_char integer not null,
    n_words integer not null,
    depth integer not null,            -- 1: a quotation inside a quotation
    speaker varchar,                   -- as the text names them; null: nobody named, or not resolved
    actor_id varchar,                  -- where the speaker is an actor of the registry
    verb varchar,
    verb_class varchar                 -- neutral, doubting, approving, revealing ...
);

create table core.actor_score (
    revision_id varchar not null,
    layer varchar not null,
    scorer_version varchar not null,
    cue_hash varchar not null,
    actor_id varchar not null,
    n_mentions integer not null,
    n_spoken_words integer,            -- words given to the actor, in direct and indirect speech; null: not measured
    n_positive integer,                -- judging words on the actor in the outlet's own voice; null: not measured
    n_negative integer,
    role varchar,                      -- Protagonist, Antagonist, Innocent: what the outlet's own words lean to; null: nothing says
    role_evidence varchar[]            -- the words that say so
);

create table core.label_use (
    revision_id varchar not null,
    layer varchar not null,
    scorer_version varchar not null,
    cue_hash varchar not null,
    label_id varchar not null,
    n_hits integer not null,
    n_outlet integer                   -- of them, in the outlet's own words; null: not measured
);

create table core.actor (
    codebook_version varchar not null,
    actor_id varchar not null,
    name varchar not null,
    side varchar not null,             -- RU, UA, US, EU or other
    position integer not null          -- place in the codebook, from 1
);
