"""The dashboard's reading of what changed from one day to the next, and of what was seen on that day."""

from datetime import date
from typing import Any

from pandas import DataFrame

from dashboard.data import Archive, kept, records_of, rows_of


@kept
def days(archive: Archive) -> list[date]:
    """The UTC days in ``daily_change``, the newest first."""
    rows = records_of(archive, "select distinct day_utc from daily_change order by day_utc desc")
    return [row["day_utc"] for row in rows]


@kept
def of_day(archive: Archive, day: date) -> DataFrame:
    """``daily_change`` of one day, the surest first."""
    return rows_of(archive, "select * from daily_change where day_utc = ? order by position", day)


@kept
def coverage_of_day(archive: Archive, day: date) -> DataFrame:
    """
    ``coverage`` of one UTC day by class of outlet.

    Returns:
        One row per class with a watched outlet: ``n_outlets``; ``n_blind``, those of which no feed answered or that
        were not asked; ``n_doubtful``, those seen in part or with fewer items than expected; items first seen that
        day, ``None`` where no outlet of the class has a row: ``n_seen``, ``n_stored``, and of these ``n_on_talks``
        (scored as on the talks), ``n_unmeasured`` and ``n_unscored``.
    """
    return rows_of(
        archive,
        """
        select
            o.outlet_class,
            count(*) as n_outlets,
            count(*) filter (
                where c.outlet_id is null
                or c.coverage_flag in ('not asked', 'our outage', 'outage', 'backfilled')
            ) as n_blind,
            count(*) filter (where c.coverage_flag in ('gap', 'partial', 'low')) as n_doubtful,
            sum(c.n_seen)::bigint as n_seen,
            sum(c.n_stored)::bigint as n_stored,
            sum(c.n_relevant)::bigint as n_on_talks,
            sum(c.n_unmeasured)::bigint as n_unmeasured,
            sum(c.n_stored - c.n_scored)::bigint as n_unscored
        from outlet as o
        left join coverage as c
            on o.outlet_id = c.outlet_id
            and c.day_utc = ?
        where o.is_watched
        group by o.outlet_class
        order by n_outlets desc, o.outlet_class
        """,
        day,
    )


@kept
def outlets_of(archive: Archive, outlet_class: str) -> list[str]:
    """Ids of the outlets of a class."""
    query = "select outlet_id from outlet where outlet_class = ? order by outlet_id"
    return [row["outlet_id"] for row in records_of(archive, query, outlet_class)]


@kept
def sizes(archive: Archive, day: date) -> dict[str, Any]:
    """``n_compared``, ``n_too_few``, ``n_found``, ``n_asked``, ``n_blind``, ``is_over``, ``verdict`` of one day."""
    query = "select * from daily_change where day_utc = ? limit 1"
    return records_of(archive, query, day)[0]
