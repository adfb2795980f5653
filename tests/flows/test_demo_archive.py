"""The demo archive: what is committed is what the plan says, and every page gives back what was planted."""

import http.client
import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
import trafilatura

from flows.demo.build import build_archive, make_slug
from flows.demo.feeds import MAX_ITEMS
from flows.demo.records import (
    ARTICLES_FILE,
    FOLDER,
    REGISTRY,
    TRUTH_FILE,
    load_archive,
    load_sites,
    write_archive,
)
from flows.demo.sentences import expand, load_bank
from flows.demo.server import DemoServer
from framing.languages import identify_language
from framing.records import Annotation
from framing.registry_files import load_registry
from framing.relevance import is_relevant
from framing.scoring import annotate

LANGUAGES = ("de", "en", "fr", "ru", "uk")
ARCHIVE = load_archive()
CODEBOOK = load_registry().codebook
HOSTS = {site.outlet_id: site.host for site in ARCHIVE.sites}


@pytest.fixture
def server():
    """The demo server, at the end of the archive."""
    with DemoServer(ARCHIVE) as running:
        yield running


def get(server, host, path, **headers):
    """One request: status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host, **headers})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def carried(annotation: Annotation) -> dict[str, int]:
    """Frame -> number of sentences that carry it, for the frames that are there."""
    return {score.frame_id: round(score.share * annotation.n_sentences) for score in annotation.frames if score.carried}


def one_sentence(sentence: str, language: str) -> Annotation:
    annotation = annotate("", sentence, language, CODEBOOK)
    assert annotation.n_sentences == 1, f"{language}: more than one sentence: {sentence}"
    return annotation


# The archive


def test_a_rebuild_reproduces_the_committed_files(tmp_path):
    """Whoever changes the plan or the bank must commit what comes of it."""
    write_archive(build_archive(), tmp_path)

    for name in (ARTICLES_FILE, TRUTH_FILE):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), f"{name}: run flows.demo.build"


def test_reading_gives_back_what_was_built():
    """The files lose nothing."""
    assert build_archive() == ARCHIVE


def test_the_planted_shift_is_in_the_committed_truth():
    """One class moves from about a tenth to about six tenths; nobody else moves."""
    groups = {(g["outlet_class"], g["period"]): g["k"] / g["n"] for g in ARCHIVE.truth["frame_shift"]["by_class"]}

    assert groups.pop(("state-controlled", "before")) == pytest.approx(0.10, abs=0.02)
    assert groups.pop(("state-controlled", "after")) == pytest.approx(0.60, abs=0.02)
    assert len(groups) == 4
    assert all(share == pytest.approx(0.08, abs=0.02) for share in groups.values())


def test_the_truth_counts_the_articles():
    """Totals, days and classes are sums over the same articles."""
    truth = ARCHIVE.truth
    totals = truth["totals"]
    by_outlet = Counter(article.outlet_id for article in ARCHIVE.articles if not article.off_topic)
    shift = truth["frame_shift"]
    carriers = [entry for entry in truth["articles"].values() if shift["frame"] in entry["frames"]]

    assert totals["articles"] == len(truth["articles"]) == by_outlet.total()
    assert totals["off_topic"] == len(truth["off_topic"]) == len(ARCHIVE.articles) - by_outlet.total()
    assert totals["sightings"] == len(ARCHIVE.articles) + 1
    assert {name: entry["articles"] for name, entry in totals["by_outlet"].items()} == by_outlet
    for groups in (shift["by_class"], shift["by_outlet_day"]):
        assert sum(group["n"] for group in groups) == totals["articles"]
        assert sum(group["k"] for group in groups) == len(carriers)


def test_titles_and_texts_are_unique():
    """A text that came twice would be a duplicate, which nobody planted."""
    titles = [(article.outlet_id, article.title) for article in ARCHIVE.articles]
    texts = [article.paragraphs for article in ARCHIVE.articles]

    assert len(set(titles)) == len(titles)
    assert len(set(texts)) == len(texts)


def test_every_article_carries_exactly_what_was_planted():
    """The truth's k and n are those that the framing engine counts, title included; off-topic items fail."""
    truth = ARCHIVE.truth["articles"]
    for article in ARCHIVE.articles:
        url = f"http://{HOSTS[article.outlet_id]}{article.path}"
        text = "\n".join(article.paragraphs)
        if article.off_topic:
            assert is_relevant(article.title, text, article.language, CODEBOOK) is False, url
            continue
        found = annotate(article.title, text, article.language, CODEBOOK)
        assert found.relevant is True, url
        assert found.n_sentences == truth[url]["n_sentences"], url
        assert carried(found) == truth[url]["frames"], url


@pytest.mark.parametrize("site", ARCHIVE.sites, ids=lambda site: site.outlet_id)
def test_the_language_of_every_article_is_recognised(site):
    """An article in no language is not measured."""
    for article in ARCHIVE.articles:
        if article.outlet_id == site.outlet_id:
            text = "\n".join((article.title, *article.paragraphs))
            assert identify_language(text, [site.language])[0] == site.language, article.path


def test_the_demo_differs_from_the_shipped_registry_only_in_its_outlets():
    """The demo's watch.toml repeats the shipped gate; it must not be left behind."""
    overlaid = load_registry(REGISTRY)

    assert overlaid.codebook.version == CODEBOOK.version
    assert overlaid.events == load_registry().events
    assert [outlet.outlet_id for outlet in overlaid.outlets] == sorted(HOSTS)
    assert all(outlet.home.endswith(".example/") for outlet in overlaid.outlets)


# The sentence bank


@pytest.mark.parametrize("language", LANGUAGES)
def test_neutral_sentences_carry_no_frame(language):
    """Whichever alternative is taken."""
    bank = load_bank(language)

    for template in (*bank.leads, *bank.both, *bank.neutral, *bank.headlines):
        for sentence in expand(template):
            assert carried(one_sentence(sentence, language)) == {}, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_framed_sentences_carry_their_own_frame_only(language):
    """Whichever alternative is taken."""
    for frame, templates in load_bank(language).frames.items():
        for template in templates:
            for sentence in expand(template):
                assert carried(one_sentence(sentence, language)) == {frame: 1}, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bank_is_large_enough(language):
    """A small bank reads like a machine."""
    bank = load_bank(language)

    assert len(bank.both) + len(bank.neutral) >= 40
    assert len(bank.headlines) >= 10
    assert len(bank.frames) == 8
    assert all(len(templates) >= 8 for templates in bank.frames.values())
    assert sum(len(theme.sentences) for theme in bank.off_topic) >= 25


def test_a_template_takes_one_alternative_at_each_choice():
    """The form of the bank, as its head explains it."""
    assert expand("A {b|c} d{ e|}.") == ("A b d e.", "A b d.", "A c d e.", "A c d.")
    assert expand("Plain.") == ("Plain.",)


def test_slugs_are_ascii():
    """Addresses need no percent signs; titles in other scripts have no slug."""
    assert make_slug("Début des négociations : l’Ukraine") == "debut-des-negociations-l-ukraine"
    assert make_slug("Київ і Москва") == ""


# The pages


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


@pytest.mark.parametrize("outlet_id", ["daily_meridian", "zrazkova_hazeta"])
def test_extraction_gives_the_planted_paragraphs(server, outlet_id):
    """Notice, menu, links and footer stay outside; two outlets here, the others in the slow suite."""
    for article in ARCHIVE.articles:
        if article.outlet_id == outlet_id:
            assert_extracted(server, article)


@pytest.mark.slow
def test_extraction_gives_the_planted_paragraphs_everywhere(server):
    """All pages of all outlets."""
    for article in ARCHIVE.articles:
        assert_extracted(server, article)


def test_every_page_says_that_it_is_fictional(server):
    """Nobody may take a page for news."""
    notices = {language: load_bank(language).page.notice for language in LANGUAGES}
    for article in ARCHIVE.articles[::10]:
        _, _, body = get(server, HOSTS[article.outlet_id], article.path)
        assert body.decode().count(f">{notices[article.language]}<") == 2


def test_a_page_names_its_own_address_without_tracking(server):
    """One article under two tracked addresses is one page with one canonical address."""
    planted = ARCHIVE.truth["two_urls"]
    pages = [get(server, url.split("/")[2], "/" + url.split("/", 3)[3])[2] for url in planted["urls"]]

    assert pages[0] == pages[1]
    assert f'<link rel="canonical" href="{planted["canonical_url"]}">' in pages[0].decode()


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


# The feeds and the server


@pytest.mark.parametrize("site", ARCHIVE.sites, ids=lambda site: site.outlet_id)
def test_a_replay_shows_every_item_once_published(server, site):
    """Day by day, the feed names all articles and none of the future; the truth's sightings are its guids."""
    seen: dict[str, datetime] = {}
    first = min(article.published for article in ARCHIVE.articles).date()
    for day in range(20):
        server.now = datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(days=day + 1)
        _, headers, body = get(server, site.host, "/feed.xml")
        feed = feedparser.parse(body, response_headers={"content-type": headers["Content-Type"]})
        assert feed.version == {"rss": "rss20", "atom": "atom10"}[site.feed_format]
        assert len(feed.entries) <= MAX_ITEMS
        for entry in feed.entries:
            seen[entry.id] = datetime(*entry.published_parsed[:6], tzinfo=UTC)
            assert seen[entry.id] <= server.now

    own = [article for article in ARCHIVE.articles if article.outlet_id == site.outlet_id]
    assert len(seen) == ARCHIVE.truth["totals"]["by_outlet"][site.outlet_id]["sightings"]
    assert {article.published for article in own} == set(seen.values())


@pytest.mark.parametrize("site", ARCHIVE.sites, ids=lambda site: site.outlet_id)
def test_a_feed_gives_back_titles_and_summaries(server, site):
    """Whatever the charset."""
    _, headers, body = get(server, site.host, "/feed.xml")
    feed = feedparser.parse(body, response_headers={"content-type": headers["Content-Type"]})
    newest = [article for article in ARCHIVE.articles if article.outlet_id == site.outlet_id][-50:]

    assert feed.encoding == site.feed_charset
    assert not feed.bozo
    plain = {(a.title, a.summary, f"http://{site.host}{a.path}") for a in newest if not a.tracked}
    assert plain - {(e.title, e.summary, e.link) for e in feed.entries} == set()


def test_the_two_tracked_addresses_are_two_items(server):
    """Same story, two guids, two addresses."""
    planted = ARCHIVE.truth["two_urls"]
    feed = feedparser.parse(get(server, HOSTS[planted["outlet_id"]], "/feed.xml")[2])
    items = [entry for entry in feed.entries if entry.link in planted["urls"]]

    assert [entry.link for entry in items] == planted["urls"]
    assert len({entry.id for entry in items}) == planted["sightings"] == 2


def test_an_unchanged_feed_costs_no_body(server):
    """A reader that holds the feed hears so, until something new is published."""
    host = "musterfunk.example"
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
