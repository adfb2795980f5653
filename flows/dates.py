"""When an article was published: candidates in order of trust, never the time of fetching."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import mktime_tz, parsedate_tz

from htmldate import find_date
from lxml import etree, html

META = ("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "parsely-pub-date")
FLOOR = datetime(1994, 1, 1, tzinfo=UTC)
"""Before this there was no news on the web; year 1 and 1970 are how machines write: no date."""
OFFSET = re.compile(r"(\d:\d{2})\s*(?:UTC?|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?\s*(?:\([^)]*\))?$")
RFC_ZONE = re.compile(r"\d:\d{2}\s*(?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T)$")
"""The zones that RFC 822 knows; the standard library takes any other name for UTC."""
HAS_TAIL = re.compile(r"\d:\d{2}\s*[^\d\s:.]")
"""Something stands behind the time; it should be a zone."""
JSON_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """One date somebody gave for the article."""

    rule: str
    """Where it stands: json-ld, meta, feed or text."""
    raw: str
    time_utc: datetime
    is_exact: bool
    """It states time and zone; otherwise it may be a day off."""


SAME = timedelta(hours=36)
"""A day without time, or a time without zone, and the exact time it stands for lie at most this far apart."""


def page_dates(tree: html.HtmlElement) -> list[DateCandidate]:
    """All dates the page states of itself, the most trustworthy first."""
    found = [(rule, raw) for rule, raw in (*_json_ld(tree), *_meta(tree))]
    candidates = []
    for rule, raw in found:
        time_utc = parse_time(raw)
        if time_utc is not None:
            candidates.append(DateCandidate(rule=rule, raw=raw, time_utc=time_utc, is_exact=has_zone(raw)))
    return candidates


def text_date(tree: html.HtmlElement, url: str) -> DateCandidate | None:
    """The day htmldate finds in markup, text or address; the last resort, exact to the day only."""
    day = find_date(tree, url=url, original_date=True, outputformat="%Y-%m-%d")
    time_utc = parse_time(day) if day else None
    return DateCandidate(rule="text", raw=str(day), time_utc=time_utc, is_exact=False) if time_utc else None


def choose_date(candidates: list[DateCandidate], first_seen_utc: datetime) -> DateCandidate | None:
    """
    The first candidate that can be, made exact where it is not; ``None``: unknown, and stays so.

    A day or a time without zone gives way to the first exact time near it: 23:30 in New York is the next
    day in UTC. No candidate lies after the first sighting or before there was a web, and a day
    found in the text is not the day of the sighting: that is what pages print
    in their header.
    """
    possible = [candidate for candidate in candidates if _can_be(candidate, first_seen_utc)]
    if not possible:
        return None
    first = possible[0]
    exact = (other for other in possible if other.is_exact and abs(other.time_utc - first.time_utc) <= SAME)
    return first if first.is_exact else next(exact, first)


def _can_be(candidate: DateCandidate, first_seen_utc: datetime) -> bool:
    is_header_day = candidate.rule == "text" and candidate.time_utc.date() == first_seen_utc.date()
    return FLOOR <= candidate.time_utc <= first_seen_utc and not is_header_day


def parse_time(raw: str) -> datetime | None:
    """An ISO 8601 time as UTC. One without zone is read as UTC; ``raw`` is stored beside it."""
    try:
        time = datetime.fromisoformat(raw.strip())
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def feed_time(raw: str) -> datetime | None:
    """
    The time a feed states, ISO 8601 or RFC 822, as UTC; one without zone is read as UTC.

    feedparser's own reading is not taken: it makes 1 November of 2025/12/02, and 23:30 UTC of 23:30 in a
    zone that it does not know. What neither standard reads is unknown, and so is a zone without meaning.
    """
    time_utc = parse_time(raw)
    if time_utc is not None:
        return time_utc
    plain = _with_plain_offset(raw)
    parts = parsedate_tz(plain)
    if parts is None or (HAS_TAIL.search(plain) and not RFC_ZONE.search(plain)):
        return None
    try:
        return datetime.fromtimestamp(mktime_tz((*parts[:9], parts[9] or 0)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def has_zone(raw: str) -> bool:
    """Does a time state its zone, and is it more than a day?"""
    try:
        return datetime.fromisoformat(raw.strip()).tzinfo is not None
    except ValueError:
        return RFC_ZONE.search(_with_plain_offset(raw)) is not None


def _with_plain_offset(raw: str) -> str:
    """``14:00:00 GMT+3`` and ``14:00:00 +03:00`` as ``14:00:00 +0300``: the standard library reads no other."""
    return OFFSET.sub(lambda found: f"{found[1]} {found[2]}{found[3]:0>2}{found[4] or '00'}", raw.strip())


def _json_ld(tree: html.HtmlElement) -> list[tuple[str, str]]:
    """The date of the page's article: of the first node that calls itself one, else of the first dated node."""
    dated: list[tuple[bool, str]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text:
            try:
                dated += _dates_in(json.loads(script.text))
            except (ValueError, RecursionError):
                # Broken JSON-LD is common; the date in it is good all the same.
                dated += [(False, raw) for raw in JSON_LD_DATE.findall(script.text)[:1]]
    articles = [raw for is_article, raw in dated if is_article]
    return [("json-ld", raw) for raw in (articles or [raw for _, raw in dated])[:1]]


def _dates_in(node: object) -> Iterator[tuple[bool, str]]:
    """``(does the node call itself an article, its datePublished)``, outer nodes first."""
    if isinstance(node, dict):
        if isinstance(node.get("datePublished"), str):
            yield (
                any(word in str(node.get("@type")) for word in ("Article", "Posting", "Report")),
                node["datePublished"],
            )
        for child in node.values():
            yield from _dates_in(child)
    elif isinstance(node, list):
        for child in node:
            yield from _dates_in(child)


def _meta(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content")
        if name.lower() in META and content:
            yield "meta", content


def parse_html(body: bytes) -> html.HtmlElement | None:
    """The page as a tree; ``None`` where the bytes hold none."""
    try:
        return html.fromstring(body)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
