"""One request over one guarded connection, bounded in time and size. Redirects are not followed here."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import httpcore2
import httpx2

from flows.fetching.decoding import BodyTooLargeError, BrokenBodyError, Decoder
from flows.fetching.exchange import FetchStatus, status_of
from flows.fetching.guard import RefusedAddressError
from flows.fetching.pools import Pools
from flows.fetching.redirects import Failure
from flows.world import World
from warehouse.warc import Exchange

ASIDE_BYTES = 100_000
"""What is kept of the body of an error or a redirect: enough to see whose notice it is."""
LARGE_BYTES = 2**20
LARGE_AT_ONCE = 2
"""Bodies that grow past ``LARGE_BYTES`` at the same time. Sixteen of 15 MB would need 240 MB together; so 90 bombs and
feeds of 14 MB, with the archive, need 151 MB above rest."""

_FAILURES = (
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    BodyTooLargeError,
    BrokenBodyError,
    UnicodeError,
    OSError,  # TimeoutError and RefusedAddressError are
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one request: an answer, a part of one with the reason, or the reason alone."""

    exchange: Exchange | None
    failure: Failure | None
    elapsed_s: float


@dataclass(slots=True)
class _Incoming:
    """An answer while it is read."""

    head: httpcore2.Response | None = None
    body: bytearray = field(default_factory=bytearray)
    is_cut_off: bool = False


class Network:
    """The public internet."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._pools = Pools(world)

    async def close(self) -> None:
        await self._pools.close()

    async def ask(
        self, url: httpx2.URL, headers: Sequence[tuple[str, str]], max_bytes: int, is_cut_off: bool, limit_s: float
    ) -> Answer:
        """
        Ask once. Never raises for what the outside world does.

        Args:
            max_bytes: Of the decompressed body of a good answer.
            is_cut_off: Is a larger body cut off, or a failure?
            limit_s: Wall clock for connecting, asking and reading: a server may drip a byte at a time for ever.
        """
        started = time.monotonic()
        sent = (("Host", url.netloc.decode("ascii")), *headers)
        incoming, failure = _Incoming(), None
        try:
            async with asyncio.timeout(limit_s) as deadline:
                await self._receive(_request(url, sent), incoming, max_bytes, is_cut_off, deadline)
        except _FAILURES as error:
            failure = _failure(error, max_bytes, limit_s)
            incoming.is_cut_off = True
        exchange = None
        if incoming.head is not None:
            exchange = _exchange(url, sent, incoming.head, incoming, self._world)
            if status_of(exchange.http_status) is not FetchStatus.OK:
                failure = None  # what became of its body is no matter
        return Answer(exchange=exchange, failure=failure, elapsed_s=time.monotonic() - started)

    async def _receive(
        self,
        request: httpcore2.Request,
        incoming: _Incoming,
        max_bytes: int,
        is_cut_off: bool,
        deadline: asyncio.Timeout,
    ) -> None:
        response = incoming.head = await self._pools.ask(request)
        if not 200 <= response.status < 300:
            max_bytes, is_cut_off = ASIDE_BYTES, True
        encoding = ",".join(_text(value) for name, value in response.headers if name.lower() == b"content-encoding")
        async with AsyncExitStack() as held:
            held.push_async_callback(response.aclose)
            decoder = Decoder(encoding, max_bytes)
            has_room = max_bytes <= LARGE_BYTES
            async for chunk in response.aiter_stream():
                for piece in decoder.feed(chunk):
                    incoming.body += piece
                    if len(incoming.body) > max_bytes:
                        del incoming.body[max_bytes:]
                        incoming.is_cut_off = True
                        if is_cut_off:
                            return
                        del incoming.body[LARGE_BYTES:]  # enough to see what it was; nobody reads it further
                        raise BodyTooLargeError
                    if not has_room and len(incoming.body) > LARGE_BYTES:
                        await self._wait_for_room(held, deadline)
                        has_room = True
            decoder.finish()

    async def _wait_for_room(self, held: AsyncExitStack, deadline: asyncio.Timeout) -> None:
        """Hold one of the places for large bodies; the wait is not the server's fault."""
        loop = asyncio.get_running_loop()
        asked = loop.time()
        await held.enter_async_context(self._large)
        end = deadline.when()
        if end is not None:
            deadline.reschedule(end + loop.time() - asked)


def _request(url: httpx2.URL, headers: Sequence[tuple[str, str]]) -> httpcore2.Request:
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    return httpcore2.Request("GET", target, headers=[(name.encode(), value.encode()) for name, value in headers])


def _exchange(
    url: httpx2.URL, sent: Sequence[tuple[str, str]], head: httpcore2.Response, incoming: _Incoming, world: World
) -> Exchange:
    version = bytes(head.extensions.get("http_version", b"HTTP/1.1")).decode("ascii", "replace")
    return Exchange(
        url=str(url),
        fetched_utc=world.clock(),
        request_headers=tuple(sent),
        http_version=version,
        http_status=head.status,
        reason=_text(bytes(head.extensions.get("reason_phrase", b""))),
        headers=tuple((_text(name), _text(value)) for name, value in head.headers),
        body=bytes(incoming.body),
        is_cut_off=incoming.is_cut_off,
    )


def _failure(error: Exception, max_bytes: int, limit_s: float) -> Failure:
    match error:
        case RefusedAddressError():
            return FetchStatus.REFUSED, str(error)
        case BodyTooLargeError():
            return FetchStatus.TOO_LARGE, f"the body is larger than {max_bytes:,} bytes"
        case TimeoutError() | httpcore2.TimeoutException():
            return FetchStatus.TIMEOUT, f"no complete answer within {limit_s:.3g} s"
        case httpcore2.RemoteProtocolError() | BrokenBodyError():
            return FetchStatus.SERVER_ERROR, f"broken answer: {error}"
        case httpcore2.ProtocolError() | httpcore2.UnsupportedProtocol() | UnicodeError():
            return FetchStatus.BAD_ADDRESS, f"not an address that can be asked: {error}"
    return FetchStatus.UNREACHABLE, f"{type(error).__name__}: {error}"


def _text(raw: bytes) -> str:
    """Header fields are ASCII by the standard, and UTF-8 or worse in the wild."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
