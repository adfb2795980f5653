"""Connections are kept for each server, and not for ever more servers."""

import asyncio

import httpcore2

from flows.fetching import pools
from flows.fetching.pools import Pools
from flows.world import World, loopback_world


def _request(n: int) -> httpcore2.Request:
    host = f"host{n}.example"
    return httpcore2.Request("GET", f"http://{host}/x", headers={"Host": host})


async def _ask(opened: Pools, n: int) -> bytes:
    response = await opened.ask(_request(n))
    body = await response.aread()
    await response.aclose()
    return body


def test_the_longest_unused_connection_makes_room_and_no_other(site, monkeypatch):
    """A run that meets hundreds of servers holds a bounded number of sockets, and one that is in use is not closed."""
    site.pages["/x"] = (200, {}, b"here")
    monkeypatch.setattr(pools, "CONNECTIONS", 1)
    monkeypatch.setattr(pools, "IDLE", 2)
    world = loopback_world(site.port)
    connected = []

    async def resolve(host, port):
        connected.append(host)
        return await world.resolve(host, port)

    async def walk():
        opened = Pools(World(resolve=resolve, admitted=world.admitted))
        held = await opened.ask(_request(0))
        bodies = [await _ask(opened, n) for n in (1, 2, 3, 2, 3, 1)]
        bodies.append(await held.aread())
        await held.aclose()
        await opened.close()
        return bodies

    bodies = asyncio.run(walk())

    assert bodies == [b"here"] * 7
    assert connected == [f"host{n}.example" for n in (0, 1, 2, 3, 1)]
