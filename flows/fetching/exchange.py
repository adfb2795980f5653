"""What is asked of the network, and what comes of it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from warehouse.warc import Exchange, WarcPlace


class FetchStatus(StrEnum):
    """What became of one request. A value, not an exception: all are stored."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    GONE = "gone"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    REFUSED = "refused"
    ROBOTS = "robots"
    BAD_ADDRESS = "bad_address"


TEMPORARY = frozenset(
    {FetchStatus.RATE_LIMITED, FetchStatus.SERVER_ERROR, FetchStatus.UNREACHABLE, FetchStatus.TIMEOUT}
)
"""Worth another try later."""
CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
"""Headers that let a server answer 304."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask for."""

    url: str
    max_bytes: int
    etag: str | None = None
    last_modified: str | None = None
    is_cut_off: bool = False
    """Keep the first ``max_bytes`` of a larger body instead of failing."""
    kind: str = "feed"
    """feed, page, robots or discovery."""
    outlet_id: str | None = None
    title: str | None = None
    """What a feed calls the page."""

    @property
    def obeys_robots(self) -> bool:
        """Pages do; a feed is published to be polled."""
        return self.kind == "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came of it. ``body`` is decompressed, and empty unless the status is ok."""

    url: str
    final_url: str | None
    status: FetchStatus
    http_status: int | None
    content_type: str | None
    etag: str | None
    last_modified: str | None
    body: bytes
    fetched_utc: datetime
    elapsed_ms: int
    error: str | None
    permanent_url: str | None = None
    """Where permanent redirects (301, 308) alone led; ``None``: nowhere else."""
    headers: tuple[tuple[str, str], ...] = ()
    """Of the answer, as sent."""
    robots: str | None = None
    """allowed, disallowed or unreachable; ``None``: not asked."""
    place: WarcPlace | None = None
    """Where the archive keeps it; ``None``: no answer came, or nothing is kept."""
    retry_after_utc: datetime | None = None
    """Not to be asked before, as the host itself says; ``None``: it did not say."""
    was_asked: bool = True
    """``False``: nothing was sent, for the host wants to be left alone or rests. No try, and no answer to store."""

    def header(self, name: str) -> str | None:
        """The first header of this name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def body_sha256(self) -> str | None:
        """Of the decompressed body; ``None`` without one."""
        return hashlib.sha256(self.body).hexdigest() if self.status is FetchStatus.OK else None

    @property
    def has_answer(self) -> bool:
        """Did a server say anything at all?"""
        return self.http_status is not None


class Session(Protocol):
    """Whoever answers requests: the network, or the archive."""

    def fetch_all(self, requests: Sequence[Request]) -> list[Response]:
        """One response per request, in the order of the requests."""

    def fetch_each(self, requests: Iterable[Request]) -> Iterator[tuple[int, Response]]:
        """The place of each request and its response, in no particular order."""


def status_of(http_status: int) -> FetchStatus:
    """The meaning of an HTTP status code after redirects were followed."""
    match http_status:
        case 304:
            return FetchStatus.NOT_MODIFIED
        case 404 | 410:
            return FetchStatus.GONE
        case 401 | 402 | 403 | 451:
            return FetchStatus.BLOCKED
        case 429:
            return FetchStatus.RATE_LIMITED
    if 200 <= http_status < 300:
        return FetchStatus.OK
    return FetchStatus.SERVER_ERROR if http_status >= 500 else FetchStatus.CLIENT_ERROR


def meaning_of(answer: Exchange) -> tuple[FetchStatus, str | None]:
    """
    What became of a request by its last answer, and what is wrong with it.

    304 says that what the asker has is the newest; to one who has nothing it says nothing, and nothing was read.

    Source:
        RFC 9110, 15.4.5.
    """
    status = status_of(answer.http_status)
    if status is FetchStatus.NOT_MODIFIED:
        if any(name.lower() in CONDITIONS for name, _ in answer.request_headers):
            return status, None
        return FetchStatus.SERVER_ERROR, "HTTP 304 to a request that named no version to compare with"
    return status, None if status is FetchStatus.OK else f"HTTP {answer.http_status}"
