"""The dates a page states of itself: when it was published, and when it was last changed."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from htmldate import find_date
from lxml import etree, html

from flows.feeds.feed_dates import read_feed_dates
from flows.pages.dates import FLOOR, DateCandidate, parse_time

PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "parsely-pub-date",
)
MODIFIED_META = ("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified")
MAX_STATED = 20
"""A page states its date once or twice; what states hundreds is made to cost time."""
BROKEN_JSON_DATE = r'"%s"\s*:\s*"([^"]+)"'
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
URL_DAY = re.compile(
    rf"/(?P<year>(?:19|20)\d\d)(?P<mark>[/_-]?)(?P<month>[01]?\d|{'|'.join(MONTHS)})(?P=mark)(?P<day>[0-3]?\d)(?=[/._-]|$)",
    re.IGNORECASE,
)
"""/2025/12/02/, /2025/dec/02/, /2025-12-02-slug and /20251202/."""


def candidates_of(tree: html.HtmlElement, url: str) -> tuple[DateCandidate, ...]:
    """
    All dates of a page, the most trustworthy first: its own statements, its address, then its text.

    The text is searched only where there is nothing better: it took 10 ms a page on 181 real ones, the rest 0.3 ms.
    """
    stated = [*page_dates(tree), *url_dates(url)]
    found = None if stated else text_date(tree, url)
    return (*stated, *([found] if found else []))


def page_dates(tree: html.HtmlElement) -> list[DateCandidate]:
    """All dates the page states of itself, the most trustworthy first."""
    return _readable((*_json_ld(tree, "datePublished"), *_meta(tree, PUBLISHED_META)), tree)


def modified_date(tree: html.HtmlElement) -> str | None:
    """When the page says that it was last changed, as written; ``None``: it says nothing that can be read."""
    stated = (*_json_ld(tree, "dateModified"), *_meta(tree, MODIFIED_META))
    return next((candidate.raw for candidate in _readable(stated, tree)), None)


def url_dates(url: str) -> list[DateCandidate]:
    """The day in an address, exact to the day only; none where it holds none, or digits that are no day."""
    for found in URL_DAY.finditer(url):
        month, day = found["month"].lower(), found["day"]
        if not found["mark"] and len(f"{month}{day}") != 4:
            continue
        try:
            number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
            time_utc = datetime(int(found["year"]), number, int(day), tzinfo=UTC)
        except ValueError:
            continue
        if time_utc >= FLOOR:
            return [DateCandidate(rule="url", raw=found[0].strip("/"), time_utc=time_utc, is_exact=False)]
    return []


def text_date(tree: html.HtmlElement, url: str) -> DateCandidate | None:
    """The day htmldate finds in markup or text; the last resort, exact to the day only."""
    day = find_date(tree, url=url, original_date=True, outputformat="%Y-%m-%d")
    time_utc = parse_time(day) if day else None
    return DateCandidate(rule="text", raw=str(day), time_utc=time_utc, is_exact=False) if time_utc else None


def parse_html(body: bytes) -> html.HtmlElement | None:
    """The page as a tree; ``None`` where the bytes hold none."""
    try:
        return html.fromstring(body)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _readable(stated: Sequence[tuple[str, str]], tree: html.HtmlElement) -> list[DateCandidate]:
    """What the page states, by the strict reading that feeds get: a date that may be another is none."""
    bounded = stated[:MAX_STATED]
    dates = read_feed_dates([raw for _, raw in bounded], tree.get("lang"))
    return [
        DateCandidate(rule=rule, raw=raw, time_utc=date.time_utc, is_exact=date.is_exact)
        for (rule, raw), date in zip(bounded, dates, strict=True)
        if date is not None
    ]


def _json_ld(tree: html.HtmlElement, key: str) -> list[tuple[str, str]]:
    """The date of the page's article: of the first node that calls itself one, else of the first dated node."""
    dated: list[tuple[bool, str]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text:
            try:
                dated += _dates_in(json.loads(script.text), key)
            except (ValueError, RecursionError):
                # Broken JSON-LD is common; the date in it is good all the same.
                dated += [(False, raw) for raw in re.findall(BROKEN_JSON_DATE % key, script.text)[:1]]
    articles = [raw for is_article, raw in dated if is_article]
    return [("json-ld", raw) for raw in (articles or [raw for _, raw in dated])[:1]]


def _dates_in(node: object, key: str) -> Iterator[tuple[bool, str]]:
    """``(does the node call itself an article, its date)``, outer nodes first."""
    if isinstance(node, dict):
        if isinstance(node.get(key), str):
            yield any(word in str(node.get("@type")) for word in ("Article", "Posting", "Report")), node[key]
        for child in node.values():
            yield from _dates_in(child, key)
    elif isinstance(node, list):
        for child in node:
            yield from _dates_in(child, key)


def _meta(tree: html.HtmlElement, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content")
        if name.lower() in names and content:
            yield "meta", content
