"""The walk, end to end, on the test site."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from flows.ingest import ingest
from flows.pipeline import pipeline
from flows.service.running import Silence, describe_silence
from flows.service.surroundings import free_port
from flows.world import loopback_world
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from tests.conftest import NOW
from tests.site.stories import TALKS, WEATHER, article_page, rss, story, wire
from warehouse.catalogue import LAYER, register_codebook
from warehouse.checking import failed_checks
from warehouse.publication import publish
from warehouse.reading import open_current
from warehouse.store import open_warehouse

pytestmark = pytest.mark.usefixtures("prefect_server")
HTML = {"Content-Type": "text/html"}
FEED = {"Content-Type": "application/rss+xml"}


def query(home, sql):
    """Rows of the published copy."""
    with open_current(home) as connection:
        assert failed_checks(connection) == []
        return connection.execute(sql).fetchall()


def test_feeds_in_trends_out(home, site, watch, world):
    """Two outlets with three stories each, from the feed to the evidence."""
    for host in ("wire.example", "post.example"):
        wire(site, host, 3)
        watch(host.partition(".")[0], [f"http://{host}/feed.xml"])

    report = pipeline(str(home.root), world)

    assert (report.ingest.n_feeds, report.ingest.n_answered, report.ingest.n_new) == (2, 2, 6)
    assert (report.ingest.states, report.score.n_scored) == ({"stored": 6}, 6)
    assert query(home, "select outlet_id, count(*), bool_and(relevant) from article group by all order by 1") == [
        ("post", 3, True),
        ("wire", 3, True),
    ]
    assert query(home, "select distinct day_utc::varchar, n, n_unmeasured from outlet_day") == [("2025-12-02", 3, 0)]
    assert query(home, "select distinct published_rule from article") == [("feed",)]


def test_every_item_ends_in_one_state(home, site, watch, world):
    """One feed with one item of each kind; the ledger names them all."""
    hosts = {
        "talks": (200, HTML, article_page("Talks on peace in Geneva", TALKS)),
        "weather": (200, HTML, article_page("Rain in the north", WEATHER)),
        "gone": (404, {}, b"gone"),
        "wall": (403, {}, b"are you a robot"),
        "pay": (402, {}, b"subscribe"),
        "short": (200, HTML, b"<html><body><p>Video only.</p></body></html>"),
        "broken": (500, {}, b"oops"),
        "private": (200, HTML, article_page("Talks", TALKS)),
    }
    for name, page in hosts.items():
        site.pages[f"/{name}"] = page
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
    items = [{"title": name, "link": f"http://wire.example/{name}", "guid": name} for name in hosts]
    items += [{"title": "again", "link": "http://wire.example/talks?utm_source=x", "guid": "again"}]
    items += [{"title": "no link"}, {"title": "mail", "link": "mailto:x@wire.example", "guid": "mail"}]
    site.pages["/feed.xml"] = (200, FEED, rss(items))
    watch("wire", ["http://wire.example/feed.xml"])

    pipeline(str(home.root), world)

    states = dict(query(home, "select title, state || coalesce(': ' || reason, '') from core.sighting"))
    assert states == {
        "talks": "stored",
        "weather": "off_topic: not about the talks",
        "gone": "error: HTTP 404",
        "wall": "wall: HTTP 403",
        "pay": "paywalled: HTTP 402",
        "short": "too_short: 11 characters of text",
        "broken": "pending",
        "private": "robots: robots.txt asks not to fetch this page",
        "again": "duplicate: same page as an earlier sighting (stored)",
        "no link": "error: the item has no link",
        "mail": "error: the item's link is no web address",
    }


def test_a_passing_failure_is_tried_again_and_then_given_up(home, site, watch):
    """Pending has a maximum age; every try is in the log."""
    site.pages["/feed.xml"] = (200, FEED, rss([story("wire.example", 1)]))
    site.pages["/story-1"] = (503, {}, b"later")
    watch("wire", ["http://wire.example/feed.xml"])
    times = [NOW, NOW + timedelta(minutes=20), NOW + timedelta(minutes=25), NOW + timedelta(hours=49)]

    for now in times:
        ingest(str(home.root), loopback_world(site.port, clock=lambda now=now: now))
    publish(home)

    assert query(home, "select state, reason from core.sighting") == [
        ("error", "given up after 2 days, 0:00:00: HTTP 503")
    ]
    assert site.counts["story-1"] == 3  # at once, after 20 minutes, not after five more, and before it is given up


def test_the_same_page_by_canonical_address_is_one_article(home, site, watch, world):
    """An AMP page that names the story's own address is no second story."""
    canonical = '<link rel="canonical" href="http://wire.example/story">'
    site.pages["/story"] = site.pages["/amp"] = (200, HTML, article_page("Talks on peace", TALKS, head=canonical))
    links = [{"title": name, "link": f"http://wire.example/{name}", "guid": name} for name in ("amp", "story")]
    site.pages["/feed.xml"] = (200, FEED, rss(links))
    watch("wire", ["http://wire.example/feed.xml"])

    pipeline(str(home.root), world)

    assert query(home, "select url from article") == [("http://wire.example/story",)]
    assert query(home, "select state, count(*) from core.sighting group by all order by 1") == [
        ("duplicate", 1),
        ("stored", 1),
    ]


def test_one_canonical_address_for_all_stories_merges_none(home, site, watch, world):
    """Some newsrooms name their section page; the second story's text would be lost."""
    canonical = '<link rel="canonical" href="http://wire.example/news">'
    for n in (1, 2, 3):
        page = article_page(f"Talks on peace, day {n}", f"{TALKS}\nDay {n}.", head=canonical)
        site.pages[f"/story-{n}"] = (200, HTML, page)
    links = [{"title": f"s{n}", "link": f"http://wire.example/story-{n}", "guid": f"g{n}"} for n in (1, 2, 3)]
    site.pages["/feed.xml"] = (200, FEED, rss(links))
    watch("wire", ["http://wire.example/feed.xml"])

    pipeline(str(home.root), world)

    assert query(home, "select state, count(*) from core.sighting group by all") == [("stored", 3)]
    assert query(home, "select count(distinct url) from article") == [(3,)]


def test_an_edited_story_behind_its_amp_address_is_one_article(home, site, watch, world):
    """Headline and text differ by then; the canonical link names the story's own address."""
    head = '<link rel="canonical" href="http://wire.example/2025/12/talks">'
    site.pages["/2025/12/talks"] = (200, HTML, article_page("Talks on peace", TALKS, head=head))
    edited = article_page("Peace talks: an update", f"{TALKS}\nOne sentence more.", head=head)
    site.pages["/amp/2025/12/talks.html"] = (200, HTML, edited)
    links = ("http://wire.example/2025/12/talks", "http://wire.example/amp/2025/12/talks.html")
    site.pages["/feed.xml"] = (200, FEED, rss([{"title": "t", "link": link, "guid": link} for link in links]))
    watch("wire", ["http://wire.example/feed.xml"])

    pipeline(str(home.root), world)

    assert query(home, "select url from article") == [(links[0],)]


def test_what_was_published_before_the_talks_is_off_topic(home, site, watch, world):
    """Istanbul 2022 had the same actors."""
    head = '<meta property="article:published_time" content="2022-03-29T12:00:00Z">'
    site.pages["/old"] = (200, HTML, article_page("Talks on peace", TALKS, head=head))
    site.pages["/feed.xml"] = (200, FEED, rss([{"title": "old", "link": "http://wire.example/old", "guid": "old"}]))
    watch("wire", ["http://wire.example/feed.xml"])

    pipeline(str(home.root), world)

    assert query(home, "select state from core.sighting") == [("off_topic",)]


def test_a_feed_is_asked_every_quarter_of_an_hour(home, site, watch):
    """A poll comes a second after its run began; the next run must find the feed due all the same."""
    site.pages["/feed.xml"] = (200, FEED, rss([]))
    watch("wire", ["http://wire.example/feed.xml"])
    for n in range(4):
        ticks = count()
        begun = NOW + n * timedelta(minutes=15)
        world = loopback_world(site.port, clock=lambda b=begun, t=ticks: b + timedelta(seconds=next(t)))
        ingest(str(home.root), world)
    publish(home)

    assert query(home, "select n_polls from coverage") == [(4,)]


def test_a_constant_etag_is_not_believed_for_ever(home, site, watch):
    """Some servers give a grown feed the old validator and answer that nothing changed."""
    headers = {**FEED, "ETag": '"stuck"'}
    watch("wire", ["http://wire.example/feed.xml"])
    for n, hours in enumerate((0, 1, 7), 1):
        site.pages["/feed.xml"] = (200, headers, rss([story("wire.example", k) for k in range(1, n + 1)]))
        ingest(str(home.root), loopback_world(site.port, clock=lambda h=hours: NOW + timedelta(hours=h)))
    publish(home)

    assert query(home, "select fetch_status, n_items from core.poll order by polled_utc") == [
        ("ok", 1),
        ("not_modified", None),
        ("ok", 3),
    ]


def test_two_items_without_identity_are_two_sightings(home, site, watch, world):
    """Same title, no link, no guid: told apart by their place, and the same on the next poll."""
    site.pages["/feed.xml"] = (200, FEED, rss([{"title": "x"}, {"title": "x"}]))
    watch("wire", ["http://wire.example/feed.xml"])

    ingest(str(home.root), world)
    ingest(str(home.root), loopback_world(site.port, clock=lambda: NOW + timedelta(hours=1)))
    publish(home)

    assert query(home, "select count(*) from core.sighting") == [(2,)]
    assert query(home, "select n_new from core.poll order by polled_utc") == [(2,), (0,)]


def test_a_language_without_cues_is_kept_and_not_measured(home, site, watch, world):
    """Hungarian: stored, counted as unmeasured, never as zero."""
    text = (
        "Oroszország és Ukrajna küldöttségei Genfben tárgyaltak a béketervről, közölte a Kreml a {n}. napon. "
        "Zelenszkij és Putyin megbízottai holnap folytatják a megbeszéléseket a tűzszünetről."
    )
    site.pages["/story-1"] = (200, HTML, article_page("Tárgyalások a békéről", text))
    site.pages["/feed.xml"] = (200, FEED, rss([story("wire.example", 1)]))
    watch("wire", ["http://wire.example/feed.xml"], language="hu")

    pipeline(str(home.root), world)

    assert query(home, "select language, relevant from article") == [("hu", None)]
    days = query(home, "select distinct n, n_unmeasured, share from outlet_day where voice = 'any'")
    assert days == [(0, 1, None)]


def test_a_changed_codebook_scores_everything_again_and_then_shows(home, site, watch, world):
    """A new cue in the user's overlay: same articles, new version, old scores kept."""
    wire(site, "wire.example", 2)
    watch("wire", ["http://wire.example/feed.xml"])
    first = pipeline(str(home.root), world).score
    (home.registry / "languages").mkdir()
    cue = '{ cue = "envoys of Putin", yes = ["Envoys of Putin met."], no = ["Putin met envoys."] },'
    text = read_shipped_language("en").replace("[frame.deadlock]\ncues = [", f"[frame.deadlock]\ncues = [\n  {cue}", 1)
    (home.registry / "languages" / "en.toml").write_text(text, encoding="utf-8")

    second = pipeline(str(home.root), world).score

    assert first.codebook_version != second.codebook_version
    assert (first.n_scored, second.n_scored) == (2, 2)
    assert query(home, "select codebook_version from about") == [(second.codebook_version,)]
    days = query(home, "select n, k from outlet_day where voice = 'any' and frame_id = 'deadlock'")
    assert days == [(2, 2)]
    assert query(home, "select count(*) from core.score") == [(4,)]


def read_shipped_language(language):
    from pathlib import Path

    import framing

    path = Path(framing.__file__).parent / "registry" / "languages" / f"{language}.toml"
    return path.read_text(encoding="utf-8")


def test_an_outlet_that_left_the_registry_is_polled_no_more(home, site, watch, world):
    """Its articles stay."""
    wire(site, "wire.example", 1)
    wire(site, "post.example", 1)
    watch("wire", ["http://wire.example/feed.xml"])
    watch("post", ["http://post.example/feed.xml"])
    pipeline(str(home.root), world)
    (home.registry / "outlets" / "post.toml").unlink()

    later = pipeline(str(home.root), loopback_world(site.port, clock=lambda: NOW + timedelta(hours=1)))

    assert later.ingest.n_feeds == 1
    assert query(home, "select outlet_id, is_watched from outlet order by 1") == [("post", False), ("wire", True)]
    assert query(home, "select count(*) from article where outlet_id = 'post'") == [(1,)]


def test_new_stories_under_a_constant_guid_are_seen(home, site, watch):
    """A guid that stands for several links identifies nothing."""
    watch("wire", ["http://wire.example/feed.xml"])
    for hours, numbers in ((0, (1, 2, 3)), (1, (4, 5, 6))):
        items = [{**story("wire.example", n), "guid": "always-the-same"} for n in numbers]
        site.pages["/feed.xml"] = (200, FEED, rss(items))
        ingest(str(home.root), loopback_world(site.port, clock=lambda hours=hours: NOW + timedelta(hours=hours)))
    publish(home)

    assert query(home, "select n_new from core.poll order by polled_utc") == [(3,), (3,)]


def test_a_page_instead_of_a_feed_is_an_outage(home, site, watch, world):
    """200 with a captcha: the ledger must not call it the outlet's silence."""
    site.pages["/feed.xml"] = (200, {"Content-Type": "text/html"}, b"<html><body>Are you a robot?</body></html>")
    watch("wire", ["http://wire.example/feed.xml"])

    pipeline(str(home.root), world)

    assert query(home, "select n_polls, n_polls_ok, n_seen from coverage") == [(1, 0, 0)]
    assert query(home, "select health from feed_health") == [("failing",)]


def test_a_language_that_gains_cues_is_counted_once(home, site, watch, world):
    """Scored as unmeasured before, measured after: one article, not two."""
    wire(site, "wire.example", 1)
    watch("wire", ["http://wire.example/feed.xml"])
    with open_warehouse(home, "test") as warehouse:
        register_codebook(warehouse, without_english(home), SCORER_VERSION, NOW)
    report = pipeline(str(home.root), world)
    with open_warehouse(home, "test") as warehouse:
        old = {"revision_id": warehouse.rows("select revision_id from core.revision")[0]["revision_id"]}
        key = {
            **old,
            "layer": LAYER,
            "scorer_version": SCORER_VERSION,
            "cue_hash": without_english(home).unmeasured_hash,
        }
        score = {**key, "language": "en", "relevant": None, "n_sentences": 5, "scored_utc": NOW}
        warehouse.merge("score", [score], tuple(key))
        frames = [{**key, "kind": "frame", "code_id": "deadlock", "carried": None, "share": None}]
        warehouse.merge("code_score", frames, (*key, "kind", "code_id"))
    publish(home)

    assert report.score.n_scored == 1
    assert query(home, "select count(*) from article") == [(1,)]
    days = query(home, "select n, n_unmeasured from outlet_day where voice = 'any' and frame_id = 'deadlock'")
    assert days == [(1, 0)]


def without_english(home):
    """The registry's codebook as it was before English had cues."""
    codebook = load_registry(home.registry).codebook
    return replace(codebook, cues=tuple(entry for entry in codebook.cues if entry.language != "en"))


def test_what_was_never_tried_is_not_given_up(home, site, watch, world):
    """A machine that slept for three days fetches first."""
    wire(site, "wire.example", 1)
    watch("wire", ["http://wire.example/feed.xml"])
    page = site.pages.pop("wire.example/story-0")
    site.pages["wire.example/robots.txt"] = (200, {}, b"")
    ingest(str(home.root), world)
    with open_warehouse(home, "test") as warehouse:
        warehouse.sql.execute("update core.sighting set state = 'pending', reason = null")
        warehouse.sql.execute("delete from core.fetch")
    site.pages["wire.example/story-0"] = page

    pipeline(str(home.root), loopback_world(site.port, clock=lambda: NOW + timedelta(days=3)))

    assert query(home, "select state from core.sighting") == [("stored",)]


def test_silence_is_told_also_when_nothing_is_due(home, watch):
    """A second start without network, minutes later, must not look like a quiet day."""
    watch("nowhere", ["http://nowhere.example/feed.xml"])
    nobody = loopback_world(free_port(0), clock=lambda: NOW)

    first, second = pipeline(str(home.root), nobody), pipeline(str(home.root), nobody)

    assert (first.ingest.n_feeds, second.ingest.n_feeds) == (1, 0)
    assert describe_silence(home) == Silence(n_feeds=1, n_articles=0)


def test_being_offline_is_not_held_against_a_feed(home, site, watch, world):
    """After a night without network every feed is asked again at once; one that fails alone is not."""
    wire(site, "wire.example", 1)
    watch("wire", ["http://wire.example/feed.xml"])
    nobody = free_port(0)
    times = [NOW + timedelta(minutes=20 * n) for n in range(8)]
    for now in times:
        ingest(str(home.root), loopback_world(nobody, clock=lambda now=now: now))

    later = pipeline(str(home.root), loopback_world(site.port, clock=lambda: times[-1] + timedelta(minutes=16)))

    assert later.ingest.n_feeds == later.ingest.n_answered == 1
    assert describe_silence(home) is None
