"""Feeds: from whatever bytes a server sends to items."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.feeds.parsing import parse_feed
from tests.site.stories import rss

URL = "http://wire.example/feeds/feed.xml"
LINK = "<link>https://www.wire.example/world/</link>"
RUSSIAN = "Президент заявил, что переговоры в Женеве продолжатся на следующей неделе"
UKRAINIAN = "Міністр закордонних справ України заявив про їхні ґрунтовні перемовини"
CZECH = "Předseda vlády řekl, že jednání v Ženevě budou pokračovat příští týden"
FRENCH = "Le président a déclaré que les négociations de Genève étaient à l’arrêt cet été"
PARAGRAPH = "The delegations met for the third time this week and parted without a result. " * 6


def channel(*items, head=LINK, declaration='<?xml version="1.0"?>'):
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    entries = "".join(f"<item>{item}</item>" for item in items)
    return f'{declaration}<rss version="2.0" {content}><channel><title>t</title>{head}{entries}</channel></rss>'


def parse(document, content_type="application/rss+xml"):
    return parse_feed(document if isinstance(document, bytes) else document.encode(), content_type, URL)


def test_a_feed_gives_its_items():
    """Titles without markup, links without tracking, dates with their zone kept raw."""
    body = rss(
        [{"title": "A &amp; <b>B</b>", "link": "/x?utm_source=rss&id=5", "pubDate": "Tue, 02 Dec 2025 23:30:00 -0500"}]
    )

    feed = parse(body)
    (item,) = feed.items

    assert (feed.feed_format, feed.error) == ("rss20", None)
    assert item.page_url == "http://wire.example/x?id=5"
    assert item.published_utc == datetime(2025, 12, 3, 4, 30, tzinfo=UTC)
    assert item.published_raw == "Tue, 02 Dec 2025 23:30:00 -0500"


@pytest.mark.parametrize(
    ("document", "feed_format"),
    [
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
            "<channel><title>t</title></channel><item><title>T</title><link>http://wire.example/1</link></item></rdf:RDF>",
            "rss090",
        ),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            '<channel rdf:about="http://wire.example/"><title>t</title></channel><item rdf:about="http://wire.example/1">'
            "<title>T</title><link>http://wire.example/1</link></item></rdf:RDF>",
            "rss10",
        ),
        (channel("<title>T</title><link>http://wire.example/1</link>").replace("2.0", "0.92"), "rss092"),
        (channel('<title>T</title><guid isPermaLink="true">http://wire.example/1</guid>'), "rss20"),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>urn:1</id><title>T</title>'
            '<link rel="enclosure" href="/1.mp3"/><link href="http://wire.example/1"/></entry></feed>',
            "atom10",
        ),
        ("<item><title>T</title><link>http://wire.example/1</link></item>", None),
    ],
)
@pytest.mark.parametrize("content_type", ["text/html", "application/json", "text/plain; charset=nonsense", None])
def test_every_kind_of_feed_is_read_under_any_label(document, feed_format, content_type):
    """Servers call feeds anything."""
    feed = parse(document, content_type)

    assert feed.feed_format == feed_format
    assert [(item.title, item.page_url) for item in feed.items] == [("T", "http://wire.example/1")]


@pytest.mark.parametrize("body", [b"", b"<html><body>Not found</body></html>", b"\x00\x01", b"{}", b'{"items": [{}]}'])
def test_what_is_no_feed_says_so(body):
    """200 is not health."""
    feed = parse(body, "text/html")

    assert feed.items == ()
    assert feed.error.startswith("not a feed")


def test_items_that_cannot_be_read_are_a_failed_poll():
    """A broken feed must not look like a quiet outlet."""
    feed = parse('<rss version="2.0"><x:item xmlns:x="urn:x"><x:title>T</x:title></x:item></rss>')

    assert (feed.feed_format, feed.items) == ("rss20", ())
    assert feed.error == "1 items stand in the document and none could be read"


@pytest.mark.parametrize(
    ("head", "n_unread"),
    [
        ("<description>never closed", 1),
        ("<!-- <item></item> -->", 0),
        ("<description><![CDATA[an <item> or two]]></description>", 0),
        ("<image><url>http://a.example/x", 0),
    ],
)
def test_items_that_are_lost_among_others_are_counted(head, n_unread):
    """The rest was read, so it is no failed poll; what is missing must not pass for what never was."""
    feed = parse(channel(*(f"<title>Round {n}</title>" for n in range(3)), head=head))

    assert (len(feed.items), feed.n_unread, feed.error) == (3 - n_unread, n_unread, None)


def test_a_hostile_feed_costs_no_quadratic_time():
    """20,000 comments and as many CDATA sections that never end."""
    started = time.perf_counter()
    parse(channel("<title>T</title>") + "<!--" * 20_000 + "<![CDATA[" * 20_000)

    assert time.perf_counter() - started < 5


def test_a_local_path_is_never_opened(tmp_path):
    """feedparser reads files when it is given a string; it is given bytes."""
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss([{"title": "secret"}]))

    assert parse(str(secret)).items == ()


@pytest.mark.parametrize(
    ("head", "link", "page_url"),
    [
        (LINK, "/a/1", "https://www.wire.example/a/1"),
        (LINK, "1", "https://www.wire.example/world/1"),
        ("", "1", "http://wire.example/feeds/1"),
        ("<link>/en/</link>", "1", "http://wire.example/en/1"),
        ("<link>http://localhost/</link>", "/1", "http://wire.example/1"),
        (LINK, "https://www.wire.example:443/1", "https://www.wire.example/1"),
        (LINK, "mailto:editor@wire.example", None),
        (LINK, "http://[", None),
    ],
)
def test_a_relative_link_is_the_sites(head, link, page_url):
    """A feed may lie on another host than its site."""
    (item,) = parse(channel(f"<link>{link}</link>", head=head)).items

    assert item.page_url == page_url


def test_xml_base_goes_before_the_channels_link():
    """It is stated for this very purpose; and Atom knows no other base but the document's address."""
    based = channel("<link>1</link>").replace("<rss ", '<rss xml:base="http://base.example/x/" ')
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://elsewhere.example/"/>'
        '<entry xml:base="/in/"><link href="1"/></entry><entry><link href="2"/></entry></feed>'
    )

    assert [item.page_url for item in parse(based).items] == ["http://base.example/x/1"]
    assert [item.page_url for item in parse(atom).items] == ["http://wire.example/in/1", "http://wire.example/feeds/2"]


@pytest.mark.parametrize(
    ("title", "charset", "label", "basis"),
    [
        (RUSSIAN, "cp1251", "cp1251", "header"),
        (RUSSIAN, "cp1251", "utf-8", "detected"),
        (RUSSIAN, "cp1251", "iso-8859-1", "detected"),
        (RUSSIAN, "koi8-r", "utf-8", "detected"),
        (UKRAINIAN, "cp1251", "utf-8", "detected"),
        (CZECH, "cp1250", "utf-8", "detected"),
        (FRENCH, "cp1252", "utf-8", "detected"),
        (FRENCH, "cp1252", "iso-8859-1", "header"),
        (RUSSIAN, "utf-8", "cp1251", "utf-8"),
        (FRENCH, "utf-8", "us-ascii", "utf-8"),
        (RUSSIAN, "utf-8-sig", "cp1251", "bom"),
        (RUSSIAN, "utf-16", "utf-8", "bom"),
        (RUSSIAN, "utf-16-le", "utf-8", "first bytes"),
        ("会談はジュネーブで来週も続くと外務大臣が述べた", "shift_jis", "utf-8", "detected"),
        ("俄罗斯和乌克兰在日内瓦举行会谈,双方同意下周继续", "gb18030", "gb2312", "header"),
        ("Rain again in the north – “no end in sight”", "cp1252", "utf-8", "detected"),
        ("Rain again in the north – “no end in sight”", "cp1252", "punycode", "detected"),
    ],
)
def test_a_wrong_label_does_not_make_a_text_unreadable(title, charset, label, basis):
    """cp1251 labelled utf-8 is the classic; which reading was taken, and why, is part of the result."""
    document = channel(f"<title>{title}</title>", declaration=f'<?xml version="1.0" encoding="{label}"?>')

    feed = parse(document.encode(charset), f"text/xml; charset={label}")

    assert [item.title for item in feed.items] == [title]
    assert feed.charset_basis == basis


def test_the_declaration_counts_where_the_header_says_nothing():
    """And where the header names a charset that does not fit."""
    document = channel(f"<title>{RUSSIAN}</title>", declaration='<?xml version="1.0" encoding="koi8-r"?>')

    for content_type in ("text/xml", "text/xml; charset=utf-8", None):
        feed = parse(document.encode("koi8-r"), content_type)
        assert (feed.items[0].title, feed.charset, feed.charset_basis) == (RUSSIAN, "koi8-r", "declaration")


@pytest.mark.parametrize(
    "flaw", ["&#xD800;", "&#99999999999;", "&#xFFFFFFFFFF;", "\x00", "\x0b", "&nbsp;", " & ", "<br>"]
)
def test_one_flaw_does_not_cost_the_feed(flaw):
    """One item's typing error is not the outlet's silence."""
    feed = parse(channel("<title>before</title>", f"<title>a{flaw}b</title>", "<title>after</title>"))

    assert len(feed.items) == 3
    assert (feed.items[0].title, feed.items[2].title) == ("before", "after")


@pytest.mark.parametrize(
    "item",
    [
        f"<description>Short.</description><content:encoded><![CDATA[{f'<p>{PARAGRAPH}</p>' * 4}]]></content:encoded>",
        f"<description><![CDATA[{f'<p>{PARAGRAPH}</p>' * 4}]]></description>",
        f"<description><![CDATA[<div>{f'{PARAGRAPH}<br/><br/>' * 4}<figure>x</figure></div>]]></description>",
    ],
)
def test_the_article_in_a_feed_is_kept(item):
    """Some outlets carry it in their feed, and change the page later."""
    (found,) = parse(channel(item)).items

    assert found.full_text == "\n".join([PARAGRAPH.strip()] * 4)


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{PARAGRAPH}</p>",
        "<p>Short.</p>" * 5,
        f"<p>{PARAGRAPH}</p>" * 4 + "<p>Read on […]</p>",
        f"<script>{PARAGRAPH * 9}</script>",
        "",
    ],
)
def test_a_teaser_is_no_article(markup):
    """However it is spelled."""
    (item,) = parse(channel(f"<content:encoded><![CDATA[{markup}]]></content:encoded>")).items

    assert item.full_text is None


@pytest.mark.parametrize(
    ("head", "ttl_s"),
    [
        ("<ttl>15</ttl>", 900),
        ("<ttl> 60 </ttl>", 3_600),
        ("<ttl>1000000</ttl>", 86_400),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1_800),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", None),
        ("<ttl>10</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 600),
        ("", None),
    ],
)
def test_how_long_a_feed_asks_to_be_left_alone(head, ttl_s):
    """Only what can be meant: nobody publishes news once a year."""
    document = channel(head=head).replace("<rss ", '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" ')

    assert parse(document).ttl_s == ttl_s


def test_hours_and_days_in_which_a_feed_sleeps():
    """24 is midnight; a feed that names all hours says nothing."""
    hours = "".join(f"<hour>{hour}</hour>" for hour in (24, 3, 4, 99))
    days = "<day>Saturday</day><day> sunday </day><day>Caturday</day>"
    feed = parse(channel(head=f"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>"))
    always = parse(channel(head=f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in range(24))}</skipHours>"))

    assert (feed.skip_hours, feed.skip_days) == ((0, 3, 4), (5, 6))
    assert always.skip_hours == ()


def test_the_address_a_feed_gives_for_itself():
    """Absolute, cleaned; a feed that moved may say where it is."""
    link = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="/new.xml"/>'

    assert parse(channel(head=link)).self_url == "http://wire.example/new.xml"
    assert parse(channel()).self_url is None


@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"<rss><channel><item>", b"<feed><entry>", b'{"version":', b"\xff\xfe"]),
)
@settings(deadline=None)
def test_any_bytes_are_a_feed_or_say_why_not(noise, start):
    """Never an exception."""
    feed = parse_feed(start + noise, "text/xml; charset=" + noise[:5].decode("latin-1"), URL)

    assert feed.error is None or feed.items == ()
