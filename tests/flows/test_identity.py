"""Addresses: which are the same page, and which must never be taken for one."""

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.pages.identity import at_home, clean_url, names_page, page_address, page_key, stable_id
from framing.records import Outlet

ROTATING = Outlet(
    outlet_id="rotating",
    name="Rotating",
    home="https://www.rotating.example/",
    country="RU",
    languages=("en",),
    outlet_class="unknown",
    class_source="",
    feeds=(),
    mirrors=("mirror-one.test", "mirror-two.test"),
)

SAME = [
    ("HTTP://A.Example:80/x", "http://a.example/x"),
    ("https://a.example./x", "https://a.example/x"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example:443/a b", "https://a.example/a%20b"),
    ("https://a.example/%7eeditor/%d1%91", "https://a.example/~editor/ё"),
    ("https://a.example/news/../world/./1", "https://a.example/world/1"),
    ("https://пример.example/1", "https://xn--e1afmkfd.example/1"),
    ("https://a.example/x?a=1&amp;b=2", "https://a.example/x?a=1&b=2"),
    ("https://a.example/x?", "https://a.example/x#comments"),
    ("https://a.example/x?utm_source=rss&id=5&utm_medium=feed#top", "https://a.example/x?id=5"),
    ("https://a.example/x?at_medium=RSS&at_campaign=KARANGA", "https://a.example/x"),
    ("https://a.example/x?ITO=1490&ns_mchannel=rss&ns_campaign=1490", "https://a.example/x"),
    ("https://a.example/x?CMP=share&ocid=mail&fbclid=Iw&gclid=1&yclid=2&mc_cid=3", "https://a.example/x"),
    ("https://a.example/x?wt_mc=rss.red.alle&wt.mc_id=9#xtor=RSS-1", "https://a.example/x"),
    ("https://a.example/x?partner=rssnyt&emc=rss&source=rss----1&mod=rss_world&rss=1", "https://a.example/x"),
    ("https://a-example.cdn.ampproject.org/c/s/a.example/amp/x?utm_source=1", "https://a.example/amp/x"),
    ("https://a-example.cdn.ampproject.org/v/a.example/x", "http://a.example/x"),
    ("https://www.google.com/amp/s/a.example/x", "https://a.example/x"),
]
"""Pairs that are one address before anything is fetched."""

DIFFERENT = [
    ("http://a.example/?p=123", "http://a.example/?p=124"),
    ("http://a.example/?p=123", "http://a.example/"),
    ("http://a.example/read?1001", "http://a.example/read?1002"),
    ("http://a.example/story.php?id=7&lang=ru", "http://a.example/story.php?id=7&lang=en"),
    ("http://a.example/story.php?id=7", "http://a.example/story.php?id=8"),
    ("http://a.example/#!/story/5", "http://a.example/#!/story/6"),
    ("http://a.example/#/story/5", "http://a.example/#/story/6"),
    ("http://a.example/AbC1", "http://a.example/aBc1"),
    ("http://a.example/news?cid=1", "http://a.example/news?cid=2"),  # the rest are one to courlan
    ("http://a.example/?gallery=7", "http://a.example/?gallery=8"),
    ("http://a.example/x?source=kyiv", "http://a.example/x?source=moscow"),
    ("http://a.example/x?ref=17", "http://a.example/x?ref=18"),
    ("http://a.example/x?session=geneva", "http://a.example/x?session=riyadh"),
    ("http://a.example/x?id=5&section=world&copy=2", "http://a.example/x?id=5&section=world&copy=3"),
    ("http://a.example/go/http://b.example/1", "http://a.example/go/http:/b.example/1"),
    ("http://a.example/a%2Fb", "http://a.example/a/b"),
    ("http://a.example/x;v=1", "http://a.example/x;v=2"),
    ("http://a.example:8080/x", "http://a.example/x"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_address_in_many_spellings(one, other):
    """Tracking and spelling go."""
    assert clean_url(one) == clean_url(other) is not None


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_stories_are_never_one_address(one, other):
    """What may be a story's number stays, even where it looks like tracking elsewhere."""
    assert clean_url(one) != clean_url(other)
    assert page_key("o", clean_url(one)) != page_key("o", clean_url(other))


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("/rel?utm_source=rss", "http://base.example/rel"),
        ("//cdn.example/x", "http://cdn.example/x"),
        ("  https://a.example/x\n", "https://a.example/x"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("mailto:a@b.example", None),
        ("javascript:void(0)", None),
        ("http://[", None),
        ("http://..", None),
        ("http://a.example:99999999/", None),
        ("http://a.example/" + "x" * 9_000, None),
    ],
)
def test_cleaning_an_address(url, cleaned):
    """What is relative is made absolute, what is no web address is none."""
    assert clean_url(url, "http://base.example/feed") == cleaned


PIECES = st.sampled_from(
    (
        *(
            "&",
            "amp;",
            "%",
            "%2",
            "%26",
            "%61",
            "=",
            "?",
            "#",
            "#!",
            "/",
            "//",
            "..",
            "/../",
            ";",
            "@",
            ":",
            ":80",
            "\\",
        ),
        *("[", "]", "::1", "^", "|", "{", "<", '"', " ", "\n", "\t", "\x00", "\ud800", "ü", "а", "ß", "İ", "。", "１"),
        *("utm_source=", "p=1", "ref=", "rss", "xn--", "a.example", "A.Example.", "HTTP://", "https://", "mailto:"),
        *("x.cdn.ampproject.org/c/s/", "https://www.google.com/amp/s/", "%7e", "%E2%80", "+", "*", "~"),
    )
)


@given(
    st.sampled_from(["", "http://a.example/", "http://", "http://a.example/x?"]), st.lists(PIECES | st.text(max_size=3))
)
@example("", ["http:////^"])
@example("http://a.example/", ["%2%61"])
def test_cleaning_is_idempotent(start, pieces):
    """The cleaned address is an identity: cleaning it again changes nothing."""
    cleaned = clean_url(start + "".join(pieces), "http://base.example/feed")

    assert cleaned is None or clean_url(cleaned) == cleaned


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
    assert page_address(asked, "http://a.example/?sorry", None) == asked
    assert page_address("http://a.example/?p=1", None, "http://a.example/?p=1&m=1") == "http://a.example/?p=1&m=1"


PAGE = "https://www.a.example/2025/12/03/talks-in-geneva"


@pytest.mark.parametrize(
    "variant",
    [
        *("https://m.a.example/2025/12/03/talks-in-geneva", "https://amp.a.example/cnn/2025/12/03/talks-in-geneva"),
        *(f"{PAGE}/amp/", f"{PAGE}.amp", f"{PAGE}.amp.html", f"{PAGE}.html", f"{PAGE}?amp", f"{PAGE}?amp=1"),
        *(f"{PAGE}?outputType=amp", f"{PAGE}?_amp=true", f"{PAGE}?utm_source=rss", f"{PAGE}/index.html"),
        *(PAGE.replace("/2025", "/amp/2025"), PAGE.replace("https", "http"), f"{PAGE}/sn-amp/"),
    ],
)
def test_a_variant_is_its_page(variant):
    """AMP, mobile, print and scheme: the canonical link is believed without looking at the text."""
    assert names_page(PAGE, variant)
    assert page_address(variant, variant, PAGE) == PAGE


OTHER_PAGES = [
    "https://a.example/news",
    "https://a.example/story.php",
    "https://a.example/story.php?id=7",
    "https://a.example/story.php?id=8",
    "https://a.example/2025/12/03/ukraine-live",
    "https://a.example/2025/12/04/ukraine-live",
    "https://a.example/world/story",
    "https://a.example/economy/story",
    "https://a.example/world/1001",
    "https://a.example/economy/1001/amp",
    "https://a.example/",
]


@pytest.mark.parametrize(("one", "other"), [*combinations(OTHER_PAGES, 2)])
def test_a_canonical_link_may_lead_astray(one, other):
    """Some newsrooms give all their stories one canonical address; then title and text decide."""
    assert not names_page(one, other)


def test_mirrors_are_one_house():
    """A rotating mirror's story is the story of the home host; what is asked for stays as the feed gave it."""
    mirrored = "https://mirror-one.test/news/1-talks/"

    assert at_home(mirrored, ROTATING) == "https://www.rotating.example/news/1-talks/"
    assert at_home("http://de.mirror-two.test/1?id=2", ROTATING) == "https://de.rotating.example/1?id=2"
    assert at_home("https://de.rotating.example/1", ROTATING) == "https://de.rotating.example/1"
    assert at_home("https://notmirror-one.test/1", ROTATING) == "https://notmirror-one.test/1"
    assert page_address(mirrored, mirrored, None, ROTATING) == "https://www.rotating.example/news/1-talks/"
    assert page_address(mirrored, "https://www.mirror-two.test/2", None, ROTATING) == "https://www.rotating.example/2"
    assert page_address(mirrored, mirrored, "https://www.rotating.example/3", ROTATING).endswith(".example/3")
    assert page_address(mirrored, mirrored, "https://elsewhere.example/4", ROTATING).endswith(".example/news/1-talks/")
    assert page_address(mirrored, mirrored, None, None) == mirrored


def test_what_is_known_is_not_asked_for_again():
    """Scheme and mirror are alike before anything is fetched; a mobile host is not."""
    known = page_key("o", "https://www.rotating.example/news/1", ROTATING)

    assert page_key("o", "http://www.rotating.example/news/1", ROTATING) == known
    assert page_key("o", "https://mirror-two.test/news/1", ROTATING) == known
    assert page_key("other", "https://www.rotating.example/news/1", ROTATING) != known
    assert page_key("o", "https://m.rotating.example/news/1", ROTATING) != known
