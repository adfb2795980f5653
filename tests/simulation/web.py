"""A web of invented newsrooms that publish through a day, on a clock of its own."""

import asyncio
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial

from flows.world import Address, World
from tests.site import Asked, Serves, Site
from tests.site.stories import article_page, rss

BEGIN = datetime(2025, 12, 2, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SPEED = 20.0
"""Simulated seconds in a real one, while something happens; between two runs the clock is set on."""
DOCUMENT = 12
"""Items in a feed."""


class Clock:
    """Runs at ``SPEED`` from where it was last set."""

    def __init__(self) -> None:
        self.set(BEGIN)

    def set(self, moment: datetime) -> None:
        self._base, self._since = moment, time.monotonic()

    def __call__(self) -> datetime:
        return self._base + timedelta(seconds=(time.monotonic() - self._since) * SPEED)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)


@dataclass(frozen=True, slots=True)
class SimulatedFeed:
    """One feed: when each of its items appears, and what is wrong with it."""

    host: str
    number: int
    published: tuple[datetime, ...]
    kind: str = "sound"
    """sound, dead, slow, lying or frozen."""

    @property
    def url(self) -> str:
        return f"http://{self.host}/feed-{self.number}.xml"

    def shown(self, now: datetime) -> list[int]:
        """Numbers of the items in the document at a moment, newest first."""
        n_published = sum(moment <= now for moment in self.published)
        return list(range(n_published))[-DOCUMENT:][::-1]


class SimulatedWeb(Site):
    """Serves the feeds and their pages as of the clock; counts what it showed to whom, and when."""

    def __init__(self, clock: Clock, feeds: list[SimulatedFeed], outage: tuple[datetime, datetime]) -> None:
        super().__init__()
        self.clock = clock
        self.feeds = {f"{feed.host}/feed-{feed.number}.xml": feed for feed in feeds}
        self.outage = outage
        self._shown: dict[str, set[int]] = defaultdict(set)
        self.asked: dict[str, list[datetime]] = defaultdict(list)
        """When each host was asked for anything."""

    def world(self) -> World:
        """A world that leads every name here, except those of dead hosts and, in the outage, all."""

        async def resolve(host: str, port: int) -> list[Address]:
            start, end = self.outage
            is_dead = any(feed.kind == "dead" for feed in self.feeds.values() if feed.host == host)
            if is_dead or start <= self.clock() < end:
                raise OSError(f"{host}: no such host")
            return [("127.0.0.1", self.port)]

        return World(clock=self.clock, resolve=resolve, sleep=self.clock.sleep, admitted=("127.0.0.1", self.port))

    def shown_of(self, url: str) -> set[int]:
        """Items in the documents of a feed that were sent so far."""
        return self._shown[url]

    def answer(self, host: str, path: str) -> Serves:
        now, name = self.clock(), host.partition(":")[0]
        self.asked[name].append(now)
        feed = self.feeds.get(f"{name}{path}")
        if feed is not None:
            return partial(self._poll, feed, now)
        if path.startswith("/story-"):
            title = f"Talks: {path.removeprefix('/story-')} of {name}"
            return 200, {"Content-Type": "text/html"}, article_page(title)
        return 404, {}, b"not here"

    def _poll(self, feed: SimulatedFeed, now: datetime, asked: Asked) -> None:
        if feed.kind == "slow":
            asked.wait(10 / SPEED)
        numbers = feed.shown(now)
        items = [
            {
                "title": f"Talks, {feed.number}-{n}",
                "link": f"http://{feed.host}/story-{feed.number}-{n}",
                "guid": f"{feed.number}-{n}",
                "pubDate": format_datetime(feed.published[n]),
            }
            for n in numbers
        ]
        etag = '"same"' if feed.kind == "lying" else f'"{feed.number}-{numbers[:1]}"'
        if asked.headers.get("If-None-Match") != etag:
            self._shown[feed.url].update(numbers)
        asked.serve((200, {"Content-Type": "application/rss+xml", "ETag": etag}, rss(items)))


def make_feeds(rng: random.Random, n_feeds: int, n_hosts: int, ills: dict[str, int], busy: int) -> list[SimulatedFeed]:
    """
    Feeds spread over hosts, each with a backlog and a pace of its own.

    Args:
        ills: How many feeds, on hosts of their own, are of each kind that is not sound.
        busy: How many sound feeds, the last ones, publish every three minutes: more than a document holds in an
            hour.
    """
    kinds = [kind for kind, n in ills.items() for _ in range(n)]
    feeds = []
    for number in range(n_feeds):
        is_ill = number < len(kinds)
        host = f"ill{number}.example" if is_ill else f"host{number % (n_hosts - len(kinds))}.example"
        kind = kinds[number] if is_ill else "sound"
        if number >= n_feeds - busy:
            moments = [BEGIN + timedelta(minutes=3 * n) for n in range(-DOCUMENT, 480)]
        else:
            hours = rng.uniform(2, 12)
            moments = [BEGIN - timedelta(hours=hours * n) for n in range(DOCUMENT, 0, -1)]
            moment = BEGIN
            while kind != "frozen" and (moment := moment + timedelta(hours=rng.expovariate(1 / hours))) < BEGIN + DAY:
                moments.append(moment)
        if kind == "frozen":
            moments = [moment - timedelta(days=400) for moment in moments]
        feeds.append(SimulatedFeed(host, number, tuple(moments), kind))
    return feeds
