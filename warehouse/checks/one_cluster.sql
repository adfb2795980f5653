-- Each article is in one cluster, and its cluster is named after a member.
select m.article_id, m.cluster_id, count(*) as n_rows
from core.cluster_member as m
left join core.cluster_member as named
    on m.cluster_id = named.article_id
    and named.cluster_id = m.cluster_id
group by all
having count(*) > 1 or count(named.article_id) = 0;
