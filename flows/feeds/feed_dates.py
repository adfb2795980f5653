"""When an item was published, as its feed states it: read strictly, or unknown."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from dateparser.date import DateDataParser

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ZONE_HOURS = {"ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6}
ZONE_HOURS |= {"pst": -8, "pdt": -7, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "eet": 2, "eest": 3}
ZONE_HOURS |= {"msk": 3, "eat": 3, "sast": 2, "hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzdt": 13}
"""Zones of RFC 822, and others that mean one thing only. IST is India's, Israel's and Ireland's: it states nothing."""
LANGUAGES = tuple(
    """
    en ru es fr de ja tr pt fa it zh nl vi pl ar ko cs id uk el he th sv ro hu da fi sk bg sr nb hr lt sl ca et lv hi bn
    ur sw te mr ta gu kn ml my pa uz ms ne kk be az af sq hy ka bs gl mn ky mk nn ga eu is mt sr-Latn uz-Cyrl
    """.split()  # noqa: SIM905 (as a list of words it would fill the page)
)
"""The languages of dateparser that newsrooms write in; reading one date in all of them takes about 30 ms."""
SAMPLE = 20
"""Dates of a document on which all languages are tried; the others are read in those that did best."""
MAX_CHARACTERS = 80
FIRST_EPOCH, LAST_EPOCH = 757_382_400, 2_000_000_000
"""1994 and 2033; the compact date 2025120210 is a greater number."""

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\.?)?"
_ZONE = r"(?:(?:UTC?|GMT)?\s*(?P<sign>[+-])(?P<off_h>\d{1,2}):?(?P<off_m>\d{2})?|(?P<name>[a-z]{1,4}))"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?\s*,?\s*)?"
_NAMED = rf"(?P<day>\d{{1,2}})[\s-]+(?P<month>{'|'.join(MONTHS)})[a-z]*\.?[\s-]+(?P<year>\d{{4}}|\d{{2}})"
_YEAR_FIRST = r"(?P<y>\d{4})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
_YEAR_LAST = r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<last>\d{4})"
STATED = re.compile(
    rf"{_WEEKDAY}(?:{_NAMED}|{_YEAR_FIRST}|{_YEAR_LAST})(?:(?:\s*T\s*|\s*,\s*|\s+){_TIME}(?:\s*{_ZONE})?)?",
    re.IGNORECASE,
)
"""RFC 822 with what is common around it, and dates in numbers."""
YEAR_AT_END = re.compile(rf"{_WEEKDAY}([a-z]{{3}}) (\d{{1,2}}) ({_TIME})((?: [a-z]{{1,4}})?) (\d{{4}})", re.IGNORECASE)
"""``Tue Dec 02 10:00:00 MSK 2025``, as C and Java write it."""
ZONED = re.compile(rf"(?P<rest>.*\d:\d{{2}}(?::\d{{1,2}}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?)\s*{_ZONE}", re.IGNORECASE)
COMMENT = re.compile(r"\s*\([^()]*\)$")
HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
IN_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class FeedDate:
    """A time that a feed states."""

    time_utc: datetime
    """A day alone is its midnight, and a time without zone is taken, in UTC."""
    is_exact: bool
    """Time and zone are stated; otherwise it may be a day off."""


def read_feed_dates(raws: Sequence[str | None], language: str | None = None) -> list[FeedDate | None]:
    """
    Read all dates of one document.

    Together, because they explain each other: 03/04/2025 is read where another date of the document,
    such as 03/25/2025, shows which of the numbers is the day; and 3 listopada, which is in November in Polish
    and in October in Croatian, where 5 grudnia shows the language.

    Args:
        raws: As the feed states them; ``None`` where it states none.
        language: That the feed states for itself; it is asked before all others.

    Returns:
        One for each of ``raws``; ``None`` means unknown.
    """
    stated = [raw for raw in dict.fromkeys(raws) if raw]
    order = _order_of(stated)
    found = {raw: _read_standard(raw, order) for raw in stated}
    code = (language or "").lower().partition("-")[0]
    own = frozenset({code} & set(LANGUAGES))
    for raw in stated:
        found[raw] = found[raw] or _read_foreign(raw, order, own)
    left = [raw for raw in stated if found[raw] is None]
    likely = _languages_of(left[:SAMPLE], order)
    for raw in left:
        found[raw] = _read_foreign(raw, order, likely)
    return [found[raw] if raw else None for raw in raws]


def feed_time(raw: str) -> datetime | None:
    """
    The time a feed states, as UTC; ``None``: unknown.

    feedparser's own reading is not taken: it makes 1 November of 2025/12/02, and 23:30 UTC of 23:30 in a
    zone that it does not know. A word such as "yesterday" is no date: it would be the time of fetching.
    """
    (found,) = read_feed_dates([raw])
    return found.time_utc if found else None


def is_exact(raw: str) -> bool:
    """Does a feed's date state time and zone? Said of the words alone, whether or not they can be a date."""
    words = _normal(raw)
    try:
        return datetime.fromisoformat(words).tzinfo is not None
    except ValueError:
        found = ZONED.fullmatch(words)
        return _epoch(words) is not None or (found is not None and _offset(found) is not None)


def _read_standard(raw: str, order: str | None) -> FeedDate | None:
    words = _normal(raw)
    try:
        time = datetime.fromisoformat(words)
        return FeedDate((time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC), time.tzinfo is not None)
    except (ValueError, OverflowError):
        epoch = _epoch(words)
    if epoch is not None:
        return FeedDate(datetime.fromtimestamp(epoch, UTC), True)
    found = STATED.fullmatch(words)
    day = _day(found, order) if found else None
    if found is None or day is None:
        return None
    has_zone = bool(found["sign"] or found["name"])
    offset = _offset(found) if has_zone else timedelta(0)
    hour = _hour(found)
    if offset is None or hour is None:
        return None
    try:
        time = datetime(*day, hour, int(found["minute"] or 0), int(found["second"] or 0), tzinfo=UTC)
        return FeedDate(time - offset, has_zone)
    except (ValueError, OverflowError):
        return None


def _normal(raw: str) -> str:
    """One space between words, digits of any script as ASCII, no comment, the year in its place."""
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in raw[: MAX_CHARACTERS + 1])
    words = COMMENT.sub("", " ".join(digits.split()))
    found = YEAR_AT_END.fullmatch(words)
    return f"{found[2]} {found[1]} {found[9]} {found[3]}{found[8]}" if found else words


def _epoch(words: str) -> float | None:
    """Seconds since 1970, also where milliseconds are stated."""
    if not re.fullmatch(r"\d{9,10}(\.\d{1,6})?|\d{12,13}", words, re.ASCII):
        return None
    seconds = float(words) / (1000 if len(words.partition(".")[0]) > 10 else 1)
    return seconds if FIRST_EPOCH <= seconds < LAST_EPOCH else None


def _day(found: re.Match[str], order: str | None) -> tuple[int, int, int] | None:
    """``(year, month, day)``; ``None`` where the numbers do not say which of them is the month."""
    if found["month"]:
        year = int(found["year"])
        century = 0 if len(found["year"]) == 4 else 2000 if year < 69 else 1900  # as the standard library has it
        return century + year, MONTHS.index(found["month"].lower()) + 1, int(found["day"])
    if found["y"]:
        return int(found["y"]), int(found["m"]), int(found["d"])  # no country writes year, day, month
    one, two, year = int(found["one"]), int(found["two"]), int(found["last"])
    if found["mark"] == "." or one > 12 or one == two:  # CLDR has no M.D.Y
        order = "DMY"
    elif two > 12:
        order = "MDY"
    return {"DMY": (year, two, one), "MDY": (year, one, two), None: None}[order]


def _order_of(raws: Sequence[str]) -> str | None:
    """DMY or MDY where the document's dates in numbers show it, all alike."""
    shown = set()
    for found in filter(None, map(IN_NUMBERS.search, raws)):
        one, two = int(found[1]), int(found[3])
        if max(one, two) > 12:
            shown.add("DMY" if one > 12 else "MDY")
    return shown.pop() if len(shown) == 1 else None


def _hour(found: re.Match[str]) -> int | None:
    hour = int(found["hour"] or 0)
    if not found["half"] or hour > 12:  # 15:00 PM is 15:00
        return hour if not found["half"] or found["half"].lower() == "p" else None
    return hour % 12 + (12 if found["half"].lower() == "p" else 0) if hour else None


def _offset(found: re.Match[str]) -> timedelta | None:
    """East of UTC; ``None`` where the zone's name means nothing."""
    if not found["sign"]:
        hours = ZONE_HOURS.get(found["name"].lower())
        return None if hours is None else timedelta(hours=hours)
    offset = timedelta(hours=int(found["off_h"]), minutes=int(found["off_m"] or 0))
    if offset > timedelta(hours=14):
        return None
    return offset if found["sign"] == "+" else -offset


def _languages_of(raws: Sequence[str], order: str | None) -> frozenset[str]:
    """The languages that can read most of some dates."""
    n_read = Counter(language for raw in raws for language in LANGUAGES if _read_foreign(raw, order, {language}))
    return frozenset(language for language, n in n_read.items() if n == max(n_read.values()))


def _read_foreign(raw: str, order: str | None, languages: Set[str]) -> FeedDate | None:
    """A date with names of months or weekdays, where all of some languages that can read it read the same."""
    words = _normal(raw)
    found = ZONED.fullmatch(words)
    offset = _offset(found) if found else None
    if found and offset is not None:
        words = found["rest"]
    in_numbers = IN_NUMBERS.search(words)
    if not HAS_YEAR.search(words) or len(words) > MAX_CHARACTERS or (in_numbers and order is None):
        return None
    times = {time for language in languages if (time := _in_language(words, order, language)) is not None}
    if len(times) != 1:
        return None
    return FeedDate(times.pop().replace(tzinfo=UTC) - (offset or timedelta(0)), offset is not None)


@lru_cache(maxsize=10_000)
def _in_language(words: str, order: str | None, language: str) -> datetime | None:
    try:
        time = _reader(language, order).get_date_data(words).date_obj
    except (ValueError, OverflowError):
        return None
    return time if time is not None and time.tzinfo is None else None  # a zone that dateparser knows may be another's


@cache
def _reader(language: str, order: str | None) -> DateDataParser:
    """No relative words, and no part of a date made up from the clock."""
    settings: dict[str, object] = {
        "PARSERS": ["absolute-time"],
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 (dateparser wants it naive; it is never used)
    }
    return DateDataParser(languages=[language], settings=settings | ({"DATE_ORDER": order} if order else {}))
