-- Each revision is stored once.
select revision_id, count(*) as n_rows
from core.revision
group by all
having count(*) > 1;
