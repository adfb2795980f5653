-- Each poll is stored once.
select poll_id, count(*) as n_rows
from core.poll
group by all
having count(*) > 1;
