"""The one place that talks to the network: guarded, bounded in time and size, polite."""

import asyncio
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import urlsplit

import httpcore2
import httpx2
import tldextract

from flows.exchange import FetchStatus, Request, Response, status_of
from flows.guard import GuardedNetwork, RefusedAddressError
from flows.robots import AGENT, Robots
from flows.world import World
from warehouse.warc import Capture, WarcPlace

USER_AGENT = f"{AGENT}/0.1 (research on news framing; feeds and public pages only)"
DEADLINE_S = 30.0
"""Wall clock for one request with all its redirects: a server may drip a byte at a time for ever."""
MAX_REDIRECTS = 5
MAX_FEED_BYTES = 15 * 2**20
MAX_PAGE_BYTES = 2 * 2**20
"""After decompression. A hostile 16 MB page cost trafilatura two minutes."""
CONNECTIONS = 16
SPACING_S = 1.0
"""Between two requests to one registrable domain."""


class BodyTooLargeError(Exception):
    """The body grew past its limit while it was read."""


class Fetcher:
    """Fetches many addresses at once, each registrable domain one at a time with a pause between."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._visited: set[str] = set()
        self._slots = asyncio.Semaphore(CONNECTIONS)
        transport = httpx2.AsyncHTTPTransport(verify=_tls(), trust_env=False)
        # httpx2 has no public way to set the network backend; its pool class has.
        transport._pool = httpcore2.AsyncConnectionPool(
            ssl_context=_tls(), max_connections=CONNECTIONS, http2=True, network_backend=GuardedNetwork(world)
        )
        self._client = httpx2.AsyncClient(
            transport=transport,
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate, br, zstd"},
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
            timeout=DEADLINE_S,
            trust_env=False,
        )
        self._robots = Robots(self._ask_robots)

    async def close(self) -> None:
        await self._client.aclose()

    async def fetch(self, request: Request) -> Response:
        """One request, in its host's turn. Never raises for what the outside world does."""
        domain = registrable_domain(request.url)
        async with self._turns[domain]:
            if request.obeys_robots:
                allowed = await self._robots.allows(request.url)
                if allowed is None:
                    return self._failed(request, FetchStatus.UNREACHABLE, "robots.txt could not be read", 0.0)
                if not allowed:
                    return self._failed(request, FetchStatus.ROBOTS, "robots.txt asks not to fetch this page", 0.0)
            return await self._ask(request, domain)

    async def _ask_robots(self, url: str) -> Response:
        """robots.txt, asked for within the turn its page already holds."""
        return await self._ask(
            Request(url=url, max_bytes=500_000, is_cut_off=True, kind="robots"), registrable_domain(url)
        )

    async def _ask(self, request: Request, domain: str) -> Response:
        if domain in self._visited:
            await self._world.sleep(SPACING_S)
        self._visited.add(domain)
        started = time.monotonic()
        async with self._slots:
            try:
                async with asyncio.timeout(DEADLINE_S):
                    return await self._read(request, started)
            except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, UnicodeError) as error:
                status, reason = FetchStatus.BAD_ADDRESS, f"not an address that can be asked: {error}"
            except RefusedAddressError as error:
                status, reason = FetchStatus.REFUSED, str(error)
            except BodyTooLargeError as error:
                status, reason = FetchStatus.TOO_LARGE, str(error)
            except (TimeoutError, httpx2.TimeoutException):
                status, reason = FetchStatus.TIMEOUT, f"no complete answer within {DEADLINE_S:.0f} s"
            except httpx2.TooManyRedirects:
                status, reason = FetchStatus.CLIENT_ERROR, f"more than {MAX_REDIRECTS} redirects"
            except (httpx2.DecodingError, httpx2.RemoteProtocolError) as error:
                status, reason = FetchStatus.SERVER_ERROR, f"broken answer: {error}"
            except (httpx2.RequestError, OSError) as error:
                status, reason = FetchStatus.UNREACHABLE, f"{type(error).__name__}: {error}"
        return self._failed(request, status, reason, started)

    async def _read(self, request: Request, started: float) -> Response:
        headers = {}
        if request.etag and request.etag.isascii():  # one that cannot be sent back is no validator
            headers["If-None-Match"] = request.etag
        if request.last_modified and request.last_modified.isascii():
            headers["If-Modified-Since"] = request.last_modified
        async with self._client.stream("GET", request.url, headers=headers) as answer:
            status = status_of(answer.status_code)
            body = await _bounded_body(answer, request) if status is FetchStatus.OK else b""
            return Response(
                url=request.url,
                final_url=str(answer.url),
                status=status,
                http_status=answer.status_code,
                content_type=answer.headers.get("content-type"),
                etag=answer.headers.get("etag"),
                last_modified=answer.headers.get("last-modified"),
                body=body,
                fetched_utc=self._world.clock(),
                elapsed_ms=_elapsed_ms(started),
                error=None if status in (FetchStatus.OK, FetchStatus.NOT_MODIFIED) else f"HTTP {answer.status_code}",
            )

    def _failed(self, request: Request, status: FetchStatus, reason: str, started: float) -> Response:
        return Response(
            url=request.url,
            final_url=None,
            status=status,
            http_status=None,
            content_type=None,
            etag=None,
            last_modified=None,
            body=b"",
            fetched_utc=self._world.clock(),
            elapsed_ms=_elapsed_ms(started) if started else 0,
            error=reason,
        )


class FetchSession:
    """A fetcher for code that is not asynchronous; robots.txt and turns are kept for its lifetime."""

    def __init__(self, world: World, keep: Callable[[Capture], WarcPlace] | None = None) -> None:
        self._keep = keep
        self._runner = asyncio.Runner()
        self._fetcher = Fetcher(world)

    def __enter__(self) -> "FetchSession":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._runner.run(self._fetcher.close())
        self._runner.close()

    def fetch_all(
        self, requests: Sequence[Request], done: Callable[[Response], None] = lambda _response: None
    ) -> list[Response]:
        """
        Fetch many addresses at once.

        Args:
            done: Called with each response as it comes in, in no particular order.

        Returns:
            One response per request, in the order of the requests.
        """

        async def one(request: Request) -> Response:
            response = await self._fetcher.fetch(request)
            done(response)
            return response

        async def run() -> list[Response]:
            return await asyncio.gather(*(one(request) for request in requests))

        return self._runner.run(run())

    def fetch_each(self, requests: Iterable[Request]) -> Iterator[tuple[int, Response]]:
        """
        Fetch many addresses, giving each response as it comes.

        Fetching goes on while the caller works on what it got, a bounded number of responses ahead.

        Yields:
            The place of the request among the requests, and its response, in no particular order.
        """
        yield from enumerate(self.fetch_all(list(requests)))


def registrable_domain(url: str) -> str:
    """``https://www.bbc.co.uk/news`` -> ``bbc.co.uk``; the last two labels where the suffix is no public one."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _suffixes()(host).top_domain_under_public_suffix or (
        ".".join(host.split(".")[-2:]) if any(c.isalpha() for c in host) and ":" not in host else host
    )


@cache
def _suffixes() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list it ships; no download


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


async def _bounded_body(answer: httpx2.Response, request: Request) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > request.max_bytes:
            if request.is_cut_off:
                return bytes(body[: request.max_bytes])
            raise BodyTooLargeError(f"the body is larger than {request.max_bytes:,} bytes")
    return bytes(body)


def _elapsed_ms(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
