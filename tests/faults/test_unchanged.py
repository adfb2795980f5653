"""Running twice changes nothing: no row outside the logs of polls and requests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.pipeline import pipeline
from tests.conftest import NOW
from tests.faults.contents import hashes
from tests.faults.feeds import framed_wire
from tests.site.stories import WEATHER, article_page, rss, story

TOLD_BY_TIME = {"portrait_state", "omission", "event_window", "change_day", "divergence"}
"""Derived from the log of polls: how much of an event's window was watched, and days of which nothing more is known."""


def put_every_fate(site, host: str) -> None:
    """A feed whose items end in every state that needs no second try, without a validator."""
    pages = site.pages
    items = [story(host, n) for n in range(6)] + [{"title": "No link", "guid": "x"}, story(host, 99)]
    items += [{"title": "Again", "link": f"http://{host}/story-0?utm_source=feed", "guid": "again"}]
    pages[f"{host}/feed.xml"] = (200, {"Content-Type": "application/rss+xml"}, rss(items))
    pages[f"{host}/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /story-1\n")
    html = {"Content-Type": "text/html"}
    pages[f"{host}/story-0"] = (200, html, article_page("Talks, round 0"))
    pages[f"{host}/story-2"] = (200, html, article_page("Rain", WEATHER))
    pages[f"{host}/story-3"] = (200, html, article_page("Short", "Too little.", n_paragraphs=1))
    pages[f"{host}/story-4"] = (402, html, b"pay")
    pages[f"{host}/story-5"] = (403, html, b"no")


@pytest.mark.slow
def test_an_unchanged_world_changes_nothing(home, site, watch, world, prefect_server):
    """Not when nothing is due, nor when a feed answers 304, nor when it is asked for, or gives, the same body again."""
    watch("wire", feeds=["http://wire.example/feed.xml"])
    framed_wire(site, "wire.example", 5)
    watch("fates", feeds=["http://fates.example/feed.xml"])
    put_every_fate(site, "fates.example")
    pipeline(str(home.root), world)
    before = hashes(home)
    states = {table: n for table, (n, _) in before.items()}
    print(f"\nafter the first run: {states}")
    assert all(states[table] for table in ("sighting", "article", "revision", "score", "hit", "fetch"))

    site.requests.clear()
    pipeline(str(home.root), world)
    assert hashes(home) == before
    assert site.requests == []

    for hours in (1, 72):
        site.requests.clear()
        pipeline(str(home.root), replace(world, clock=lambda hours=hours: NOW + timedelta(hours=hours)))
        after = hashes(home)
        changed = {table for table in before if before[table] != after[table]}
        print(f"{hours} h later: {changed} changed, {dict(site.counts)} asked for")
        assert changed - TOLD_BY_TIME == {"poll", "fetch"} | ({"robots"} if hours > 24 else set())
        assert after["poll"][0] == before["poll"][0] + 2
        # Every article is visited again, and no page that gave none.
        revisits = {"story-0": 2} | {f"story-{n}": 1 for n in range(1, 5)}
        assert after["fetch"][0] == before["fetch"][0] + sum(revisits.values())
        assert {name: n for name, n in site.counts.items() if n and name != "robots.txt"} == {"feed.xml": 2} | revisits
        assert ["If-None-Match" in headers for path, headers in site.requests if "wire.example/feed" in path] == [
            hours == 1
        ]
        before = after
