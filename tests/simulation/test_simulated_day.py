"""A day of 200 feeds on 60 hosts: who is asked when, what is missed, and whether the books balance."""

import random
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.benchmarks.homes import watching
from tests.simulation.web import BEGIN, DAY, Clock, SimulatedFeed, SimulatedWeb, make_feeds
from warehouse.home import Home
from warehouse.reading import open_current

N_FEEDS, N_HOSTS = 200, 60
ILLS = {"dead": 2, "slow": 3, "lying": 1, "frozen": 1}
RUN_EVERY = timedelta(minutes=15)
OUTAGE = (BEGIN + timedelta(hours=13), BEGIN + timedelta(hours=14))
SPACING_S = 1.0


@dataclass(frozen=True)
class SimulatedDay:
    """What the web saw and what the warehouse holds after it."""

    web: SimulatedWeb
    home: Home

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        with open_current(self.home) as connection:
            return connection.execute(query, parameters).fetchall()

    def of_kind(self, kind: str) -> list[SimulatedFeed]:
        return [feed for feed in self.web.feeds.values() if feed.kind == kind]


@pytest.fixture(scope="module")
def day(tmp_path_factory, prefect_server) -> SimulatedDay:
    """Every 15 minutes from midnight to midnight; an hour in which no name resolves."""
    from flows.ingest import ingest
    from flows.publish import publish

    clock = Clock()
    feeds = make_feeds(random.Random(20251202), N_FEEDS, N_HOSTS, ILLS, busy=2)
    watched: dict[str, list[str]] = {}
    for feed in feeds:
        watched.setdefault(feed.host.removesuffix(".example"), []).append(feed.url)
    home = watching(Path(tmp_path_factory.mktemp("day")) / "home", watched)
    with SimulatedWeb(clock, feeds, OUTAGE) as web:
        assert len({feed.host for feed in feeds}) == N_HOSTS
        moment = BEGIN
        while moment < BEGIN + DAY:
            clock.set(moment)
            ingest(str(home.root), web.world())
            moment += RUN_EVERY
            while moment < clock():  # a run that took longer; the next one waits for its turn
                moment += RUN_EVERY
    publish(str(home.root))
    return SimulatedDay(web, home)


@pytest.mark.slow
def test_no_host_is_asked_more_often_than_its_spacing(day):
    """Feeds, pages and robots.txt together, within a run and from one run to the next."""
    closest = {
        host: min((later - earlier).total_seconds() for earlier, later in pairwise(times))
        for host, times in day.web.asked.items()
        if len(times) > 1
    }
    n_requests = sum(map(len, day.web.asked.values()))
    print(f"\n{n_requests} requests to {len(day.web.asked)} hosts; closest {min(closest.values()):.2f} s")

    assert min(closest.values()) >= SPACING_S


@pytest.mark.slow
def test_no_dead_feed_is_forgotten(day):
    """It is asked less and less often, but asked."""
    for feed in day.of_kind("dead"):
        polls = day.rows("select polled_utc from core.poll where feed_url = ? order by 1", feed.url)
        times = [at for (at,) in polls]
        waits = [later - earlier for earlier, later in pairwise(times)]
        print(f"\n{feed.url}: {len(times)} polls, last wait {waits[-1]}")
        assert 5 <= len(times) <= 30
        assert max(waits) <= DAY
        assert waits[-1] > waits[0]
        health = day.rows("select health from feed_health where feed_url = ?", feed.url)
        assert health == [("failing",)]


@pytest.mark.slow
def test_the_outage_is_ours_and_no_feed_pays_for_it(day):
    ((start, end, n_feeds),) = day.rows("select from_utc, to_utc, n_feeds from outage")
    print(f"\noutage from {start} to {end}, {n_feeds} feeds")
    assert OUTAGE[0] <= start < OUTAGE[0] + 2 * RUN_EVERY
    assert OUTAGE[1] <= end < OUTAGE[1] + 2 * RUN_EVERY
    assert day.rows("select count(*) from feed_health where health = 'failing'") == [(len(day.of_kind("dead")),)]


@pytest.mark.slow
def test_what_came_and_went_in_the_outage_is_a_gap_with_a_fair_estimate(day):
    """The two busy feeds publish twenty items in that hour and hold twelve."""
    busy = {feed.url: feed for feed in day.web.feeds.values() if len(feed.published) > 400}
    gaps = day.rows("select feed_url, from_utc, to_utc, n_missed from gap order by feed_url")
    assert {url for url, *_ in gaps} == set(busy)
    for url, start, end, n_missed in gaps:
        unseen = set(range(len(busy[url].published))) - day.web.shown_of(url)
        unseen = {n for n in unseen if start < busy[url].published[n] <= end}
        print(f"\n{url}: {len(unseen)} items never seen, {n_missed:.1f} estimated")
        assert n_missed == pytest.approx(len(unseen), rel=0.3, abs=2)


@pytest.mark.slow
def test_the_lying_feed_is_found_out_and_the_frozen_one_is_ill(day):
    (lying,), (frozen,) = day.of_kind("lying"), day.of_kind("frozen")
    assert day.rows("select distinct what from feed_log where feed_url = ?", lying.url) == [("validator not trusted",)]
    assert day.rows("select health from feed_health where feed_url = ?", frozen.url) == [("frozen",)]
    n_seen = day.rows("select count(*) from core.sighting where feed_url = ?", lying.url)[0][0]
    assert n_seen >= 0.9 * len(lying.published)


@pytest.mark.slow
def test_the_books_balance(day):
    """Each item that any document showed is one sighting, in one state."""
    shown = sum(len(day.web.shown_of(feed.url)) for feed in day.web.feeds.values())
    states = dict(day.rows("select state, count(*) from core.sighting group by all"))
    print(f"\n{shown} items shown; states {states}")
    assert sum(states.values()) == shown
    assert day.rows("select sum(n_seen) from coverage") == [(shown,)]
    assert set(states) <= {"stored", "pending"}
