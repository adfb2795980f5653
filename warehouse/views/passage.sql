-- passage: the very words that stood elsewhere before, paragraph by paragraph.

create or replace view passage as
select
    t.article_id,
    t.outlet_id,
    p.position,
    p.paragraph,
    p.start_char,
    p.end_char,
    p.n_words,
    substr(v.text, p.start_char + 1, p.end_char - p.start_char) as passage,
    p.is_same_outlet,
    p.origin_article_id,
    origin.outlet_id as origin_outlet_id,
    origin.url as origin_url,
    p.origin_revision_id,
    t.revision_id
from core.traced_article as t
join core.passage as p
    on t.revision_id = p.revision_id
join core.revision as v
    on t.revision_id = v.revision_id
join core.article as origin
    on p.origin_article_id = origin.article_id;

comment on view passage is 'One row per article and stretch of one of its paragraphs that an earlier article holds in a run of 23 words or more.';
comment on column passage.article_id is 'The article, see view reuse.';
comment on column passage.outlet_id is 'The outlet that published it.';
comment on column passage.position is 'Order in the text, from 0.';
comment on column passage.paragraph is 'The paragraph it stands in, from 0.';
comment on column passage.start_char is 'First character in the body of the revision, from 0.';
comment on column passage.end_char is 'Character after its last one.';
comment on column passage.n_words is 'Words in it.';
comment on column passage.passage is 'The words themselves.';
comment on column passage.is_same_outlet is 'Did the outlet repeat itself? Then nothing was reused between outlets.';
comment on column passage.origin_article_id is 'The article that had them first, of those of the 30 days before.';
comment on column passage.origin_outlet_id is 'Its outlet.';
comment on column passage.origin_url is 'Its address.';
comment on column passage.origin_revision_id is 'Its revision in which they stood first.';
comment on column passage.revision_id is 'The revision of the article, see view reuse.';
