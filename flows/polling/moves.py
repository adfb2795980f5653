"""Moves: a feed whose server says for days that it lives elsewhere now is asked there; it keeps its name."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from warehouse.feed_agenda import DueFeed
from warehouse.feed_past import FeedStanding, Seen
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


def moved_in_vain(
    feed: DueFeed, before: FeedStanding, moves: Sequence[FeedMove], n_hard: int, now: datetime
) -> FeedMove | None:
    """
    The move back from an address that gives a feed no more; ``None`` while there is hope, or where it never moved.

    It goes back one address after the other, none twice, and ends at the registered one: of two that are dead neither
    is asked for ever.

    Args:
        before: What is known of it, the present failure left out.
        moves: Of this feed, the last first.
        n_hard: Its hard failures since it last answered at its present address, this one included.
        now: When it failed hard again.
    """
    if feed.moved_url is None or before.success_utc is None:
        return None
    if n_hard < MIN_HARD or now - before.success_utc < MIN_SPAN:
        return None
    given_up = {feed.asked_url} | {move.old_url for move in moves if move.moved_utc > before.success_utc}
    earlier = (move.old_url for move in moves if move.old_url not in given_up)
    return FeedMove(
        feed_url=feed.feed_url,
        moved_utc=now,
        old_url=feed.asked_url,
        new_url=next(earlier, feed.feed_url),
        reason=f"the new address gives no feed since {before.success_utc:%Y-%m-%d}: back to the one before",
    )
