-- No article is published after it was seen.
select r.revision_id, r.published_utc, r.seen_utc
from core.revision as r
where r.published_utc > r.seen_utc;
