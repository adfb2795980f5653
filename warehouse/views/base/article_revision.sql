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
