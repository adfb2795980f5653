"""From the bytes of a page to its text, and what becomes of its sightings."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.pages.full_text import overlap, with_feed_text
from flows.pages.page import Page, decode_page, read_page
from flows.pages.verdict import Verdict
from flows.reading.repeats import fingerprint, overturned, repeated
from tests.flows.verdict_pages import OFFER, article
from tests.site.stories import TALKS, WEATHER
from warehouse.repeats import SeenText

URL = "https://wire.example/story"
RUSSIAN = "Делегации встретились в Женеве и договорились продолжить переговоры в декабре."


@pytest.mark.parametrize(
    ("charset", "content_type", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=windows-1251", ""),
        ("cp1251", "text/html; charset=windows-1251", ""),
        ("cp1251", "text/html", '<meta charset="windows-1251">'),
        ("cp1251", "text/html; charset=utf-8", ""),
        ("koi8-r", "text/html", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
        ("utf-16", "text/html", ""),
    ],
)
def test_a_page_is_read_in_its_charset(charset, content_type, meta):
    """Whatever the header claims."""
    body = article("Переговоры", RUSSIAN, 4, head=meta).encode(charset)

    assert RUSSIAN in decode_page(body, content_type)
    assert RUSSIAN in read_page(body, content_type, URL).text


def test_the_feed_stands_in_for_a_page_that_hides_its_article():
    """Its share of the teaser is kept; a missing page stays missing."""
    whole = "\n".join(TALKS.format(n=n) for n in range(1, 5))
    teaser = read_page(article("Talks", TALKS, 1, OFFER).encode(), None, URL)

    found = with_feed_text(teaser, whole)

    assert teaser.verdict is Verdict.TEASER
    assert (found.verdict, found.text, found.text_source, found.title) == (Verdict.ARTICLE, whole, "feed", "Talks")
    assert 0.2 < found.feed_overlap < 0.6
    assert found.evidence == teaser.evidence
    assert with_feed_text(Page(verdict=Verdict.SOFT_404), whole).verdict is Verdict.SOFT_404
    assert with_feed_text(teaser, None) == teaser


def test_a_page_with_its_article_keeps_its_text():
    """And says how much of the feed's it holds."""
    content = read_page(article("Talks", TALKS, 4).encode(), None, URL)

    assert with_feed_text(content, content.text).feed_overlap == 1.0
    assert with_feed_text(content, WEATHER.format(n=1)).feed_overlap == 0.0
    assert with_feed_text(content, content.text).text_source == "page"
    assert overlap("too short", "it is too short") == 0.0


def test_the_same_text_under_three_stories_is_a_wall():
    """Whatever number and hour each visit is given."""
    wall = "Wir bitten um Geduld. Anfrage 8f3a-{n} von 192.0.2.{n}, {n}:15 Uhr, wird geprüft."
    marks = {fingerprint(wall.format(n=n)) for n in range(3)}
    losses = {fingerprint(f"The army lost {n} men, the general staff said.") for n in range(3)}
    content = Page(verdict=Verdict.ARTICLE, text=wall.format(n=1))

    assert (len(marks), len(losses)) == (1, 3)
    assert repeated(content, 2) == content
    assert repeated(content, 3).verdict is Verdict.BOT_WALL
    assert repeated(content, 3).evidence["same_text_under"] == 3
    assert repeated(replace(content, verdict=Verdict.SOFT_404), 3).verdict is Verdict.SOFT_404
    assert fingerprint(TALKS * 20) is None


def test_what_was_stored_before_the_third_is_judged_anew():
    """The revision stays; the new verdict stands beside it."""
    seen = {
        ("wire", "a"): SeenText({"one", "two", "three"}, {"r2", "r1"}),
        ("wire", "b"): SeenText({"one", "two"}, {"r3"}),
    }

    found = list(overturned(seen, datetime(2025, 12, 2, tzinfo=UTC)))

    assert [(row.revision_id, row.verdict) for row in found] == [("r1", "bot_wall"), ("r2", "bot_wall")]
