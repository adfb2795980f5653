-- date_candidate: every date somebody gave for a revision, and which one was taken.

create or replace view date_candidate as
select
    r.article_id,
    d.revision_id,
    d.position,
    d.rule,
    d.raw,
    d.time_utc,
    d.is_exact,
    d.is_chosen
from core.date_candidate as d
join core.article_revision as r
    on d.revision_id = r.revision_id;

comment on view date_candidate is 'One row per revision and date that somebody gave for it.';
comment on column date_candidate.article_id is 'The article.';
comment on column date_candidate.revision_id is 'The revision.';
comment on column date_candidate.position is 'Order of trust, from 0.';
comment on column date_candidate.rule is 'Who gave it: json-ld, meta, feed, url or text; first-seen is no date but the bound: nothing was published after it was seen.';
comment on column date_candidate.raw is 'As written, with its time zone.';
comment on column date_candidate.time_utc is 'As read; one without zone is read as UTC.';
comment on column date_candidate.is_exact is 'False: without time or zone, so it may be a day off.';
comment on column date_candidate.is_chosen is 'The one that dates the article.';
