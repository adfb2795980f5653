"""kill -9 at any moment: nothing is lost, nothing comes twice, and readers never notice."""

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from flows.archive.replay import replay
from flows.pipeline import pipeline
from flows.world import World
from tests.conftest import NOW
from tests.faults.contents import Rows, identity, published_counts, view_counts
from tests.faults.feeds import framed_wire
from tests.faults.processes import CHECKOUT, Child, python, wait_until_gone
from tests.site import Site
from tests.site.stories import rss, story
from warehouse.home import Home, open_home
from warehouse.publication import publish, published_copies
from warehouse.replica import replica_of

MOMENTS = 10
HOSTS = ("wire-a.example", "wire-b.example", "wire-c.example")
TORN = "the file is torn here: its last record is not complete"


@pytest.fixture
def begun(home: Home, site: Site, watch, world: World, prefect_server: str) -> Home:
    """A home that has published five stories per outlet; the feeds have grown to thirty since."""
    for host in HOSTS:
        feeds = [f"http://{host}/feed.xml", f"http://{host}/second.xml"]
        watch(host.partition(".")[0].replace("-", "_"), feeds=feeds)
        framed_wire(site, host, 5)
        second_feed(site, host, range(3))
    pipeline(str(home.root), world)
    for host in HOSTS:
        framed_wire(site, host, 30)
        second_feed(site, host, range(10, 20))
    return home


def second_feed(site: Site, host: str, stories: range) -> None:
    """A feed without validators: it repeats stories, and names one that is gone and one without a link."""
    items = [story(host, n) for n in (*stories, 99)] + [{"title": "No link", "guid": f"{host}-x"}]
    site.pages[f"{host}/second.xml"] = (200, {"Content-Type": "application/rss+xml"}, rss(items))


def act(flow: str, home: Home, site: Site, server: str, times: int = 1) -> Child:
    """The flow in a process of its own, twenty minutes after the home began, ready to run."""
    clock = (NOW + timedelta(minutes=20)).isoformat()
    child = python("tests.faults.act", flow, home.root, site.port, clock, times, PREFECT_API_URL=server)
    child.wait_for("ready")
    return child


def copy_of(home: Home, name: str) -> Home:
    root = home.root.with_name(name)
    shutil.copytree(home.root, root, symlinks=True)
    return open_home(root)


def later(world: World) -> World:
    """When every feed is due again."""
    return replace(world, clock=lambda: NOW + timedelta(minutes=40))


@pytest.mark.slow
def test_killed_while_ingesting(begun, site, world, prefect_server):
    """The next run ends where an undisturbed one ends, whenever the one before died."""
    rng = random.Random(2)
    before = published_counts(begun)
    undisturbed = copy_of(begun, "undisturbed")
    child = act("ingest", undisturbed, site, prefect_server)
    started = time.monotonic()
    child.wait_for("done")
    seconds = time.monotonic() - started
    pipeline(str(undisturbed.root), later(world))
    expected = identity(undisturbed)
    views = view_counts(undisturbed.current)
    print(f"\nundisturbed: {seconds:.1f} s, {len(expected['sighting'])} sightings, {len(expected['article'])} articles")

    n_inside = 0
    for _ in range(MOMENTS):
        moment = rng.uniform(0, seconds)
        victim = copy_of(begun, "victim")
        child = act("ingest", victim, site, prefect_server)
        time.sleep(moment)
        if "done" in child.said:  # the machine is quicker by now
            seconds = moment
        n_inside += "done" not in child.said
        child.kill()
        wait_until_gone(child, 5)
        assert published_counts(victim) == before
        found = {table: len(rows) for table, rows in identity(victim).items()}
        pipeline(str(victim.root), later(world))
        assert_same(identity(victim), expected)
        assert view_counts(victim.current) == views
        assert_archived(victim)
        print(f"killed after {moment:.1f} s with {found['sighting']} sightings, {found['article']} articles: recovered")
        shutil.rmtree(victim.root)
    assert n_inside >= MOMENTS // 2, "most kills came after the run had ended"


@pytest.mark.slow
def test_killed_while_publishing(begun, site, world, prefect_server):
    """A reader sees the old copy or the new one, whole; the next publication goes through."""
    rng = random.Random(3)
    before = published_counts(begun)
    act("ingest", begun, site, prefect_server).wait_for("done")
    kept = identity(begun)
    after = (len(kept["sighting"]), len(kept["article"]))
    assert after > before

    for moment in sorted(rng.uniform(0, 3) for _ in range(MOMENTS)):
        victim = copy_of(begun, "victim")
        child = act("publish", victim, site, prefect_server, times=1_000)
        time.sleep(moment)
        child.kill()
        wait_until_gone(child, 5)
        n_copies = len(published_copies(victim))
        seen = published_counts(victim)
        assert seen in (before, after)
        assert_same(identity(victim), kept)
        assert_publishes(victim, after)
        print(f"killed after {moment:.1f} s: {n_copies} copies, {'new' if seen == after else 'old'} state seen")
        shutil.rmtree(victim.root)


@pytest.mark.slow
def test_killed_before_each_step_of_a_publication(begun, site, world, prefect_server):
    """Not only at random: right before every single step that touches the home."""
    before = published_counts(begun)
    act("ingest", begun, site, prefect_server).wait_for("done")
    kept = identity(begun)
    after = (len(kept["sighting"]), len(kept["article"]))
    seen = []
    for step in range(1, 100):
        victim = copy_of(begun, "victim")
        command = [sys.executable, "-m", "tests.faults.step", str(victim.root), str(step)]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
        seen.append(published_counts(victim))
        assert_same(identity(victim), kept)
        assert_publishes(victim, after)
        shutil.rmtree(victim.root)
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
    print(f"\nkilled before each of {step - 1} steps: the old copy seen {seen.count(before)} times, the new one after")
    assert step > 10
    assert seen == [before] * seen.count(before) + [after] * seen.count(after)
    assert seen.count(after) >= 1


def assert_same(found: Rows, expected: Rows) -> None:
    """Table by table, with the rows that differ in the message."""
    for table, rows in expected.items():
        lost, added = Counter(rows) - Counter(found[table]), Counter(found[table]) - Counter(rows)
        assert not lost, f"{table}: {lost.total()} rows lost or changed: {list(lost)[:3]}, instead: {list(added)[:3]}"
        assert not added, f"{table}: {added.total()} rows too many: {list(added)[:3]}"


def assert_archived(home: Home) -> None:
    """The archive alone gives the same revisions; at most the record that was being written is torn."""
    again = replica_of(home, home.root.with_name("again"))
    report = replay(home, again)
    assert [one.finding for one in report.unreadable] in ([], [TORN])
    tables = ("revision", "article")
    found, expected = identity(again), identity(home)
    assert_same({table: found[table] for table in tables}, {table: expected[table] for table in tables})
    shutil.rmtree(again.root)


def assert_publishes(home: Home, counts: tuple[int, int]) -> None:
    """One more publication works, shows everything and leaves no rest of the one that died."""
    publish(home, wait_s=5)
    assert published_counts(home) == counts
    assert len(published_copies(home)) <= 3
    rests = {path.name for path in (*home.root.iterdir(), *home.published.iterdir())} & {
        ".parley.partial",
        ".parley.duckdb.new",
    }
    assert rests == set()
    assert Path(home.current.readlink()).parts[0] == "published"
