"""Feeds of the fictional outlets: RSS 2.0 and Atom."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Final
from xml.etree import ElementTree

from flows.demo.records import DemoArticle, Site, write_time

FEED_PATH: Final = "/feed.xml"
FEED_TYPES: Final = {"rss": "application/rss+xml", "atom": "application/atom+xml"}
"""Media type by feed format."""
_ATOM: Final = "http://www.w3.org/2005/Atom"
_OLDEST: Final = datetime(2025, 1, 1, tzinfo=UTC)  # what an empty feed says of its last change

Item = tuple[DemoArticle, str, str]
"""An article, the address under which the feed names it, and the guid."""


def render_feed(site: Site, articles: Sequence[DemoArticle], today: date) -> bytes:
    """
    Make the feed of one outlet.

    Args:
        site: Says the format and the charset.
        articles: Those published so far, in any order.
        today: On which the feed is asked for.

    Returns:
        XML in the site's charset with the items of ``feed_items``.
    """
    items = feed_items(site, articles, today)
    changed = max((article.updated for article, _, _ in items), default=_OLDEST)
    make = _make_rss if site.feed_format == "rss" else _make_atom
    root = make(site, items, changed)
    xml: bytes = ElementTree.tostring(root, encoding=site.feed_charset, xml_declaration=True)
    return xml


def feed_items(site: Site, articles: Sequence[DemoArticle], today: date) -> list[Item]:
    """
    What the feed names on a day when these articles are published.

    Returns:
        The newest items first, at most ``site.feed_items``. An article with several addresses is one item for
        each of them.
    """
    newest = sorted(articles, key=lambda article: (article.published, article.path), reverse=True)
    return [item for article in newest for item in _items(site, article, today)][: site.feed_items]


def _items(site: Site, article: DemoArticle, today: date) -> Iterator[Item]:
    guid = f"tag:{site.host},{article.published:%Y-%m-%d}:{article.path}"
    if site.guids_churn_from is not None and today >= site.guids_churn_from:
        guid += f"?{today}"
    if not article.addresses:
        yield article, site.address(article.path), guid
    for number, url in enumerate(article.addresses, start=1):
        yield article, url, f"{guid}#{number}"


def _make_rss(site: Site, items: Sequence[Item], changed: datetime) -> ElementTree.Element:
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", site.name)
    _add(channel, "link", site.address("/"))
    _add(channel, "description", site.name)
    _add(channel, "language", site.language)
    _add(channel, "lastBuildDate", format_datetime(changed, usegmt=True))
    for article, url, guid in items:
        item = ElementTree.SubElement(channel, "item")
        _add(item, "title", article.title)
        _add(item, "link", url)
        _add(item, "description", article.summary)
        _add(item, "pubDate", format_datetime(article.published, usegmt=True))
        _add(item, "guid", guid, isPermaLink="false")
    return root


def _make_atom(site: Site, items: Sequence[Item], changed: datetime) -> ElementTree.Element:
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": site.language})
    _add(root, "title", site.name)
    _add(root, "id", site.address("/"))
    _add(root, "link", "", rel="self", href=site.address(FEED_PATH))
    _add(root, "updated", write_time(changed))
    for article, url, guid in items:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "title", article.title)
        _add(entry, "link", "", rel="alternate", type="text/html", href=url)
        _add(entry, "id", guid)
        _add(entry, "published", write_time(article.published))
        _add(entry, "updated", write_time(article.updated))
        _add(ElementTree.SubElement(entry, "author"), "name", site.author)
        _add(entry, "summary", article.summary)
    return root


def _add(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = text or None
