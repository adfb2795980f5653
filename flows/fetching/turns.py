"""Turns: each registrable domain is asked by one at a time, at its pace, and nobody waits for another's."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from flows.fetching.politeness import Pause, Politeness
from flows.fetching.pools import CONNECTIONS
from flows.world import World


class Turns:
    """Hands out the turns of all domains."""

    def __init__(self, world: World, politeness: Politeness) -> None:
        self._world = world
        self._politeness = politeness
        self._domains: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._connections = asyncio.Semaphore(CONNECTIONS)

    @asynccontextmanager
    async def turn(self, domain: str, room: asyncio.Event | None) -> AsyncIterator[Pause | None]:
        """
        Wait for one's turn and for the domain's spacing, then hold a connection.

        Args:
            room: Set while there is room for another answer; ``None``: there always is. Nothing is held while
                waiting for it: who makes room may wait for a turn himself.

        Yields:
            Why the domain must not be asked; ``None``: it may be.
        """
        while True:
            if room is not None:
                await room.wait()
            async with self._domains[domain]:
                if pause := self._politeness.pause(domain, self._world.clock()):
                    yield pause
                    return
                wait_s = self._politeness.wait_s(domain, self._world.clock())
                if wait_s > 0:
                    await self._world.sleep(wait_s)
                async with self._connections:
                    if room is None or room.is_set():
                        yield None
                        return
