"""JSON Feed, which feedparser does not read."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.parsing import parse_feed

URL = "http://wire.example/feeds/feed.json"
ITEM = {"id": "1", "url": "/a/1", "title": "A &amp; B", "date_published": "2025-12-02T23:30:00-05:00"}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(ITEM)), inner, max_size=3),
    max_leaves=8,
)


def parse(document, content_type="application/feed+json"):
    return parse_feed(json.dumps(document).encode(), content_type, URL)


def feed(*items, version="https://jsonfeed.org/version/1.1", **keys):
    return {"version": version, "title": "t", "items": list(items), **keys}


def test_a_json_feed_gives_its_items():
    """As any other feed does."""
    parsed = parse(feed(ITEM, feed_url="http://wire.example/feed.json"))
    (item,) = parsed.items

    assert (parsed.feed_format, parsed.error, parsed.self_url) == ("json11", None, "http://wire.example/feed.json")
    assert (item.guid, item.page_url, item.title) == ("1", "http://wire.example/a/1", "A &amp; B")
    assert item.published_utc == datetime(2025, 12, 3, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "text/xml; charset=cp1251", None])
@pytest.mark.parametrize(("version", "feed_format"), [("1", "json10"), ("1.1", "json11"), ("2", "json")])
def test_its_version_makes_it_a_feed_under_any_label(content_type, version, feed_format):
    """And its label where it has no version."""
    assert parse(feed(ITEM, version=f"https://jsonfeed.org/version/{version}"), content_type).feed_format == feed_format
    assert parse({"items": [ITEM]}, "application/feed+json; charset=utf-8").feed_format == "json"


@pytest.mark.parametrize("document", [{"items": [ITEM]}, {"version": "2.0", "items": [ITEM]}, [ITEM], "feed", 5])
def test_other_json_is_no_feed(document):
    """Much JSON has a list of items."""
    parsed = parse(document, "application/json")

    assert (parsed.feed_format, parsed.items) == (None, ())
    assert parsed.error.startswith("not a feed")


def test_what_others_write_wrong_is_read_all_the_same():
    """Numbers as ids, epochs as dates, strings as items, control characters, a byte order mark."""
    document = json.dumps(
        feed({"id": 7, "external_url": "http://b.example/7", "date_modified": 1764685800}, "no", None)
    )
    parsed = parse_feed(b"\xef\xbb\xbf\n" + document.replace('"t"', '"a\nb"').encode(), "text/html", URL)
    (item,) = parsed.items

    assert (item.guid, item.page_url) == ("7", "http://b.example/7")
    assert item.published_utc == datetime(2025, 12, 2, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["content_html", "content_text"])
def test_the_article_in_it_is_kept(name):
    """As markup or as plain text."""
    paragraph = "The delegations met for the third time this week and parted without a result. " * 6
    text = f"<p>{paragraph}</p>" * 4 if name == "content_html" else f"{paragraph}\n\n" * 4

    (item,) = parse(feed(ITEM | {"summary": "Short.", name: text})).items

    assert item.full_text == "\n".join([paragraph.strip()] * 4)


@given(VALUES, VALUES)
def test_any_values_are_let_pass(items, value):
    """Never an exception, whatever stands where a text should be."""
    parsed = parse(
        {"version": "https://jsonfeed.org/version/1.1", "items": items, "language": value, "feed_url": value}
    )

    assert parsed.feed_format == "json11"
