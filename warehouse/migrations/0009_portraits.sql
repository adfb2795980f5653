-- Portraits of outlets: what each article on the talks gives to them, and what is told from all of it. All of it is derived;
-- see flows/analysis/portraits.py.

create table core.portrait (
    article_id varchar not null,
    revision_id varchar not null,      -- the latest
    scorer_version varchar not null,
    cue_hash varchar not null,         -- under which it was scored
    outlet_id varchar not null,
    language varchar,                  -- null: not identified
    published_utc timestamptz not null,
    day_utc date not null,
    cluster_id varchar,                -- null: shares its text with nobody
    is_measured boolean not null,      -- false: no cues for its language, whether it is on the talks is not known
    headline_gap double,
    n_asserted integer,                -- frames that the headline states and the body only cites; null: not measured
    n_quoted_words integer not null,   -- given to speakers, in direct and indirect speech
    voices struct(actor_id varchar, side varchar, n_direct integer, n_indirect integer, n_doubting integer, n_classed integer)[] not null,
    signals struct(signal_id varchar, prominence varchar, part varchar, start_char integer, end_char integer, sentence_start integer, sentence_end integer, voice varchar, speaker varchar)[] not null,
    subjects varchar[] not null        -- actors it names, signals and topics it carries, as "actor.id", "signal.id", "topic.id"
);

-- Sums over articles of one outlet and day. A text counts where it was printed first: copies are one text within an outlet,
-- a class, a language, a country or all, in the article of it that was first; so of sums no copy is counted twice.
create table core.voice_day (
    outlet_id varchar not null,
    language varchar,
    day_utc date not null,
    first_in varchar[] not null,       -- outlet, class, language, country, all: those in which the articles were first
    n_articles integer not null,       -- that let anybody speak
    n_words bigint not null,
    sum_squares double not null        -- of the articles' quoted words
);

create table core.voice_cell (
    outlet_id varchar not null,
    language varchar,
    day_utc date not null,
    first_in varchar[] not null,
    actor_id varchar,                  -- null: not resolved
    n_articles integer not null,
    n_direct integer not null,
    n_indirect integer not null
);

create table core.portrait_state (
    version varchar not null,          -- of the way of counting
    codebook_version varchar not null,
    as_of_utc timestamptz not null,    -- the newest score that is counted
    polled_utc timestamptz             -- the newest poll that is; null: none
);

create table core.verb_slant (
    by_what varchar not null,          -- side or actor
    whose varchar not null,            -- the side, or the actor's id
    outlet_id varchar not null,
    k integer not null,                -- of n attributions, those with a verb that doubts
    n integer not null,
    n_eff integer not null,
    share double not null,
    share_low double not null,
    share_high double not null,
    too_few boolean not null,
    others_share double,               -- null: no other outlet attributes anything to them
    ratio double,                      -- null: too few
    ratio_low double,
    ratio_high double,                 -- infinite where the others doubt nothing
    p double
);

create table core.event_window (
    event_id varchar not null,
    marks varchar[] not null,          -- what an article on the event names; empty: the title names nothing the registry knows
    from_utc timestamptz not null,
    to_utc timestamptz not null,
    n_before integer not null,         -- measured articles of the 28 days before
    n_marked_before integer not null   -- of them, those that name all of it
);

create table core.omission (
    event_id varchar not null,
    outlet_id varchar not null,
    state varchar not null,            -- covered, not covered or could not know
    doubt varchar,                     -- why it could not be known
    n_on_event integer not null,
    n_articles integer not null,
    watched double not null,           -- share of the window, in [0, 1]
    n_due double,                      -- null: the outlet's rate is not known
    n_peers_known integer not null,
    n_peers_covered integer not null,
    expected double,
    p_none double,
    notable boolean not null
);

create table core.cue_example (
    codebook_version varchar not null,
    kind varchar not null,
    code_id varchar not null,
    language varchar not null,
    position integer not null,
    cue varchar not null,
    examples varchar[] not null        -- sentences in which it must be found
);

-- What the judgements of the latest sample say; they themselves stand in a file of their own.
create table core.gold_quality (
    frame_id varchar not null,
    language varchar not null,
    sample_id varchar not null,
    last_judgement bigint not null,    -- position of the last one that is counted
    drawn_utc timestamptz not null,
    codebook_version varchar not null, -- whose answers were judged
    n_sentences bigint not null,       -- from which was drawn
    n_drawn integer not null,
    n_decided integer not null,
    n_coders integer not null,
    precision double,
    precision_low double,
    precision_high double,
    recall double,
    recall_low double,
    recall_high double,
    alpha double,
    alpha_low double,
    alpha_high double,
    share_engine double not null,      -- of sentences
    share_corrected double,
    corrected_low double,
    corrected_high double
);
