-- Each revision is scored once under one key.
select revision_id, layer, scorer_version, cue_hash, count(*) as n_rows
from core.score
group by all
having count(*) > 1;
