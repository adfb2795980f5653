"""
Cadence: when a feed is asked again.

The pace follows the feed. Of a document a fifth should be new (``NEW_SHARE``): then five times the usual rate must come
before an item can slip by unseen. The time since the last answer and the share that is new say how long that takes; the
interval moves there, in one step to no more than a quarter longer and a quarter as long (``SLOWER``, ``FASTER``): news
breaks within minutes and fades over hours. 304 counts as all seen. Failures leave the interval as it is and double the
wait by their weight, so that the first success restores full speed. What the server asks for is kept to the second,
up to a day: whatever it asks, and however it fails, each feed is asked once a day.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from flows.feeds.parsing import ParsedFeed
from flows.fetching.exchange import FetchStatus, Response
from flows.fetching.guard import NO_SUCH_HOST
from flows.workers import Outcome
from warehouse.agenda import EARLY, POLL_EVERY

FLOOR = timedelta(minutes=10)
"""Few servers like to be asked more often, and a document of 30 items turns over in it at 180 items an hour only."""
CEILING = timedelta(hours=24)
"""A feed that is asked less than daily has no daily figure."""
NEW_SHARE = 0.2
SLOWER = 1.25
FASTER = 0.25
JITTER_SHARE = 0.05
"""Feeds that began together drift apart; at most half of ``EARLY``, or the next run would find nothing due."""


class Failure(StrEnum):
    """Classes of failure."""

    HARD = "hard"
    """Nothing suggests that it passes: gone, no such host, not a feed."""
    SOFT = "soft"
    """It may pass when somebody mends it: blocked, refused, cannot be read."""
    TEMPORARY = "temporary"
    """It passes by itself: overload, timeouts, lost connections."""
    OURS = "ours"
    """Most hosts were silent at once, so it was our own network; held against no feed."""


WEIGHTS = {Failure.HARD: 1.0, Failure.SOFT: 0.5, Failure.TEMPORARY: 0.25}
"""Doublings of the wait: a feed that is gone is left alone twice as long after each try, a busy one after four."""
_HARD = frozenset({FetchStatus.GONE, FetchStatus.BAD_ADDRESS})
_TEMPORARY = frozenset(
    {FetchStatus.SERVER_ERROR, FetchStatus.TIMEOUT, FetchStatus.RATE_LIMITED, FetchStatus.UNREACHABLE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Something on the server's side that asks for patience."""

    until_utc: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """When a feed is asked again, and why then."""

    interval_s: float
    next_utc: datetime
    next_reason: str


def failure_of(response: Response, parsed: Outcome[ParsedFeed] | None) -> Failure | None:
    """The class of what went wrong; ``None``: nothing did."""
    document = parsed.value if parsed else None
    if response.status is FetchStatus.NOT_MODIFIED:
        return None
    if response.status is FetchStatus.OK:
        if document is not None and document.error is None:
            return None
        return Failure.HARD if document is not None and document.feed_format is None else Failure.SOFT
    if response.status in _HARD or NO_SUCH_HOST in (response.error or ""):
        return Failure.HARD
    return Failure.TEMPORARY if response.status in _TEMPORARY else Failure.SOFT


def adapted(interval_s: float | None, elapsed_s: float | None, new_share: float | None) -> float:
    """
    The interval after a success.

    Args:
        interval_s: The one before; ``None``: there was none.
        elapsed_s: Since the answer before.
        new_share: Of the document's items, those that the one before did not hold, in [0, 1]; ``None``: there is
            nothing to compare, and the interval stays.
    """
    before_s = interval_s or POLL_EVERY.total_seconds()
    after_s = before_s
    if new_share is not None and elapsed_s is not None:
        wanted_s = NEW_SHARE / new_share * elapsed_s if new_share else float("inf")
        after_s = min(max(wanted_s, before_s * FASTER), before_s * SLOWER)
    return min(max(after_s, FLOOR.total_seconds()), CEILING.total_seconds())


def next_poll(
    feed_url: str,
    now: datetime,
    interval_s: float,
    doublings: float,
    wishes: Sequence[Wish] = (),
    skip_hours: Sequence[int] = (),
    skip_days: Sequence[int] = (),
) -> Cadence:
    """
    When to ask again: our own time a little early, see ``EARLY``, the server's never.

    Args:
        now: When the answer came.
        interval_s: How long to wait while it answers.
        doublings: Sum of the weights of the failures since the last success.
        skip_hours: UTC.
        skip_days: UTC, Monday is 0.

    Returns:
        ``next_utc`` at most ``CEILING`` later; where skipped hours or days would put that off by more than another
        ``CEILING``, it is asked in the midst of them.
    """
    # Beyond eight doublings even the floor exceeds the ceiling.
    wait_s = min(max(interval_s, FLOOR.total_seconds()) * 2 ** min(doublings, 8.0), CEILING.total_seconds())
    early_s = max(wait_s - EARLY.total_seconds(), FLOOR.total_seconds())
    at = now + timedelta(seconds=early_s + _jitter_s(feed_url, now, early_s))
    reason = (
        f"every {_words(wait_s)}" if doublings == 0 else f"{_words(wait_s)} after failures that weigh {doublings:g}"
    )
    for wish in wishes:
        if wish.until_utc > at:
            at, reason = wish.until_utc, wish.reason
    latest = now + CEILING
    if at > latest:
        at, reason = latest, f"{reason}; cut to a day"
    return _as_allowed(Cadence(interval_s=interval_s, next_utc=at, next_reason=reason), skip_hours, skip_days)


def after_outage(
    now: datetime, interval_s: float, skip_hours: Sequence[int] = (), skip_days: Sequence[int] = ()
) -> Cadence:
    """When to ask again after a failure of our own: at the next run outside the hours and days to be skipped."""
    soon = Cadence(
        interval_s=interval_s,
        next_utc=now + POLL_EVERY - EARLY,
        next_reason="most hosts were silent at once: asked again at the next run",
    )
    return _as_allowed(soon, skip_hours, skip_days)


def _as_allowed(wanted: Cadence, skip_hours: Sequence[int], skip_days: Sequence[int]) -> Cadence:
    """The same, put off to the first moment outside skipped hours and days."""
    allowed = _first_allowed(wanted.next_utc, skip_hours, skip_days)
    if allowed == wanted.next_utc:
        return wanted
    return replace(wanted, next_utc=allowed, next_reason="the feed asks to skip these hours or days")


def wishes_of(response: Response, ttl_s: int | None) -> list[Wish]:
    """
    What the server asks for, by the answer's headers and the newest document's ttl.

    ``max-age`` overrides ``Expires``, which is counted from the answer's own ``Date``: clocks differ. An error's
    lifetime says nothing of the feed; its ``Retry-After`` does.

    Source:
        RFC 9111, 5.2.2.1 and 5.3; RFC 9110, 10.2.3; RSS 2.0, ttl.
    """
    now = response.fetched_utc
    found = []
    if response.retry_after_utc is not None:
        found.append(Wish(until_utc=response.retry_after_utc, reason="the server asks for it (Retry-After)"))
    if response.status not in (FetchStatus.OK, FetchStatus.NOT_MODIFIED):
        return found
    if ttl_s is not None:
        found.append(_wish(now, float(ttl_s), "ttl"))
    max_age = re.search(r"(?:^|[,\s])max-age\s*=\s*\"?(\d+)", response.header("cache-control") or "", re.IGNORECASE)
    if max_age:
        found.append(_wish(now, float(max_age[1][:12]), "Cache-Control"))
    elif (expires := _http_date(response.header("expires"))) is not None:
        served = _http_date(response.header("date")) or now
        found.append(_wish(now, (expires - served).total_seconds(), "Expires"))
    return found


def _wish(now: datetime, delay_s: float, name: str) -> Wish:
    longest_s = 2 * CEILING.total_seconds()  # so that it is seen to be cut; a year 9999 is no time
    return Wish(
        until_utc=now + timedelta(seconds=min(max(delay_s, 0.0), longest_s)),
        reason=f"it is to be left alone for {_words(delay_s)} ({name})",
    )


def _http_date(text: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _first_allowed(at: datetime, skip_hours: Sequence[int], skip_days: Sequence[int]) -> datetime:
    """The first moment outside skipped hours and days, at most a day later."""
    moment = at
    while moment.hour in skip_hours or moment.weekday() in skip_days:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if moment > at + CEILING:
            return at + CEILING
    return moment


def _jitter_s(feed_url: str, now: datetime, wait_s: float) -> float:
    """The same for the same feed and moment, so that a replay plans alike."""
    digest = hashlib.sha256(f"{feed_url}\x1f{now.isoformat()}".encode("utf-8", "surrogatepass")).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return share * min(wait_s * JITTER_SHARE, EARLY.total_seconds() / 2)


def _words(seconds: float) -> str:
    """``15 minutes``, ``6 hours``, ``365 days``."""
    for size, unit in ((172_800, 86_400), (7_200, 3_600)):
        if seconds >= size:
            return f"{seconds / unit:.0f} {'days' if unit == 86_400 else 'hours'}"
    return f"{seconds / 60:.0f} minutes"
