-- traced_article: one row per article whose words were traced, in the latest revision that was. Few articles have
-- several: only those are sorted, which at 500,000 articles is most of the time.

create or replace view core.traced_article as
with sound as (

    select
        s.agencies,
        s.outlet_id,
        s.seen_utc,
        r.*
    from core.signature as s
    join core.reuse as r
        on s.revision_id = r.revision_id
    where s.revision_id not in (select v.revision_id from core.revision_verdict as v)

),

superseded as (

    select revision_id
    from core.signature
    where article_id in (select article_id from core.revised_article)
    and revision_id not in (select v.revision_id from core.revision_verdict as v)
    qualify row_number() over (partition by article_id order by seen_utc desc, revision_id) > 1

)

select *
from sound
where revision_id not in (select revision_id from superseded);
