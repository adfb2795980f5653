"""A day of 200 feeds on 60 hosts: who is asked when, what is missed, and whether the books balance."""

import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from flows.fetching.domains import registrable_domain
from flows.fetching.opening import open_session
from flows.fetching.politeness import SPACING_S
from flows.polling.stage import poll_due_feeds
from flows.reading.revisits import revisit_due_articles
from flows.reading.stage import give_up_overdue, read_due_pages
from flows.reports import IngestReport
from flows.world import World
from framing.registry_files import load_registry
from tests.benchmarks.homes import watching
from tests.simulation.web import BEGIN, DAY, Clock, SimulatedFeed, SimulatedWeb, make_feeds
from warehouse.agenda import POLL_EVERY
from warehouse.catalogue import register_outlets
from warehouse.feed_agenda import AUDIT_EVERY
from warehouse.home import Home
from warehouse.publication import publish
from warehouse.reading import open_current
from warehouse.store import open_warehouse

N_FEEDS, N_HOSTS = 200, 60
DEAD = {"nameless": 1, "gone": 1}
ILLS = DEAD | {"slow": 3, "lying": 1, "frozen": 1}
N_BUSY = 2
OUTAGE = (BEGIN + timedelta(hours=13), BEGIN + timedelta(hours=14))
LAST_RUN = BEGIN + DAY + POLL_EVERY
"""By then the articles of the first run were revisited after an hour, six hours and a day."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class SimulatedDay:
    """What the web saw and what the warehouse holds after it."""

    web: SimulatedWeb
    home: Home

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        with open_current(self.home) as connection:
            return connection.execute(query, parameters).fetchall()

    def of_kind(self, *kinds: str) -> list[SimulatedFeed]:
        return [feed for feed in self.web.feeds.values() if feed.kind in kinds]

    def polls(self, feed: SimulatedFeed) -> list[datetime]:
        return [at for (at,) in self.rows("select polled_utc from core.poll where feed_url = ? order by 1", feed.url)]


@pytest.fixture(scope="module")
def day(tmp_path_factory) -> SimulatedDay:
    """Every 15 minutes from midnight to midnight; an hour in which no name resolves."""
    started, clock = time.monotonic(), Clock()
    feeds = make_feeds(random.Random(20251202), N_FEEDS, N_HOSTS, ILLS, N_BUSY)
    assert (len(feeds), len({feed.host for feed in feeds})) == (N_FEEDS, N_HOSTS)
    watched: dict[str, list[str]] = {}
    for feed in feeds:
        watched.setdefault(registrable_domain(feed.url).removesuffix(".example"), []).append(feed.url)
    home = watching(Path(tmp_path_factory.mktemp("day")) / "home", watched)
    longest, total = timedelta(0), IngestReport()
    with SimulatedWeb(clock, feeds, OUTAGE) as web:
        moment = BEGIN
        while moment <= LAST_RUN:
            clock.set(moment)
            total += ingest_once(home, web.world())
            longest = max(longest, clock() - moment)
            while moment < clock():  # a run that took longer; the next one waits for its turn
                moment += POLL_EVERY
    publish(home)
    print(f"\n{total}\nlongest run {longest}; {time.monotonic() - started:.0f} s in all")
    return SimulatedDay(web, home)


def ingest_once(home: Home, world: World) -> IngestReport:
    """The stages of ingest, without what Prefect adds to a run: two seconds, a hundred times."""
    report, registry = IngestReport(), load_registry(home.registry)
    with open_warehouse(home, "test") as warehouse, open_session(warehouse, world) as session:
        register_outlets(warehouse, registry.outlets)
        poll_due_feeds.fn(warehouse, session, world, report)
        read_due_pages.fn(warehouse, session, registry, world, report)
        give_up_overdue(warehouse, world, report)
        revisit_due_articles.fn(warehouse, session, registry, world, report)
    return report


def test_no_host_is_asked_more_often_than_its_spacing(day):
    """Feeds, pages, revisits and robots.txt together, as the servers saw them, within a run and from run to run."""
    closest = {
        domain: min((later - earlier).total_seconds() for earlier, later in pairwise(times))
        for domain, times in day.web.asked.items()
    }
    paths = [address.partition("/")[2] for address, _ in day.web.requests]
    n_feeds, n_robots = sum(path.startswith("feed-") for path in paths), paths.count("robots.txt")
    print(f"\n{len(paths)} requests to {len(closest)} domains ({n_feeds} for feeds, {n_robots} for robots.txt)")
    print(f"closest {min(closest.values()):.2f} s")

    assert len(closest) == len({registrable_domain(url) for url in day.web.feeds}) - DEAD["nameless"]
    assert n_robots >= len(closest) - DEAD["gone"]
    assert min(closest.values()) >= SPACING_S
    assert not any(path.startswith("members/") for path in paths)


def test_no_feed_is_forgotten_and_the_dead_are_left_alone_ever_longer(day):
    """Asked less and less often, but asked; each feed knows its next time, a day ahead at most."""
    late = day.rows(
        "select feed_url from core.feed where feed_url not in "
        "(select feed_url from core.poll group by all having max(next_utc) - max(polled_utc) <= interval 1 day)"
    )
    assert late == []
    for feed in day.of_kind(*DEAD):
        times = [at for at in day.polls(feed) if not OUTAGE[0] <= at < OUTAGE[1]]
        waits = [later - earlier for earlier, later in pairwise(times)]
        print(f"\n{feed.kind}: {len(times)} polls outside the outage, waits {[str(wait)[:4] for wait in waits]}")
        before = [later - earlier for earlier, later in pairwise(at for at in times if at < OUTAGE[0])]
        assert before == sorted(before)
        assert 5 <= len(times) <= 10
        assert max(waits) <= DAY
        assert day.rows("select health from feed_health where feed_url = ?", feed.url) == [("failing",)]


def test_the_outage_is_ours_and_no_feed_pays_for_it(day):
    """In the ledger it is one; all who were asked in vain are asked again by the first run after it."""
    ((start, last, end, n_polls, n_feeds),) = day.rows(
        "select from_utc, last_failure_utc, to_utc, n_polls, n_feeds from outage"
    )
    print(f"\noutage from {start} to {end}, {n_polls} polls of {n_feeds} feeds in vain")
    assert OUTAGE[0] <= start < OUTAGE[0] + POLL_EVERY
    assert OUTAGE[1] - POLL_EVERY <= last < OUTAGE[1] <= end < OUTAGE[1] + POLL_EVERY
    assert day.rows("select sum(n_polls_ours)::integer from coverage") == [(n_polls,)]
    waited = day.rows(
        "select min(polled_utc) from core.poll where failure is distinct from 'ours' and polled_utc > ? "
        "and feed_url in (select feed_url from core.poll where failure = 'ours') group by feed_url",
        OUTAGE[0],
    )
    assert len(waited) == n_feeds
    assert max(at for (at,) in waited) < OUTAGE[1] + POLL_EVERY
    failing = day.rows("select distinct feed_url from core.poll where failure <> 'ours'")
    assert {url for (url,) in failing} == {feed.url for feed in day.of_kind(*DEAD)}


def test_what_came_and_went_in_the_outage_is_a_gap_with_a_fair_estimate(day):
    """The two busy feeds publish twenty items in that hour and hold twelve; no other feed lost one, or says so."""
    gaps = day.rows("select feed_url, from_utc, to_utc, n_missed, basis from gap")
    busy = {feed.url: feed for feed in day.of_kind("busy")}
    assert sorted(url for url, *_ in gaps) == sorted(busy)
    for url, start, end, n_missed, basis in gaps:
        unseen = [n for n, at in enumerate(busy[url].published) if start < at <= end and n not in day.web.shown[url]]
        print(f"\n{url}: {len(unseen)} items never seen, {n_missed:.1f} estimated: {basis}")
        assert unseen
        assert n_missed == pytest.approx(len(unseen), abs=2)
    assert day.rows("select sum(n_gaps)::integer from coverage") == [(N_BUSY,)]
    for feed in day.of_kind("sound", "slow", "lying", "frozen"):
        assert day.web.shown[feed.url] == {n for n, at in enumerate(feed.published) if at <= day.web.polled[feed.url]}


def test_the_lying_feed_is_found_out_by_the_audit(day):
    """It says 304 to its tag whatever it holds; from the first full answer on it is asked in full."""
    (feed,) = day.of_kind("lying")
    polls = day.rows(
        "select polled_utc, fetch_status, is_conditional, validator_lied from core.poll where feed_url = ? order by 1",
        feed.url,
    )
    found = next(place for place, poll in enumerate(polls) if poll[3])
    print(f"\nfound out after {polls[found][0] - BEGIN}, behind {found} polls")
    assert {status for _, status, *_ in polls[1:found]} == {"not_modified"}
    assert AUDIT_EVERY <= polls[found][0] - polls[0][0] <= 2 * AUDIT_EVERY
    assert not any(is_conditional for _, _, is_conditional, *_ in polls[found:])
    log = day.rows("select distinct what from feed_log where feed_url = ?", feed.url)
    assert log == [("validator not trusted",)]


def test_the_frozen_feed_is_ill_and_the_slow_ones_are_well(day):
    """An answer is not health; slowness is no illness."""
    health = dict(day.rows("select feed_url, health from feed_health"))
    assert health.pop(day.of_kind("frozen")[0].url) == "frozen"
    for feed in day.of_kind(*DEAD):
        assert health.pop(feed.url) == "failing"
    assert len(day.of_kind("slow")) == ILLS["slow"]
    assert set(health.values()) == {"ok"}


def test_the_books_balance(day):
    """Each item that any document showed is one sighting, in the state that its page deserves."""
    states = dict(day.rows("select state, count(*) from core.sighting group by all"))
    print(f"\n{sum(states.values())} items shown; states {states}")
    assert states == day.web.fates()
    shown = {url: len(numbers) for url, numbers in day.web.shown.items() if numbers}
    assert dict(day.rows("select feed_url, count(*) from core.sighting group by all")) == shown
    assert day.rows("select sum(n_seen)::integer, sum(n_stored)::integer, sum(n_pending)::integer from coverage") == [
        (sum(shown.values()), states["stored"], 0)
    ]


def test_articles_are_visited_again(day):
    """After one hour, six and a day: a part of the load of each host."""
    visits = dict(day.rows("select purpose, count(*) from core.fetch where http_status = 200 group by all"))
    print(f"\n{visits}")
    articles = day.rows(
        "select count(*) from core.fetch where purpose = 'revisit' and http_status = 200 and url in "
        "(select url from core.article where first_seen_utc < ?) group by url",
        BEGIN + POLL_EVERY,
    )
    assert {n for (n,) in articles} == {3}
