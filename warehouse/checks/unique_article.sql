-- Each article is stored once.
select article_id, count(*) as n_rows
from core.article
group by all
having count(*) > 1;
