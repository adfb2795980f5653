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
    before, makes its day stale; one that has another date now, both days. What stands is looked up once, and kept for
    ``count_days``.
    """
    warehouse.sql.execute("create or replace temp table countable as select * from core.countable_article")
    rows = warehouse.rows(
        """
        with stale as (
            select distinct
                unnest([a.outlet_id, t.outlet_id]) as outlet_id,
                unnest([a.day_utc, t.day_utc]) as day_utc
            from countable as a
            full join core.trend_article as t
                on a.article_id = t.article_id
            where a.revision_id is distinct from t.revision_id
            or a.cue_hash is distinct from t.cue_hash
            or a.cluster_id is distinct from t.cluster_id
        )
        select s.outlet_id, s.day_utc, count(a.article_id) as n
        from stale as s
        left join countable as a
            on s.outlet_id = a.outlet_id
            and s.day_utc = a.day_utc
        where s.outlet_id is not null
        group by all
        order by s.day_utc, s.outlet_id
        """
    )
    return [((row["outlet_id"], row["day_utc"]), row["n"]) for row in rows]


def count_days(warehouse: Warehouse, days: Sequence[OutletDay]) -> None:
    """Count the articles of days that ``stale_days`` has just found; the caller holds a transaction."""
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
    rows = warehouse.rows(
        """
        select $1 as version, codebook_version, (select max(scored_utc) from core.score) as as_of_utc
        from core.active_codebook
        where as_of_utc is not null
        """,
        [version],
    )
    warehouse.replace("trend_state", rows, ("version",))


_ARTICLES = """
insert into core.trend_article by name
select
    a.* exclude (published_utc),
    cast(a.published_utc at time zone 'Europe/Kyiv' as date) as day_kyiv,
    cast(a.published_utc at time zone 'Europe/Moscow' as date) as day_moscow
from countable as a
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
