-- Each outlet is stored once.
select outlet_id, count(*) as n_rows
from core.outlet
group by all
having count(*) > 1;
