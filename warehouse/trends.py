"""What the trends add up from: the articles that are counted, kept up to date by outlet and day."""

from collections.abc import Sequence
from datetime import date

from warehouse.store import Warehouse

OutletDay = tuple[str, date]
"""An outlet, and a UTC day of publication."""


def start_anew(warehouse: Warehouse, version: str) -> None:
    """Forget all that was counted by another version or with another codebook, or while no codebook is active."""
    if not warehouse.rows(
        "select 1 from core.trend_state as s join core.active_codebook using (codebook_version) where s.version = $1",
        [version],
    ):
        for table in ("trend_article", "trend_cell", "trend_copy", "trend_state"):
            warehouse.sql.execute(f"delete from core.{table}")


def stale_days(warehouse: Warehouse) -> list[tuple[OutletDay, int]]:
    """
    The days of outlets whose articles are not counted as they stand, with the number of their articles.

    An article that is new, that was scored anew, withdrawn or revised, or that shares its text with others than
    before, makes its day stale; one that has another date now, both days.
    """
    rows = warehouse.rows(
        """
        with differing as (
            select
                unnest([a.outlet_id, t.outlet_id]) as outlet_id,
                unnest([a.day_utc, t.day_utc]) as day_utc
            from core.countable_article as a
            full join core.trend_article as t
                on a.article_id = t.article_id
            where a.revision_id is distinct from t.revision_id
            or a.cue_hash is distinct from t.cue_hash
            or a.language is distinct from t.language
            or (a.day_utc, a.day_kyiv, a.day_moscow) is distinct from (t.day_utc, t.day_kyiv, t.day_moscow)
            or a.cluster_id is distinct from t.cluster_id
        ),
        stale as (
            select distinct outlet_id, day_utc from differing where outlet_id is not null
        )
        select outlet_id, day_utc, count(a.article_id) as n
        from stale
        left join core.countable_article as a using (outlet_id, day_utc)
        group by all
        order by day_utc, outlet_id
        """
    )
    return [((row["outlet_id"], row["day_utc"]), row["n"]) for row in rows]


def count_days(warehouse: Warehouse, days: Sequence[OutletDay]) -> None:
    """Count the articles of these days anew; the caller holds a transaction."""
    if not days:
        return
    warehouse.sql.execute(
        "create or replace temp table stale as "
        "select unnest($1::varchar[]) as outlet_id, unnest($2::date[]) as day_utc",
        [[outlet_id for outlet_id, _ in days], [day for _, day in days]],
    )
    for table in ("trend_article", "trend_cell", "trend_copy"):
        warehouse.sql.execute(
            f"delete from core.{table} as t using stale as s where t.outlet_id = s.outlet_id and t.day_utc = s.day_utc"
        )
    for statement in (_ARTICLES, _VOICED, _CELLS, _COPIES, "drop table voiced", "drop table stale"):
        warehouse.sql.execute(statement)


def note_state(warehouse: Warehouse, version: str) -> None:
    """Note what was counted; where nothing is new this writes nothing."""
    (row,) = warehouse.rows(
        """
        select max(c.codebook_version) as codebook_version, max(s.scored_utc) as as_of_utc
        from core.active_codebook as c
        left join core.current_score as s on true
        """
    )
    if row["as_of_utc"] is not None:
        warehouse.replace("trend_state", [{"version": version, **row}], ("version",))


_ARTICLES = """
insert into core.trend_article by name
select a.*
from core.countable_article as a
join stale using (outlet_id, day_utc)
"""

_VOICED = """
create or replace temp table voiced as
with frame as (
    select v.*
    from core.voiced_frame as v
    join stale using (outlet_id, day_utc)
)
select
    'frame' as kind,
    voice,
    frame_id as code_id,
    carried,
    share,
    * exclude (voice, frame_id, carried, share, revision_id, cue_hash, serves, n_sentences, n_carrying)
from frame
union all by name
select
    'side' as kind,
    voice,
    serves as code_id,
    -- One frame not measured, and nobody knows whether the side is served.
    case when count(*) = count(carried) then bool_or(carried) end as carried,
    article_id,
    outlet_id,
    language,
    day_utc,
    day_kyiv,
    day_moscow,
    cluster_id
from frame
group by all
"""

_CELLS = """
insert into core.trend_cell by name
select
    kind,
    voice,
    code_id,
    outlet_id,
    language,
    day_utc,
    day_kyiv,
    day_moscow,
    count(carried) as n,
    count(*) - count(carried) as n_unmeasured,
    count(*) filter (where carried) as k,
    count(carried) filter (where cluster_id is null) as n_alone,
    count(*) filter (where carried and cluster_id is null) as k_alone,
    sum(share) as sum_share
from voiced
group by all
order by kind, voice, code_id, day_utc, outlet_id, language, day_kyiv, day_moscow
"""

_COPIES = """
insert into core.trend_copy by name
select
    kind,
    voice,
    cluster_id,
    article_id,
    outlet_id,
    language,
    day_utc,
    day_kyiv,
    day_moscow,
    coalesce(list(code_id order by code_id) filter (where carried), []) as carried,
    coalesce(list(code_id order by code_id) filter (where carried is null), []) as unmeasured
from voiced
where cluster_id is not null
group by all
having count(carried) > 0
order by kind, voice, cluster_id, article_id
"""
