"""Which feeds are to be asked now, and what the log knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from warehouse.agenda import EARLY, POLL_EVERY
from warehouse.feed_records import FeedDocument
from warehouse.store import Warehouse

AUDIT_EVERY = timedelta(hours=6)
"""How long validators are sent after the last full body. Some servers answer 304 for ever, whatever they hold: then at
most this much is late. Four full bodies a day are little beside the 96 polls that a busy feed gets."""
DISTRUST_FOR = timedelta(days=30)
"""How long a feed is asked in full after its validator lied. Servers are mended, but seldom within days; where one
still lies, a trial a month costs at most ``AUDIT_EVERY`` of lateness."""
RUN = timedelta(minutes=10)
"""Polls so close to each other belong to one run: shorter than the time between two runs, longer than most take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFeed:
    """A feed to poll now, with what its last good answer said about freshness."""

    feed_url: str
    """Its name, whatever address it is asked at."""
    outlet_id: str
    etag: str | None
    """``None`` also where it is asked in full: an audit is due, or its validator lied."""
    last_modified: str | None
    moved_url: str | None = None
    """Where it is asked since it moved for good; ``None``: at ``feed_url``."""

    @property
    def asked_url(self) -> str:
        return self.moved_url or self.feed_url


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStanding:
    """What the log knows of one feed; the defaults are those of a feed that was never asked."""

    interval_s: float | None = None
    success_utc: datetime | None = None
    """When it last answered with a feed, or that nothing changed."""
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
class HostSign:
    """Whether a feed's host spoke: in the run that goes on, and before it."""

    asked_url: str
    is_silent: bool | None
    """``None``: not asked in this run, or not so that it tells anything of the network."""
    was_silent: bool
    """Was it silent when last asked before, our own outages apart, or all the time since long ago?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A poll that gave a feed, and where permanent redirects led it."""

    polled_utc: datetime
    permanent_url: str | None


def due_feeds(warehouse: Warehouse, now: datetime) -> list[DueFeed]:
    """Watched feeds whose time has come; interleaved by outlet."""
    rows = warehouse.rows(
        """
        with last as (
            select
                feed_url,
                arg_max(struct_pack(utc := next_utc), polled_utc) as next,
                arg_max(struct_pack(utc := polled_utc, etag := etag, last_modified := last_modified), polled_utc)
                    filter (where fetch_status = 'ok' and error is null) as body,
                coalesce(max(polled_utc) filter (where validator_lied), timestamptz '0001-01-01') as lied_utc,
                max(polled_utc) + $usual as usual_utc
            from core.poll
            where polled_utc <= $now                -- a clock that ran ahead once must not silence a feed
            group by feed_url
        ),
        moves as (
            select feed_url, arg_max(new_url, moved_utc) as new_url from core.feed_move group by feed_url
        )
        select
            f.feed_url,
            f.outlet_id,
            case when last.body.utc > $audited and last.lied_utc <= $trusted then last.body.etag end as etag,
            case when last.body.utc > $audited and last.lied_utc <= $trusted then last.body.last_modified end
                as last_modified,
            nullif(moves.new_url, f.feed_url) as moved_url
        from core.feed as f
        left join last
            on f.feed_url = last.feed_url
        left join moves
            on f.feed_url = moves.feed_url
        where f.is_watched
        -- A version that did not plan ahead asked at the usual pace. No row: it was never asked.
        and coalesce(last.next.utc, last.usual_utc, $now) <= $now
        order by row_number() over (partition by f.outlet_id order by f.feed_url), f.outlet_id
        """,
        {
            "now": now,
            "usual": POLL_EVERY - EARLY,
            "audited": now - AUDIT_EVERY,
            "trusted": now - DISTRUST_FOR,
        },
    )
    return [DueFeed(**row) for row in rows]


def feed_standings(warehouse: Warehouse, feed_urls: Sequence[str]) -> dict[str, FeedStanding]:
    """What the log knows of these feeds, by ``feed_url``; of one that was never asked there is none."""
    feeds = list(feed_urls)
    documents = {
        row["feed_url"]: FeedDocument(**row)
        for row in warehouse.rows("select * from core.feed_document where list_contains(?, feed_url)", [feeds])
    }
    rows = warehouse.rows(
        """
        with polls as (
            select
                *,
                max(polled_utc) filter (where fetch_status in ('ok', 'not_modified') and error is null)
                    over (partition by feed_url) as success_utc
            from core.poll
            where list_contains($feeds, feed_url)
        ),
        since as (
            select *, polled_utc > coalesce(success_utc, timestamptz '0001-01-01') as is_since from polls
        )
        select
            feed_url,
            arg_max(interval_s, polled_utc) as interval_s,
            any_value(success_utc) as success_utc,
            count_if(is_since and failure = 'hard') as n_hard,
            count_if(is_since and failure = 'soft') as n_soft,
            count_if(is_since and failure = 'temporary') as n_temporary,
            arg_max(
                struct_pack(etag := etag, last_modified := last_modified, body_sha256 := body_sha256), polled_utc
            ) filter (where fetch_status = 'ok' and error is null) as body
        from since
        group by feed_url
        """,
        {"feeds": feeds},
    )
    return {row["feed_url"]: _standing(row, documents.get(row["feed_url"])) for row in rows}


def _standing(row: dict[str, Any], document: FeedDocument | None) -> FeedStanding:
    body = row["body"] or {}
    counts = {name: row[name] for name in ("interval_s", "success_utc", "n_hard", "n_soft", "n_temporary")}
    return FeedStanding(**counts, **body, document=document)


def host_signs(
    warehouse: Warehouse, feed_urls: Sequence[str], silent_utc: datetime, long_ago: datetime | None
) -> list[HostSign]:
    """
    Whether hosts spoke, one sign for each feed polled in the run that goes on, and for each of these feeds.

    No answer for another reason than the network's tells nothing: the guard refused, the host rests.

    Args:
        silent_utc: When the run first met silence; see ``RUN``.
        long_ago: A feed that is silent since then was silent before, whosever fault that was thought to be;
            ``None``: however long.
    """
    rows = warehouse.rows(
        """
        with polls as (
            select
                feed_url,
                coalesce(asked_url, feed_url) as asked_url,
                polled_utc,
                polled_utc > $run as is_now,
                case
                    when http_status is not null then false
                    when fetch_status in ('unreachable', 'timeout') then true
                end as is_silent,
                failure is not distinct from 'ours' as is_ours,
                coalesce(
                    max(polled_utc) filter (where http_status is not null) over (partition by feed_url),
                    timestamptz '0001-01-01'
                ) as heard_utc
            from core.poll
        )
        select
            arg_max(asked_url, polled_utc) as asked_url,
            arg_max(is_silent, polled_utc) filter (where is_now) as is_silent,
            coalesce(arg_max(is_silent, polled_utc) filter (where not is_now and not is_ours), false)
            or coalesce(min(polled_utc) filter (where is_silent and polled_utc > heard_utc) < $long_ago, false)
                as was_silent
        from polls
        group by feed_url
        having bool_or(is_now) or list_contains($feeds, feed_url)
        """,
        {"run": silent_utc - RUN, "long_ago": long_ago, "feeds": list(feed_urls)},
    )
    return [HostSign(**row) for row in rows]


def has_spoken_since(warehouse: Warehouse, moment: datetime) -> bool:
    """Did any host say anything since?"""
    rows = warehouse.rows("select 1 from core.poll where http_status is not null and polled_utc > ? limit 1", [moment])
    return bool(rows)


def watched_feeds(warehouse: Warehouse) -> list[str]:
    """The addresses of all watched feeds, as registered."""
    return [row["feed_url"] for row in warehouse.rows("select feed_url from core.feed where is_watched")]


def feed_past(warehouse: Warehouse, feed_url: str, since: datetime) -> tuple[list[datetime], int, float]:
    """
    What a feed gave since a moment.

    Returns:
        The publication times of its items; the number of items that came new with polls which overlapped the document
        before; and the hours which those polls cover.
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
        """
        with answers as (
            select
                *,
                (epoch(polled_utc) - epoch(lag(polled_utc) over (order by polled_utc))) / 3600 as hours
            from core.poll
            where feed_url = ? and polled_utc > ? and fetch_status in ('ok', 'not_modified') and error is null
        )
        select
            coalesce(sum(coalesce(n_new, 0)), 0)::integer as n_new,
            coalesce(sum(hours), 0)::double as hours
        from answers
        where hours is not null and (n_shared > 0 or fetch_status = 'not_modified')
        """,
        [feed_url, since],
    )
    return [row["published_utc"] for row in dates], polls["n_new"], polls["hours"]


def seen_at(warehouse: Warehouse, feed: DueFeed) -> list[Seen]:
    """The successful polls of a feed at its present address."""
    rows = warehouse.rows(
        """
        select polled_utc, permanent_url
        from core.poll
        where feed_url = ? and coalesce(asked_url, feed_url) = ?
        and fetch_status in ('ok', 'not_modified') and error is null
        """,
        [feed.feed_url, feed.asked_url],
    )
    return [Seen(**row) for row in rows]


def address_before(warehouse: Warehouse, feed: DueFeed) -> str:
    """Where a feed was asked before its last move; its registered address where it never moved."""
    rows = warehouse.rows(
        "select old_url from core.feed_move where feed_url = ? order by moved_utc desc limit 1", [feed.feed_url]
    )
    return rows[0]["old_url"] if rows else feed.feed_url
