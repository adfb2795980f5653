"""Clock, names and waiting as arguments: tests and the demo never wait and never leave the machine."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Address = tuple[str, int]
Resolver = Callable[[str, int], Awaitable[list[Address]]]


async def resolve_by_dns(host: str, port: int) -> list[Address]:
    """All addresses the system's resolver gives for a name, in its order."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(str(address[0]), int(address[1])) for *_, address in found]


def now_utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class World:
    """What a flow may ask of its surroundings."""

    clock: Callable[[], datetime] = now_utc
    """The present, with time zone."""
    resolve: Resolver = resolve_by_dns
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    """Seconds to wait between two requests to one host."""
    admitted: Address | None = None
    """The one address off the public internet that may be connected to. Code hands it over; no
    registry, setting or environment can."""


LIVE = World()


def loopback_world(port: int, clock: Callable[[], datetime] = now_utc) -> World:
    """A world in which every host name is a server on this machine's ``port``, and waiting takes no time."""
    server = ("127.0.0.1", port)

    async def resolve(host: str, port: int) -> list[Address]:
        is_name = any(c.isalpha() for c in host) and ":" not in host
        return [server] if is_name else [(host, port)]

    async def sleep(_seconds: float) -> None:
        await asyncio.sleep(0)

    return World(clock=clock, resolve=resolve, sleep=sleep, admitted=server)
