-- article_revision: the base of all that is said of articles. One row per revision that still counts as one: a text
-- that later proved to be no article (core.revision_verdict) stays in core and is in no figure.

create or replace view core.article_revision as
select
    r.*
from core.revision as r
where not exists (
    select 1
    from core.revision_verdict as v
    where v.revision_id = r.revision_id
);

-- revised_article: articles that were stored more than once. They are few: whoever looks for the latest revision sorts
-- only theirs, and not all.

create or replace view core.revised_article as
select distinct article_id
from core.revision
where previous_revision_id is not null;

-- latest_revision: one row per article, the newest of its revisions.

create or replace view core.latest_revision as
with ranked as (

    select
        r.revision_id,
        count(*) over (partition by r.article_id) as n_revisions,
        row_number() over (partition by r.article_id order by r.seen_utc desc, r.revision_id) as age_rank
    from core.article_revision as r
    where r.article_id in (select article_id from core.revised_article)

)

select
    r.*,
    coalesce(k.n_revisions, 1) as n_revisions
from core.article_revision as r
left join ranked as k
    on r.revision_id = k.revision_id
where coalesce(k.age_rank, 1) = 1;
