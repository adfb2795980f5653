"""Feeds, addresses, dates and pages: from bytes to records."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dates import DateCandidate, choose_date, feed_time, has_zone, page_dates, parse_html, parse_time
from flows.feeds import parse_feed
from flows.identity import clean_url, item_key, page_address, stable_id
from flows.pages import Verdict, read_page
from flows.workers import run_in_workers
from tests.site.stories import WEATHER, article_page, rss

URL = "http://wire.example/feed.xml"


def test_a_feed_gives_its_items():
    """Titles without markup, links without tracking, dates with their zone kept raw."""
    body = rss(
        [{"title": "A &amp; <b>B</b>", "link": "/x?utm_source=rss&id=5", "pubDate": "Tue, 02 Dec 2025 23:30:00 -0500"}]
    )

    feed = parse_feed(body, "application/rss+xml", URL)
    (item,) = feed.items

    assert (feed.feed_format, feed.error) == ("rss20", None)
    assert item.page_url == "http://wire.example/x?id=5"
    assert item.published_utc == datetime(2025, 12, 3, 4, 30, tzinfo=UTC)
    assert item.published_raw == "Tue, 02 Dec 2025 23:30:00 -0500"


@pytest.mark.parametrize("body", [b"", b"<html><body>Not found</body></html>", b"\x00\x01", b"{}"])
def test_what_is_no_feed_says_so(body):
    """200 is not health."""
    feed = parse_feed(body, "text/html", URL)

    assert feed.items == ()
    assert feed.error.startswith("not a feed")


def test_items_that_cannot_be_read_are_a_failed_poll():
    """A broken feed must not look like a quiet outlet."""
    feed = parse_feed(b'<Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rss="http://purl.org/net/rss1.1#">'
                      b"<items><item><title>x</title></item></items></Channel>", None, URL)  # fmt: skip

    assert feed.items == ()
    assert feed.error


def test_a_local_path_is_never_opened(tmp_path):
    """feedparser reads files when it is given a string; it is given bytes."""
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss([{"title": "secret"}]))

    assert parse_feed(str(secret).encode(), None, URL).items == ()


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("http://a.example/?p=123", "http://a.example/?p=123"),
        ("https://a.example/x?utm_source=rss&id=5#top", "https://a.example/x?id=5"),
        ("HTTP://A.Example:80/x", "http://a.example/x"),
        ("https://a.example:443/a b", "https://a.example/a%20b"),
        ("/rel", "http://base.example/rel"),
        ("https://a.example/x?a=1&amp;b=2", "https://a.example/x?a=1&b=2"),
        ("http://a.example/read?1001", "http://a.example/read?1001"),
        ("https://a.example/x?id=5&section=world&copy=2", "https://a.example/x?id=5&section=world&copy=2"),
        ("https://a.example/#!/story/5", "https://a.example/#!/story/5"),
        ("mailto:a@b.example", None),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_cleaning_an_address(url, cleaned):
    """Tracking goes, identity stays."""
    assert clean_url(url, "http://base.example/feed") == cleaned


@given(
    st.text(max_size=60),
    st.dictionaries(st.sampled_from(["p", "id", "utm_source", "a", "section", "copy"]), st.text(max_size=5)),
)
def test_cleaning_is_idempotent(path, query):
    """The cleaned address is an identity: cleaning it again changes nothing."""
    url = f"http://a.example/{path}?" + "&".join(f"{k}={v}" for k, v in query.items())
    cleaned = clean_url(url)

    assert cleaned is None or clean_url(cleaned) == cleaned


def test_the_ladder_of_identity():
    """Guid, then link, then title and date."""
    assert item_key("g", "u", "t", "d") == ("g", "guid")
    assert item_key(None, "u", "t", "d") == ("u", "url")
    assert item_key(None, None, "t", "d")[1] == "title+date"


@given(st.lists(st.text(max_size=5), min_size=1, max_size=3), st.lists(st.text(max_size=5), min_size=1, max_size=3))
def test_ids_tell_tuples_apart(one, other):
    """Also where the joined strings would be alike."""
    if all("\x1f" not in part for part in one + other):
        assert (stable_id(*one) == stable_id(*other)) == (one == other)


def test_the_address_of_a_page_is_believed_only_at_home():
    """A canonical link to another domain is syndication."""
    asked = "http://a.example/amp/1"

    assert page_address(asked, "http://www.a.example/1", None) == "http://www.a.example/1"
    assert page_address(asked, asked, "http://a.example/1?utm_source=x") == "http://a.example/1"
    assert page_address(asked, asked, "/1") == "http://a.example/1"
    assert page_address(asked, asked, "http://elsewhere.example/1") == asked
    assert page_address(asked, "http://a.example/", "http://a.example/") == asked  # sent to the front page


def test_dates_in_order_of_trust():
    """23:30 -05:00 is the next day in UTC; the page's own statement comes first."""
    head = (
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2025-12-02T23:30:00-05:00"}]}</script>'
        '<meta property="article:published_time" content="2025-12-01T00:00:00Z">'
    )

    found = page_dates(parse_html(article_page("T", head=head)))

    assert [(date.rule, date.time_utc.isoformat()) for date in found] == [
        ("json-ld", "2025-12-03T04:30:00+00:00"),
        ("meta", "2025-12-01T00:00:00+00:00"),
    ]


def candidate(rule, raw):
    return DateCandidate(rule=rule, raw=raw, time_utc=feed_time(raw), is_exact=has_zone(raw))


@pytest.mark.parametrize("page", ["2025-12-02", "2025-12-02T23:30:00", "2025-12-03"])
def test_a_vague_date_gives_way_to_the_exact_time_near_it(page):
    """23:30 -05:00 must not fall on the wrong day because the page states the day alone."""
    exact = candidate("feed", "Tue, 02 Dec 2025 23:30:00 -0500")
    vague = candidate("json-ld", page)
    seen = datetime(2025, 12, 4, tzinfo=UTC)

    assert choose_date([vague, exact], seen) == exact
    assert choose_date([vague], seen) == vague
    assert choose_date([candidate("json-ld", "2025-11-20"), exact], seen).raw == "2025-11-20"
    assert choose_date([candidate("meta", "2025-12-02T20:00:00Z"), exact], seen).rule == "meta"


@pytest.mark.parametrize(
    ("raw", "time_utc"),
    [
        ("Tue, 02 Dec 2025 23:30:00 -0500", "2025-12-03T04:30:00+00:00"),
        ("Tue, 02 Dec 2025 23:30:00 GMT", "2025-12-02T23:30:00+00:00"),
        ("Tue, 02 Dec 2025 01:30:00 +03:00", "2025-12-01T22:30:00+00:00"),
        ("Tue, 02 Dec 2025 01:30 UTC+0300", "2025-12-01T22:30:00+00:00"),
        ("Thu,28 Jul 2022 4:35:05 GMT+9", "2022-07-27T19:35:05+00:00"),
        ("Tue, 02 Dec 2025 01:30:00 +0300 (MSK)", "2025-12-01T22:30:00+00:00"),
        ("02 Dec 2025", None),
        ("Tue, 02 Dec 2025 01:30:00", "2025-12-02T01:30:00+00:00"),
        ("Tue, 02 Dec 2025 01:30:00 +3:0:0", None),
        ("2025-12-02T23:30:00+03:00", "2025-12-02T20:30:00+00:00"),
        ("2025-12-02", "2025-12-02T00:00:00+00:00"),
        ("Tue, 02 Dec 2025 23:30:00 MSK", None),
        ("2025/12/02 14:00:00", None),
        ("1764685800", None),
        ("", None),
    ],
)
def test_a_feeds_time_is_read_or_unknown(raw, time_utc):
    """A wrong day is worse than none: feedparser makes 1 November of 2025/12/02."""
    found = feed_time(raw)

    assert (found.isoformat() if found else None) == time_utc


def test_broken_json_ld_still_gives_its_date():
    """Trailing commas are common."""
    head = '<script type="application/ld+json">{"datePublished": "2025-12-02T10:00:00Z",}</script>'

    assert [date.rule for date in page_dates(parse_html(article_page("T", head=head)))] == ["json-ld"]


def test_no_date_lies_after_the_first_sighting():
    """And where none is left, the date is unknown."""
    seen = datetime(2025, 12, 3, tzinfo=UTC)
    late = DateCandidate(rule="json-ld", raw="", time_utc=datetime(2025, 12, 4, tzinfo=UTC), is_exact=True)
    early = DateCandidate(rule="feed", raw="", time_utc=datetime(2025, 12, 2, tzinfo=UTC), is_exact=True)

    assert choose_date([late, early], seen) == early
    assert choose_date([late], seen) is None
    assert choose_date([], seen) is None


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_none(raw):
    """Never an exception, and never a time without zone."""
    time = parse_time(raw)

    assert time is None or time.tzinfo is UTC


def test_an_article_page():
    """Title, paragraphs, canonical address; what surrounds the article stays out."""
    page = read_page(article_page("A title", WEATHER, 4, '<link rel="canonical" href="/a">'), "text/html", URL)

    assert (page.verdict, page.title, page.canonical) == (Verdict.ARTICLE, "A title", "/a")
    assert page.text.splitlines()[-4:] == [WEATHER.format(n=n) for n in range(1, 5)]
    assert "Home" not in page.text


@pytest.mark.parametrize(
    ("body", "content_type", "verdict"),
    [
        (b"%PDF-1.4", "application/pdf", Verdict.NOT_HTML),
        (b"", "text/html", Verdict.NOT_HTML),
        (b"<html><body><p>Please accept cookies.</p></body></html>", "text/html", Verdict.TOO_SHORT),
    ],
)
def test_pages_that_are_no_articles(body, content_type, verdict):
    """Each has its verdict."""
    assert read_page(body, content_type, URL).verdict is verdict


def burn(seconds: float) -> str:
    """Stands for a parser caught in a hostile page."""
    import time

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "done"


def die(_: int) -> None:
    """Stands for a parser that crashes its process."""
    import os

    os._exit(3)


def test_a_worker_is_killed_and_the_others_go_on():
    """One hostile page costs its own time limit and nothing else."""
    slow, quick = run_in_workers(burn, [(60.0,), (0.0,)], limit_s=1.5)
    (dead,) = run_in_workers(die, [(1,)])
    (after,) = run_in_workers(burn, [(0.0,)])

    assert (slow.value, slow.error) == (None, "took longer than 2 s")
    assert quick.value == after.value == "done"
    assert dead.error.startswith("the worker died")


def test_a_document_that_breaks_the_parser_is_an_outcome():
    """An SVG behind a feed's link must not stop the run."""
    svg, page = run_in_workers(read_page, [(b"<svg/>", "text/html", URL), (article_page("T"), "text/html", URL)])

    assert svg.error or svg.value.verdict is not Verdict.ARTICLE
    assert page.value.verdict is Verdict.ARTICLE


def test_signs_are_no_text():
    """200 stars are longer than a notice and say nothing."""
    stars = f"<html><body><article><p>{'★ — ' * 200}</p></article></body></html>".encode()

    assert read_page(stars, "text/html", URL).verdict is not Verdict.ARTICLE


@pytest.mark.parametrize("reference", ["&#xD800;", "&#99999999999;", "&#xFFFFFFFFFF;"])
def test_an_impossible_character_does_not_cost_the_feed(reference):
    """One item's typing error is not the outlet's silence."""
    body = rss([{"title": "before"}, {"title": "TITLE"}]).replace(b"TITLE", f"a{reference}b".encode())

    assert [item.title for item in parse_feed(body, None, URL).items] == ["before", "ab"]


@pytest.mark.parametrize("raw", ["0001-01-01T00:00:00", "1970-01-01T00:00:00Z"])
def test_how_machines_write_no_date(raw):
    """Year 1 and the epoch are no dates of an article."""
    date = DateCandidate(rule="meta", raw=raw, time_utc=parse_time(raw), is_exact=True)

    assert choose_date([date], datetime(2025, 12, 3, tzinfo=UTC)) is None


def test_the_day_in_a_pages_header_is_not_its_date():
    """A page that prints today's date would be dated by its fetching."""
    today = DateCandidate(rule="text", raw="2025-12-03", time_utc=datetime(2025, 12, 3, tzinfo=UTC), is_exact=False)

    assert choose_date([today], datetime(2025, 12, 3, 9, tzinfo=UTC)) is None
    assert choose_date([today], datetime(2025, 12, 4, 9, tzinfo=UTC)) == today


def test_a_related_articles_date_is_not_taken():
    """Only the page's own article speaks in its JSON-LD, whatever stands around it."""
    head = (
        '<script type="application/ld+json">[{"@type": "ItemList", "itemListElement": '
        '[{"@type": "ListItem", "datePublished": "2023-05-01T00:00:00Z"}]}, '
        '{"@type": ["NewsArticle"], "datePublished": "2025-12-02T14:00:00Z", '
        '"hasPart": {"@type": "Article", "datePublished": "2020-01-01T00:00:00Z"}}]</script>'
    )

    assert [date.raw for date in page_dates(parse_html(article_page("T", head=head)))] == ["2025-12-02T14:00:00Z"]
