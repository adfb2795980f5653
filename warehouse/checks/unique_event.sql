-- Each event is stored once.
select event_id, count(*) as n_rows
from core.event
group by all
having count(*) > 1;
