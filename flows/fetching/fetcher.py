"""From one request to its response: redirects followed hop by hop, each guarded, ruled on and in its turn."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flows.fetching.connection import Network
from flows.fetching.domains import registrable_domain
from flows.fetching.exchange import FetchStatus, Request, Response, meaning_of
from flows.fetching.politeness import Pause, Politeness, retry_after
from flows.fetching.redirects import REDIRECTS, Chain, Failure, web_address
from flows.fetching.robots import Robots, Ruling
from flows.fetching.turns import Turns
from flows.world import World
from warehouse.feed_records import HostPace, RobotsFile
from warehouse.warc import Capture, Exchange, WarcPlace

Keep = Callable[[Capture], WarcPlace]
"""Archives what came of one address, before anybody reads it."""


@dataclass(slots=True)
class _Walk:
    """One request on its way."""

    request: Request
    chain: Chain
    left_s: float
    """Of the deadline."""
    elapsed_s: float = 0.0
    exchanges: list[Exchange] = field(default_factory=list)
    ruling: Ruling | None = None
    was_asked: bool = True
    """``False``: it was held back before anything was sent."""
    wanted_utc: datetime | None = None

    def header(self, name: str) -> str | None:
        """Of the last answer."""
        return _header(self.exchanges[-1], name) if self.exchanges else None


class Fetcher:
    """
    Fetches addresses. One for a session: it knows the pace and the rules of every host it met.

    Args:
        deadline_s: Wall clock for one request with all its redirects. Waiting for a turn does not count.
        keep: Called for every address that got any answer; what it returns is the response's ``place``.
        robots: Rules read in earlier sessions.
        pauses: Domains that asked, in earlier sessions, to be left alone, and until when.
        paces: How domains bore our pace in earlier sessions.
    """

    def __init__(
        self,
        world: World,
        user_agent: str,
        deadline_s: float,
        keep: Keep | None,
        robots: Iterable[RobotsFile],
        pauses: Mapping[str, datetime],
        paces: Iterable[HostPace] = (),
    ) -> None:
        self._world = world
        self._user_agent = user_agent
        self._deadline_s = deadline_s
        self._keep = keep
        self.politeness = Politeness(pauses, paces)
        self._turns = Turns(world, self.politeness)
        self._network = Network(world)
        self.robots = Robots(self.fetch, world.clock, robots)
        for origin, delay_s in self.robots.known_delays_s():
            self.politeness.note_crawl_delay(registrable_domain(origin), delay_s)

    async def close(self) -> None:
        await self._network.close()

    async def fetch(self, request: Request, room: asyncio.Event | None = None) -> Response:
        """
        Fetch one address. Never raises for what the outside world does.

        Args:
            room: Cleared while nobody could take another response; ``None``: somebody always can.
        """
        url = web_address(request.url)
        if url is None:
            return self._no_address(request)
        walk = _Walk(request, Chain(url), self._deadline_s)
        while True:
            failure = await self._hop(walk, room)
            if failure is not None:
                return self._response(walk, failure)
            last, location = walk.exchanges[-1], walk.header("location")
            if last.http_status not in REDIRECTS or not location:
                return self._response(walk, None)
            failure = walk.chain.follow(last.http_status, location)
            if failure is not None:
                return self._response(walk, failure)

    async def _hop(self, walk: _Walk, room: asyncio.Event | None) -> Failure | None:
        """Ask the address the chain has come to, in its domain's turn, where it may be asked."""
        domain = registrable_domain(str(walk.chain.url))
        pause = self.politeness.pause(domain, self._world.clock())
        if pause is None and walk.request.obeys_robots:
            failure = await self._rule(walk, domain)
            if failure is not None:
                return failure
        async with self._turns.turn(domain, room) as pause_now:
            if pause_now is not None:
                return _held_back(walk, pause_now)
            return await self._ask(walk, domain)

    async def _rule(self, walk: _Walk, domain: str) -> Failure | None:
        url = str(walk.chain.url)
        walk.ruling = await self.robots.ruling(url)
        self.politeness.note_crawl_delay(domain, self.robots.crawl_delay_s(url))
        match walk.ruling:
            case Ruling.UNREACHABLE:
                pause = self.politeness.pause(domain, self._world.clock())
                if pause is not None:  # since its robots.txt was asked for, or is why it was not
                    return _held_back(walk, pause)
                return self.robots.refusal(url) or (FetchStatus.UNREACHABLE, "robots.txt could not be read")
            case Ruling.DISALLOWED:
                return FetchStatus.ROBOTS, "robots.txt asks not to fetch this page"
        return None

    async def _ask(self, walk: _Walk, domain: str) -> Failure | None:
        self.politeness.note_request(domain, self._world.clock())
        answer = await self._network.ask(
            walk.chain.url, self._headers(walk.request), walk.request.max_bytes, walk.request.is_cut_off, walk.left_s
        )
        now = self._world.clock()
        walk.elapsed_s += answer.elapsed_s
        walk.left_s = max(0.0, walk.left_s - answer.elapsed_s)
        status = None
        if answer.exchange is not None:
            status = answer.exchange.http_status
            walk.exchanges.append(answer.exchange)
            walk.wanted_utc = (
                retry_after(walk.header("retry-after"), answer.exchange.fetched_utc, walk.header("date"))
                if status >= 400
                else None
            )
        is_silent = answer.failure is not None and answer.failure[0] is FetchStatus.TIMEOUT
        self.politeness.note_answer(domain, status, walk.wanted_utc, now, is_silent)
        return answer.failure

    def _headers(self, request: Request) -> list[tuple[str, str]]:
        """No cookies: paywalls count readers by them, and an answer should not depend on the one before."""
        headers = [
            ("User-Agent", self._user_agent),
            ("Accept", "*/*"),
            ("Accept-Encoding", "gzip, deflate, br, zstd"),
        ]
        if request.etag and _can_be_sent(request.etag):  # one that cannot be sent back is no validator
            headers.append(("If-None-Match", request.etag))
        if request.last_modified and _can_be_sent(request.last_modified):
            headers.append(("If-Modified-Since", request.last_modified))
        return headers

    def _response(self, walk: _Walk, failure: Failure | None) -> Response:
        place = None
        if walk.exchanges and self._keep is not None:
            place = self._keep(
                Capture(
                    kind=walk.request.kind,
                    asked_url=walk.request.url,
                    outlet_id=walk.request.outlet_id,
                    exchanges=tuple(walk.exchanges),
                    failure=failure,
                    robots=walk.ruling,
                    elapsed_ms=round(walk.elapsed_s * 1000),
                )
            )
        # The last answer speaks for the address the chain ended at, or led on to where none was had.
        last = walk.exchanges[-1] if walk.exchanges and walk.exchanges[-1].url == str(walk.chain.url) else None
        status, error = failure or meaning_of(walk.exchanges[-1])
        return Response(
            url=walk.request.url,
            final_url=last.url if last else None,
            status=status,
            http_status=last.http_status if last else None,
            content_type=walk.header("content-type") if last else None,
            etag=walk.header("etag") if last else None,
            last_modified=walk.header("last-modified") if last else None,
            body=last.body if last and status is FetchStatus.OK else b"",
            fetched_utc=last.fetched_utc if last else self._world.clock(),
            elapsed_ms=round(walk.elapsed_s * 1000),
            error=error,
            permanent_url=walk.chain.permanent_url if last else None,
            headers=last.headers if last else (),
            robots=walk.ruling,
            place=place,
            retry_after_utc=walk.wanted_utc,
            was_asked=walk.was_asked,
        )

    def _no_address(self, request: Request) -> Response:
        return Response(
            url=request.url,
            final_url=None,
            status=FetchStatus.BAD_ADDRESS,
            http_status=None,
            content_type=None,
            etag=None,
            last_modified=None,
            body=b"",
            fetched_utc=self._world.clock(),
            elapsed_ms=0,
            error="not an address that can be asked: it must begin with http:// or https:// and name a host",
        )


def _held_back(walk: _Walk, pause: Pause) -> Failure:
    """The host is left alone; where a redirect led to it, another was asked before."""
    walk.was_asked = bool(walk.exchanges)
    return pause.status, pause.reason


def _can_be_sent(value: str) -> bool:
    return value.isascii() and value.isprintable()


def _header(exchange: Exchange, name: str) -> str | None:
    return next((value for key, value in exchange.headers if key.lower() == name), None)
