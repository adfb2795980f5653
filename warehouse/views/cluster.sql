-- cluster: one text in many articles: how far it went, and who had it first.

create or replace view cluster as
with member as (

    select
        m.cluster_id,
        t.article_id,
        t.outlet_id,
        o.owner,
        t.since_utc,
        unnest(case when len(t.agencies) > 0 then t.agencies else [null] end) as agency
    from core.cluster_member as m
    join core.traced_article as t
        on m.article_id = t.article_id
    join core.outlet as o
        on t.outlet_id = o.outlet_id

),

reach as (

    select
        cluster_id,
        count(distinct article_id) as n_articles,
        count(distinct outlet_id) as n_outlets,
        count(distinct owner) as n_owners,
        count(distinct outlet_id) filter (where owner is null) as n_outlets_owner_unknown,
        list_sort(list(distinct outlet_id)) as outlets,
        coalesce(list_sort(list(distinct agency) filter (where agency is not null)), []) as agencies,
        min(since_utc) as first_utc,
        max(since_utc) as last_utc
    from member
    group by all

)

select
    r.cluster_id,
    r.cluster_id as origin_article_id,
    a.outlet_id as origin_outlet_id,
    a.url as origin_url,
    v.title as origin_title,
    v.language,
    r.agencies,
    r.n_articles,
    r.n_outlets,
    r.n_owners,
    r.n_outlets_owner_unknown,
    1 as n_eff,
    r.outlets,
    r.first_utc,
    r.last_utc,
    (select max(s.seen_utc) from core.signature as s) as as_of
from reach as r
join core.article as a
    on r.cluster_id = a.article_id
join core.traced_article as t
    on r.cluster_id = t.article_id
join core.revision as v
    on t.revision_id = v.revision_id;

comment on view cluster is 'One row per cluster of two or more articles that count as one text: copies of a wire report, near duplicates, and articles that have less than 30 % of their own words and half or more from one other.';
comment on column cluster.cluster_id is 'Its id: that of the article that was first. Clusters merge when an article comes that joins them, so read it with as_of.';
comment on column cluster.origin_article_id is 'The article that was first, of those Parley saw; an agency whose site is not watched may have been before it.';
comment on column cluster.origin_outlet_id is 'Its outlet.';
comment on column cluster.origin_url is 'Its address.';
comment on column cluster.origin_title is 'Its headline, in its latest revision.';
comment on column cluster.language is 'ISO 639-1 of that article; null when not confident.';
comment on column cluster.agencies is 'News agencies that any of the articles credits; empty: none.';
comment on column cluster.n_articles is 'n: articles in the cluster.';
comment on column cluster.n_outlets is 'Reach: outlets that carry the text.';
comment on column cluster.n_owners is 'Known owners of these outlets, each counted once.';
comment on column cluster.n_outlets_owner_unknown is 'Outlets of which no owner is known.';
comment on column cluster.n_eff is 'Independent texts: one, however far it went.';
comment on column cluster.outlets is 'The outlets, by id.';
comment on column cluster.first_utc is 'When the first article held the text, see reuse.since_utc.';
comment on column cluster.last_utc is 'When the last one did.';
comment on column cluster.as_of is 'When the newest revision was seen that was looked at.';
