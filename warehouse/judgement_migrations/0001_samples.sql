-- Samples drawn for people to judge, and what they said. No keys, as in the warehouse: uniqueness is kept by merging.

create table sample (
    sample_id varchar not null,         -- hash of what was drawn: the same draw is the same sample
    drawn_utc timestamptz not null,
    seed bigint not null,
    codebook_version varchar not null,  -- whose answers the strata follow
    design varchar not null             -- JSON: what was asked for
);

create table stratum (
    sample_id varchar not null,
    stratum varchar not null,           -- language/frame/carried or not_carried
    language varchar not null,
    frame_id varchar not null,
    machine_carried boolean not null,
    n_units bigint not null,            -- in the archive on the day of the draw
    n_drawn bigint not null
);

create table sample_unit (
    sample_id varchar not null,
    unit_id varchar not null,
    article_id varchar not null,
    revision_id varchar not null,
    outlet_id varchar not null,
    language varchar not null,
    frame_id varchar not null,
    part varchar not null,              -- title or text: which string the offsets count in
    sentence_start integer not null,
    sentence_end integer not null,
    sentence varchar not null,          -- kept here: the warehouse may be rebuilt, what was judged may not change
    machine_carried boolean not null,
    machine_voice varchar,              -- null: not measured
    stratum varchar not null,
    inclusion_probability double not null
);

create table judgement (
    position bigint not null,           -- ascending; of one coder and unit the last counts
    unit_id varchar not null,
    coder varchar not null,
    carried varchar not null,           -- yes, no or unsure
    voice varchar,                      -- outlet, quoted, reported, rejected or scare; null: not said
    note varchar,
    judged_utc timestamptz not null     -- when it was imported
);
