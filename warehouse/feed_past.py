"""What the log knows of one feed's past: how it stands, what it gave, and where it was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.feed_agenda import DueFeed
from warehouse.feed_records import FeedDocument, FeedMove
from warehouse.store import Warehouse

ANSWERS = """
    select *, last_value(n_items ignore nulls) over (partition by feed_url order by polled_utc) as n_held
    from core.poll
    where fetch_status in ('ok', 'not_modified') and error is null
"""
"""Successful polls, with the number of items that the feed held then: 304 after an empty document is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStanding:
    """What the log knows of one feed; the defaults are those of a feed that was never asked."""

    interval_s: float | None = None
    success_utc: datetime | None = None
    """When it last answered with a feed, or that nothing changed."""
    held_utc: datetime | None = None
    """When ``document`` was last seen: with items, or by an answer that nothing changed since."""
    n_hard: int = 0
    """Failures since then, by class."""
    n_soft: int = 0
    n_temporary: int = 0
    etag: str | None = None
    """Of the last full body, like the two below."""
    last_modified: str | None = None
    body_sha256: str | None = None
    document: FeedDocument | None = None
    """Its newest document that held items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A poll that gave a feed, and where permanent redirects led it."""

    polled_utc: datetime
    permanent_url: str | None


def feed_standings(warehouse: Warehouse, feed_urls: Sequence[str]) -> dict[str, FeedStanding]:
    """What the log knows of these feeds, by ``feed_url``; of one that was never asked there is none."""
    feeds = list(feed_urls)
    documents = {
        row["feed_url"]: FeedDocument(**row)
        for row in warehouse.rows("select * from core.feed_document where list_contains(?, feed_url)", [feeds])
    }
    rows = warehouse.rows(
        f"""
        with answers as ({ANSWERS} and list_contains($feeds, feed_url)),
        successes as (
            select
                feed_url,
                max(polled_utc) as success_utc,
                max(polled_utc) filter (where n_held > 0) as held_utc,
                arg_max(
                    struct_pack(etag := etag, last_modified := last_modified, body_sha256 := body_sha256), polled_utc
                ) filter (where fetch_status = 'ok') as body
            from answers
            group by feed_url
        ),
        polls as (
            select
                p.*,
                s.* exclude (feed_url),
                p.polled_utc > coalesce(s.success_utc, timestamptz '0001-01-01') as is_since
            from core.poll as p
            left join successes as s
                on p.feed_url = s.feed_url
            where list_contains($feeds, p.feed_url)
        )
        select
            feed_url,
            arg_max(interval_s, polled_utc) as interval_s,
            any_value(success_utc) as success_utc,
            any_value(held_utc) as held_utc,
            count_if(is_since and failure = 'hard') as n_hard,
            count_if(is_since and failure = 'soft') as n_soft,
            count_if(is_since and failure = 'temporary') as n_temporary,
            any_value(body) as body
        from polls
        group by feed_url
        """,
        {"feeds": feeds},
    )
    return {row["feed_url"]: _standing(row, documents.get(row["feed_url"])) for row in rows}


def _standing(row: dict[str, Any], document: FeedDocument | None) -> FeedStanding:
    known = {name: value for name, value in row.items() if name not in ("feed_url", "body")}
    return FeedStanding(**known, **row["body"] or {}, document=document)


def given_since(warehouse: Warehouse, feed_url: str, since: datetime) -> tuple[list[datetime], int, float]:
    """
    What a feed gave since a moment.

    Returns:
        The publication times of its items; the number of items that came new with polls which overlapped the document
        before, empty ones left out; and the hours which those polls cover.
    """
    dates = warehouse.rows(
        """
        select published_utc
        from core.sighting
        where feed_url = ? and published_utc between ? and first_seen_utc
        """,
        [feed_url, since],
    )
    (polls,) = warehouse.rows(
        f"""
        with answers as ({ANSWERS} and feed_url = $feed),
        spans as (
            select
                *,
                (epoch(polled_utc) - epoch(lag(polled_utc) over (order by polled_utc))) / 3600 as hours
            from answers
            where n_held > 0 and polled_utc > $since
        )
        select
            coalesce(sum(coalesce(n_new, 0)), 0)::integer as n_new,
            coalesce(sum(hours), 0)::double as hours
        from spans
        where hours is not null and (n_shared > 0 or fetch_status = 'not_modified')
        """,
        {"feed": feed_url, "since": since},
    )
    return [row["published_utc"] for row in dates], polls["n_new"], polls["hours"]


def seen_at(warehouse: Warehouse, feed: DueFeed) -> list[Seen]:
    """The successful polls of a feed at its present address, since it is asked there."""
    rows = warehouse.rows(
        """
        select polled_utc, permanent_url
        from core.poll
        where feed_url = $feed and coalesce(asked_url, feed_url) = $address
        and fetch_status in ('ok', 'not_modified') and error is null
        and polled_utc > coalesce(
            (select max(moved_utc) from core.feed_move where feed_url = $feed), timestamptz '0001-01-01'
        )
        """,
        {"feed": feed.feed_url, "address": feed.asked_url},
    )
    return [Seen(**row) for row in rows]


def moves_of(warehouse: Warehouse, feed_url: str) -> list[FeedMove]:
    """The moves of a feed, the last first."""
    rows = warehouse.rows("select * from core.feed_move where feed_url = ? order by moved_utc desc", [feed_url])
    return [FeedMove(**row) for row in rows]


def n_hard_since(warehouse: Warehouse, feed_url: str, moment: datetime) -> int:
    """How often a feed failed hard since then."""
    (row,) = warehouse.rows(
        "select count(*)::integer as n from core.poll where feed_url = ? and failure = 'hard' and polled_utc > ?",
        [feed_url, moment],
    )
    return int(row["n"])
