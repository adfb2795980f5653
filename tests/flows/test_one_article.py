"""One article, many sightings: hosts, variants and canonical links through polls and fetches on the test site."""

from datetime import timedelta

import pytest

from flows.fetching.session import FetchSession
from flows.polling.stage import poll_due_feeds
from flows.reading.stage import read_due_pages
from flows.reports import IngestReport
from flows.world import loopback_world
from framing.registry_files import load_registry
from tests.conftest import NOW, outlet_toml
from tests.site.stories import TALKS, article_page, rss
from warehouse.catalogue import register_outlets
from warehouse.store import open_warehouse

HTML = {"Content-Type": "text/html; charset=utf-8"}
MIRRORS = ("mirror-one.test", "mirror-two.test")


class Outlet:
    """One outlet with two mirrors, whose feed is polled once a day."""

    def __init__(self, home, site, warehouse):
        folder = home.registry / "outlets"
        folder.mkdir(exist_ok=True)
        toml = outlet_toml("wire", ["http://wire.example/feed.xml"]).replace("mirrors = []", f"mirrors = {[*MIRRORS]}")
        (folder / "wire.toml").write_text(toml, encoding="utf-8")
        self.site, self.warehouse, self.now = site, warehouse, NOW
        self.registry = load_registry(home.registry)
        register_outlets(warehouse, self.registry.outlets)

    def page(self, address, n, canonical=None):
        """Serve story ``n`` at an address."""
        head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
        text = TALKS.replace("Geneva", ("Geneva", "Riyadh", "Istanbul")[n])
        page = article_page(f"Talks, round {n}", text, 4, head)
        self.site.pages[address] = (200, HTML, page)

    def poll(self, *links):
        """Let the feed give these links a day later, and read what they lead to; returns the pages asked for."""
        items = [{"title": f"Item {self.now:%d} {link}", "link": link} for link in links]
        self.site.pages["wire.example/feed.xml"] = (200, {"Content-Type": "application/rss+xml"}, rss(items))
        self.now += timedelta(days=1)
        world = loopback_world(self.site.port, clock=lambda: self.now)
        self.site.requests.clear()
        with FetchSession(world) as session:
            poll_due_feeds.fn(self.warehouse, session, world, IngestReport())
            read_due_pages.fn(self.warehouse, session, self.registry, world, IngestReport())
        return [address for address, _ in self.site.requests if not address.endswith((".xml", ".txt"))]

    @property
    def articles(self):
        return [row["url"] for row in self.warehouse.rows("select url from core.article order by url")]

    @property
    def states(self):
        rows = self.warehouse.rows("select state, count(*) as n from core.sighting group by state")
        return {row["state"]: row["n"] for row in rows}


@pytest.fixture
def outlet(home, site):
    with open_warehouse(home, "test") as warehouse:
        yield Outlet(home, site, warehouse)


def test_a_mirrors_story_is_the_home_hosts(outlet):
    """First seen on a mirror, its address is at home; on the next mirror it is known without asking."""
    for host in ("wire.example", *MIRRORS):
        outlet.page(f"{host}/news/1-talks", 1)

    asked = [outlet.poll(f"http://{host}/news/1-talks") for host in (MIRRORS[0], MIRRORS[1], "wire.example")]

    assert asked == [[f"{MIRRORS[0]}/news/1-talks"], [], []]
    assert outlet.articles == ["http://wire.example/news/1-talks"]
    assert outlet.states == {"stored": 1, "duplicate": 2}


def test_a_scheme_is_no_other_story(outlet):
    """http and https meet before the second is asked for."""
    outlet.page("wire.example/news/1-talks", 1)

    asked = [outlet.poll(f"{scheme}://wire.example/news/1-talks") for scheme in ("http", "https")]

    assert asked == [["wire.example/news/1-talks"], []]
    assert outlet.states == {"stored": 1, "duplicate": 1}


def test_variants_meet_in_their_canonical_link(outlet):
    """Mobile and AMP pages are asked for once, and then belong to the article they name, however they tell it."""
    for n, address in enumerate(("wire.example/1-talks", "m.wire.example/1-talks", "wire.example/amp/1-talks")):
        outlet.page(address, n, "http://wire.example/1-talks")
        outlet.poll(f"http://{address}")

    assert outlet.articles == ["http://wire.example/1-talks"]
    assert outlet.states == {"stored": 1, "duplicate": 2}


@pytest.mark.parametrize("links", [("/story.php?id=7", "/story.php?id=8"), ("/03/ukraine-live", "/04/ukraine-live")])
@pytest.mark.parametrize("canonical", ["/story.php", "/03/ukraine-live"])
def test_one_canonical_link_for_two_stories_joins_none(outlet, links, canonical):
    """A template's mistake must not cost the second story."""
    for n, link in enumerate(links):
        outlet.page(f"wire.example{link}", n, f"http://wire.example{canonical}")
        outlet.poll(f"http://wire.example{link}")

    assert len(outlet.articles) == 2
    assert outlet.states == {"stored": 2}
