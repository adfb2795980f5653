"""RSS 0.9x to 2.0, RDF and Atom, read by feedparser."""

import io
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from flows.feeds.raw_feed import RawFeed, RawItem, nothing

CHARACTER_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,12}|[0-9]{1,14});")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 does not allow; one of them costs feedparser its strict reading."""
ITEM_TAG = re.compile(r"<(?!content:)(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
"""A document that holds these and gives no item is a failed poll, not a quiet outlet. The items of RSS 1.0's content
module are parts of one."""
SPOKEN_OF = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
"""Where tags are text."""
DAY_S = 86_400
UPDATE_PERIODS_S = {"hourly": 3_600, "daily": DAY_S}
"""Of the syndication module. Weekly, monthly and yearly are left in templates, and no news is published so."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SKIP_CHARACTERS = 2_000
"""More than 24 hours or 7 days can need."""


def read_xml_feed(text: str, url: str) -> RawFeed:
    """
    Read one document.

    It is handed over as bytes, for feedparser opens files and addresses when it is given a string, and as
    UTF-8, whatever it says of itself.

    Args:
        text: The document, decoded.
        url: Where it came from, absolute.

    Returns:
        The feed; without format and items, and with an error, where the text is none.
    """
    legal = CHARACTER_REFERENCE.sub(_legal, ILLEGAL.sub("", text))
    headers = {"content-type": "application/xml; charset=utf-8"}
    has_base = "xml:base" in legal
    if has_base:
        headers["content-location"] = url
    source = io.BytesIO(legal.encode("utf-8"))
    parsed = feedparser.parse(source, response_headers=headers, resolve_relative_uris=False)
    feed_format = parsed.get("version") or None
    if feed_format is None and not parsed.entries:
        return nothing(f"not a feed ({parsed.get('bozo_exception') or 'no feed element'})")
    n_stated = len(ITEM_TAG.findall(SPOKEN_OF.sub("", legal) if parsed.entries else legal))
    if n_stated and not parsed.entries:
        return nothing(f"{n_stated} items stand in the document and none could be read", feed_format)
    is_atom = has_base or (feed_format or "").startswith("atom")
    return RawFeed(
        feed_format=feed_format,
        items=tuple(map(_item, parsed.entries)),
        base=url if is_atom else _channel_link(parsed.feed, url),
        language=parsed.feed.get("language") or None,
        self_url=next((link.get("href") for link in parsed.feed.get("links", ()) if link.get("rel") == "self"), None),
        ttl_s=_ttl_s(parsed.feed),
        skip_hours=_skip_hours(legal),
        skip_days=_skip_days(legal),
        n_unread=max(n_stated - len(parsed.entries), 0),
    )


def _item(entry: Any) -> RawItem:
    return RawItem(
        guid=entry.get("id") or None,
        url=entry.get("link") or None,
        title=entry.get("title") or None,
        summary=entry.get("summary") or "",
        contents=tuple(content.get("value") or "" for content in entry.get("content", ())),
        published_raw=entry.get("published") or entry.get("updated") or entry.get("created") or None,
    )


def _channel_link(channel: Any, url: str) -> str:
    """
    What links are relative to in RSS: the site that the channel names, else the feed's own address.

    Atom has it otherwise: xml:base, else the address of the document (RFC 4287, section 2).
    """
    try:
        site = urljoin(url, channel.get("link") or "")
        is_site = urlsplit(site).scheme in ("http", "https") and "." in (urlsplit(site).hostname or "")
    except ValueError:
        return url
    return site if is_site else url


def _ttl_s(channel: Any) -> int | None:
    """Seconds between two polls that the feed asks for, at most a day; ``None`` where it does not say."""
    minutes = _number(channel.get("ttl"))
    if minutes:
        return min(minutes * 60, DAY_S)
    period_s = UPDATE_PERIODS_S.get(str(channel.get("sy_updateperiod") or "").strip().lower())
    times = _number(channel.get("sy_updatefrequency")) or 1
    return max(period_s // times, 60) if period_s else None


def _number(raw: object) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,9})\s*", str(raw or ""), re.ASCII)
    return int(found[1]) if found else None


def _skip_hours(text: str) -> tuple[int, ...]:
    """
    The hours in which the feed asks for no poll; 24 is midnight.

    A feed that names all of them means something else, and says nothing.
    """
    hours = {int(raw) % 24 for raw in _skipped(text, "skipHours", "hour") if re.fullmatch("[0-9]{1,2}", raw)}
    return tuple(sorted(hours)) if len(hours) < 24 else ()


def _skip_days(text: str) -> tuple[int, ...]:
    names = {name.lower() for name in _skipped(text, "skipDays", "day")}
    days = tuple(number for number, name in enumerate(WEEKDAYS) if name in names)
    return days if len(days) < len(WEEKDAYS) else ()


def _skipped(text: str, outer: str, inner: str) -> list[str]:
    """feedparser keeps the last hour alone, so these few elements are read here."""
    start = text.find(f"<{outer}>")
    part = text[start : start + SKIP_CHARACTERS].partition(f"</{outer}>")[0] if start >= 0 else ""
    return re.findall(rf"<{inner}>\s*(\w{{1,10}})\s*</{inner}>", part)


def _legal(reference: re.Match[str]) -> str:
    """A reference to a character that does not exist costs feedparser the whole document."""
    digits = reference[1]
    number = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
    return reference[0] if number < 0xD800 or 0xE000 <= number <= 0x10FFFF else ""
