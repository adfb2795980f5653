-- A stored sighting has its article, and the article has a revision.
select s.sighting_id, s.article_id
from core.sighting as s
left join core.article as a
    on s.article_id = a.article_id
left join core.revision as r
    on s.article_id = r.article_id
where s.state = 'stored'
and (a.article_id is null or r.revision_id is null);
