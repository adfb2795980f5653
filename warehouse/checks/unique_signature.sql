-- Each revision has one signature and one trace.
select revision_id, count(*) as n_rows
from core.signature
group by all
having count(*) > 1
union all
select revision_id, count(*) as n_rows
from core.reuse
group by all
having count(*) > 1;
