-- Not measured is null in both columns or in neither, a share is a fraction, and what is carried has one; a frame,
-- signal or topic is carried by any share, a code of a layer only from its table's share on.
select revision_id, kind, code_id, carried, share
from core.code_score
where (carried is null) <> (share is null)
or share not between 0 and 1
or (carried and share = 0)
or (not carried and share > 0 and kind in ('frame', 'signal', 'topic'));
