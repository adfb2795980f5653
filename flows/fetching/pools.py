"""Connections kept open for the next request to the same server, each server's apart from the others'."""

import ssl
from collections import OrderedDict
from functools import cache

import httpcore2

from flows.fetching.guard import GuardedNetwork
from flows.world import World

CONNECTIONS = 16
"""In use at once."""
IDLE = 48
"""Servers beyond those in use to which a connection is kept, which spares both sides a handshake."""
IDLE_S = 30.0
"""After which a connection is not used again."""


class Pools:
    """
    A pool for each server.

    One pool for all would look at every idle connection, asking the system about its socket, when a request
    begins and when it ends: 2.5 ms a page with 48 of them.
    """

    def __init__(self, world: World) -> None:
        self._backend = GuardedNetwork(world)
        self._pools: OrderedDict[tuple[bytes, bytes, int | None], httpcore2.AsyncConnectionPool] = OrderedDict()
        """The longest unused first."""

    async def ask(self, request: httpcore2.Request) -> httpcore2.Response:
        """Send a request to its server, over a connection that is there or a new one."""
        origin = (request.url.scheme, request.url.host, request.url.port)
        if origin not in self._pools:
            await self._make_room()
        if origin not in self._pools:  # another may have come while room was made
            self._pools[origin] = httpcore2.AsyncConnectionPool(
                ssl_context=_tls(),
                max_connections=CONNECTIONS,
                keepalive_expiry=IDLE_S,
                http2=True,
                network_backend=self._backend,
            )
        self._pools.move_to_end(origin)
        return await self._pools[origin].handle_async_request(request)

    async def close(self) -> None:
        while self._pools:
            await self._pools.popitem()[1].aclose()

    async def _make_room(self) -> None:
        n_surplus = len(self._pools) - IDLE - CONNECTIONS + 1
        unused = [origin for origin, pool in self._pools.items() if n_surplus > 0 and _is_unused(pool)]
        for pool in [self._pools.pop(origin) for origin in unused[: max(0, n_surplus)]]:
            await pool.aclose()


def _is_unused(pool: httpcore2.AsyncConnectionPool) -> bool:
    return all(connection.is_idle() for connection in pool.connections)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
