"""What pages are taken for, and why."""

import json

import pytest

from flows.pages.page import read_page
from flows.pages.verdict import Verdict, judge_refusal
from tests.flows.verdict_pages import CASES, article, json_ld
from tests.site.stories import TALKS, WEATHER

URL = "https://wire.example/world/story-1"


@pytest.mark.parametrize("name", CASES)
def test_each_page_has_its_verdict(name):
    """Three or more of each kind, and what only looks like one."""
    markup, verdict, title = CASES[name]

    found = read_page(markup.encode(), "text/html", URL, (), title)

    assert (str(found.verdict), found.evidence) == (verdict, found.evidence)
    assert json.loads(json.dumps(found.evidence)) == found.evidence


@pytest.mark.parametrize(
    ("url", "asked", "verdict"),
    [
        ("https://wire.example/", URL, Verdict.SOFT_404),
        ("https://wire.example/en/", URL, Verdict.SOFT_404),
        ("https://wire.example/404", URL, Verdict.SOFT_404),
        ("https://consent.wire.example/form?to=story", URL, Verdict.CONSENT),
        ("https://wire.example/world/story-1-long", URL, Verdict.ARTICLE),
        ("https://wire.example/?p=12", "https://wire.example/?p=12", Verdict.ARTICLE),
    ],
)
def test_where_a_redirect_leads(url, asked, verdict):
    """A short notice at an address that says what it is; the front page instead of a story is a missing story."""
    notice = article("Wire", "We want to tell you something before you go on reading here, on page {n}.", 3)

    assert read_page(notice.encode(), "text/html", url, (), None, asked).verdict is verdict


@pytest.mark.parametrize(
    ("http_status", "headers", "verdict"),
    [
        (403, [("Server", "cloudflare")], Verdict.BOT_WALL),
        (403, [("CF-Mitigated", "challenge")], Verdict.BOT_WALL),
        (503, [("cf-mitigated", "challenge")], Verdict.BOT_WALL),
        (401, [("X-DataDome", "protected")], Verdict.BOT_WALL),
        (503, [("Server", "AkamaiGHost")], None),
        (429, [("X-DataDome", "protected")], None),
        (401, [], None),
        (402, [], Verdict.TEASER),
        (404, [("x-iinfo", "1")], None),
        (None, [], None),
    ],
)
def test_answers_without_a_page(http_status, headers, verdict):
    """A vendor's machine also tells that the newsroom's is down: only a proof makes a wall of that."""
    found = judge_refusal(http_status, headers)

    assert (found.verdict if found else None) is verdict


@pytest.mark.parametrize(
    ("body", "content_type"), [(b"%PDF-1.4", "application/pdf"), (b"{}", "application/json"), (b"", "text/html")]
)
def test_what_is_no_page_says_so(body, content_type):
    """A link in a feed may lead to anything."""
    assert read_page(body, content_type, URL).verdict is Verdict.NOT_HTML


def test_a_challenge_with_status_200_is_known_by_its_header():
    """Whatever it says."""
    found = read_page(article("Talks").encode(), "text/html", URL, [("Cf-Mitigated", "challenge")])

    assert (found.verdict, found.evidence["header"]) == (Verdict.BOT_WALL, "cf-mitigated")


def test_the_header_of_a_guarded_newsroom_makes_no_wall():
    """Vendors send their headers with articles too."""
    assert read_page(article("Talks").encode(), "text/html", URL, [("X-DataDome", "protected")]).is_article


def test_the_article_that_the_extractor_missed_is_read_from_json_ld():
    """But not what is kept for those who pay."""
    body = " ".join(TALKS.format(n=n) for n in range(6))
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": body}
    free, paid = (
        read_page(article("Talks", WEATHER, 2, head=json_ld(json.dumps(told | more))).encode(), None, URL)
        for more in ({}, {"isAccessibleForFree": False})
    )

    assert (free.verdict, free.text) == (Verdict.ARTICLE, body)
    assert (paid.verdict, paid.evidence["text_from"]) == (Verdict.TEASER, "articleBody")


def test_broken_json_ld_still_says_that_it_is_paid():
    """Trailing commas are common."""
    broken = json_ld('{"@type": "NewsArticle", "isAccessibleForFree": "False",}')

    assert read_page(article("Talks", TALKS, 2, head=broken).encode(), None, URL).verdict is Verdict.TEASER
