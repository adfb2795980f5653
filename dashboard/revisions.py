"""The dashboard's reading of what newsrooms changed or removed after they had published."""

from datetime import date
from typing import Any

from pandas import DataFrame

from dashboard.data import Archive, kept, records_of, rows_of

A_PAGE = 10
"""Edits."""

ALL, STEALTH, HEADLINES, FRAMES = "All", "Stealth edits", "Headlines", "Frames gained or lost"
KINDS = {
    ALL: "true",
    STEALTH: "is_stealth",
    HEADLINES: "headline_changed",
    FRAMES: "len(frames_gained) + len(frames_lost) > 0",
}
"""What may be chosen, and its condition in ``edit``."""

_IN_CHOICE = (
    "cast({time} at time zone 'UTC' as date) between ? and ? "
    "and (len(?::varchar[]) = 0 or list_contains(?::varchar[], outlet_id))"
)
_SEEN = _IN_CHOICE.format(time="seen_utc")


@kept
def days(archive: Archive) -> tuple[date, date] | None:
    """First and last UTC day on which an article was visited again; ``None``: none was yet."""
    row = records_of(
        archive,
        """
        select
            cast(min(fetched_utc) at time zone 'UTC' as date) as first,
            cast(max(fetched_utc) at time zone 'UTC' as date) as last
        from page_fetch
        where purpose = 'revisit'
        """,
    )[0]
    return None if row["first"] is None else (row["first"], row["last"])


@kept
def n_visits(archive: Archive, outlet_ids: list[str], first: date, last: date) -> tuple[int, int]:
    """``(visits, articles)``: second and later looks that were answered, of some outlets (none: all), in a period."""
    row = records_of(
        archive,
        f"""
        select count(*) as n, count(distinct (outlet_id, url)) as m
        from page_fetch
        where purpose = 'revisit'
        and status in ('ok', 'not_modified', 'gone')
        and {_IN_CHOICE.format(time="fetched_utc")}
        """,
        first,
        last,
        outlet_ids,
        outlet_ids,
    )[0]
    return int(row["n"]), int(row["m"])


@kept
def edits(archive: Archive, kind: str, outlet_ids: list[str], first: date, last: date) -> DataFrame:
    """``edit`` by one of ``KINDS``, some outlets (none: all) and the days on which they were seen, newest first."""
    return rows_of(
        archive,
        f"select * from edit where {KINDS[kind]} and {_SEEN} order by seen_utc desc, revision_id",
        first,
        last,
        outlet_ids,
        outlet_ids,
    )


@kept
def edits_to_read(
    archive: Archive, kind: str, outlet_ids: list[str], first: date, last: date, page: int
) -> list[dict[str, Any]]:
    """
    One page (from 1) of the same.

    Beside each, what is doubtful about its article, and where the changed page is archived.
    """
    return records_of(
        archive,
        f"""
        with chosen as (
            select * from edit
            where {KINDS[kind]} and {_SEEN}
            order by seen_utc desc, revision_id
            limit {A_PAGE} offset ?
        )
        select
            c.*, c.headline_after as title, a.date_disagrees, a.date_spread_h, r.text_source,
            f.warc_file, f.warc_offset, f.body_sha256
        from chosen as c
        join revision as r using (revision_id)
        left join article as a on c.article_id = a.article_id
        left join page_fetch as f on r.fetch_id = f.fetch_id
        order by c.seen_utc desc, c.revision_id
        """,
        first,
        last,
        outlet_ids,
        outlet_ids,
        (page - 1) * A_PAGE,
    )


@kept
def removed(archive: Archive, outlet_ids: list[str]) -> DataFrame:
    """Articles of some outlets (none: all) that a visit found removed, and no later one found back; newest first."""
    return rows_of(
        archive,
        """
        select outlet_id, outlet_name, title, url, published_utc, seen_utc, confirmed_utc, gone_utc
        from revision
        where is_latest
        and gone_utc is not null
        and (len(?::varchar[]) = 0 or list_contains(?::varchar[], outlet_id))
        order by gone_utc desc, article_id
        """,
        outlet_ids,
        outlet_ids,
    )
