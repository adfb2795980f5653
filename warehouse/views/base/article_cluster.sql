-- article_cluster: which articles count as one text. One row per article; one that shares its text with nobody, or was
-- not looked at yet, is a cluster of one. Of any set of articles n_eff = count(distinct cluster_id).

create or replace view core.article_cluster as
select
    a.article_id,
    coalesce(m.cluster_id, a.article_id) as cluster_id
from core.article as a
left join core.cluster_member as m
    on a.article_id = m.article_id;
