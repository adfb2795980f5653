-- Each sighting is stored once.
select sighting_id, count(*) as n_rows
from core.sighting
group by all
having count(*) > 1;
