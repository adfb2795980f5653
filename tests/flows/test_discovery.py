"""Discovery: a feed that is gone is looked for where its outlet names feeds, and proposed to a person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.commands.doctor import examine
from flows.daily import propose_feeds
from flows.ingest import ingest
from flows.polling.discovery import feed_links
from tests.conftest import NOW
from tests.site.stories import rss, story
from warehouse.gone_feeds import advice_on_feeds, gone_feeds
from warehouse.lock import writer_lock
from warehouse.publication import publish
from warehouse.reading import open_current

OLD = "http://wire.example/old.xml"
HTML = {"Content-Type": "text/html"}
FEED = {"Content-Type": "application/rss+xml"}


@pytest.mark.parametrize(
    ("head", "links"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss">', ["http://a.example/rss"]),
        ('<LINK REL="Alternate Feed" TYPE="application/atom+xml; charset=utf-8" HREF="b.xml">', ["http://a.example/x/b.xml"]),
        ('<link rel=alternate type=application/feed+json href="https://b.example/f.json">', ["https://b.example/f.json"]),
        ('<base href="http://c.example/d/"><link rel="alternate" type="application/rss+xml" href="e">', ["http://c.example/d/e"]),
        ('<link rel="alternate" type="application/rss+xml" href="/rss#top">' * 2, ["http://a.example/rss"]),
        ('<link rel="alternate" type="text/html" hreflang="de" href="/de">', []),
        ('<link rel="stylesheet" type="application/rss+xml" href="/rss">', []),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x()">', []),
        ('<link rel="alternate" type="application/rss+xml" href="http://[">', []),
        ('<link rel="alternate" type="application/rss+xml">', ["http://a.example/x/"]),
    ],
)  # fmt: skip
def test_feeds_that_a_page_names(head, links):
    """Absolute, each once; whatever the case of the tags."""
    assert feed_links(f"<html><head>{head}</head><body></body></html>".encode(), "http://a.example/x/") == links


def test_a_page_that_is_none():
    """No bytes, no tree, no links; and no more than ten of a thousand."""
    many = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(1000))

    assert feed_links(b"", "http://a.example/") == []
    assert len(feed_links(many.encode(), "http://a.example/")) == 10


@pytest.fixture
def gone(home, site, watch, world, prefect_server):
    """A feed that answers HTML at its third poll as before; home page and HTML each name feeds, one of them none."""
    watch("wire", [OLD])
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'.format
    site.pages["wire.example/old.xml"] = (200, HTML, f"<html><head>{link('/new.xml')}</head>gone</html>".encode())
    home_page = f"<html><head>{link('/broken.xml')}{link('/empty.xml')}{link('/new.xml')}{link(OLD)}</head></html>"
    site.pages["wire.example/"] = (200, HTML, home_page.encode())
    site.pages["wire.example/new.xml"] = (200, FEED, rss([story("wire.example", 1)]))
    site.pages["wire.example/broken.xml"] = (200, FEED, b"<html>oops</html>")
    site.pages["wire.example/empty.xml"] = (200, FEED, rss([]))
    for hours in (0, 24, 48):
        ingest(str(home.root), replace(world, clock=lambda hours=hours: NOW + timedelta(hours=hours)))
    publish(home)
    return home


def test_a_feed_that_is_gone_is_proposed_once(gone, site, world):
    """Checked to be a feed with items, stored with where it was found, told with what to write; never followed."""
    site.requests.clear()
    with writer_lock(gone, "test"):
        assert propose_feeds(gone, world) == 1
        publish(gone)
        n_asked = len(site.requests)
        assert propose_feeds(gone, world) == 0

    assert n_asked == len(site.requests) == 5
    with open_current(gone) as connection:
        rows = connection.execute("select feed_url, proposed_url, found_on, reason from core.feed_proposal").fetchall()
        (advice,) = advice_on_feeds(connection)
        moves = connection.execute("select count(*) from core.feed_move").fetchone()
        assert gone_feeds(connection) == []
    assert [row[:3] for row in rows] == [(OLD, "http://wire.example/new.xml", OLD)]
    assert rows[0][3].startswith("the feed failed 3 times since it last answered: not a feed")
    sentence = (
        f"{OLD} gives no feed; {OLD} names another. If it is the right one, write into outlets/wire.toml: "
        'url = "http://wire.example/new.xml"'
    )
    assert (advice.sentence, advice.is_urgent, moves) == (sentence, True, (0,))
    assert [(f.is_good, f.finding) for f in examine(gone) if f.subject == "feeds"] == [(False, sentence)]
