-- At most one codebook is active.
select count(*) as n_rows
from core.active_codebook
having count(*) > 1;
