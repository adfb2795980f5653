"""A stream of responses out of the event loop's thread, never further ahead than its reader can follow."""

import asyncio
from collections import deque
from collections.abc import Iterable
from queue import SimpleQueue

from flows.fetching.domains import registrable_domain
from flows.fetching.exchange import Request, Response
from flows.fetching.fetcher import Fetcher

AHEAD = 32
"""Responses that may wait for the reader: while it stores a batch for a second, the network goes on."""
AHEAD_BYTES = 2**24
"""And the size of their bodies together: pages may have 2 MB each, feeds 15."""

Numbered = tuple[int, Request]


class Stream:
    """
    The requests of one reader. Lives in the loop's thread; only ``answers`` is for the reader's.

    Each domain has a queue and a task of its own, so that one that waits its time holds up no other.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self.answers: SimpleQueue[tuple[int, Response] | BaseException] = SimpleQueue()
        """Each response with its request's number; an exception: the fetcher itself has failed."""
        self._fetcher = fetcher
        self._requests: dict[str, deque[Numbered]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._room.set()
        self._n_ahead = 0
        self._bytes_ahead = 0

    def add(self, requests: Iterable[Numbered]) -> None:
        """Fetch these as well."""
        for number, request in requests:
            domain = registrable_domain(request.url)
            if domain in self._requests:
                self._requests[domain].append((number, request))
            else:
                self._requests[domain] = deque([(number, request)])
                task = asyncio.get_running_loop().create_task(self._work(domain))
                self._tasks.add(task)
                task.add_done_callback(self._done)

    def taken(self, response: Response) -> None:
        """The reader has come so far."""
        self._n_ahead -= 1
        self._bytes_ahead -= len(response.body)
        if self._n_ahead <= AHEAD / 2 and self._bytes_ahead <= AHEAD_BYTES / 2:  # not at each: all would wake up
            self._room.set()

    async def close(self) -> None:
        """End what is under way; nothing more will come."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, domain: str) -> None:
        requests = self._requests[domain]
        while requests:
            number, request = requests.popleft()
            response = await self._fetcher.fetch(request, self._room)
            self._n_ahead += 1
            self._bytes_ahead += len(response.body)
            if self._n_ahead >= AHEAD or self._bytes_ahead >= AHEAD_BYTES:
                self._room.clear()
            self.answers.put((number, response))
        del self._requests[domain]

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.answers.put(error)
