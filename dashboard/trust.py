"""The dashboard's reading of what was missed: blind and doubtful days, gaps, outages, and what was learned of feeds."""

from datetime import date

from pandas import DataFrame

from dashboard.data import Archive, kept, rows_of

BLIND = ("not asked", "our outage", "outage")
"""Flags of ``coverage`` for a day of which nothing is known."""
MISSED = ("gap", "partial")
"""Flags of a day of which something is probably missing."""
DOUBTFUL = (*MISSED, "low")
"""The same, and days with fewer items than expected, one in twenty of which are so by chance."""


@kept
def doubts_of_outlets(archive: Archive, outlet_ids: list[str], first: date, last: date) -> DataFrame:
    """
    ``coverage`` of some outlets where it is not whole, within a period, both ends included.

    Returns:
        ``outlet_id``, ``day_utc``, ``is_blind`` (else doubtful) and ``reason``, the flag.
    """
    return rows_of(
        archive,
        """
        select outlet_id, day_utc, list_contains(?::varchar[], coverage_flag) as is_blind, coverage_flag as reason
        from coverage
        where list_contains(?::varchar[], coverage_flag)
        and list_contains(?::varchar[], outlet_id)
        and day_utc between ? and ?
        order by outlet_id, day_utc
        """,
        list(BLIND),
        [*BLIND, *DOUBTFUL],
        outlet_ids,
        first,
        last,
    )


@kept
def doubts_of_classes(archive: Archive, classes: list[str], first: date, last: date) -> DataFrame:
    """
    The same by class of outlet.

    Blind where all outlets of that day are; doubtful where any is blind or has a gap or a silent feed, or where most
    have few items: of ten outlets, one has by chance alone.

    Returns:
        ``outlet_class``, ``day_utc``, ``is_blind`` and ``reason``: how many of how many outlets, by flag.
    """
    return rows_of(
        archive,
        """
        with flags as (
            select o.outlet_class, c.day_utc, c.coverage_flag, count(*) as n
            from coverage as c
            join outlet as o using (outlet_id)
            where list_contains(?::varchar[], o.outlet_class)
            and c.day_utc between ? and ?
            group by all
        )
        select
            outlet_class,
            day_utc,
            sum(n) filter (where not list_contains(?::varchar[], coverage_flag)) is null as is_blind,
            string_agg(coverage_flag || ' ' || n, ', ' order by n desc, coverage_flag)
                filter (where list_contains(?::varchar[], coverage_flag)) || ' of ' || sum(n) || ' outlets' as reason
        from flags
        group by outlet_class, day_utc
        having count_if(list_contains(?::varchar[], coverage_flag)) > 0
        or 2 * coalesce(sum(n) filter (where coverage_flag = 'low'), 0) > sum(n)
        order by outlet_class, day_utc
        """,
        classes,
        first,
        last,
        list(BLIND),
        [*BLIND, *DOUBTFUL],
        [*BLIND, *MISSED],
    )


@kept
def outages(archive: Archive) -> DataFrame:
    """``outage``, newest first."""
    return rows_of(archive, "select * from outage order by from_utc desc")


@kept
def gaps(archive: Archive) -> DataFrame:
    """``gap``, newest first."""
    return rows_of(archive, "select * from gap order by to_utc desc, feed_url")


@kept
def feed_log(archive: Archive) -> DataFrame:
    """``feed_log``, newest first."""
    return rows_of(archive, "select * from feed_log order by at_utc desc, feed_url")
