"""From the bytes of a feed to its items."""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feedparser

from flows.dates import feed_time
from flows.identity import clean_url

SUMMARY_CHARACTERS = 2_000
CHARACTER_REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]{1,12}|[0-9]{1,14});")
ITEM_TAG = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
"""A document that holds these and gives no item is a failed poll, not a quiet outlet."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """All items of one document, or why there is none."""

    feed_format: str | None
    """As feedparser names it: rss20, atom10, rss10 ...; ``None`` where the bytes are no feed."""
    items: tuple[FeedItem, ...]
    error: str | None


def parse_feed(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    """
    Read one feed document.

    Args:
        body: Bytes only: given a string, feedparser would open files and addresses.
        content_type: The response header; it may name the charset.
        url: Where it came from, for relative links.
    """
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    parsed = feedparser.parse(io.BytesIO(CHARACTER_REFERENCE.sub(_legal, body)), response_headers=headers)
    feed_format = parsed.get("version") or None
    if feed_format is None and not parsed.entries:
        reason = parsed.get("bozo_exception")
        return ParsedFeed(feed_format=None, items=(), error=f"not a feed ({reason or 'no feed element'})")
    items = tuple(_item(entry, url) for entry in parsed.entries)
    n_unread = len(ITEM_TAG.findall(body)) if not items else 0
    error = f"{n_unread} items stand in the document and none could be read" if n_unread else None
    return ParsedFeed(feed_format=feed_format, items=items, error=error)


def _item(entry: Any, base: str) -> FeedItem:
    raw = entry.get("published") or entry.get("updated")
    url = entry.get("link") or None
    summary = entry.get("summary") or ""
    return FeedItem(
        guid=entry.get("id") or None,
        url=url,
        page_url=clean_url(url, base) if url else None,
        title=_plain(entry.get("title") or "") or None,
        summary=_plain(summary)[:SUMMARY_CHARACTERS] or None,
        published_raw=raw or None,
        published_utc=feed_time(raw) if raw else None,
    )


def _legal(reference: re.Match[bytes]) -> bytes:
    """A reference to a character that does not exist costs feedparser the whole document."""
    digits = reference[1]
    number = int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    return reference[0] if number < 0xD800 or 0xE000 <= number <= 0x10FFFF else b""


def _plain(markup: str) -> str:
    """Markup in titles and summaries is for display; the words are what counts."""
    return " ".join(re.sub(r"<[^<>]*>", " ", markup).split())
