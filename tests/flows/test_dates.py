"""Dates of articles: which are given, which is taken, and how far they lie apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.feed_dates import feed_time, is_exact
from flows.fetching.exchange import FetchStatus, Response
from flows.pages.corrections import correction_note, is_correction
from flows.pages.dates import FLOOR, TRUST, DateCandidate, by_trust, choose_date, parse_time, spread_h
from flows.pages.page import Page, read_page
from flows.pages.page_dates import candidates_of, modified_date, page_dates, parse_html, url_dates
from flows.pages.verdict import Verdict
from flows.reading.articles import make_article
from flows.reading.decisions import fetch_record
from framing.registry_files import load_registry
from tests.site.stories import article_page
from tests.warehouse.rows import sighting_row
from warehouse.agenda import DuePage

SEEN = datetime(2025, 12, 4, tzinfo=UTC)
URL = "http://wire.example/story"


def candidate(rule, raw):
    return DateCandidate(rule=rule, raw=raw, time_utc=feed_time(raw), is_exact=is_exact(raw))


def json_ld(text):
    return f'<script type="application/ld+json">{text}</script>'


def tree(head="", text="The envoys met, and will meet again. " * 20):
    return parse_html(article_page("T", text, 1, head))


def test_dates_in_order_of_trust():
    """23:30 -05:00 is the next day in UTC; the page's own statement comes first."""
    head = json_ld('{"@graph": [{"datePublished": "2025-12-02T23:30:00-05:00"}]}') + (
        '<meta property="article:published_time" content="2025-12-01T00:00:00Z">'
    )

    assert [(date.rule, date.time_utc.isoformat()) for date in page_dates(tree(head))] == [
        ("json-ld", "2025-12-03T04:30:00+00:00"),
        ("meta", "2025-12-01T00:00:00+00:00"),
    ]


def test_a_page_is_read_as_strictly_as_a_feed():
    """RFC 822 and written-out months are read; words such as "today" are no date."""
    head = json_ld('{"datePublished": "Tue, 02 Dec 2025 10:00:00 GMT"}') + (
        '<meta name="datePublished" content="today"><meta name="dc.date.issued" content="2 December 2025">'
    )

    assert [(date.raw, date.time_utc.day, date.is_exact) for date in page_dates(tree(head))] == [
        ("Tue, 02 Dec 2025 10:00:00 GMT", 2, True),
        ("2 December 2025", 2, False),
    ]


def test_a_page_full_of_dates_costs_little():
    """The first few are the page's own."""
    head = '<meta name="datePublished" content="2025-12-02">' * 5_000

    assert len(page_dates(tree(head))) == 20


def test_broken_json_ld_still_gives_its_dates():
    """Trailing commas are common."""
    broken = tree(json_ld('{"datePublished": "2025-12-02T10:00:00Z", "dateModified": "2025-12-03T10:00:00Z",}'))

    assert [date.raw for date in page_dates(broken)] == ["2025-12-02T10:00:00Z"]
    assert modified_date(broken).raw == "2025-12-03T10:00:00Z"


def test_a_related_articles_date_is_not_taken():
    """Only the page's own article speaks in its JSON-LD, whatever stands around it."""
    head = json_ld(
        '[{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "datePublished": "2023-05-01T00:00:00Z"}]}, '
        '{"@type": ["NewsArticle"], "datePublished": "2025-12-02T14:00:00Z", "dateModified": "2025-12-02T15:00:00Z", '
        '"hasPart": {"@type": "Article", "datePublished": "2020-01-01T00:00:00Z"}}]'
    )

    assert [date.raw for date in page_dates(tree(head))] == ["2025-12-02T14:00:00Z"]
    assert modified_date(tree(head)).raw == "2025-12-02T15:00:00Z"


@pytest.mark.parametrize("name", ["article:modified_time", "og:updated_time"])
def test_a_date_of_change_in_meta(name):
    """Kept as written; one that cannot be read is none."""
    assert modified_date(tree(f'<meta property="{name}" content="2025-12-03T10:00:00+02:00">')).raw == (
        "2025-12-03T10:00:00+02:00"
    )
    assert modified_date(tree(f'<meta property="{name}" content="just now">')) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.example/2025/12/02/talks", "2025-12-02"),
        ("http://a.example/world/2025/dec/02/talks", "2025-12-02"),
        ("http://a.example/news/20251202/talks", "2025-12-02"),
        ("http://a.example/2025-12-02-talks.html", "2025-12-02"),
        ("http://a.example/a/2025/1/2/x", "2025-01-02"),
        ("http://a.example/2025/12/talks", None),
        ("http://a.example/2025/11/28-point-plan", None),
        ("http://a.example/2025/12/5-takeaways", None),
        ("http://a.example/story-20251202", None),
        ("http://a.example/20251302/talks", None),
        ("http://a.example/202512021/talks", None),
        ("http://a.example/1983/12/02/talks", None),
        ("http://2025.example/12/02/talks", None),
    ],
)
def test_the_day_in_an_address(url, day):
    """Year, month and day, or nothing."""
    assert [date.time_utc.date().isoformat() for date in url_dates(url)] == ([day] if day else [])


def test_the_text_counts_only_where_there_is_nothing_better():
    """It is the least trustworthy, and exact to the day only."""
    (found,) = candidates_of(tree(), URL, "2025-12-01")

    assert (found.rule, found.time_utc, found.is_exact) == ("text", datetime(2025, 12, 1, tzinfo=UTC), False)
    assert [date.rule for date in candidates_of(tree(), "http://a.example/2025/12/02/x", "2025-12-01")] == ["url"]
    assert candidates_of(tree(), URL, None) == ()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ('<span class="date">2 December 2025</span>', "2025-12-02"),
        ("<footer>(c) 2025 Wire</footer>", None),
        ("<footer>© 2019-2025 Wire. All rights reserved.</footer>", None),
    ],
)
def test_the_year_in_a_footer_is_no_date(printed, day):
    """The first of January is when nearly nothing was published, and long before there were talks."""
    body = (
        article_page("T", "The envoys met, and will meet again. " * 20, 1)
        .decode()
        .replace("</body>", f"{printed}</body>")
    )

    assert [date.raw for date in read_page(body.encode(), "text/html", URL).dates] == ([day] if day else [])


@pytest.mark.parametrize("page", ["2025-12-02", "2025-12-02T23:30:00", "2025-12-03"])
def test_a_vague_date_gives_way_to_the_exact_time_near_it(page):
    """23:30 -05:00 must not fall on the wrong day because the page states the day alone."""
    exact = candidate("feed", "Tue, 02 Dec 2025 23:30:00 -0500")
    vague = candidate("json-ld", page)

    assert choose_date([vague, exact], SEEN) == exact
    assert choose_date([vague], SEEN) == vague
    assert choose_date([candidate("json-ld", "2025-11-20"), exact], SEEN).raw == "2025-11-20"
    assert choose_date([candidate("meta", "2025-12-02T20:00:00Z"), exact], SEEN).rule == "meta"


@pytest.mark.parametrize("raw", ["0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "2025-12-04T00:00:01Z", "9999-12-31"])
def test_what_cannot_be_a_date_is_not_chosen(raw):
    """Years 1, 1970 and 9999 are how machines write none; nothing is published after it was seen."""
    date = DateCandidate(rule="meta", raw=raw, time_utc=parse_time(raw), is_exact=True)

    assert choose_date([date], SEEN) is None
    assert choose_date([date, candidate("feed", "2025-12-02T10:00:00Z")], SEEN).rule == "feed"


def test_the_day_in_a_pages_header_is_not_its_date():
    """A page that prints today's date would be dated by its fetching."""
    today = candidate("text", "2025-12-03")

    assert choose_date([today], datetime(2025, 12, 3, 9, tzinfo=UTC)) is None
    assert choose_date([today], datetime(2025, 12, 4, 9, tzinfo=UTC)) is None  # the same day west of UTC
    assert choose_date([today], datetime(2025, 12, 5, 9, tzinfo=UTC)) == today
    assert spread_h([today, candidate("feed", "2025-11-20")], datetime(2025, 12, 3, 9, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("raws", "hours"),
    [
        (["2025-12-02T10:00:00Z"], None),
        (["2025-12-02T10:00:00Z", "2025-12-02T10:00:00Z"], 0),
        (["2025-12-02T10:00:00Z", "2025-12-03T12:00:00+01:00"], 25),
        (["2025-12-02", "2025-12-02T23:30:00-05:00"], 0),  # the next day in UTC, the same in New York
        (["2025-12-02", "2025-12-02T01:00:00+14:00"], 0),
        (["2025-12-02T10:00:00", "2025-12-02T19:00:00Z"], 0),  # some zone makes them one
        (["2025-12-02T10:00:00", "2025-12-03T10:00:00Z"], 12),
        (["2025-12-01", "2025-12-04T12:00:00Z"], 48),
        (["2025-12-01", "2025-12-02"], 0),
        (["2025-12-01", "2025-12-10", "2025-12-05"], 9 * 24 - 24 - 26),
        (["1970-01-01T00:00:00Z", "2025-12-02T10:00:00Z"], None),
        (["9999-12-31", "2025-12-02T10:00:00Z"], None),
        (["2025-12-02T10:00:00Z", "2025-12-07T10:00:00Z"], 120),  # the future is a statement, too
    ],
)
def test_how_far_dates_lie_apart(raws, hours):
    """A day without time agrees with any time within it, in any zone."""
    dates = [DateCandidate(rule="meta", raw=raw, time_utc=parse_time(raw), is_exact=is_exact(raw)) for raw in raws]

    assert spread_h(dates, SEEN) == hours


DAYS = st.integers(0, 365 * 120).map(lambda days: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(days=days, hours=7))
CANDIDATES = st.lists(
    st.builds(
        lambda rule, time, exact: DateCandidate(rule=rule, raw=time.isoformat(), time_utc=time, is_exact=exact),
        st.sampled_from(TRUST[:-1]),
        DAYS,
        st.booleans(),
    ),
    max_size=6,
)


@given(CANDIDATES, DAYS)
def test_a_chosen_date_was_given_and_can_be(dates, seen):
    """It is one of those given, never after the first sighting, never before the web."""
    chosen = choose_date(by_trust(dates), seen)

    assert chosen is None or (chosen in dates and FLOOR <= chosen.time_utc <= seen)
    assert spread_h(dates, seen) == spread_h(dates[::-1], seen)


@given(st.lists(st.integers(0, 30_000), min_size=2, max_size=5))
def test_the_spread_of_exact_times_is_their_range(hours):
    """Where nothing is vague it is plain arithmetic."""
    times = [SEEN - timedelta(hours=one) for one in hours]
    dates = [DateCandidate(rule="meta", raw="", time_utc=time, is_exact=True) for time in times]

    assert spread_h(dates, SEEN) == pytest.approx((max(times) - min(times)) / timedelta(hours=1))


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_none(raw):
    """Never an exception, and never a time without zone."""
    time = parse_time(raw)

    assert time is None or time.tzinfo is UTC


def stored(dates, feed_raw="2025-12-02T10:00:00Z"):
    """The revision of a page that states these dates, and its date rows."""
    sighting = sighting_row("s", first_seen_utc=SEEN)
    response = Response(
        url=URL,
        final_url=URL,
        status=FetchStatus.OK,
        http_status=200,
        content_type=None,
        etag=None,
        last_modified=None,
        body=b"",
        fetched_utc=SEEN + timedelta(hours=5),
        elapsed_ms=1,
        error=None,
    )
    seen = replace(sighting, published_raw=feed_raw, published_utc=feed_time(feed_raw) if feed_raw else None)
    page = DuePage(page_url=URL, outlet_id="wire", sightings=(seen,))
    content = Page(verdict=Verdict.ARTICLE, title="T", text="A text.", dates=tuple(dates))
    fetch = fetch_record("wire", URL, response)
    _, revision, rows = make_article(page, fetch, content, None, URL, load_registry().codebook)
    return revision, rows


def test_all_candidates_are_kept_with_the_one_that_was_chosen():
    """Also what cannot be; the first sighting stands last, as the bound, and dates nothing."""
    given_ones = [("url", "2025-12-02"), ("json-ld", "2030-01-01T00:00:00Z"), ("meta", "2025-12-02")]

    revision, rows = stored([candidate(*one) for one in given_ones])

    assert [(row.position, row.rule, row.raw, row.is_chosen) for row in rows] == [
        (0, "json-ld", "2030-01-01T00:00:00Z", False),
        (1, "meta", "2025-12-02", False),
        (2, "feed", "2025-12-02T10:00:00Z", True),
        (3, "url", "2025-12-02", False),
        (4, "first-seen", "2025-12-04T00:00:00+00:00", False),
    ]
    assert (revision.published_rule, revision.published_raw) == ("feed", "2025-12-02T10:00:00Z")
    assert (revision.date_disagrees, revision.date_spread_h > 24 * 365) == (True, True)


def test_an_undated_page_stays_undated():
    """Neither first seen nor fetched is a date."""
    revision, rows = stored([], feed_raw=None)

    assert (revision.published_utc, revision.published_rule, revision.date_disagrees) == (None, None, None)
    assert [(row.rule, row.is_chosen) for row in rows] == [("first-seen", False)]


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The envoy met Mr Putin on Monday, not on Tuesday.",
        "Correction (2 December 2025): the headline named the wrong city.",
        "• This article was amended on 3 December 2025 to remove a name.",
        "Editor’s note: An earlier version of this story misspelt the envoy’s name.",
        "Исправлено: в тексте была неверно указана дата встречи.",
        "Уточнение. В первоначальной версии заметки была ошибка.",
        "Виправлено: у тексті було неправильно вказано дату.",
        "У попередній версії цього тексту було помилково вказано місто.",
        "Korrektur: In einer früheren Fassung stand ein falscher Name.",
        "Anm. d. Red.: Wir haben den Namen der Stadt nachträglich korrigiert.",
        "Mise à jour : ajoute la réaction du Kremlin dans l’après-midi",
        "Une première version de cet article donnait un chiffre erroné.",
    ],
)
def test_correction_notes_in_five_languages(note):
    """Found in the page, wherever it stands, as written."""
    page = article_page("T").replace(b"</article>", f"</article><div class='note'>{note}</div>".encode())

    assert is_correction(note)
    assert correction_note(parse_html(page)) == note
    assert read_page(page, "text/html", URL).correction_note == note


@pytest.mark.parametrize(
    "text",
    [
        "The market saw a correction: prices fell by half.",
        "Correction of the course: Merkel says what comes next.",
        "Update: 14:05",
        "Обновлено: 5 минут назад",
        "Er (Trump, Anm. d. Red.) sagte: Wir werden sehen.",
        "The earlier version of the plan gave Kyiv less.",
    ],
)
def test_what_is_no_correction(text):
    """Words that newsrooms use of the world, and clocks."""
    assert not is_correction(text)


def test_notes_are_collected_once_each():
    """Two notes are two lines, a repeated one is one, and a whole article in one block is none."""
    notes = ["Correction: The first thing was wrong.", "Correction: The second thing was wrong."]
    body = "".join(f"<p>{note}</p>" for note in [*notes, notes[0]])
    page = f"<html><body>{body}<div>Correction: {'a long text ' * 100}</div></body></html>".encode()

    assert correction_note(parse_html(page)) == "\n".join(notes)
    assert correction_note(parse_html(article_page("T"))) is None
