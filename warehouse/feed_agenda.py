"""Which feeds are to be asked now, and which hosts spoke."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from warehouse.agenda import EARLY, POLL_EVERY
from warehouse.store import Warehouse

AUDIT_EVERY = timedelta(hours=6)
"""How long validators are sent after the last full body. Some servers answer 304 for ever, whatever they hold: then at
most this much is late. Four full bodies a day are little beside the 96 polls that a busy feed gets."""
DISTRUST_FOR = timedelta(days=30)
"""How long a feed is asked in full after its validator lied. Servers are mended, but seldom within days; where one
still lies, a trial a month costs at most ``AUDIT_EVERY`` of lateness."""
SKIPPED_FOR = timedelta(days=1)
"""How long hours that a feed asks to skip may put off one that is due."""
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

    interval_minutes: int | None = None
    """Its pace as the registry sets it; ``None``: it has none of its own."""

    @property
    def asked_url(self) -> str:
        return self.moved_url or self.feed_url


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSign:
    """Whether a feed's host spoke: in the run that goes on, and before it."""

    asked_url: str
    is_silent: bool | None
    """``None``: not asked in this run, or not so that it tells anything of the network."""
    was_silent: bool
    """Was it silent when last asked before, our own outages apart, or all the time since long ago?"""


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
            nullif(moves.new_url, f.feed_url) as moved_url,
            f.interval_minutes
        from core.feed as f
        left join last
            on f.feed_url = last.feed_url
        left join moves
            on f.feed_url = moves.feed_url
        left join core.feed_document as d
            on f.feed_url = d.feed_url
        cross join lateral (
            -- A version that did not plan ahead asked at the usual pace. No row: it was never asked.
            select coalesce(last.next.utc, last.usual_utc, $now) as utc
        ) as due
        where f.is_watched
        and due.utc <= $now
        -- A run that comes late may come in an hour that the feed asks to skip: then it waits, for a day at most. One
        -- that was planned in such an hour had waited so long already.
        and (
            not coalesce(list_contains(d.skip_hours, hour($now)) or list_contains(d.skip_days, isodow($now) - 1), false)
            or list_contains(d.skip_hours, hour(due.utc))
            or list_contains(d.skip_days, isodow(due.utc) - 1)
            or due.utc <= $overdue
        )
        order by row_number() over (partition by f.outlet_id order by f.feed_url), f.outlet_id
        """,
        {
            "now": now,
            "overdue": now - SKIPPED_FOR,
            "usual": POLL_EVERY - EARLY,
            "audited": now - AUDIT_EVERY,
            "trusted": now - DISTRUST_FOR,
        },
    )
    return [DueFeed(**row) for row in rows]


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
