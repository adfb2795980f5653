-- An article is counted once for the portraits of outlets.
select article_id, count(*) as n
from core.portrait
group by article_id
having n > 1;
