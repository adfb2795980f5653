-- What collecting and scoring would have left of each row of the temporary table story (see archive.py): as many rows as
-- the demo has per article, in the order in which they would have come. A hash of the story's name decides.

insert into core.article by name
select article_id, outlet_id, url, at_utc as first_seen_utc
from story
order by at_utc;

-- One article in ten was edited a day later.
create or replace temp table version as
select
    s.*,
    r.number,
    left(md5(s.name || '/' || r.number), 20) as revision_id,
    left(md5('fetch ' || s.name || '/' || r.number), 20) as fetch_id,
    s.at_utc + to_days(r.number) as seen_utc,
    case when r.number > 0 then left(md5(s.name || '/' || (r.number - 1)), 20) end as previous_revision_id,
    hash(s.name || r.number) as dice
from story as s
join (select unnest([0, 1]) as number) as r
    on r.number = 0 or hash(s.name) % 10 = 0
order by seen_utc;

insert into core.revision by name
select
    revision_id,
    article_id,
    fetch_id,
    seen_utc,
    'article' as verdict,
    title,
    case number when 0 then text else text || ' (updated)' end as text,
    md5(text || number) as text_sha256,
    n_words,
    ['A. Author'] as authors,
    at_utc - interval 2 hours as published_utc,
    'json-ld' as published_rule,
    cast(at_utc as varchar) as published_raw,
    language,
    0.99 as language_confidence,
    previous_revision_id,
    dice % 500 = 0 as date_disagrees,
    'trafilatura' as extractor
from version
order by seen_utc;

insert into core.edit by name
select
    revision_id, previous_revision_id, article_id, seen_utc, dice % 5 = 0 as headline_changed, 1 as n_added,
    1 as n_removed, ['a sentence that is new'] as added, ['a sentence that is gone'] as removed,
    dice % 2 = 0 as is_announced, dice % 2 = 1 as is_stealth
from version
where number > 0
order by seen_utc;

insert into core.revision_verdict by name
select revision_id, seen_utc as judged_utc, 'wall' as verdict, 'asks to subscribe' as reason
from version
where dice % 2_000 = 0 and number = 0;

insert into core.date_candidate by name
select
    revision_id, p.position, ['json-ld', 'meta', 'feed', 'url', 'first seen'][p.position + 1] as rule,
    cast(at_utc as varchar) as raw, at_utc - interval 2 hours as time_utc, p.position < 3 as is_exact,
    p.position = 0 as is_chosen
from version
cross join (select unnest(range(5)) as position) as p
order by seen_utc;

-- The first look, and the visits after it.
insert into core.fetch by name
select
    case v.number when 0 then left(md5('fetch ' || s.name || '/0'), 20) else left(md5(s.name || ' visit ' || v.number), 20) end as fetch_id,
    s.url,
    s.url as final_url,
    s.outlet_id,
    s.at_utc + to_hours([0, 1, 6, 24, 72][v.number + 1]) as fetched_utc,
    case when v.number = 0 or hash(s.name || v.number) % 2 = 0 then 'ok' else 'not_modified' end as fetch_status,
    200 as http_status,
    case v.number when 0 then 'first' else 'revisit' end as purpose,
    40 as elapsed_ms,
    md5(s.name) as body_sha256,
    'article' as verdict,
    '{"json_ld": ["NewsArticle"]}' as verdict_evidence
from story as s
cross join (select unnest(range(5)) as number) as v
order by fetched_utc;

-- One in eight of what feeds give is put aside unread or proves to be nothing.
insert into core.sighting by name
select
    left(md5('sighting ' || s.name || p.number), 20) as sighting_id,
    s.outlet_id,
    s.feed_url,
    s.name as poll_id,
    s.url || p.number as item_key,
    'guid' as item_key_rule,
    s.url || repeat('-', p.number) as url,
    s.url || repeat('-', p.number) as page_url,
    s.title,
    s.title as summary,
    s.at_utc - interval 2 hours as published_utc,
    s.at_utc as first_seen_utc,
    case p.number when 0 then 'stored' else ['duplicate', 'off_topic', 'paywalled', 'wall'][1 + cast(hash(s.name) % 4 as integer)] end as state,
    s.at_utc as state_utc,
    case p.number when 0 then s.article_id end as article_id
from story as s
join (select unnest([0, 1]) as number) as p
    on p.number = 0 or hash(s.name) % 8 = 0
order by s.at_utc;

-- Scores: a language without cues cannot be measured, a few articles are not on the talks.
create or replace temp table scored as
select
    v.*,
    'event' as layer,
    c.scorer_version,
    coalesce(h.cue_hash, nothing.cue_hash) as cue_hash,
    case when h.cue_hash is not null then v.dice % 100 > 3 end as relevant
from version as v
cross join core.active_codebook as active
join core.codebook as c
    on active.codebook_version = c.codebook_version
join core.cue_hash as nothing
    on active.codebook_version = nothing.codebook_version
    and nothing.language = ''
left join core.cue_hash as h
    on active.codebook_version = h.codebook_version
    and v.language = h.language
order by v.seen_utc;

insert into core.score by name
select
    revision_id, layer, scorer_version, cue_hash, language, relevant, 11 as n_sentences,
    seen_utc + interval 5 minutes as scored_utc,
    case when relevant and dice % 3 = 0 then (dice % 2)::double end as headline_gap,
    case when relevant and dice % 3 = 0 then [] end as asserted_in_headline
from scored
order by seen_utc;

create or replace temp table code as
with active as (select codebook_version from core.active_codebook)
select 'frame' as kind, frame_id as code_id from core.frame where codebook_version in (from active)
union all
select kind, tag_id from core.tag where codebook_version in (from active);

create or replace temp table coded as
select
    s.revision_id, s.layer, s.scorer_version, s.cue_hash, s.relevant, s.seen_utc, c.kind, c.code_id,
    hash(s.revision_id || c.code_id) as dice,
    s.relevant and dice % 100 < 10 as carried
from (select * exclude (dice) from scored where relevant is distinct from false) as s
cross join code as c
order by s.seen_utc, s.revision_id;

insert into core.code_score by name
select
    revision_id, layer, scorer_version, cue_hash, kind, code_id, carried,
    case when relevant then if(carried, 2 / 11, 0) end as share,
    case when relevant then if(carried and dice % 7 <> 0, 2, 0) end as n_outlet,
    case when relevant then if(carried and dice % 7 = 0, 1, 0) end as n_quoted,
    case when relevant then if(carried and dice % 7 = 0, 1, 0) end as n_reported,
    case when relevant then 0 end as n_rejected,
    case when relevant then 0 end as n_scare,
    case when carried then ['headline', 'lead', 'body', 'body'][1 + cast(dice % 4 as integer)] end as prominence
from coded;

insert into core.hit by name
select
    revision_id, layer, scorer_version, cue_hash, kind, code_id, 'text' as part,
    cast(place * 100 + 5 as integer) as start_char, cast(place * 100 + 15 as integer) as end_char,
    cast(place * 100 as integer) as sentence_start, cast(place * 100 + 90 as integer) as sentence_end,
    'peace talks' as cue,
    case when dice % 7 <> 0 then 'outlet' when place % 2 = 0 then 'quoted' else 'reported' end as voice,
    'nobody is cited' as reason
from (select *, unnest([dice % 3, 3 + dice % 3, 6 + dice % 3]) as place from coded where carried);

insert into core.utterance by name
select
    s.revision_id, s.layer, s.scorer_version, s.cue_hash, p.position, ['direct', 'indirect'][p.position % 2 + 1] as kind,
    'text' as part, p.position * 200 as start_char, p.position * 200 + 120 as end_char, 18 as n_words, 0 as depth,
    k.name as speaker, k.actor_id, 'said' as verb,
    ['neutral', 'doubting', 'approving'][1 + cast(hash(s.revision_id || p.position) % 3 as integer)] as verb_class
from (select * from scored where relevant) as s
cross join (select unnest(range(3)) as position) as p
left join core.current_actor as k
    on k.position = 1 + hash(s.revision_id || p.position) % 40
order by s.seen_utc;

insert into core.actor_score by name
select
    s.revision_id, s.layer, s.scorer_version, s.cue_hash, k.actor_id, 3 as n_mentions, 18 as n_spoken_words,
    cast(s.dice % 2 as integer) as n_positive, cast(s.dice % 3 as integer) as n_negative, [] as role_evidence
from (select * from scored where relevant) as s
join core.current_actor as k
    on hash(s.revision_id || k.actor_id) % 7 = 0
order by s.seen_utc;

insert into core.label_use by name
select revision_id, layer, scorer_version, cue_hash, 'kiev_regime' as label_id, 1 as n_hits, 1 as n_outlet
from scored
where relevant and dice % 10 = 0
order by seen_utc;
