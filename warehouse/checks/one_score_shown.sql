-- Each article is shown once, under one score.
select article_id, count(*) as n_rows
from core.scored_article
group by all
having count(*) > 1;
