"""Moves: a feed whose server says for days that it lives elsewhere now is asked there; it keeps its name."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from warehouse.feed_agenda import DueFeed, FeedStanding, Seen
from warehouse.feed_records import FeedMove

MIN_DAYS = 3
MIN_SPAN = timedelta(hours=48)
"""A redirect by mistake, or of a domain that changed hands for a day, is mended within two; three different days show
that it is no single incident."""
MIN_HARD = 3
"""A new address that failed hard so often, for ``MIN_SPAN`` at least, is given up for the one before."""


def lasting_move(feed: DueFeed, seen: Sequence[Seen]) -> FeedMove | None:
    """
    The move that permanent redirects amount to; ``None``: none yet.

    Args:
        feed: As it was asked.
        seen: Its successful polls at its present address, in any order, this one included. Each gave a feed, so the
            new address does as well. 302, 303 and 307 leave no ``permanent_url``, and break the sequence.
    """
    newest_first = sorted(seen, key=lambda poll: poll.polled_utc, reverse=True)
    new_url = newest_first[0].permanent_url if newest_first else None
    if new_url is None or new_url == feed.asked_url:
        return None
    times = [poll.polled_utc for poll in takewhile(lambda poll: poll.permanent_url == new_url, newest_first)]
    n_days = len({time.date() for time in times})
    if n_days < MIN_DAYS or times[0] - times[-1] < MIN_SPAN:
        return None
    return FeedMove(
        feed_url=feed.feed_url,
        moved_utc=times[0],
        old_url=feed.asked_url,
        new_url=new_url,
        reason=f"permanent redirects (301 or 308) lead there since {times[-1]:%Y-%m-%d}, seen on {n_days} days",
    )


def moved_in_vain(feed: DueFeed, before: FeedStanding, previous_url: str, now: datetime) -> FeedMove | None:
    """
    The move back from an address that gives a feed no more; ``None`` while there is hope, or where it never moved.

    Args:
        before: Its failures since the last success, the present one left out.
        previous_url: Where it was asked before it moved.
        now: When it failed hard again.
    """
    silent_for = now - before.success_utc if before.success_utc else timedelta(0)
    if feed.moved_url is None or before.n_hard + 1 < MIN_HARD or silent_for < MIN_SPAN:
        return None
    return FeedMove(
        feed_url=feed.feed_url,
        moved_utc=now,
        old_url=feed.asked_url,
        new_url=previous_url,
        reason=f"the new address gives no feed since {before.success_utc:%Y-%m-%d}: back to the one before",
    )
