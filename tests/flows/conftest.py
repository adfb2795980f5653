"""Parts that several tests of the flows share: the network edge, and a story that is visited again."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from flows.fetching.exchange import Request, Response
from flows.fetching.session import FetchSession
from flows.world import World, loopback_world
from tests.conftest import NOW
from tests.flows.revisit_parts import Walk
from tests.site import Site
from warehouse.checking import failed_checks
from warehouse.store import open_warehouse
from warehouse.warc import Capture, WarcPlace


class Archive:
    """Remembers captures instead of writing them."""

    def __init__(self) -> None:
        self.captures: list[Capture] = []

    def keep(self, capture: Capture) -> WarcPlace:
        self.captures.append(capture)
        return WarcPlace("kept.warc.gz", len(self.captures))


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = NOW
        self.waits: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slow_world(site: Site, clock: Clock) -> World:
    """Every name is the site; time passes only where somebody waits."""
    calm = loopback_world(site.port)
    return World(clock=clock, resolve=calm.resolve, sleep=clock.sleep, admitted=calm.admitted)


@pytest.fixture
def ask(world: World, archive: Archive) -> Callable[..., Response]:
    """``ask(url, ...)``: one request in a session of its own."""

    def one(url: str, max_bytes: int = 1_000_000, **options: object) -> Response:
        with FetchSession(world, archive.keep) as session:
            return session.fetch_all([Request(url=url, max_bytes=max_bytes, **options)])[0]

    return one


@pytest.fixture
def walk(home, site, watch):
    """Reads its story at once; its page then answers what a test shows."""
    watch("wire", ["http://wire.example/feed.xml"])
    with open_warehouse(home, "test") as warehouse:
        walk = Walk(home, site, warehouse)
        walk.show()
        walk.at(timedelta(0))
        yield walk
        assert failed_checks(warehouse.sql) == []
