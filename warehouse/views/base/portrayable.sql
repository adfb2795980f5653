-- portrayable: the articles that portraits of outlets rest on, in their latest revision: dated, scored, and on the talks
-- or not measurable.

create or replace view core.portrayable as
with superseded as (

    -- Few articles have several revisions: only those are sorted.
    select revision_id
    from core.article_revision
    where article_id in (select article_id from core.article_revision group by article_id having count(*) > 1)
    qualify row_number() over (partition by article_id order by seen_utc desc, revision_id) > 1

)

select
    r.article_id,
    r.revision_id,
    s.layer,
    s.scorer_version,
    s.cue_hash,
    a.outlet_id,
    r.language,
    r.published_utc,
    cast(r.published_utc at time zone 'UTC' as date) as day_utc,
    m.cluster_id,
    s.relevant is not null as is_measured,
    s.headline_gap,
    len(s.asserted_in_headline) as n_asserted,
    s.scored_utc
from core.current_score as s
join core.article_revision as r
    on s.revision_id = r.revision_id
join core.article as a
    on r.article_id = a.article_id
left join core.cluster_member as m
    on r.article_id = m.article_id
where s.relevant is distinct from false
and r.published_utc is not null
and r.revision_id not in (select revision_id from superseded);
