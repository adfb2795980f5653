-- scored_revision: the base of all that is said of edits. One row per revision, with the frames that the active
-- codebook finds in it, and what later visits to its address found until the next revision. Each part carries the
-- article's id and keeps apart by it, so that who asks for one article has only that one read.

create or replace view core.scored_revision as
with ordered as (

    -- Without the texts: they would be carried through the windows.
    select
        r.article_id,
        r.revision_id,
        r.seen_utc,
        r.fetch_id,
        row_number() over age as position,
        lead(r.seen_utc) over age as next_seen_utc
    from core.article_revision as r
    window age as (partition by r.article_id order by r.seen_utc, r.revision_id desc)

),

visit as (

    select
        o.article_id,
        o.revision_id,
        f.fetched_utc,
        f.fetch_status = 'not_modified'
        or (f.fetch_status = 'ok' and coalesce(f.verdict, 'article') in ('article', 'live_blog')) as is_there,
        f.fetch_status = 'gone' or coalesce(f.verdict in ('soft_404', 'elsewhere'), false) as is_gone
    from ordered as o
    join core.fetch as own
        on o.fetch_id = own.fetch_id
    join core.fetch as f
        on own.url = f.url
        and own.outlet_id = f.outlet_id
        and f.fetched_utc >= o.seen_utc
        and f.fetched_utc < coalesce(o.next_seen_utc, timestamptz '9999-01-01 00:00:00+00')

),

visited as (

    select
        article_id,
        revision_id,
        max(fetched_utc) filter (where is_there) as confirmed_utc,
        array_agg(fetched_utc order by fetched_utc) filter (where is_gone) as gone
    from visit
    group by article_id, revision_id

),

framed as (

    select
        r.article_id,
        s.revision_id,
        case
            when count(c.carried) > 0 then coalesce(list(c.code_id order by c.code_id) filter (where c.carried), [])
        end as frames
    from core.revision as r
    join core.current_score as s
        on r.revision_id = s.revision_id
    join core.code_score as c
        on s.revision_id = c.revision_id
        and s.layer = c.layer
        and s.scorer_version = c.scorer_version
        and s.cue_hash = c.cue_hash
    where c.kind = 'frame'
    and c.code_id in (
        select known.frame_id
        from core.frame as known
        join core.active_codebook as active
            on known.codebook_version = active.codebook_version
    )
    group by r.article_id, s.revision_id

)

select
    r.*,
    n.position,
    n.next_seen_utc is null as is_latest,
    a.outlet_id,
    a.url,
    a.first_seen_utc,
    o.name as outlet_name,
    o.outlet_class,
    v.confirmed_utc,
    list_filter(v.gone, lambda at_utc: at_utc > coalesce(v.confirmed_utc, r.seen_utc))[1] as gone_utc,
    s.layer,
    s.scorer_version,
    s.cue_hash,
    s.relevant,
    s.n_sentences,
    s.scored_utc,
    f.frames
from core.article_revision as r
join ordered as n
    on r.article_id = n.article_id
    and r.revision_id = n.revision_id
join core.article as a
    on r.article_id = a.article_id
join core.outlet as o
    on a.outlet_id = o.outlet_id
left join visited as v
    on r.article_id = v.article_id
    and r.revision_id = v.revision_id
left join core.current_score as s
    on r.revision_id = s.revision_id
left join framed as f
    on r.article_id = f.article_id
    and r.revision_id = f.revision_id;
