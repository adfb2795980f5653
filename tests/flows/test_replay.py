"""Replay: the archive alone gives the same texts again."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from flows.archive.replay import replay
from flows.fetching.opening import open_session
from flows.polling.stage import poll_due_feeds
from flows.reading.revisits import revisit_due_articles
from flows.reading.stage import read_due_pages
from flows.reports import IngestReport
from flows.score import score_unseen
from flows.world import loopback_world
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from tests.conftest import NOW, outlet_toml, run_parley
from tests.site import Site
from tests.site.stories import TALKS, WEATHER, article_page, rss, story
from tests.warehouse.test_judgements import keep_two, says
from warehouse.catalogue import activate_codebook, register_codebook, register_outlets
from warehouse.home import HomeError, create_home, open_home
from warehouse.judgements import open_judgements
from warehouse.publication import publish
from warehouse.reading import open_current
from warehouse.replica import replica_of
from warehouse.store import open_warehouse
from warehouse.warc_reading import warc_files

HTML = {"Content-Type": "text/html"}
FEED = {"Content-Type": "application/rss+xml"}
NAMES = ("plain", "moved", "amp", "twin", "weather", "gone", "later")
REVISIONS = "select revision_id, article_id, text_sha256, title, seen_utc from core.revision order by all"


def query(home, sql):
    """Rows of the published copy."""
    with open_current(home) as connection:
        return connection.execute(sql).fetchall()


def talks(name, text=TALKS, head=""):
    """A page of its own on the talks."""
    return 200, HTML, article_page(f"Talks on peace, {name}", f"{text}\nThe {name} report.", head=head)


def fill(site):
    """A plain story, a redirect, two addresses of one story, one off topic, one gone, one that is there later."""
    canonical = '<link rel="canonical" href="http://wire.example/2025/12/twin-story-of-the-day">'
    site.pages["/2025/12/plain"] = talks("plain")
    site.pages["/2025/12/moved"] = (301, {"Location": "http://wire.example/2025/12/new-home"}, b"")
    site.pages["/2025/12/new-home"] = talks("moved")
    site.pages["/2025/12/amp"] = site.pages["/2025/12/twin"] = talks("twin", head=canonical)
    site.pages["/2025/12/weather"] = (200, HTML, article_page("Rain in the north", WEATHER))
    site.pages["/2025/12/later"] = (503, {}, b"busy")
    site.pages["/feed.xml"] = (200, {**FEED, "ETag": '"one"'}, rss(items(NAMES)))


def items(names):
    return [{"title": name, "link": f"http://wire.example/2025/12/{name}", "guid": name} for name in names]


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """Four runs: first readings, an edit, a new item beside a page that answers at last, and one without news."""
    home = create_home(tmp_path_factory.mktemp("original") / "home")
    shipped = Path(__file__).parents[2] / "framing" / "registry" / "watch.toml"
    watched = shipped.read_text(encoding="utf-8").replace("shipped_outlets = true", "shipped_outlets = false")
    (home.registry / "watch.toml").write_text(watched, encoding="utf-8")
    (home.registry / "outlets").mkdir()
    (home.registry / "outlets" / "wire.toml").write_text(outlet_toml("wire", ["http://wire.example/feed.xml"]))
    with Site() as site:
        fill(site)
        collect(home, site, timedelta(0))
        site.pages["/2025/12/plain"] = talks("plain", f"{TALKS}\nA new sentence was added, and nobody was told of it.")
        site.pages["/2025/12/later"] = talks("later")
        collect(home, site, timedelta(hours=2))
        site.pages["/feed.xml"] = (200, {**FEED, "ETag": '"two"'}, rss(items((*NAMES, "extra"))))
        site.pages["/2025/12/extra"] = talks("extra")
        collect(home, site, timedelta(hours=9))
        collect(home, site, timedelta(hours=10))
    publish(home)
    return home


def collect(home, site, after):
    """One run of the pipeline's stages."""
    world = loopback_world(site.port, clock=lambda: NOW + after)
    registry, report = load_registry(home.registry), IngestReport()
    with open_warehouse(home, "test") as warehouse:
        with open_session(warehouse, world) as session:
            register_outlets(warehouse, registry.outlets)
            poll_due_feeds.fn(warehouse, session, world, report)
            read_due_pages.fn(warehouse, session, registry, world, report)
            revisit_due_articles.fn(warehouse, session, registry, world, report)
        register_codebook(warehouse, registry.codebook, SCORER_VERSION, world.clock())
        score_unseen(warehouse, registry.codebook, world)
        activate_codebook(warehouse, registry.codebook.version, world.clock())


@pytest.fixture
def collected(original, tmp_path):
    """A copy to do with as a test likes."""
    shutil.copytree(original.root, tmp_path / "home", symlinks=True)
    return open_home(tmp_path / "home")


def test_the_archive_gives_the_same_revisions(collected, tmp_path):
    """Acceptance: the database is deleted, and the WARC files give it back, hashes equal."""
    before = query(collected, REVISIONS)
    states = "select item_key, state, coalesce(article_id, '') from core.sighting order by all"
    told = query(collected, states)
    assert len(before) == len({row[1] for row in before}) + 1 == 6  # five articles, one of them edited
    collected.database.unlink()
    new = replica_of(collected, tmp_path / "new")

    report = replay(collected, new)

    assert query(new, REVISIONS) == before
    assert query(new, states) == told
    for table in ("poll", "fetch"):
        rows = f"select {table}_id, body_sha256, warc_file, warc_offset, elapsed_ms from core.{table} order by all"
        assert query(new, rows) == query(collected, rows)
    assert query(new, "select * from core.edit order by all") == query(
        collected, "select * from core.edit order by all"
    )
    assert (report.n_unclaimed, report.unreadable) == (0, [])
    assert report.comparison.n_revisions_alike == 6
    assert [change.n for change in report.comparison.changes] == [0, 0, 0, 0]


@pytest.mark.slow
def test_what_would_change_is_told(collected, tmp_path):
    """Another registry reads the same answers otherwise; the command prints it, and the old home stays as it is."""
    outlet = collected.registry / "outlets" / "wire.toml"
    outlet.write_text(outlet.read_text().replace('keep = "on-topic"', 'keep = "everything"'))
    before = query(collected, REVISIONS)
    into = tmp_path / "new"

    done = run_parley("replay", "--into", str(into), "--json", home=collected.root)

    assert (done.returncode, done.stderr) == (0, "")
    facts = json.loads(done.stdout)
    added, *others = facts["comparison"]["changes"]
    assert (added["what"], added["n"]) == ("articles added", 1)
    assert added["examples"] == [
        {"outlet_id": "wire", "url": "http://wire.example/2025/12/weather", "title": "Rain in the north"}
    ]
    assert [change["n"] for change in others] == [0, 0, 0]
    assert query(collected, REVISIONS) == before
    file = warc_files(collected.warc)[0]
    assert (into / "warc" / file).samefile(collected.warc / file)
    again = run_parley("replay", "--into", str(into), home=collected.root)
    assert again.returncode == 1
    assert "this folder is in use, and a replay builds a home from nothing" in again.stderr


def test_a_home_without_database_or_publication_is_built_all_the_same(home, site, watch, tmp_path):
    """
    Then there is nothing to compare with; a torn file is told, and what stands before it is read. What people judged
    is in no archive: it comes along.
    """
    site.pages["/feed.xml"] = (200, FEED, rss([story("wire.example", 1)]))
    site.pages["/story-1"] = talks("one")
    watch("wire", ["http://wire.example/feed.xml"])
    collect(home, site, timedelta(0))
    with open_judgements(home, "test") as judgements:
        keep_two(judgements)
        judgements.add([says("u1", "yes")], NOW)
    home.database.unlink()
    (file,) = warc_files(home.warc)
    with (home.warc / file).open("ab") as archive:
        archive.write(b"\x1f\x8b\x08")

    new = replica_of(home, tmp_path / "new")
    report = replay(home, new)

    assert (report.ingest.states, report.n_scored, report.comparison) == ({"stored": 1}, 1, None)
    for place in (home, new):
        with open_judgements(place, "test") as judgements:
            assert judgements.latest() == [says("u1", "yes")]
    assert [one.finding for one in report.unreadable] == ["the file is torn here: its last record is not complete"]


def test_a_day_to_begin_with(original, tmp_path):
    """What was seen before it is no loss; items that were seen and not asked for since stay pending."""
    new = replica_of(original, tmp_path / "new")

    report = replay(original, new, NOW + timedelta(hours=8))

    assert [change.n for change in report.comparison.changes] == [0, 0, 0, 0]
    assert report.comparison.n_articles_before == report.comparison.n_articles_after == 5
    assert query(new, "select item_key from core.sighting where state = 'pending' order by all") == [
        ("amp",),
        ("gone",),
        ("weather",),
    ]


def test_without_an_archive_there_is_nothing_to_replay(home, tmp_path):
    """And no folder is made."""
    with pytest.raises(HomeError) as error:
        replica_of(home, tmp_path / "new")

    assert str(error.value) == (
        f"{home.warc}: there are no WARC files here, so there is nothing to replay. --home DIR names another home. "
        "Nothing was changed."
    )
    assert not (tmp_path / "new").exists()
