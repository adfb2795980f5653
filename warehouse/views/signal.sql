-- signal: the diplomatic signals beside the frames: who had each first, where, and how far it went.

create or replace view signal as
with mention as (

    select outlet_id, article_id, revision_id, language, cluster_id, published_utc, unnest(signals) as place
    from core.portrait
    where len(signals) > 0

),

counted as (

    select
        place.signal_id as signal_id,
        min(struct_pack(published_utc, article_id)) as opening,
        max(published_utc) as last_utc,
        count(*) as n_articles,
        count(*) filter (where cluster_id is null) + count(distinct cluster_id) as n_eff,
        count(distinct outlet_id) as n_outlets,
        count(distinct outlet_id) filter (where place.voice = 'outlet') as n_outlets_own_voice,
        count(distinct coalesce(cluster_id, article_id)) filter (where place.voice = 'outlet') as n_eff_own_voice
    from mention
    group by all

),

told as (

    select
        c.*,
        struct_pack(m.article_id, m.outlet_id, m.revision_id, m.language, m.published_utc, m.place) as first
    from counted as c
    join mention as m
        on c.opening.article_id = m.article_id
        and c.signal_id = m.place.signal_id

),

-- Joined from the few first mentions, so that the texts of all others are not read.
page as (

    select t.signal_id, r.title, r.text, a.url
    from told as t
    join core.revision as r
        on t.first.revision_id = r.revision_id
    join core.article as a
        on t.first.article_id = a.article_id

),

-- Whether a language has cues for a signal is the same for all texts in it.
measured as (

    select e.code_id as signal_id, sum(p.n)::bigint as n_measured
    from (
        select distinct code_id, language
        from core.cue_example
        where kind = 'signal'
        and codebook_version in (select codebook_version from core.active_codebook)
    ) as e
    join (select language, count(*) as n from core.portrait where is_measured group by language) as p
        on e.language = p.language
    group by all

)

select
    g.tag_id as signal_id,
    g.code,
    g.label,
    t.first.published_utc as first_utc,
    t.first.outlet_id as first_outlet_id,
    o.name as first_outlet_name,
    o.outlet_class as first_outlet_class,
    t.first.language as first_language,
    r.title as first_title,
    r.url as first_url,
    t.first.place.prominence as prominence,
    t.first.place.voice as voice,
    t.first.place.speaker as speaker,
    case
        when t.signal_id is null then null
        when t.n_outlets_own_voice >= 2 and t.n_eff_own_voice >= 2 then 'several outlets'
        when t.n_outlets_own_voice >= 1 then 'one outlet'
        when t.first.place.voice is null then 'not measured'
        else 'only cited'
    end as certainty,
    substr(
        case when t.first.place.part = 'title' then r.title else r.text end,
        t.first.place.sentence_start + 1,
        t.first.place.sentence_end - t.first.place.sentence_start
    ) as sentence,
    t.first.place.part as part,
    t.first.place.start_char as start_char,
    t.first.place.end_char as end_char,
    t.first.article_id as article_id,
    t.first.revision_id as revision_id,
    t.last_utc,
    coalesce(t.n_outlets, 0) as n_outlets,
    coalesce(t.n_outlets_own_voice, 0) as n_outlets_own_voice,
    coalesce(t.n_articles, 0) as n_articles,
    coalesce(t.n_eff, 0) as n_eff,
    coalesce(m.n_measured, 0) as n_measured,
    (select as_of_utc from core.portrait_state) as as_of
from core.tag as g
join core.active_codebook as active
    on g.codebook_version = active.codebook_version
left join told as t
    on g.tag_id = t.signal_id
left join page as r
    on t.signal_id = r.signal_id
left join core.outlet as o
    on t.first.outlet_id = o.outlet_id
left join measured as m
    on g.tag_id = m.signal_id
where g.kind = 'signal';

comment on view signal is 'One row per diplomatic signal of the active codebook, with its first mention in dated articles on the talks; nulls and zeros where no article gives it.';
comment on column signal.signal_id is 'The signal, see view tag.';
comment on column signal.code is 'Short code, S1 to S7.';
comment on column signal.label is 'Short name.';
comment on column signal.first_utc is 'When the first article that gives it was published, of those that Parley saw; null: none.';
comment on column signal.first_outlet_id is 'Its outlet.';
comment on column signal.first_outlet_name is 'Name of that outlet.';
comment on column signal.first_outlet_class is 'Its class.';
comment on column signal.first_language is 'ISO 639-1 of the article.';
comment on column signal.first_title is 'Its headline.';
comment on column signal.first_url is 'Its address.';
comment on column signal.prominence is 'Foremost place in that article: headline, lead or body.';
comment on column signal.voice is 'In whose voice it stands there: outlet, quoted, reported, rejected or scare; null: not measured.';
comment on column signal.speaker is 'Who says it there, where that is not the outlet; null: nobody named, or not measured.';
comment on column signal.certainty is 'How it is borne out over all articles: several outlets (two or more state it in their own voice, in two or more independent texts), one outlet (one does), only cited (it is always quoted, reported, rejected or kept at a distance at its foremost place), not measured (voice is not). It counts who says so and checks nothing.';
comment on column signal.sentence is 'The sentence of the first mention, as published.';
comment on column signal.part is 'title or text: where that stands.';
comment on column signal.start_char is 'First character of the cue in that part, from 0.';
comment on column signal.end_char is 'Character after it.';
comment on column signal.article_id is 'The article, see view article.';
comment on column signal.revision_id is 'The revision the offsets count in.';
comment on column signal.last_utc is 'When the newest article that gives it was published.';
comment on column signal.n_outlets is 'Outlets that give it.';
comment on column signal.n_outlets_own_voice is 'Those of them that state it in their own voice at its foremost place.';
comment on column signal.n_articles is 'n: articles that give it.';
comment on column signal.n_eff is 'Independent texts among them.';
comment on column signal.n_measured is 'Articles on the talks in languages with cues for it: the denominator.';
comment on column signal.as_of is 'The newest score that is counted.';
