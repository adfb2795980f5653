-- Each frame is scored once under one key.
select revision_id, layer, scorer_version, cue_hash, frame_id, count(*) as n_rows
from core.frame_score
group by all
having count(*) > 1;
