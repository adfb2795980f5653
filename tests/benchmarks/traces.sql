-- What analyse would have found of the rows of the temporary table version: the method and the fingerprints of texts
-- that stand in the archive come in the temporary table tracing. Of 25 articles four are one text.

create or replace temp table traced as
select
    v.*,
    v.at_utc - interval 2 hours as since_utc,
    case when v.place % 25 < 4 then first.article_id end as cluster_id,
    first.revision_id as origin_revision_id
from version as v
join version as first
    on v.place - v.place % 25 = first.place
    and first.number = 0;

-- Since the days of the stories, one fingerprint in fifty is one of theirs: the look-up meets what it must then reject.
-- Older days had stories of their own.
insert into core.signature by name
select
    v.revision_id, t.method, v.article_id, v.outlet_id, v.since_utc, v.seen_utc, v.n_words,
    list_transform(range(36), lambda j: case
        when v.at_utc > t.pooled_since and hash(v.name || j) % 50 = 0
            then t.pool[1 + cast(hash(j || v.name) % len(t.pool) as integer)]
        else hash(v.name || ' ' || j)
    end) as fingerprints,
    list_transform(range(32), lambda j: hash(v.name || ' band ' || j)) as bands,
    case when v.dice % 20 = 0 then ['an agency'] else [] end as agencies
from traced as v
cross join tracing as t
where v.revision_id not in (select revision_id from core.revision_verdict)
order by v.seen_utc;

insert into core.reuse by name
select
    revision_id, article_id, since_utc, n_words,
    if(counts, 20, n_words) as n_own, if(counts, n_words - 20, 0) as n_reused, 0 as n_repeated, 0 as n_boilerplate,
    case when counts then cluster_id end as origin_article_id,
    case when counts then cluster_id end as near_article_id,
    case when counts then cluster_id end as counts_with
from (
    select *, coalesce(cluster_id <> article_id, false) as counts
    from traced
    where revision_id not in (select revision_id from core.revision_verdict)
)
order by seen_utc;

insert into core.passage by name
select
    v.revision_id, p.position, p.position as paragraph, p.position * 300 as start_char, p.position * 300 + 280 as end_char,
    45 as n_words, false as is_same_outlet, v.cluster_id as origin_article_id, v.origin_revision_id
from traced as v
cross join (select unnest(range(3)) as position) as p
where v.cluster_id <> v.article_id
order by v.seen_utc;

insert into core.cluster_member by name
select article_id, cluster_id
from traced
where cluster_id is not null and number = 0
order by seen_utc;
