"""robots.txt: asked once per host and day, obeyed, and its answer kept."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from protego import Protego

from flows.fetching.exchange import TEMPORARY, FetchStatus, Request, Response
from flows.fetching.redirects import Failure
from warehouse.feed_records import RobotsFile

AGENT = "Parley"
"""The product token that rules name us by."""
MAX_BYTES = 500_000
"""RFC 9309, 2.5: at least 500 kibibytes are to be read; what lies behind is not."""
FRESH_FOR = timedelta(hours=24)
"""RFC 9309, 2.4."""
USABLE_FOR = timedelta(days=30)
"""How long an older copy stands in while a host's rules cannot be had (RFC 9309, 2.3.1.4)."""
_PASSING = TEMPORARY | {FetchStatus.REFUSED, FetchStatus.BAD_ADDRESS}


class Ruling(StrEnum):
    """May a page be fetched?"""

    ALLOWED = "allowed"
    DISALLOWED = "disallowed"
    UNREACHABLE = "unreachable"
    """The rules could not be had for a passing reason: the page is left for later."""


class Robots:
    """
    Answers whether a page may be fetched.

    Args:
        ask: Fetches a robots.txt, with its redirects.
        clock: The present.
        known: What was read before, oldest first; a copy of the last day is not asked for again.
    """

    def __init__(
        self,
        ask: Callable[[Request], Awaitable[Response]],
        clock: Callable[[], datetime],
        known: Iterable[RobotsFile] = (),
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._known = {file.origin: file for file in known if file.rules is not None}
        self._rules: dict[str, Protego | None] = {}
        self._refusals: dict[str, Failure] = {}
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.read: list[RobotsFile] = []
        """What was asked for in this session, to be stored."""

    async def ruling(self, url: str) -> Ruling:
        """
        May this page be fetched?

        A host that says it has no rules, or keeps them to itself (4xx), allows everything.

        Source:
            RFC 9309, 2.3.1.
        """
        rules = await self._rules_of(_origin(url))
        if rules is None:
            return Ruling.UNREACHABLE
        return Ruling.ALLOWED if rules.can_fetch(url, AGENT) else Ruling.DISALLOWED

    def refusal(self, url: str) -> Failure | None:
        """Why the rules of this page's host are never asked for: they, or it, lie off the public internet."""
        return self._refusals.get(_origin(url))

    def known_delays_s(self) -> Iterator[tuple[str, float]]:
        """Origins whose rules of an earlier session ask for a delay, and how long it is."""
        for origin, file in self._known.items():
            rules = file.rules or ""
            if "crawl-delay" in rules.casefold():
                yield origin, _delay_s(Protego.parse(rules))

    def crawl_delay_s(self, url: str) -> float:
        """Seconds between two requests that this page's host asks for; 0: it asks for none."""
        rules = self._rules.get(_origin(url))
        return _delay_s(rules) if rules else 0.0

    async def _rules_of(self, origin: str) -> Protego | None:
        async with self._asking[origin]:
            if origin not in self._rules:
                file = await self._file_of(origin)
                if file is None:
                    return None
                self._rules[origin] = None if file.rules is None else Protego.parse(file.rules)
        return self._rules[origin]

    async def _file_of(self, origin: str) -> RobotsFile | None:
        """As read today, or an older copy while it cannot be had; ``None``: the host is left alone, and not asked."""
        known = self._known.get(origin)
        age = self._clock() - known.fetched_utc if known else USABLE_FOR
        if age < FRESH_FOR:
            return known
        file = await self._fetch(origin)
        if file is not None:
            self.read.append(file)
        has_rules = file is not None and file.rules is not None
        return known if age < USABLE_FOR and not has_rules else file

    async def _fetch(self, origin: str) -> RobotsFile | None:
        response = await self._ask(
            Request(url=f"{origin}/robots.txt", max_bytes=MAX_BYTES, is_cut_off=True, kind="robots")
        )
        if not response.was_asked:
            return None
        if response.status is FetchStatus.REFUSED:
            self._refusals[origin] = FetchStatus.REFUSED, f"robots.txt: {response.error}"
        return RobotsFile(
            origin=origin,
            fetched_utc=response.fetched_utc,
            http_status=response.http_status,
            rules=None if response.status in _PASSING else _rules_text(response.body),
            warc_file=response.place.file if response.place else None,
            warc_offset=response.place.offset if response.place else None,
        )


def _delay_s(rules: Protego) -> float:
    return float(rules.crawl_delay(AGENT) or 0.0)


def _rules_text(body: bytes) -> str:
    """As text; a last line that was cut in two could say the opposite of the whole."""
    if len(body) >= MAX_BYTES:
        body = body.rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace").replace("\0", "")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
