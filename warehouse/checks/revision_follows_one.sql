-- Each revision but the first of its article names the one that it follows.
select article_id, count(*) as n_first
from core.revision
where previous_revision_id is null
group by all
having count(*) > 1;
