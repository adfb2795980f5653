-- reuse: what an article has of its own, and whose words the others are.

create or replace view reuse as
select
    t.article_id,
    t.outlet_id,
    o.name as outlet_name,
    o.outlet_class,
    o.owner,
    t.agencies,
    v.language,
    v.title,
    a.url,
    v.published_utc,
    cast(v.published_utc at time zone 'UTC' as date) as day_utc,
    t.since_utc,
    c.cluster_id,
    t.counts_with,
    t.near_article_id,
    t.origin_article_id,
    origin.outlet_id as origin_outlet_id,
    first.owner as origin_owner,
    t.n_words,
    t.n_own,
    t.n_reused,
    t.n_repeated,
    t.n_boilerplate,
    case when t.n_words > 0 then t.n_reused / t.n_words end as share_reused,
    case when t.n_words > t.n_boilerplate then t.n_own / (t.n_words - t.n_boilerplate) end as share_own,
    t.revision_id
from core.traced_article as t
join core.article as a
    on t.article_id = a.article_id
join core.revision as v
    on t.revision_id = v.revision_id
join core.outlet as o
    on t.outlet_id = o.outlet_id
join core.article_cluster as c
    on t.article_id = c.article_id
left join core.article as origin
    on t.origin_article_id = origin.article_id
left join core.outlet as first
    on origin.outlet_id = first.outlet_id;

comment on view reuse is 'One row per article whose words were looked for in earlier articles, in its latest revision. Only texts in one language meet: a translation counts as a text of its own.';
comment on column reuse.article_id is 'The article.';
comment on column reuse.outlet_id is 'The outlet that published it.';
comment on column reuse.outlet_name is 'Name of the outlet, for people.';
comment on column reuse.outlet_class is 'Class of the outlet, see view outlet.';
comment on column reuse.owner is 'Who owns the outlet; null: unknown.';
comment on column reuse.agencies is 'News agencies that its byline, dateline or credit line names as its source; empty: none is named, which does not mean that none wrote it.';
comment on column reuse.language is 'ISO 639-1 as identified from the text; null when not confident.';
comment on column reuse.title is 'Headline as extracted.';
comment on column reuse.url is 'Address without tracking.';
comment on column reuse.published_utc is 'When it was published; null when unknown.';
comment on column reuse.day_utc is 'UTC day of publication; null when unknown.';
comment on column reuse.since_utc is 'Since when it counts as holding this text: the exact time of publication where there is one, else when it was first seen; for a later revision when that was seen. Who was first is decided by it.';
comment on column reuse.cluster_id is 'The cluster of articles that count as one text; its own id for an article alone. n_eff of any set of articles is count(distinct cluster_id).';
comment on column reuse.counts_with is 'The earlier article it is no text independent of: the earliest near duplicate, or the main origin where less than 30 % of its words are its own and half or more stood there; null: a text of its own.';
comment on column reuse.near_article_id is 'The earliest article of which the whole text is a copy, lightly edited or cut: it holds 70 % or more of its three-word shingles; null: none.';
comment on column reuse.origin_article_id is 'The article that had most of the words first that are not its own, of the 30 days before; null: none.';
comment on column reuse.origin_outlet_id is 'The outlet of that article; the same outlet where it repeats itself.';
comment on column reuse.origin_owner is 'Who owns that outlet; null: unknown, or no origin.';
comment on column reuse.n_words is 'Words of the body: n_own + n_reused + n_repeated + n_boilerplate.';
comment on column reuse.n_own is 'Words that no earlier article holds in a run of 23 words or more.';
comment on column reuse.n_reused is 'Words of such runs that another outlet had first.';
comment on column reuse.n_repeated is 'Words of such runs that an earlier article of the same outlet had first.';
comment on column reuse.n_boilerplate is 'Words of such runs in three or more earlier articles of the same outlet: its furniture, no reuse.';
comment on column reuse.share_reused is 'n_reused / n_words, in [0, 1]; null: a text without words.';
comment on column reuse.share_own is 'n_own / (n_words - n_boilerplate), in [0, 1]; null: nothing but boilerplate.';
comment on column reuse.revision_id is 'The revision that was traced.';
