-- Each code is scored once under one key.
select revision_id, layer, scorer_version, cue_hash, kind, code_id, count(*) as n_rows
from core.code_score
group by all
having count(*) > 1;
