"""JSON Feed 1.0 and 1.1, which feedparser does not read."""

import json
from collections.abc import Iterable
from typing import Any

from flows.feeds.raw_feed import RawFeed, RawItem

VERSION = "jsonfeed.org/version/"
MEDIA_TYPE = "application/feed+json"
FORMATS = {"1": "json10", "10": "json10", "11": "json11"}


def read_json_feed(text: str, content_type: str | None, url: str) -> RawFeed | None:
    """
    Read a JSON Feed; ``None`` where the text is none.

    Much JSON has a list of items, so the document must call itself a feed, by its version or its media type.

    Source:
        jsonfeed.org/version/1.1 (2020), with numbers as ids and dates, items that are no objects and
        control characters in strings let pass.
    """
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    version = _text(document, "version") or ""
    if VERSION not in version and MEDIA_TYPE not in (content_type or "").lower():
        return None
    found = document.get("items")
    stated = found if isinstance(found, list) else []
    items = [item for item in stated if isinstance(item, dict)]
    digits = "".join(filter(str.isdecimal, version.partition(VERSION)[2]))
    return RawFeed(
        feed_format=FORMATS.get(digits, "json"),
        items=tuple(map(_item, items)),
        base=url,
        language=_text(document, "language"),
        self_url=_text(document, "feed_url"),
        n_unread=len(stated) - len(items),
    )


def _item(item: dict[str, Any]) -> RawItem:
    contents = (_text(item, "content_html"), _text(item, "content_text"))
    return RawItem(
        guid=_text(item, "id"),
        url=_first(_text(item, name) for name in ("url", "external_url")),
        title=_text(item, "title"),
        summary=_text(item, "summary") or "",
        contents=tuple(content for content in contents if content),
        published_raw=_first(_text(item, name) for name in ("date_published", "date_modified")),
    )


def _first(texts: Iterable[str | None]) -> str | None:
    return next((text for text in texts if text), None)


def _text(table: dict[str, Any], name: str) -> str | None:
    """A value as text; halves of surrogate pairs, which JSON allows, are no text."""
    value = table.get(name)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").strip() or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
