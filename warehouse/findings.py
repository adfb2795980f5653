"""What findings are made of: the articles counted, the days they touch, and what these add up to."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from warehouse.store import Warehouse

VOICES: Final = ("outlet", "quoted")
"""The outlet's own, and that of those it lets speak; more would cost more and answer no question of the codebook."""

CURRENT: Final = """
    select
        t.article_id,
        t.revision_id,
        t.cue_hash,
        t.outlet_id,
        o.outlet_class,
        t.day_utc,
        coalesce(t.cluster_id, t.article_id) as cluster_id
    from core.trend_article as t
    join core.outlet as o
        on t.outlet_id = o.outlet_id
"""
"""The articles to count, as the trends count them now."""

TEXTS: Final = """
    with counted as (

        select *
        from core.finding_text
        where cluster_id in (select cluster_id from core.finding_text where day_utc in (select unnest($days)))

    ),

    answer as (

        select
            t.outlet_id,
            t.outlet_class,
            t.cluster_id,
            t.day_utc,
            f.code_id as frame_id,
            v.voice,
            case v.voice when 'outlet' then f.n_outlet else f.n_quoted end > 0 as carried
        from counted as t
        join core.code_score as f
            on t.revision_id = f.revision_id
            and t.cue_hash = f.cue_hash
        join core.codebook as c
            on f.layer = c.layer
            and f.scorer_version = c.scorer_version
        join core.active_codebook as active
            on c.codebook_version = active.codebook_version
        join core.frame as known
            on f.code_id = known.frame_id
            and c.codebook_version = known.codebook_version
        cross join (select unnest($voices) as voice) as v
        where f.kind = 'frame'

    ),

    text_of as (

        select
            u.unit_kind,
            u.unit,
            a.voice,
            a.frame_id,
            a.cluster_id,
            min(a.day_utc) as day_utc,
            avg(cast(a.carried as integer)) as carried
        from answer as a
        cross join lateral (
            select unnest(['outlet', 'class']) as unit_kind, unnest([a.outlet_id, a.outlet_class]) as unit
        ) as u
        where a.carried is not null
        group by all

    )
"""
"""One row per unit, voice, frame and text first there on any day, those of ``$days`` complete."""

DERIVED: Final = (
    "finding_text",
    "finding_day",
    "finding_event",
    "event_effect",
    "change_series",
    "change_point",
    "divergence",
    "change_day",
    "daily_change",
    "finding_state",
)


def start_anew(warehouse: Warehouse, version: str) -> None:
    """Drop all findings made by other methods or under another codebook."""
    same = warehouse.rows(
        "select 1 from core.finding_state as s join core.active_codebook as a "
        "on s.codebook_version = a.codebook_version where s.version = ?",
        [version],
    )
    if not same:
        for table in DERIVED:
            warehouse.sql.execute(f"delete from core.{table}")


def note_state(warehouse: Warehouse, version: str) -> None:
    """Say how fresh the findings are; nothing is written where they are as fresh as before."""
    rows = warehouse.rows(
        """
        select
            $1 as version,
            a.codebook_version,
            greatest((select max(scored_utc) from core.score), (select max(seen_utc) from core.signature)) as as_of_utc
        from core.active_codebook as a
        """,
        [version],
    )
    if rows and rows[0]["as_of_utc"] is not None and rows != warehouse.rows("select * from core.finding_state"):
        warehouse.sql.execute("delete from core.finding_state")
        warehouse.merge("finding_state", rows, ("version",))


def recount(warehouse: Warehouse) -> list[date]:
    """
    Count those days again that an article joined or left, or on which one is read, scored or clustered otherwise.

    A text counts in each unit on the day it was first there, so that all days of its copies are touched with it.

    Returns:
        The days, ascending.
    """
    run = warehouse.sql.execute
    run(f"create or replace temp table current_text as {CURRENT}")
    run(
        "create or replace temp table moved as "
        "(select * from core.finding_text except select * from current_text) "
        "union (select * from current_text except select * from core.finding_text)"
    )
    run("create or replace temp table joined as select distinct cluster_id from moved")
    days = [
        row["day_utc"]
        for row in warehouse.rows(
            "select day_utc from core.finding_text where cluster_id in (select cluster_id from joined) "
            "union select day_utc from current_text where cluster_id in (select cluster_id from joined) order by 1"
        )
    ]
    if days:
        run("delete from core.finding_text where article_id in (select article_id from moved)")
        run("insert into core.finding_text by name select * from current_text semi join moved using (article_id)")
        _count(warehouse, days)
    for table in ("current_text", "moved", "joined"):
        run(f"drop table {table}")
    return days


def read_series(
    warehouse: Warehouse, voice: str, first: date, last: date, unit_kind: str | None = None
) -> list[dict[str, Any]]:
    """Counts by unit and frame, in order, day by day from ``first`` to ``last``: what trends are made of."""
    return warehouse.rows(
        """
        select unit_kind, unit, frame_id, day_utc, k_eff, n_eff
        from core.finding_day
        where voice = $1 and day_utc between $2 and $3 and ($4 is null or unit_kind = $4)
        order by unit_kind, unit, frame_id, day_utc
        """,
        [voice, first, last, unit_kind],
    )


def read_texts(warehouse: Warehouse, days: Iterable[date]) -> list[dict[str, Any]]:
    """Each class's texts of these days, with how far each carries each frame in the outlet's own voice, by frame_id."""
    return warehouse.rows(
        TEXTS
        + """
        select day_utc, unit as outlet_class, list(carried order by frame_id) as carried
        from text_of
        where unit_kind = 'class' and day_utc in (select unnest($days))
        group by unit, cluster_id, day_utc
        having count(*) = (
            select count(*) from core.frame as f join core.active_codebook as a using (codebook_version)
        )
        """,
        {"days": sorted(days), "voices": ["outlet"]},
    )


def _count(warehouse: Warehouse, days: list[date]) -> None:
    warehouse.sql.execute("delete from core.finding_day where day_utc in (select unnest($1::date[]))", [days])
    warehouse.sql.execute(
        "insert into core.finding_day by name "
        + TEXTS
        + """
        select voice, unit_kind, unit, frame_id, day_utc, round(sum(carried), 9) as k_eff, count(*) as n_eff
        from text_of
        where day_utc in (select unnest($days))
        group by all
        """,
        {"days": days, "voices": list(VOICES)},
    )


def span(warehouse: Warehouse) -> tuple[date, date] | None:
    """
    The first day with a measured text, and the last with one or with a poll; ``None``: there is no text.

    Days of polls alone are shown, too: of an outage it must be said that nothing is known.
    """
    (row,) = warehouse.rows(
        "select min(day_utc) as first, greatest(max(day_utc), "
        "(select max(cast(polled_utc at time zone 'UTC' as date)) from core.poll)) as last from core.finding_day"
    )
    return (row["first"], row["last"]) if row["first"] else None
