"""When an article was published: candidates in order of trust, never the time of fetching."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FLOOR = datetime(1994, 1, 1, tzinfo=UTC)
"""Before this there was no news on the web; year 1 and 1970 are how machines write: no date."""
CEILING = datetime(2100, 1, 1, tzinfo=UTC)
"""Nor after this: 9999-12-31 is another way to write none."""
HAS_TIME = re.compile(r"\d:\d{2}|\dT\d{2}")
TRUST = ("json-ld", "meta", "feed", "url", "text", "first-seen")
"""Rules in order of trust. The last is no candidate but the bound: nothing was published after it was seen."""
WEST, EAST = timedelta(hours=12), timedelta(hours=14)
"""The zones furthest from UTC: where a zone is not stated, the time may be off by as much."""
DISAGREES_H = 24.0
"""Hours. Two dates further apart than a day name different days in any zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """One date somebody gave for the article."""

    rule: str
    """Where it stands, one of ``TRUST``."""
    raw: str
    time_utc: datetime
    is_exact: bool
    """It states time and zone; otherwise it may be a day off."""


SAME = timedelta(hours=36)
"""A day without time, or a time without zone, and the exact time it stands for lie at most this far apart."""


def by_trust(candidates: Iterable[DateCandidate]) -> list[DateCandidate]:
    """The most trustworthy first; those of one rule stay in their order."""
    return sorted(candidates, key=lambda candidate: TRUST.index(candidate.rule))


def choose_date(candidates: list[DateCandidate], first_seen_utc: datetime) -> DateCandidate | None:
    """
    The first candidate that can be, made exact where it is not; ``None``: unknown, and stays so.

    A day or a time without zone gives way to the first exact time near it: 23:30 in New York is the next
    day in UTC. No candidate lies after the first sighting or before there was a web, and a day
    found in the text is not the day of the sighting: that is what pages print
    in their header.

    Args:
        candidates: In order of trust.
    """
    possible = [candidate for candidate in candidates if _can_be(candidate, first_seen_utc)]
    if not possible:
        return None
    first = possible[0]
    exact = (other for other in possible if other.is_exact and abs(other.time_utc - first.time_utc) <= SAME)
    return first if first.is_exact else next(exact, first)


def spread_h(candidates: Sequence[DateCandidate], first_seen_utc: datetime) -> float | None:
    """
    How far the dates lie apart that were given for one article.

    A day without time stands for all its hours, in any zone; so a day and a time within it are no hours apart.
    What states no date of the article is left out: years 1, 1970 and 9999, and the day in a page's header.

    Returns:
        Hours between the two furthest apart; ``None`` with fewer than two.
    """
    stated = [_window(c) for c in candidates if FLOOR <= c.time_utc < CEILING and not _is_header_day(c, first_seen_utc)]
    if len(stated) < 2:
        return None
    apart = max(start for start, _ in stated) - min(end for _, end in stated)
    return max(apart / timedelta(hours=1), 0.0)


def _window(candidate: DateCandidate) -> tuple[datetime, datetime]:
    """Between which two moments a date lies, whatever its zone."""
    if candidate.is_exact:
        return candidate.time_utc, candidate.time_utc
    length = timedelta(0) if HAS_TIME.search(candidate.raw) else timedelta(days=1)
    return candidate.time_utc - EAST, candidate.time_utc + length + WEST


def _can_be(candidate: DateCandidate, first_seen_utc: datetime) -> bool:
    return FLOOR <= candidate.time_utc <= first_seen_utc and not _is_header_day(candidate, first_seen_utc)


def _is_header_day(candidate: DateCandidate, first_seen_utc: datetime) -> bool:
    """Is a day found in the text the day of the sighting, in any zone?"""
    start, end = _window(candidate)
    return candidate.rule == "text" and start <= first_seen_utc <= end


def parse_time(raw: str) -> datetime | None:
    """An ISO 8601 time as UTC. One without zone is read as UTC; ``raw`` is stored beside it."""
    try:
        time = datetime.fromisoformat(raw.strip())
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
