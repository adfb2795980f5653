"""The one place that talks to the network: guarded, bounded in time and size, polite."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from queue import Empty
from threading import Thread
from typing import Any

from flows.fetching.exchange import Request, Response
from flows.fetching.fetcher import Fetcher, Keep
from flows.fetching.pools import CONNECTIONS
from flows.fetching.streaming import Stream
from flows.settings import Settings
from flows.world import World
from warehouse.feed_records import HostPace, RobotsFile

DEADLINE_S = 30.0
"""Wall clock for one request with all its redirects: a server may drip a byte at a time for ever."""
MAX_FEED_BYTES = 15 * 2**20
MAX_PAGE_BYTES = 2 * 2**20
"""After decompression. A hostile 16 MB page cost trafilatura two minutes."""
KNOWN_AHEAD = 5_000
"""Requests taken from the caller before the first of them is answered. They are small, and one domain with
thousands of pages in a row must not hide the others behind it."""
AT_A_TIME = 100


class FetchSession:
    """
    Fetches for code that is not asynchronous: the network runs in a thread of its own while the caller works.

    Pace and rules of every host are kept for its lifetime.

    Args:
        keep: Called for every address that got any answer, before anything reads it.
        user_agent: Who we say we are.
        robots: Rules read in earlier sessions, oldest first.
        pauses: Registrable domains that asked, in earlier sessions, to be left alone, and until when.
        paces: How registrable domains bore our pace in earlier sessions.
    """

    def __init__(
        self,
        world: World,
        keep: Keep | None = None,
        *,
        user_agent: str = Settings().user_agent,
        robots: Iterable[RobotsFile] = (),
        pauses: Mapping[str, datetime] | None = None,
        paces: Iterable[HostPace] = (),
    ) -> None:
        self._fetcher = Fetcher(world, user_agent, DEADLINE_S, keep, robots, pauses or {}, paces)
        self._streams: set[Stream] = set()

    def __enter__(self) -> "FetchSession":
        self._loop = asyncio.new_event_loop()
        # Names are looked up in threads; the default of six would let a few dead hosts hold up the others.
        self._loop.set_default_executor(ThreadPoolExecutor(CONNECTIONS, "names"))
        self._thread = Thread(target=self._loop.run_forever, name="fetching", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def robots_files(self) -> list[RobotsFile]:
        """What was read of robots.txt in this session, to be stored."""
        return self._fetcher.robots.read

    @property
    def host_paces(self) -> list[HostPace]:
        """How registrable domains bore our pace, where they refused or rest, to be stored."""
        return self._fetcher.politeness.paces()

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
        responses: dict[int, Response] = {}
        for number, response in self.fetch_each(requests):
            responses[number] = response
            done(response)
        return [responses[number] for number in range(len(responses))]

    def fetch_each(self, requests: Iterable[Request]) -> Iterator[tuple[int, Response]]:
        """
        Fetch many addresses, giving each response as it comes.

        Fetching goes on while the caller works on what it got, a bounded number of responses ahead. Closing the
        iterator ends what is under way.

        Args:
            requests: Taken in the caller's thread, ``KNOWN_AHEAD`` at most before their answers.

        Yields:
            The place of the request among the requests, and its response, in no particular order.
        """
        stream = Stream(self._fetcher)
        self._streams.add(stream)
        numbered = enumerate(requests)
        n_open, has_more = 0, True
        try:
            while True:
                wanted = min(AT_A_TIME, KNOWN_AHEAD - n_open) if has_more else 0
                batch = list(islice(numbered, wanted))
                if batch:
                    self._loop.call_soon_threadsafe(stream.add, batch)
                n_open += len(batch)
                has_more = has_more and len(batch) == wanted
                if n_open == 0 and not has_more:
                    return
                try:
                    answer = stream.answers.get(block=not batch)
                except Empty:
                    continue
                if isinstance(answer, BaseException):
                    raise answer
                n_open -= 1
                self._loop.call_soon_threadsafe(stream.taken, answer[1])
                yield answer
        finally:
            if not self._loop.is_closed():
                self._run(stream.close())
            self._streams.discard(stream)

    async def _end(self) -> None:
        for stream in list(self._streams):
            await stream.close()
        await self._fetcher.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        """In the loop's thread, and wait for it."""
        asyncio.run_coroutine_threadsafe(work, self._loop).result()
