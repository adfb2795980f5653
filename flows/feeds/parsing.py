"""From the bytes of a feed to its items."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from flows.feeds.charsets import decode
from flows.feeds.feed_dates import FeedDate, read_feed_dates
from flows.feeds.feed_text import full_text, plain
from flows.feeds.json_feed import read_json_feed
from flows.feeds.raw_feed import RawItem
from flows.feeds.xml_feed import read_xml_feed
from flows.pages.identity import clean_url

SUMMARY_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item as the feed gives it; every field may be missing."""

    guid: str | None
    url: str | None
    page_url: str | None
    """``url`` made absolute and cleaned; ``None`` where it is no web address."""
    title: str | None
    summary: str | None
    published_raw: str | None
    published_utc: datetime | None
    """Read strictly, see ``feed_dates``; it may lie in the future, as the feed states it."""
    full_text: str | None = None
    """Paragraphs, one a line; ``None`` where the feed carries no more than a teaser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """All items of one document, or why there is none."""

    feed_format: str | None
    """As feedparser names it: rss20, atom10, rss10 ...; json10, json11; ``None`` where the bytes are no feed."""
    items: tuple[FeedItem, ...]
    error: str | None
    charset: str | None = None
    charset_basis: str | None = None
    """What the charset was taken from, see ``charsets.Decoded``."""
    ttl_s: int | None = None
    """Seconds that the feed asks to be left alone after a poll; ``None``: it does not say."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, 0-23, in which it asks not to be polled."""
    skip_days: tuple[int, ...] = ()
    """Days of the week, UTC, Monday is 0, as ``datetime.weekday``."""
    self_url: str | None = None
    """The address that the feed gives for itself, absolute."""
    n_unread: int = 0
    """Items that stand in the document beside ``items`` and could not be read: its markup is broken there."""


def parse_feed(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    """
    Read one feed document.

    Args:
        body: Bytes only: given a string, feedparser would open files and addresses.
        content_type: The response header; it may name the charset, and is often wrong.
        url: Where it came from, for relative links.
    """
    document = decode(body, content_type)
    text = document.text.strip()
    raw = read_json_feed(text, content_type, url) if text.startswith("{") else None
    feed = raw or read_xml_feed(text, url)
    dates = read_feed_dates([item.published_raw for item in feed.items], feed.language)
    return ParsedFeed(
        feed_format=feed.feed_format,
        items=tuple(_item(item, date, feed.base) for item, date in zip(feed.items, dates, strict=True)),
        error=feed.error,
        charset=document.charset,
        charset_basis=document.basis,
        ttl_s=feed.ttl_s,
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
        self_url=clean_url(feed.self_url, url) if feed.self_url else None,
        n_unread=feed.n_unread,
    )


def _item(item: RawItem, date: FeedDate | None, base: str) -> FeedItem:
    return FeedItem(
        guid=item.guid,
        url=_absolute(item.url, base) if item.url else None,
        page_url=clean_url(item.url, base) if item.url else None,
        title=plain(item.title or "") or None,
        summary=plain(item.summary)[:SUMMARY_CHARACTERS] or None,
        published_raw=item.published_raw,
        published_utc=date.time_utc if date else None,
        full_text=full_text(item.contents, item.summary),
    )


def _absolute(url: str, base: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:  # an address such as http://[ is kept as the feed gives it
        return url
