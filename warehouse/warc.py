"""The archive: every answer as it came, in WARC files, before anything reads it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer; a redirect is an exchange of its own."""

    url: str
    fetched_utc: datetime
    request_headers: tuple[tuple[str, str], ...]
    http_version: str
    """As in the status line: HTTP/1.1."""
    http_status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """Decompressed; cut off where it grew past its limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What came of one address that was asked: its redirects, then its answer."""

    kind: str
    """feed, page, robots or discovery."""
    asked_url: str
    outlet_id: str | None
    exchanges: tuple[Exchange, ...]
    """At least one; the last is the answer."""


@dataclass(frozen=True, slots=True)
class WarcPlace:
    """Where an answer lies in the archive."""

    file: str
    """Below the home's ``warc`` folder."""
    offset: int
    """Of the record, in bytes of the compressed file."""
