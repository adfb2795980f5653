-- Each fetch is stored once.
select fetch_id, count(*) as n_rows
from core.fetch
group by all
having count(*) > 1;
