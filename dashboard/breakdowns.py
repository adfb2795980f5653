"""The dashboard's reading of whole periods: who wrote how much, which frames they carry, whom these serve."""

from datetime import date
from typing import Any

from pandas import DataFrame

from dashboard.data import Archive, kept, records_of, rows_of


@kept
def frame_use(archive: Archive, by_what: str, voice: str, first: date, last: date) -> DataFrame:
    """``frame_use`` in one voice over a period, both ends included, with each frame's name and place."""
    return rows_of(
        archive,
        """
        select u.*, f.code, f.label, f.serves, f.position
        from frame_use(?, first_day := ?, last_day := ?, in_voice := ?) as u
        join frame as f using (frame_id)
        order by u.unit, f.position
        """,
        by_what,
        first,
        last,
        voice,
    )


@kept
def side_use(archive: Archive, by_what: str, voice: str, first: date, last: date) -> DataFrame:
    """``side_use`` in one voice over a period, both ends included."""
    return rows_of(
        archive,
        """
        select u.*
        from side_use(?, first_day := ?, last_day := ?, in_voice := ?) as u
        join side as s on u.serves = s.side
        order by u.unit, s.position
        """,
        by_what,
        first,
        last,
        voice,
    )


@kept
def sides(archive: Archive) -> dict[str, int]:
    """Number of frames that serve each side of ``side``, in its order."""
    rows = records_of(archive, "select side, n_frames from side order by position")
    return {row["side"]: row["n_frames"] for row in rows}


@kept
def volume(archive: Archive, by_what: str, first: date | None = None, last: date | None = None) -> list[dict[str, Any]]:
    """
    ``volume_day`` summed over a period, both ends included (left out: all).

    Args:
        by_what: outlet, class, language (not identified: ``-``), country or all, as in ``frame_use``.

    Returns:
        One row per unit, most articles on the talks first: ``unit``; ``outlet_class``, unless several are in
        it; ``n_outlets``, those with an article on the talks; ``n_on_talks``, ``n_unmeasured``, ``n_unscored``.
    """
    return records_of(
        archive,
        """
        select
            case ?
                when 'outlet' then outlet_id
                when 'class' then outlet_class
                when 'language' then coalesce(language, '-')
                when 'country' then country
                else 'all'
            end as unit,
            case when min(outlet_class) = max(outlet_class) then min(outlet_class) end as outlet_class,
            count(distinct outlet_id) filter (where n_on_talks > 0) as n_outlets,
            sum(n_on_talks)::bigint as n_on_talks,
            sum(n_unmeasured)::bigint as n_unmeasured,
            sum(n_unscored)::bigint as n_unscored
        from volume_day
        where day_utc between coalesce(?, date '1900-01-01') and coalesce(?, date '2999-12-31')
        group by unit
        order by n_on_talks desc, unit
        """,
        by_what,
        first,
        last,
    )


@kept
def volume_by_class(archive: Archive, first: date, last: date) -> DataFrame:
    """``volume_day`` by class of outlet and day, within a period, both ends included."""
    return rows_of(
        archive,
        """
        select
            outlet_class,
            day_utc,
            sum(n_on_talks)::bigint as n_on_talks,
            sum(n_unmeasured)::bigint as n_unmeasured,
            sum(n_unscored)::bigint as n_unscored
        from volume_day
        where day_utc between ? and ?
        group by all
        order by outlet_class, day_utc
        """,
        first,
        last,
    )


@kept
def coverage_by_class(archive: Archive) -> DataFrame:
    """
    ``outlet``, ``feed_health``, ``coverage`` and ``volume_day`` by class of outlet, over the whole archive.

    Returns:
        One row per class. ``n_watched``; ``n_answered``, watched outlets of which a feed answered within a day
        of the archive's last poll; ``n_with_articles`` on the talks; ``n_seen`` and the five that add up to it:
        ``n_stored``, ``n_aside`` (duplicate or off topic), ``n_unreadable`` (paywall, wall, robots.txt, soft
        404, too short, list, video), ``n_lost`` (error) and ``n_pending``; ``n_unmeasured``, dated articles.
    """
    return rows_of(archive, _COVERAGE_BY_CLASS)


@kept
def n_absent(archive: Archive, first: date, last: date) -> int:
    """Outlets of ``outlet`` that are watched and stand in no row of ``volume_day`` of a period."""
    query = """
        select count(*) as n
        from outlet
        where is_watched
        and outlet_id not in (select outlet_id from volume_day where day_utc between ? and ?)
    """
    return int(records_of(archive, query, first, last)[0]["n"])


@kept
def unmeasured(archive: Archive) -> list[dict[str, Any]]:
    """``volume_day``: articles not measured, by ``outlet_class`` and ``language`` (``None``: not identified)."""
    return records_of(
        archive,
        """
        select outlet_class, language, sum(n_unmeasured)::bigint as n_unmeasured
        from volume_day
        where n_unmeasured > 0
        group by all
        order by n_unmeasured desc, language, outlet_class
        """,
    )


_COVERAGE_BY_CLASS = """
with answered as (
    select outlet_id
    from feed_health
    where last_success_utc >= (select last_poll_utc from about) - interval 1 day
    group by outlet_id
),
seen as (
    select
        outlet_id,
        sum(n_seen) as n_seen,
        sum(n_stored) as n_stored,
        sum(n_duplicate + n_off_topic) as n_aside,
        sum(n_paywalled + n_wall + n_robots + n_soft_404 + n_too_short + n_index + n_video) as n_unreadable,
        sum(n_error) as n_lost,
        sum(n_pending) as n_pending
    from coverage
    group by outlet_id
),
written as (
    select outlet_id, sum(n_on_talks) as n_on_talks, sum(n_unmeasured) as n_unmeasured
    from volume_day
    group by outlet_id
)
select
    o.outlet_class,
    count(*) filter (where o.is_watched) as n_watched,
    count(*) filter (where o.is_watched and a.outlet_id is not null) as n_answered,
    count(*) filter (where w.n_on_talks > 0) as n_with_articles,
    coalesce(sum(seen.n_seen), 0)::bigint as n_seen,
    coalesce(sum(seen.n_stored), 0)::bigint as n_stored,
    coalesce(sum(seen.n_aside), 0)::bigint as n_aside,
    coalesce(sum(seen.n_unreadable), 0)::bigint as n_unreadable,
    coalesce(sum(seen.n_lost), 0)::bigint as n_lost,
    coalesce(sum(seen.n_pending), 0)::bigint as n_pending,
    coalesce(sum(w.n_unmeasured), 0)::bigint as n_unmeasured
from outlet as o
left join answered as a using (outlet_id)
left join seen using (outlet_id)
left join written as w using (outlet_id)
group by o.outlet_class
order by n_watched desc, o.outlet_class
"""
