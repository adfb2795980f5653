"""A web of invented newsrooms that publish through a day, on a clock of its own."""

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from threading import Lock

from flows.fetching.domains import registrable_domain
from flows.world import Address, World
from tests.site import Asked, Serves, Site
from tests.site.stories import TALKS, article_page, rss

BEGIN = datetime(2025, 12, 2, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SPEED = 20.0
"""Simulated seconds in a real one, while something happens; between two runs the clock is set on."""
STALL_S = 0.2
"""A busy machine may stand still for minutes, which would be hours there."""
DOCUMENT = 12
"""Items in a feed."""
BACKLOG = 4
"""Items in it when the day begins."""
SLOW_S = 10.0
SISTERS = 3
"""Hosts that share the registrable domain of another one, and its turn with it."""
ROBOTS = b"User-agent: *\nDisallow: /members/\n"


class Clock:
    """Runs at ``SPEED`` from where it was last set, while somebody looks: where the machine stalls, it stands still."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.set(BEGIN)

    def set(self, moment: datetime) -> None:
        self._now, self._looked = moment, time.monotonic()

    def __call__(self) -> datetime:
        with self._lock:
            looked = time.monotonic()
            self._now += timedelta(seconds=min(looked - self._looked, STALL_S) * SPEED)
            self._looked = looked
            return self._now

    async def sleep(self, seconds: float) -> None:
        end = self() + timedelta(seconds=seconds)
        while (left_s := (end - self()).total_seconds() / SPEED) > 0:
            await asyncio.sleep(min(left_s, STALL_S / 2))


@dataclass(frozen=True, slots=True)
class SimulatedFeed:
    """One feed: when each of its items appears, and what is wrong with it."""

    host: str
    number: int
    published: tuple[datetime, ...]
    kind: str = "sound"
    """sound, busy, nameless, gone, slow, lying or frozen."""

    @property
    def url(self) -> str:
        return f"http://{self.host}/feed-{self.number}.xml"

    def shown(self, now: datetime) -> list[int]:
        """Numbers of the items in the document at a moment, newest first."""
        n_published = sum(moment <= now for moment in self.published)
        return list(range(n_published))[-DOCUMENT:][::-1]

    def path(self, n: int) -> str:
        """Where item ``n`` leads: the host's front story, which all its feeds carry, or a story of its own."""
        if n == 0:
            return "/front-story"
        kind = {2: "lost", 3: "members"}.get(n % 5, "news")
        return f"/{kind}/story-{self.number}-{n}"


class SimulatedWeb(Site):
    """Serves the feeds and their pages as of the clock; counts what it showed to whom, and when."""

    def __init__(self, clock: Clock, feeds: list[SimulatedFeed], outage: tuple[datetime, datetime]) -> None:
        super().__init__()
        self.clock = clock
        self.feeds = {feed.url: feed for feed in feeds}
        self.shown: dict[str, set[int]] = defaultdict(set)
        """By feed: items in the documents that were sent so far."""
        self.polled: dict[str, datetime] = {}
        """By feed: when it last answered."""
        self.asked: dict[str, list[datetime]] = defaultdict(list)
        """When each registrable domain was asked for anything."""
        self._outage = outage
        self._nameless = {feed.host for feed in feeds if feed.kind == "nameless"}

    def world(self) -> World:
        """A world that leads every name here, except those of nameless hosts and, in the outage, all."""

        async def resolve(host: str, port: int) -> list[Address]:
            start, end = self._outage
            if host in self._nameless or start <= self.clock() < end:
                raise OSError(f"{host}: no such host")
            return [("127.0.0.1", self.port)]

        return World(clock=self.clock, resolve=resolve, sleep=self.clock.sleep, admitted=("127.0.0.1", self.port))

    def fates(self) -> Counter[str]:
        """What should become of the items shown so far: of a host's front story, the first is stored."""
        fates: Counter[str] = Counter()
        fronts: set[str] = set()
        for url, numbers in self.shown.items():
            for n in numbers:
                match self.feeds[url].path(n).split("/")[1]:
                    case "front-story":
                        fates["duplicate" if self.feeds[url].host in fronts else "stored"] += 1
                        fronts.add(self.feeds[url].host)
                    case "lost":
                        fates["error"] += 1
                    case "members":
                        fates["robots"] += 1
                    case _:
                        fates["stored"] += 1
        return fates

    def answer(self, host: str, path: str) -> Serves:
        now, name = self.clock(), host.partition(":")[0]
        self.asked[registrable_domain(f"http://{name}/")].append(now)
        feed = self.feeds.get(f"http://{name}{path}")
        if feed is not None and feed.kind != "gone":
            return partial(self._poll, feed, now)
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, ROBOTS
        if path.startswith(("/news/", "/front-story")):
            numbers = " and ".join(re.findall(r"\d+", path))
            text = f"{TALKS}\nThe newsroom of {name.replace('.', ' ')} gives this report the numbers {numbers}."
            return 200, {"Content-Type": "text/html"}, article_page(f"Talks: {path} of {name}", text)
        return 404, {}, b"not here"

    def _poll(self, feed: SimulatedFeed, now: datetime, asked: Asked) -> None:
        if feed.kind == "slow":
            asked.wait(SLOW_S / SPEED)
        numbers = feed.shown(now)
        items = [
            {
                "title": f"Talks, {feed.number}-{n}",
                "link": f"http://{feed.host}{feed.path(n)}",
                "guid": f"{feed.number}-{n}",
                "pubDate": format_datetime(feed.published[n]),
            }
            for n in numbers
        ]
        self.polled[feed.url] = now
        etag = '"same"' if feed.kind == "lying" else f'"{feed.number}-{numbers[:1]}"'
        if asked.headers.get("If-None-Match") != etag:
            self.shown[feed.url].update(numbers)
        asked.serve((200, {"Content-Type": "application/rss+xml", "ETag": etag}, rss(items)))


def make_feeds(
    rng: random.Random, n_feeds: int, n_hosts: int, ills: dict[str, int], n_busy: int
) -> list[SimulatedFeed]:
    """
    Feeds spread over hosts, each with a backlog and a pace of its own.

    Args:
        ills: How many feeds, on hosts of their own, are of each kind that is not sound.
        n_busy: How many feeds, the last ones, publish every three minutes: more than a document holds in an hour.
    """
    ill = [kind for kind, n in ills.items() for _ in range(n)]
    sound = [f"host{n}.example" for n in range(n_hosts - len(ill) - SISTERS)]
    sound += [f"news.{host}" for host in sound[:SISTERS]]
    feeds = []
    for number in range(n_feeds):
        if number < len(ill):
            host, kind = f"ill{number}.example", ill[number]
        else:
            host, kind = sound[number % len(sound)], "busy" if number >= n_feeds - n_busy else "sound"
        feeds.append(SimulatedFeed(host, number, _moments(rng, kind), kind))
    return feeds


def _moments(rng: random.Random, kind: str) -> tuple[datetime, ...]:
    """When the items of a feed appear."""
    if kind == "busy":
        return tuple(BEGIN + timedelta(minutes=3 * n) for n in range(-BACKLOG, 480))
    hours = 1.0 if kind == "lying" else rng.uniform(2, 12)
    moments = [BEGIN - timedelta(hours=hours * n) for n in range(BACKLOG, 0, -1)]
    if kind == "frozen":
        return tuple(moment - timedelta(days=400) for moment in moments)
    moment = BEGIN
    while (moment := moment + timedelta(hours=rng.expovariate(1 / hours))) < BEGIN + DAY:
        moments.append(moment)
    return tuple(moments)
