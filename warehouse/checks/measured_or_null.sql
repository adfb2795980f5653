-- Not measured is null in both columns or in neither, and a share is a fraction.
select revision_id, kind, code_id, carried, share
from core.code_score
where (carried is null) <> (share is null)
or share not between 0 and 1
or carried <> (share > 0);
