-- traced_article: one row per article whose words were traced, in the latest revision that was.

create or replace view core.traced_article as
select
    s.agencies,
    s.outlet_id,
    s.seen_utc,
    r.*
from core.signature as s
join core.reuse as r
    on s.revision_id = r.revision_id
where s.revision_id not in (select v.revision_id from core.revision_verdict as v)
qualify row_number() over (partition by r.article_id order by s.seen_utc desc, s.revision_id) = 1;
