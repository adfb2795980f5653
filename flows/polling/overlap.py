"""
Overlap proof: a document that shares an item with the one before proves that nothing was missed between them.

Where none is shared, items may have come and gone unseen. How many is estimated as the feed's rate times the time that
no document covers, less the item that ends it:

- By dates, where both documents are dated: the rate is that of the publication times of the week before the gap; the
  uncovered time reaches from the newest item known to the oldest item of the new document that is newer. On a regular
  stream of ``r`` items an hour with a hole of ``h`` hours, ``r * h - 1`` items lie within, which is the estimate.
- By polls, where dates are missing: the rate is that of the new items per hour of the polls of that week which did
  overlap; what came since, less what the new document still holds, is lost.

Both are means: an outlet that writes by day only, and was lost for a night, lost less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WEEK = timedelta(days=7)
"""What counts as recent: one of each weekday."""
MIN_DATES = 5
"""A rate from fewer intervals than four is an accident."""
MIN_HOURS = 1.0
"""Of overlapping polls behind a rate by polls, for the same reason."""


@dataclass(frozen=True, slots=True)
class FeedPast:
    """What a feed gave in the week before its last answer."""

    published_utc: Sequence[datetime] = ()
    """Of its items, in any order."""
    n_new: int = 0
    """Items that came with polls which overlapped the document before."""
    hours: float = 0.0
    """What those polls cover."""


def estimate_loss(
    past: FeedPast, dates: Sequence[datetime], n_items: int, from_utc: datetime, to_utc: datetime
) -> tuple[float | None, str]:
    """
    How many items nobody saw.

    Args:
        past: Before ``from_utc``.
        dates: Of the new document's items, those that have one.
        n_items: Of the new document.
        from_utc: When the document before was last seen.
        to_utc: When the new one was.

    Returns:
        At least 0, or ``None`` where nothing allows an estimate; and what it rests on, in words.
    """
    known = sorted(date for date in past.published_utc if from_utc - WEEK <= date <= to_utc)
    later = [date for date in dates if known and known[-1] < date <= to_utc]
    if len(known) >= MIN_DATES and known[0] < known[-1] and later:
        rate = (len(known) - 1) / _hours(known[0], known[-1])
        uncovered = _hours(known[-1], min(later))
        return max(0.0, rate * uncovered - 1), (
            f"{rate:.2g} items an hour by the dates of {len(known)} items, {uncovered:.2g} hours uncovered"
        )
    if past.hours >= MIN_HOURS and past.n_new > 0:
        rate = past.n_new / past.hours
        elapsed = _hours(from_utc, to_utc)
        return max(0.0, rate * elapsed - n_items), (
            f"{rate:.2g} new items an hour by polls over {past.hours:.2g} hours, {elapsed:.2g} hours between documents"
        )
    return None, "too few dated items and overlapping polls before to know the feed's rate"


def _hours(start: datetime, end: datetime) -> float:
    return (end - start) / timedelta(hours=1)
