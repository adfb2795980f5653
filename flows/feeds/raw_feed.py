"""What the readers of feeds agree on: a document as it states itself, before anything is made of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """One item; what is missing is ``None`` or empty."""

    guid: str | None
    url: str | None
    """It may be relative."""
    title: str | None
    """It may hold markup, as may what follows."""
    summary: str
    contents: tuple[str, ...]
    published_raw: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """One document."""

    feed_format: str | None
    items: tuple[RawItem, ...]
    base: str
    """What its relative links are relative to, absolute."""
    language: str | None
    self_url: str | None
    ttl_s: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    n_unread: int = 0
    """Items that stand in the document and are not among ``items``."""
    error: str | None = None


def nothing(error: str, feed_format: str | None = None) -> RawFeed:
    """A document that could not be read, and why."""
    return RawFeed(feed_format=feed_format, items=(), base="", language=None, self_url=None, error=error)
