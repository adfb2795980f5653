"""Verdicts in the warehouse: states, evidence, the feed's text, and walls that only their repetition gives away."""

import json
from dataclasses import replace

import pytest

from flows.fetching.exchange import FetchStatus, Response
from flows.pages.page import read_page
from flows.reading.stage import store_pages
from flows.reports import IngestReport
from flows.workers import Outcome
from flows.world import World
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from tests.flows.verdict_pages import CASES, OFFER, article
from tests.site.stories import TALKS
from tests.warehouse.rows import NOW, sighting_row
from warehouse.agenda import DuePage, unscored_revisions
from warehouse.catalogue import register_codebook
from warehouse.checking import failed_checks
from warehouse.store import open_warehouse

WALL = "Please wait while peace talks between Kyiv and Moscow, Putin and Zelensky load. Visit 8f3ab{n}c is looked at."


@pytest.fixture
def store(home, watch):
    """Store pages, each given as markup, as one batch; gives the warehouse."""
    watch("wire", ["http://wire.example/feed.xml"], keep="everything")
    registry = load_registry(home.registry)
    with open_warehouse(home, "test") as warehouse:

        def run(*pages, status=FetchStatus.OK, http_status=200, headers=(), full_text=None):
            answers = []
            for name, markup in pages:
                url = f"http://wire.example/{name}"
                sighting = replace(sighting_row(name), outlet_id="wire", url=url, page_url=url, title=f"Story {name}")
                sighting = replace(sighting, full_text=full_text)
                warehouse.save([sighting])
                response = Response(
                    url=url, final_url=url, status=status, http_status=http_status, content_type="text/html", etag=None,
                    last_modified=None, body=markup.encode(), fetched_utc=NOW, elapsed_ms=1, headers=headers,
                    error=None if status is FetchStatus.OK else f"HTTP {http_status}",
                )  # fmt: skip
                is_ok = status is FetchStatus.OK
                page = read_page(response.body, None, url, headers, sighting.title) if is_ok else None
                outcome = Outcome(page, None) if is_ok else None
                answers.append((DuePage(page_url=url, outlet_id="wire", sightings=(sighting,)), (response, outcome)))
            store_pages(warehouse, answers, {}, registry, World(clock=lambda: NOW), IngestReport())
            return warehouse

        yield run


def states(warehouse):
    return [row["state"] for row in warehouse.rows("select state from core.sighting order by sighting_id")]


@pytest.mark.parametrize(
    ("name", "state"),
    [("consent", "wall"), ("headlines alone", "index"), ("a video", "video"), ("not found", "soft_404"),
     ("paid in part", "paywalled"), ("a flash", "too_short"), ("article", "stored")],
)  # fmt: skip
def test_each_verdict_has_its_state(store, name, state):
    """And the request keeps verdict and evidence."""
    markup, verdict, _ = CASES[name]

    warehouse = store(("a", markup))

    (row,) = warehouse.rows("select verdict, verdict_evidence from core.fetch")
    assert (states(warehouse), row["verdict"]) == ([state], verdict)
    assert json.loads(row["verdict_evidence"])
    assert failed_checks(warehouse.sql) == []


def test_a_challenge_is_a_wall_and_a_failing_server_is_asked_again(store):
    """Both say 503."""
    failed = {"status": FetchStatus.SERVER_ERROR, "http_status": 503}

    warehouse = store(("a", ""), **failed, headers=(("cf-mitigated", "challenge"),))
    store(("b", ""), **failed)

    assert states(warehouse) == ["wall", "pending"]


def test_the_feeds_text_is_stored_where_the_page_hides_its_own(store):
    """The page's verdict stays with the request."""
    whole = "\n".join(TALKS.format(n=n) for n in range(1, 9))

    warehouse = store(("a", article("Talks", TALKS, 1, OFFER)), full_text=whole)

    (revision,) = warehouse.rows("select text, text_source, verdict, feed_overlap from core.revision")
    (fetch,) = warehouse.rows("select verdict from core.fetch")
    assert (revision["text"], revision["text_source"], revision["verdict"]) == (whole, "feed", "article")
    assert 0 < revision["feed_overlap"] < 1
    assert fetch["verdict"] == "teaser"


def test_the_third_story_with_one_text_gives_the_wall_away(store, home):
    """In one batch all are walls; what was stored earlier stays, judged anew, and is not scored."""
    page = "<html><body><article><p>{}</p></article></body></html>"
    wall = [(name, page.format(WALL.format(n=number) * 2)) for number, name in enumerate("abcd")]

    warehouse = store(wall[0])
    store(wall[1])
    assert states(warehouse) == ["stored", "stored"]
    store(wall[2], wall[3])

    assert states(warehouse) == ["stored", "stored", "wall", "wall"]
    judged = warehouse.rows("select verdict from core.revision_verdict")
    assert [row["verdict"] for row in judged] == ["bot_wall", "bot_wall"]
    codebook = load_registry(home.registry).codebook
    register_codebook(warehouse, codebook, SCORER_VERSION, NOW)
    store(("e", CASES["article"][0]))
    unscored = unscored_revisions(warehouse, codebook.version, "rules", SCORER_VERSION, 10)
    assert [row["title"] for row in unscored] == ["Talks go on in Geneva"]
