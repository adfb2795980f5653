"""Cases of feeds: what they are written in, what they say of themselves, and how they change between polls."""
# ruff: noqa: E501 (a case is a line)

import json
from html import escape

from tests.hostile import walls
from tests.hostile.case import NO_PAGE, feed_case
from tests.hostile.markup import FEED, feed_of, html, item, rss
from tests.hostile.stories import story, words_of
from tests.site import Page
from tests.site.behaviours import by_round, changed_under_one_etag, raw, redirect

ATOM = "application/atom+xml"
PEACE = "Мирный план и Киев: что обсудили"
TITLED = "(select bool_and(title = '{}') from core.sighting where outlet_id = $outlet)"
LIED = "(select bool_or(validator_lied) and not arg_max(is_conditional, polled_utc) from core.poll where outlet_id = $outlet)"
NEVER_LIED = "(select not coalesce(bool_or(validator_lied), false) from core.poll where outlet_id = $outlet)"
LADDER = "exists (from core.feed_rule join core.feed using (feed_url) where outlet_id = $outlet)"
GAP = "exists (from core.gap where outlet_id = $outlet)"
NO_GAP = f"not {GAP}"
NOTHING_NEW = (
    "(select arg_max(coalesce(n_new, 0), polled_utc) = 0 and count(*) > 1 from core.poll where outlet_id = $outlet)"
)
MOVED = "exists (from core.feed_move join core.feed using (feed_url) where outlet_id = $outlet)"
STAYS = f"not {MOVED}"
FAILED_HARD = "(select bool_and(failure = 'hard') from core.poll where outlet_id = $outlet)"
NOT_BEFORE = "(select bool_and(published_utc is null or published_utc <= seen_utc) from core.revision join core.article using (article_id) where outlet_id = $outlet)"
FROM_FEED = "(select bool_and(text_source = 'feed') from core.revision join core.article using (article_id) where outlet_id = $outlet)"
COMPARED = "(select bool_and(text_source = 'page' and feed_overlap > 0.8) from core.revision join core.article using (article_id) where outlet_id = $outlet)"


def _feed(body: bytes, content_type: str = FEED, **headers: str) -> Page:
    return 200, {"Content-Type": content_type, **{k.replace("_", "-"): v for k, v in headers.items()}}, body


def _links(name: str, *paths: str, day: int = 2) -> bytes:
    return feed_of(f"{name}.example", paths, day=day)


def _one(name: str, title: str = "Peace talks", **more: str) -> bytes:
    return rss(item(title, f"http://{name}.example/story", f"{name}-1", **more))


def _its(name: str, *paths: str) -> dict[str, Page]:
    """A story under each path."""
    return {path: story(f"{name}{path}") for path in paths or ("/story",)}


def _cyrillic(name: str, declaration: str) -> str:
    return _one(name, PEACE).decode().replace('<?xml version="1.0" encoding="utf-8"?>', declaration)


def _churned(turn: int) -> bytes:
    return rss(
        "".join(item(f"Round {n}", f"http://guid-churn.example/{n}", f"{turn}-{n}-{turn * 7919}") for n in (1, 2, 3))
    )


def _json_feed(name: str) -> bytes:
    entry = {
        "id": "1",
        "url": f"http://{name}.example/story",
        "title": "Peace talks",
        "content_text": "Talks.",
        "date_published": "2025-12-02T09:00:00Z",
    }
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "The Daily Example", "items": [entry]}
    ).encode()


def _full_text(name: str) -> bytes:
    encoded = f"<content:encoded>{escape(''.join(f'<p>{text}</p>' for text in words_of(name)[1]))}</content:encoded>"
    return _one(name, more=encoded).replace(b"<rss ", b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')


# fmt: off
RDF = """<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://rdf.example/"><title>T</title><link>http://rdf.example/</link><description>D</description><items><rdf:Seq><rdf:li rdf:resource="http://rdf.example/story"/></rdf:Seq></items></channel><item rdf:about="http://rdf.example/story"><title>Peace talks</title><link>http://rdf.example/story</link><dc:date>2025-12-02T09:00:00Z</dc:date></item></rdf:RDF>"""
XML_BASE = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://atom-base.example/news/"><title>T</title><id>urn:x</id><updated>2025-12-02T09:00:00Z</updated><entry xml:base="today/"><title>Peace talks</title><id>urn:x:1</id><link href="story"/><updated>2025-12-02T09:00:00Z</updated></entry></feed>"""
NETSCAPE = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>T</title><link>http://x.example/</link><description>D &nbsp; D</description><language>en</language><item><title>Talks &eacute; peace</title><link>http://rss-091.example/story</link></item></channel></rss>"""
BOZO = "<?xml version='1.0'?><rss version='2.0'><channel><title>A & B</title><link>http://bozo.example/</link><description>D</description>" + "".join(f"<item><title>Talks & \x0b peace <b>{n}</title><link>http://bozo.example/{n}?a=1&b=2</link><guid>{n}</guid></item>" for n in (1, 2, 3)) + "</channel>"
NO_SUCH_BYTES = b"HTTP/1.1 200 \xce\xea\r\nContent-Type: application/rss+xml\r\nX-Newsroom: \xc4\xef\xf0\xe0\xef\xf1\xff\xff\xfe\r\nETag: \"\xff\xfe\"\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
OLD = _links("frozen", "/1", "/2").replace(b"Dec 2025", b"Dec 2023")
NO_LINK = rss(item("Peace talks", None, "urn:1") + item("Peace talks again", "http://item-without-link.example/story", "urn:2"))
GUID_LINK = rss(item("Peace talks", None, "http://guid-is-link.example/story"))
ODD = rss("".join(item(f"Talks {n}", link, f"o{n}") for n, link in enumerate(("javascript:void(0)", "mailto:desk@odd-links.example", "data:text/html,talks", "http://odd-links.example/story"))))
RELATIVE = rss(item("Talks 1", "/story", "r1") + item("Talks 2", "https://relative-links.example:443/secure", "r2"), host="relative-links.example")
SAME_GUID = rss("".join(item(f"Talks {n}", f"http://same-guid.example/{n}", "0") for n in (1, 2, 3)))
UNCLOSED = rss("<description>never closed" + "".join(item(f"Round {n}", f"http://unclosed-channel.example/{n}", str(n)) for n in range(3)))
FUTURE = _one("from-the-future", day="02 Dec 2031 09:00:00 GMT")
SKEWED = b"HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2001 00:00:00 GMT\r\nLast-Modified: Tue, 01 Jan 2030 00:00:00 GMT\r\nExpires: Mon, 01 Jan 2001 00:00:00 GMT\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n\r\n" + _one("clock-skew")

FORMATS = [
    feed_case("feed formats", "json-feed", _feed(_json_feed("json-feed"), "application/feed+json"), ("ok",), {"stored": 1}, also=_its("json-feed")),
    feed_case("feed formats", "json-as-text", _feed(_json_feed("json-as-text"), "text/plain"), ("ok",), {"stored": 1}, also=_its("json-as-text")),
    feed_case("feed formats", "rdf", _feed(RDF.encode(), "application/rdf+xml"), ("ok",), {"stored": 1}, also=_its("rdf")),
    feed_case("feed formats", "atom-base", _feed(XML_BASE.encode(), ATOM), ("ok",), {"stored": 1}, also=_its("atom-base", "/news/today/story")),
    feed_case("feed formats", "rss-091", _feed(NETSCAPE.encode(), "text/xml"), ("ok",), {"stored": 1}, also=_its("rss-091")),
    feed_case("feed formats", "rss-as-html", _feed(_one("rss-as-html"), "text/html"), ("ok",), {"stored": 1}, also=_its("rss-as-html")),
    feed_case("feed formats", "cp1251-as-utf-8", _feed(_cyrillic("cp1251-as-utf-8", '<?xml version="1.0" encoding="utf-8"?>').encode("cp1251"), "text/xml; charset=utf-8"), ("ok",), {"stored": 1}, also=_its("cp1251-as-utf-8"), holds=TITLED.format(PEACE)),
    feed_case("feed formats", "koi8-r-unlabelled", _feed(_cyrillic("koi8-r-unlabelled", '<?xml version="1.0"?>').encode("koi8-r"), "text/xml"), ("ok",), {"stored": 1}, also=_its("koi8-r-unlabelled"), holds=TITLED.format(PEACE)),
    feed_case("feed formats", "bozo", _feed(BOZO.encode()), ("ok",), {"stored": 3}, also=_its("bozo", *(f"/{n}?a=1&b=2" for n in (1, 2, 3)))),
    feed_case("feed formats", "empty-feed", _feed(rss("")), ("ok",), {}),
    feed_case("feed formats", "eleven-bytes", _feed(b"<rss></rss>"), ("ok|unread",), {}),
    feed_case("feed formats", "html-feed", html(walls.soft_404("en")[2].decode()), ("unread", "unread"), {}),
    feed_case("feed formats", "wall-feed", html(walls.CLOUDFLARE, 403, Server="cloudflare", cf_mitigated="challenge"), ("blocked", "blocked"), {}),
    feed_case("feed formats", "empty-200", _feed(b""), ("unread",), {}),
    feed_case("feed formats", "no-content-204", (204, {}, b""), ("ok|unread",), {}),
    feed_case("feed formats", "header-bytes", raw(NO_SUCH_BYTES % len(_one("header-bytes")) + _one("header-bytes")), ("ok", "ok"), {"stored": 1}, also=_its("header-bytes")),
    feed_case("feed formats", "full-text-behind-wall", _feed(_full_text("full-text-behind-wall")), ("ok",), {"stored": 1}, also={"/story": html(walls.CLOUDFLARE, 403, Server="cloudflare", cf_mitigated="challenge")}, verdicts=("bot_wall",), holds=FROM_FEED),
    feed_case("feed formats", "full-text-and-page", _feed(_full_text("full-text-and-page")), ("ok",), {"stored": 1}, also={"/story": story("full-text-and-page")}, holds=COMPARED),
]

ITEMS = [
    feed_case("items", "unclosed-channel", _feed(UNCLOSED), ("ok",), {"stored": 2}, also=_its("unclosed-channel", "/1", "/2"), holds="(select bool_and(n_items = 2 and n_unread = 1) from core.poll where outlet_id = $outlet and fetch_status = 'ok')"),
    feed_case("items", "item-without-link", _feed(NO_LINK), ("ok",), {"stored": 1, "error": 1}, also=_its("item-without-link")),
    feed_case("items", "guid-is-link", _feed(GUID_LINK), ("ok",), {"stored": 1}, also=_its("guid-is-link")),
    feed_case("items", "odd-links", _feed(ODD), ("ok",), {"stored": 1, "error": 3}, also=_its("odd-links")),
    feed_case("items", "relative-links", _feed(RELATIVE), ("ok",), {"stored": 1, "error": 1}, also=_its("relative-links"), after_first={"stored": 1, "pending": 1}, verdicts=("article", NO_PAGE), holds="exists (from core.sighting where outlet_id = $outlet and page_url = 'https://relative-links.example/secure')"),
    feed_case("items", "same-guid", _feed(SAME_GUID), ("ok",), {"stored": 3}, also=_its("same-guid", "/1", "/2", "/3")),
    feed_case("items", "from-the-future", _feed(FUTURE), ("ok",), {"stored": 1}, also=_its("from-the-future"), holds=NOT_BEFORE),
    feed_case("items", "clock-skew", raw(SKEWED), ("ok", "ok"), {"stored": 1}, also=_its("clock-skew"), holds=NOT_BEFORE),
]

CHANGES = [
    feed_case("changes", "lying-etag", changed_under_one_etag(_links("lying-etag", "/1", "/2"), _links("lying-etag", "/1", "/2"), _links("lying-etag", "/2", "/3"), _links("lying-etag", "/3", "/4"), content_type=FEED), ("ok",), {"stored": 4}, also=_its("lying-etag", "/1", "/2", "/3", "/4"), holds=LIED),
    feed_case("changes", "etag-unheeded", by_round(*(raw(b'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nETag: "one"\r\nConnection: close\r\n\r\n' + _links("etag-unheeded", *paths)) for paths in (("/1", "/2"), ("/1", "/2"), ("/2", "/3")))), ("ok", "ok"), {"stored": 3}, also=_its("etag-unheeded", "/1", "/2", "/3"), holds="(select bool_or(validator_lied) from core.poll where outlet_id = $outlet)"),
    feed_case("changes", "always-304", _feed(_links("always-304", "/1", "/2"), ETag='"honest"'), ("ok", "ok|not_modified"), {"stored": 2}, also=_its("always-304", "/1", "/2"), holds=f"{NEVER_LIED} and {NOTHING_NEW} and {NO_GAP}"),
    feed_case("changes", "frozen", _feed(OLD), ("ok", "ok"), {"off_topic": 2}, also=_its("frozen", "/1", "/2"), verdicts=("article",) * 2, holds=f"{NOTHING_NEW} and {NO_GAP}"),
    feed_case("changes", "guid-churn", by_round(*(_feed(_churned(turn)) for turn in range(4))), ("ok", "ok"), {"stored": 3, "duplicate": range(4)}, also=_its("guid-churn", "/1", "/2", "/3"), holds=LADDER),
    feed_case("changes", "nothing-shared", by_round(*(_feed(_links("nothing-shared", *paths)) for paths in (("/1", "/2"), ("/1", "/2"), ("/8", "/9")))), ("ok", "ok"), {"stored": 4}, also=_its("nothing-shared", "/1", "/2", "/8", "/9"), holds=GAP),
    feed_case("changes", "moved-301", redirect("/new.xml", 301), ("ok", "ok"), {"stored": 1}, also={"/new.xml": _feed(_one("moved-301")), **_its("moved-301")}, holds=MOVED),
    feed_case("changes", "moved-308", redirect("/new.xml", 308), ("ok", "ok"), {"stored": 1}, also={"/new.xml": _feed(_one("moved-308")), **_its("moved-308")}, holds=MOVED),
    feed_case("changes", "moved-302", redirect("/new.xml", 302), ("ok", "ok"), {"stored": 1}, also={"/new.xml": _feed(_one("moved-302")), **_its("moved-302")}, holds=STAYS),
    feed_case("changes", "gone-410", (410, {}, b"gone"), ("gone", "gone"), {}, holds=FAILED_HARD),
    feed_case("changes", "back-after-404", by_round((404, {}, b""), (404, {}, b""), _feed(_one("back-after-404"))), ("gone",), {"stored": 1}, also=_its("back-after-404")),
]
# fmt: on

FEED_CASES = [*FORMATS, *ITEMS, *CHANGES]
