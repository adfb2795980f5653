"""The dates a page states of itself: when it was published, and when it was last changed."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from operator import itemgetter

from lxml import etree, html

from flows.feeds.feed_dates import read_feed_dates
from flows.pages.dates import FLOOR, DateCandidate, parse_time
from flows.pages.json_ld import is_article, is_of_page, json_ld_nodes, page_titles

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
OF_OTHERS = frozenset({"itemListElement", "hasPart", "isPartOf", "mentions", "citation", "comment"})
"""Where JSON-LD names other pieces of writing."""
BROKEN_JSON_DATE = r'"%s"\s*:\s*"([^"]+)"'
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
URL_DAY = re.compile(
    rf"/(?P<year>(?:19|20)\d\d)(?P<mark>(?P<slash>/)|[_-]?)(?P<month>[01]?\d|{'|'.join(MONTHS)})(?P=mark)(?P<day>[0-3]?\d)(?(slash)(?=[/?#]|$)|(?=[/._-]|$))",
    re.IGNORECASE,
)
"""/2025/12/02/, /2025/dec/02/, /2025-12-02-slug and /20251202/; the 28 of /2025/11/28-point-plan is no day."""


def candidates_of(tree: html.HtmlElement, url: str, day: str | None) -> tuple[DateCandidate, ...]:
    """
    All dates of a page, the most trustworthy first: its own statements and its address, else what its text says.

    Args:
        day: That htmldate found in markup or text, exact to the day only; ``None``: none.
    """
    stated = (*page_dates(tree, url), *url_dates(url))
    time_utc = parse_time(day) if day and not stated else None
    return (
        stated if time_utc is None else (DateCandidate(rule="text", raw=str(day), time_utc=time_utc, is_exact=False),)
    )


def page_dates(tree: html.HtmlElement, url: str = "") -> list[DateCandidate]:
    """All dates the page states of itself, the most trustworthy first."""
    return _readable((*_json_ld(tree, "datePublished", url), *_meta(tree, PUBLISHED_META)), tree)


def modified_date(tree: html.HtmlElement) -> DateCandidate | None:
    """When the page says that it was last changed; ``None``: it says nothing that can be read."""
    stated = (*_json_ld(tree, "dateModified"), *_meta(tree, MODIFIED_META))
    return next(iter(_readable(stated, tree)), None)


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


def _json_ld(tree: html.HtmlElement, key: str, url: str = "") -> list[tuple[str, str]]:
    """Dates of the page's articles, that with its headline or address first; else of the first other dated node."""
    articles: list[tuple[bool, str]] = []
    others: list[str] = []
    titles = page_titles(tree)
    for script, nodes in json_ld_nodes(tree):
        if nodes is None:
            # Broken JSON-LD is common; the date in it is good all the same.
            others += re.findall(BROKEN_JSON_DATE % key, script)[:1]
            continue
        for node in nodes:
            if isinstance(node.get(key), str) and is_article(node):
                articles.append((not is_of_page(node, titles, url), node[key]))
            else:
                others += _dates_in(node, key)
    own = [raw for _, raw in sorted(articles[:MAX_STATED], key=itemgetter(0))]
    return [("json-ld", raw) for raw in dict.fromkeys(own or others[:1])]


def _dates_in(node: object, key: str) -> Iterator[str]:
    """Dates of a node and what it holds, save other pieces that it lists; outer nodes first."""
    if isinstance(node, dict):
        if isinstance(node.get(key), str):
            yield node[key]
        for name, child in node.items():
            if name not in OF_OTHERS:
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
    if "datepublished" in names:  # the first: lists of related stories have theirs below
        times = (time for time in tree.iter("time") if (time.get("itemprop") or "").lower() == "datepublished")
        yield from (("meta", stated) for time in islice(times, 1) if (stated := time.get("datetime")))
