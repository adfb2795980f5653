-- Each article is counted once, and each cell counts no more than there are.
select article_id, count(*) as n
from core.trend_article
group by all
having count(*) > 1
union all
select code_id, n
from core.trend_cell
where not (0 <= k and k <= n and 0 <= k_alone and k_alone <= n_alone and n_alone <= n);
