-- Findings: what changed, where, and how sure that is. All of it is derived, day by day; see flows/analysis/findings.py.

create table core.finding_text (        -- the articles that are counted
    article_id varchar not null,
    revision_id varchar not null,       -- the latest
    cue_hash varchar not null,          -- under which it was scored
    outlet_id varchar not null,
    outlet_class varchar not null,
    day_utc date not null,
    cluster_id varchar not null
);

create table core.finding_day (         -- what they add up to
    voice varchar not null,
    unit_kind varchar not null,         -- outlet or class
    unit varchar not null,
    frame_id varchar not null,
    day_utc date not null,
    k_eff double not null,
    n_eff integer not null              -- a text in many copies counts once in a unit, on the day it was first there
);

create table core.finding_event (       -- the events that are compared, as the registry had them
    event_id varchar not null,
    day_utc date not null,
    neighbours varchar[] not null
);

create table core.event_effect (
    event_id varchar not null,
    voice varchar not null,
    unit_kind varchar not null,
    unit varchar not null,
    frame_id varchar not null,
    k_before double not null,
    n_before integer not null,
    k_after double not null,
    n_after integer not null,
    too_few boolean not null,
    ratio double,                       -- these six: null: too few
    ratio_low double,
    ratio_high double,                  -- null also where there is no upper bound
    p double,
    q double,
    scatter double
);

create table core.change_series (       -- what was looked through for changes of level
    unit varchar not null,              -- a class
    frame_id varchar not null,
    digest varchar not null,            -- of the counts and the days
    n_bins integer not null
);

create table core.change_point (
    unit varchar not null,
    frame_id varchar not null,
    day_utc date not null,              -- the first of the new level
    share_before double not null,
    share_after double not null,
    held_by double not null
);

create table core.divergence (
    day_utc date not null,              -- the last of the days compared
    n_days integer not null,
    n_eff map(varchar, integer) not null,  -- by class
    classes varchar[] not null,         -- those compared
    observed double,                    -- these six: null: too few
    excess double,
    null_low double,
    null_high double,
    p double,
    q double
);

create table core.change_day (          -- every day that was held against the week before it
    day_utc date not null,
    n_compared integer not null,
    n_too_few integer not null,
    n_found integer not null
);

create table core.daily_change (        -- what was found, the surest first
    day_utc date not null,
    position integer not null,
    unit_kind varchar not null,
    unit varchar not null,
    frame_id varchar not null,
    k_eff double not null,
    n_eff integer not null,
    k_before double not null,
    n_before integer not null,
    delta double not null,
    delta_low double not null,
    delta_high double not null,
    p double not null,
    q double not null
);

create table core.finding_state (
    version varchar not null,           -- of the methods
    codebook_version varchar not null,
    as_of_utc timestamptz not null      -- the newest score or trace that is counted
);
