"""The demo's pages, feeds and server: every page gives back what was planted, and what breaks breaks as planned."""

import json
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

import feedparser
import pytest
import trafilatura

from flows.demo.polls import our_outage, poll_times
from flows.demo.records import load_sites
from flows.demo.sentences import load_bank
from flows.demo.server import DemoServer
from tests.flows.demo_parts import ARCHIVE, BY_URL, HOSTS, SITES, TRUTH, carried, get, read

EDITS = TRUTH["edits"]


@pytest.fixture
def server():
    """The demo server, at the end of the archive."""
    with DemoServer(ARCHIVE) as running:
        yield running


def ask(server, url):
    """One request by its whole address."""
    parts = urlsplit(url)
    return get(server, parts.netloc, parts.path + (f"?{parts.query}" if parts.query else ""))


def assert_extracted(server, article):
    """The extractor gets the planted paragraphs and the title, and nothing else."""
    host = HOSTS[article.outlet_id]
    status, _, body = get(server, host, article.path)
    found = trafilatura.bare_extraction(
        body, url=f"http://{host}{article.path}", include_comments=False, with_metadata=True
    )
    assert status == 200
    assert found is not None, article.path
    assert found.text == "\n".join(article.paragraphs), article.path
    assert found.title == article.title


@pytest.mark.parametrize("outlet_id", sorted(SITES))
def test_extraction_gives_the_planted_paragraphs(server, outlet_id):
    """Notice, menu, links and footer stay outside."""
    for article in ARCHIVE.articles:
        if article.outlet_id == outlet_id:
            assert_extracted(server, article.as_of(server.now))


def test_every_page_says_that_it_is_fictional(server):
    """Nobody may take a page for news."""
    for article in ARCHIVE.articles[::5]:
        _, _, body = get(server, HOSTS[article.outlet_id], article.path)
        assert body.decode().count(f">{load_bank(article.language).page.notice}<") == 2
        assert f'<html lang="{article.language}">' in body.decode()


@pytest.mark.parametrize("planted", TRUTH["duplicates"], ids=lambda planted: planted["variant"])
def test_a_page_names_its_own_address_wherever_it_is_served(server, planted):
    """With tracking, as AMP, for mobile: one page with one canonical address, under as many items of the feed."""
    pages = [ask(server, url) for url in planted["urls"]]
    server.now = BY_URL[planted["canonical_url"]].published
    feed = feedparser.parse(get(server, HOSTS[planted["outlet_id"]], "/feed.xml")[2])
    items = [entry for entry in feed.entries if entry.link in planted["urls"]]

    assert {status for status, _, _ in pages} == {200}
    assert len({body for _, _, body in pages}) == 1
    assert f'<link rel="canonical" href="{planted["canonical_url"]}">' in pages[0][2].decode()
    assert [entry.link for entry in items] == planted["urls"]
    assert len({entry.id for entry in items}) == len(planted["urls"]) == 2


def test_duplicates_come_in_all_variants():
    """And once without the page's own address in the feed."""
    urls = {planted["variant"]: planted["urls"] for planted in TRUTH["duplicates"]}

    assert all("utm_source" in url for url in urls["tracking"])
    assert "/amp/" in urls["amp"][1]
    assert urls["mobile"][1].startswith("http://m.")
    assert TRUTH["duplicates"][-1]["canonical_url"] not in urls["mixed"]


def test_a_page_tells_times_in_its_own_zone(server):
    """An evening in New York is the next day in UTC: the first ten letters are not the day."""
    article = next(
        article for article in ARCHIVE.articles if article.outlet_id == "harbor_ledger" and article.published.hour < 5
    )
    _, _, body = get(server, "harbor-ledger.example", article.path)
    start = body.index(b"application/ld+json") + len(b'application/ld+json">')
    content = json.loads(body[start : body.index(b"</script>", start)])

    published = datetime.fromisoformat(content["datePublished"])
    assert published == article.published
    assert published.utcoffset() == timedelta(hours=-5)
    assert published.date() < article.published.date()
    assert (content["@type"], content["headline"]) == ("NewsArticle", article.title)


@pytest.mark.parametrize("planted", EDITS, ids=lambda planted: planted["outlet_id"])
def test_an_edited_page_says_something_else_from_a_moment_on(server, planted):
    """Two versions of one page, and the frames of each; the feed names it under the same guid."""
    article = BY_URL[planted["url"]]
    edited = article.as_of(article.edit.at)
    versions = {}
    for moment, version in ((article.edit.at - timedelta(minutes=1), article), (article.edit.at, edited)):
        server.now = moment
        assert_extracted(server, version)
        feed = feedparser.parse(get(server, HOSTS[article.outlet_id], "/feed.xml")[2])
        versions[version.paragraphs] = [entry.id for entry in feed.entries if entry.link == planted["url"]]

    before, after = versions.values()
    assert len(versions) == 2
    assert before == after
    assert len(after) == 1
    assert carried(read(article)) == planted["frames_before"]
    assert carried(read(edited)) == planted["frames_after"]
    assert planted["frames_before"] != planted["frames_after"]
    assert (article.title, edited.title) == (planted["headline_before"], planted["headline_after"])
    assert article.edit.at.date() > article.published.date()
    assert edited.updated == (article.edit.at if planted["is_announced"] else article.updated)


# The feeds and the server


@pytest.mark.parametrize("site", ARCHIVE.sites, ids=lambda site: site.outlet_id)
def test_a_replay_shows_every_item_once_published(server, site):
    """Day by day, the feed names the articles and none of the future; the truth's sightings are its links."""
    seen: dict[str, datetime] = {}
    for moment in poll_times(ARCHIVE.articles):
        server.now = moment
        status, headers, body = get(server, site.host, "/feed.xml")
        if moment.date() in site.outage:
            assert status == 503
            continue
        if moment.date() in our_outage():
            continue
        feed = feedparser.parse(body, response_headers={"content-type": headers["Content-Type"]})
        assert feed.version == {"rss": "rss20", "atom": "atom10"}[site.feed_format]
        assert len(feed.entries) <= site.feed_items
        for entry in feed.entries:
            seen[entry.link] = datetime(*entry.published_parsed[:6], tzinfo=UTC)
            assert seen[entry.link] <= server.now

    own = {url: article for url, article in BY_URL.items() if article.outlet_id == site.outlet_id}
    assert len(seen) == TRUTH["totals"]["by_outlet"][site.outlet_id]["sightings"]
    assert set(seen.values()) == {own[url].published for url in own.keys() - set(TRUTH["outage"]["lost"])}


@pytest.mark.parametrize("site", ARCHIVE.sites, ids=lambda site: site.outlet_id)
def test_a_feed_gives_back_titles_and_summaries(server, site):
    """Whatever the charset."""
    _, headers, body = get(server, site.host, "/feed.xml")
    feed = feedparser.parse(body, response_headers={"content-type": headers["Content-Type"]})
    own = [article.as_of(server.now) for article in ARCHIVE.articles if article.outlet_id == site.outlet_id]
    newest = own[-feed_length(site) :]

    assert feed.encoding == site.feed_charset
    assert not feed.bozo
    plain = {(a.title, a.summary, f"http://{site.host}{a.path}") for a in newest if not a.addresses}
    assert len(plain) >= min(site.feed_items, 10)
    assert plain - {(e.title, e.summary, e.link) for e in feed.entries} == set()


def feed_length(site):
    """An article with two addresses takes two of the items."""
    n_more = sum(len(planted["urls"]) - 1 for planted in TRUTH["duplicates"] if planted["outlet_id"] == site.outlet_id)
    return site.feed_items - n_more


def test_an_unchanged_feed_costs_no_body(server):
    """A reader that holds the feed hears so, until something new is published."""
    host = "daily-meridian.example"
    server.now = datetime(2025, 11, 25, tzinfo=UTC)
    _, headers, body = get(server, host, "/feed.xml")
    unchanged = get(server, host, "/feed.xml", **{"If-None-Match": f'"other", W/{headers["ETag"]}'})
    server.now = datetime(2025, 11, 27, tzinfo=UTC)
    changed = get(server, host, "/feed.xml", **{"If-None-Match": headers["ETag"]})

    assert unchanged[0] == 304
    assert unchanged[2] == b""
    assert changed[0] == 200
    assert changed[2] != body
    assert [request.status for request in server.requests] == [200, 304, 200]
    assert server.requests[0][:2] == ("/feed.xml", host)


def test_an_outage_takes_the_whole_server_and_no_other(server):
    """Feed, pages and robots.txt, from midnight to midnight."""
    site = SITES[TRUTH["outage"]["outlet_id"]]
    article = next(article for article in ARCHIVE.articles if article.outlet_id == site.outlet_id)
    first = datetime.combine(site.outage[0], time(), UTC)
    last = datetime.combine(site.outage[-1], time(23, 59), UTC)
    minute = timedelta(minutes=1)

    for moment, status in ((first - minute, 200), (first, 503), (last, 503), (last + minute, 200)):
        server.now = moment
        answers = [get(server, site.host, path)[0] for path in ("/feed.xml", article.path, "/robots.txt")]
        assert answers == [status] * 3, moment
        assert get(server, "harbor-ledger.example", "/feed.xml")[0] == 200


def test_guids_churn_from_a_day_on(server):
    """The same stories under other guids each day, and under their own before."""
    churn = TRUTH["churn"]
    first = datetime.fromisoformat(churn["first_day_utc"]).replace(tzinfo=UTC)
    stories: dict[str, list[str]] = {}
    for days in (-2, -1, 0, 1):
        server.now = first + timedelta(days=days)
        for entry in feedparser.parse(get(server, HOSTS[churn["outlet_id"]], "/feed.xml")[2]).entries:
            stories.setdefault(entry.link, []).append(entry.id)

    old = [guids for guids in stories.values() if len(guids) == 4]
    assert len(old) >= 8
    assert {len(set(guids)) for guids in old} == {3}
    assert all(guids[0] == guids[1] for guids in old)


def test_a_silent_outlet_goes_on_answering(server):
    """The same feed, day after day."""
    silence = TRUTH["silence"]
    host = HOSTS[silence["outlet_id"]]
    server.now = datetime.fromisoformat(silence["first_day_utc"]).replace(tzinfo=UTC)
    at_first = get(server, host, "/feed.xml")
    server.now = datetime.fromisoformat(silence["last_day_utc"]).replace(tzinfo=UTC)
    at_last = get(server, host, "/feed.xml")

    assert at_first[0] == at_last[0] == 200
    assert at_first[2] == at_last[2]


def test_robots_hosts_and_the_future(server):
    """Robots may come, the host decides whose page it is, and the future is not there yet."""
    article = ARCHIVE.articles[-1]
    host = HOSTS[article.outlet_id]

    assert get(server, host, "/robots.txt")[2] == b"User-agent: *\nAllow: /\n"
    assert get(server, f"{host}:80", article.path)[0] == 200
    assert get(server, "elsewhere.example", article.path)[0] == 404
    assert get(server, host, "/nothing")[0] == 404
    server.now = article.published - timedelta(minutes=1)
    assert get(server, host, article.path)[0] == 404
    assert server.hosts == tuple(site.host for site in load_sites())
