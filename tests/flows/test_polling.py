"""A run of polling: nobody waits for a slow feed, and silence is judged when all have been heard."""

import pytest

from flows.fetching.session import FetchSession
from flows.polling.stage import poll_due_feeds
from flows.reports import IngestReport
from flows.world import World
from tests.conftest import NOW
from tests.site.stories import rss
from tests.warehouse.rows import register
from warehouse.store import open_warehouse

N_FEEDS = 120
RSS = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def warehouse(home):
    """Watches a feed on each of 120 hosts."""
    with open_warehouse(home, "test") as warehouse:
        register(warehouse)
        row = {"outlet_id": "wire", "language": "en", "verified": "listed", "verified_source": "a test"}
        feeds = [{"feed_url": f"http://h{n:03}.example/feed", "is_watched": True, **row} for n in range(N_FEEDS)]
        warehouse.merge("feed", feeds, ("feed_url",))
        warehouse.sql.execute("update core.feed set is_watched = false where feed_url not like 'http://h%'")
        yield warehouse


def poll(warehouse, world):
    with FetchSession(world) as session:
        poll_due_feeds.fn(warehouse, session, world, IngestReport())
    rows = warehouse.rows("select failure, count(*) as n from core.poll group by all order by all")
    return {row["failure"]: row["n"] for row in rows}


def world_without(port, n_dead):
    """The first hosts in the order of asking have no name, which is found out at once."""

    async def resolve(host, _port):
        if int(host[1:4]) < n_dead:
            raise OSError("no such host")
        return [("127.0.0.1", port)]

    return World(clock=lambda: NOW, resolve=resolve, admitted=("127.0.0.1", port))


def test_a_slow_feed_holds_up_no_other(warehouse, site, world):
    """It answers when two batches of the others are asked for and answered; nothing else could let it go on."""
    site.pages["/feed"] = (200, RSS, rss([{"title": "one", "guid": "1"}]))
    others = []

    def drip(asked):
        while len(site.requests) < N_FEEDS:
            if not asked.wait(0.01):
                return
        others.append(len(site.requests))
        asked.serve(site.pages["/feed"])

    site.pages["h000.example/feed"] = drip

    assert poll(warehouse, world) == {None: N_FEEDS}
    assert others == [N_FEEDS]


@pytest.mark.parametrize(("n_dead", "failures"), [(55, {"hard": 55, None: 65}), (70, {"ours": 70, None: 50})])
def test_silence_is_judged_by_the_whole_run(warehouse, site, n_dead, failures):
    """The first fifty failures come before the first answer; they are no outage unless most of all are silent."""
    site.pages["/feed"] = (200, RSS, rss([{"title": "one", "guid": "1"}]))

    assert poll(warehouse, world_without(site.port, n_dead)) == failures


def test_a_server_that_says_unchanged_to_everybody_is_not_healthy(home, site, world):
    """It never gave a feed: the log holds a failure of the server, not a success."""
    site.pages["/feed.xml"] = (304, {}, b"")
    with open_warehouse(home, "test") as warehouse:
        register(warehouse)
        failures = poll(warehouse, world)

        (row,) = warehouse.rows("select fetch_status, http_status, error, next_reason from core.poll")
        (health,) = warehouse.rows("select n_polls, n_polls_ok, last_success_utc from feed_health")
    assert failures == {"temporary": 1}
    assert tuple(row.values()) == (
        "server_error",
        304,
        "HTTP 304 to a request that named no version to compare with",
        "18 minutes after failures that weigh 0.25",
    )
    assert tuple(health.values()) == (1, 0, None)
