"""Replay of a feed that moved: its archive tells of two addresses, its log of one feed."""

from datetime import timedelta

import pytest

from flows.archive.replay import replay
from flows.fetching.opening import open_session
from flows.polling.stage import poll_due_feeds
from flows.reports import IngestReport
from flows.world import loopback_world
from framing.registry_files import load_registry
from tests.conftest import NOW
from tests.site.stories import rss
from warehouse.catalogue import register_outlets
from warehouse.publication import publish
from warehouse.reading import open_current
from warehouse.replica import replica_of
from warehouse.store import open_warehouse

OLD, NEW = "http://wire.example/feed.xml", "http://wire.example/new.xml"
TOLD = (
    "select feed_url, asked_url, polled_utc, n_new, n_shared, failure, next_utc from core.poll order by polled_utc",
    "select feed_url, item_key, first_seen_utc from core.sighting order by all",
    "select feed_url, old_url, new_url, moved_utc from core.feed_move order by moved_utc",
)
"""Items without links, so that no page is asked for between two polls."""


def serve(site, path, n_items):
    items = [{"title": f"Round {n}", "guid": f"g-{n}"} for n in range(n_items)]
    site.pages[path] = (200, {"Content-Type": "application/rss+xml"}, rss(items))


@pytest.mark.slow
@pytest.mark.parametrize("dies", [False, True])
def test_a_moved_feed_is_one_feed_in_the_replay(home, site, watch, tmp_path, dies):
    """Three days of 301, then asked at the new address; where that dies, at the old one again."""
    watch("wire", [OLD])
    site.pages["/feed.xml"] = (301, {"Location": NEW}, b"")
    serve(site, "/new.xml", 2)
    for day in range(4):
        collect(home, site, day)
    if dies:
        del site.pages["/new.xml"]
        serve(site, "/feed.xml", 4)
    else:
        serve(site, "/new.xml", 3)
    for day in range(5, 12):
        collect(home, site, day)
    publish(home)
    told = [query(home, sql) for sql in TOLD]
    new = replica_of(home, tmp_path / "new")

    replay(home, new)

    assert {row[1] for row in told[0]} == {OLD, NEW}
    assert [row[1:3] for row in told[2]] == ([(OLD, NEW), (NEW, OLD)] if dies else [(OLD, NEW)])
    assert {row[0] for row in told[1]} == {OLD}
    assert [query(new, sql) for sql in TOLD] == told


def collect(home, site, day):
    """The polls of one day's run."""
    world = loopback_world(site.port, clock=lambda: NOW + timedelta(days=day))
    with open_warehouse(home, "test") as warehouse, open_session(warehouse, world) as session:
        register_outlets(warehouse, load_registry(home.registry).outlets)
        poll_due_feeds.fn(warehouse, session, world, IngestReport())


def query(home, sql):
    """Rows of the published copy."""
    with open_current(home) as connection:
        return connection.execute(sql).fetchall()
