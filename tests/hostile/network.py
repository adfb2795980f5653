"""Cases of the network: bombs, servers without end, redirects astray, storms, and robots.txt in all its forms."""
# ruff: noqa: E501 (a case is a line)

from tests.hostile.case import feed_case, page_case, pages_case
from tests.hostile.markup import FEED, HTML, document, feed_of, html, item, paragraphs, rss
from tests.hostile.stories import STORIES, story
from tests.site import Page
from tests.site.behaviours import (
    as_http_1_0,
    bomb,
    by_round,
    chunked,
    claim,
    drip,
    encoded,
    in_turn,
    raw,
    redirect,
    redirect_next_door,
    reset_midway,
    stall,
    stall_midway,
)


def _feed(name: str, *links: str, more: str = "", **headers: str) -> Page:
    body = feed_of(f"{name}.example", links or ("/story",)).replace(b"</item>", f"{more}</item>".encode(), 1)
    return 200, {"Content-Type": FEED, **headers}, body


def _its(name: str) -> dict[str, Page]:
    return {"/story": story(name)}


def _robots(text: str, status: int = 200) -> dict[str, Page]:
    return {"/robots.txt": (status, {"Content-Type": "text/plain"}, text.encode())}


# fmt: off
LAUGHS = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
LAUGHING = rss(item("TITLE", "http://xml-entities.example/story", "1"), LAUGHS).replace(b"TITLE", b"Peace talks &l9;")
QUADRATIC = rss(item("TITLE", "http://xml-quadratic.example/story", "1"), f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>').replace(b"TITLE", b"Peace talks " + b"&a;" * 20_000)
EXTERNAL = rss(item("TITLE", "http://xml-external.example/story", "1"), '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace(b"TITLE", b"Peace talks &x;")
FAILED = "(select bool_or(failure = '{}') from core.poll where outlet_id = $outlet)"
NO_SECRET = "(select bool_and(not contains(coalesce(title, ''), 'root:')) from core.sighting where outlet_id = $outlet)"
NESTED = f"<description>{'<b>' * 200_000}deep{'</b>' * 200_000}</description>"
DEEP_JSON = b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
LARGE = html(document("Large", paragraphs(STORIES["en"] * (16 * 2**20 // len("".join(STORIES["en"]).encode()) + 1))))
LATER = {"Retry-After": "7200"}
STORM = by_round((429, LATER, b"slow down"), (429, LATER, b"slow down"))
HEADERS = raw(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-Filler-%d: %s\r\n" % (n, b"f" * 4000) for n in range(500)) + b"Content-Length: 2\r\n\r\nok")
FOR_EVER = raw(b"SSH-2.0-OpenSSH_9.2p1\r\n")
HUGE_ROBOTS = "User-agent: *\nDisallow: /private\n" + "# filler, and more of it\n" * 40_000 + "Disallow: /\n"
SHORTENED = story("length-too-short")

BOMBS = [
    page_case("bombs", "bomb-gzip", bomb(HTML, "gzip"), "error", fetches=("too_large",)),
    page_case("bombs", "bomb-brotli", bomb(HTML, "br"), "error", fetches=("too_large",)),
    page_case("bombs", "bomb-zstd", bomb(HTML, "zstd"), "error", fetches=("too_large",)),
    page_case("bombs", "bomb-deflate", bomb(HTML, "deflate"), "error", fetches=("too_large",)),
    page_case("bombs", "bomb-nested", bomb(HTML, "gzip", "gzip"), "error", fetches=("too_large|server_error",)),
    page_case("bombs", "large-page", LARGE, "error", fetches=("too_large",)),
    page_case("bombs", "bomb-robots", story("bomb-robots"), "stored", "article", also={"/robots.txt": bomb("text/plain", "gzip")}),
    feed_case("bombs", "bomb-feed", bomb(FEED, "br"), ("too_large",), {}),
    feed_case("bombs", "bomb-feed-nested", bomb(FEED, "gzip", "br"), ("too_large|server_error",), {}),
    feed_case("bombs", "xml-entities", (200, {"Content-Type": FEED}, LAUGHING), ("ok|unread",), {"stored": range(2)}, also=_its("xml-entities")),
    feed_case("bombs", "xml-quadratic", (200, {"Content-Type": FEED}, QUADRATIC), ("ok|unread",), {"stored": range(2)}, also=_its("xml-quadratic")),
    feed_case("bombs", "xml-external", (200, {"Content-Type": FEED}, EXTERNAL), ("ok|unread",), {"stored": range(2)}, also=_its("xml-external"), holds=f"coalesce({NO_SECRET}, true)"),
    feed_case("bombs", "nested-tags", _feed("nested-tags", more=NESTED), ("ok|unread",), {"stored": range(2)}, also=_its("nested-tags"), within_s=60),
    feed_case("bombs", "deep-json", (200, {"Content-Type": "application/feed+json"}, DEEP_JSON), ("unread",), {}),
    page_case("bombs", "honest-encodings", encoded(story("honest-encodings"), "gzip", "br"), "stored", "article"),
]

TIME = [
    feed_case("drip and stall", "feed-drip", in_turn(drip(_feed("feed-drip")), _feed("feed-drip")), ("timeout", "ok"), {"stored": 1}, also=_its("feed-drip"), after_first={}),
    feed_case("drip and stall", "feed-stall", in_turn(stall, _feed("feed-stall")), ("timeout", "ok"), {"stored": 1}, also=_its("feed-stall"), after_first={}),
    page_case("drip and stall", "drip-page", in_turn(drip(story("drip-page")), story("drip-page")), "stored", "article", after_first={"pending": 1}, fetches=("timeout", "ok")),
    page_case("drip and stall", "stall-page", in_turn(stall, story("stall-page")), "stored", "article", after_first={"pending": 1}, fetches=("timeout", "ok")),
    page_case("drip and stall", "stall-midway", in_turn(stall_midway(story("stall-midway")), story("stall-midway")), "stored", "article", after_first={"pending": 1}, fetches=("timeout", "ok")),
    page_case("drip and stall", "stall-robots", story("stall-robots"), "stored", "article", after_first={"pending": 1}, also={"/robots.txt": in_turn(stall, (404, {}, b""))}),
]

BYTES = [
    page_case("broken answers", "reset-midway", in_turn(reset_midway(story("reset-midway")), story("reset-midway")), "stored", "article", after_first={"pending": 1}, fetches=("server_error|unreachable", "ok")),
    page_case("broken answers", "length-too-long", in_turn(claim(story("length-too-long"), 100_000), story("length-too-long")), "stored", "article", after_first={"pending": 1}, fetches=("server_error|unreachable", "ok")),
    pages_case("broken answers", "length-too-short", {"/a": claim(SHORTENED, len(SHORTENED[2]) - 40), "/b": story("length-too-short/b")}, {"stored": 2}, ("article",) * 2),
    page_case("broken answers", "hung-up", in_turn(raw(b""), story("hung-up")), "stored", "article", after_first={"pending": 1}, fetches=("server_error|unreachable", "ok")),
    page_case("broken answers", "http-1-0", as_http_1_0(story("http-1-0")), "stored", "article"),
    page_case("broken answers", "chunked", chunked(story("chunked")), "stored", "article"),
    page_case("broken answers", "not-http", FOR_EVER, "error", after_first={"pending": 1}, fetches=("server_error|unreachable", "server_error|unreachable")),
    page_case("broken answers", "huge-headers", HEADERS, "error", fetches=("server_error|too_large|unreachable",)),
    page_case("broken answers", "gzip-that-is-none", (200, {"Content-Type": HTML, "Content-Encoding": "gzip"}, story("gzip-that-is-none")[2]), "error|stored", "none|article", fetches=("server_error|ok",)),
    feed_case("broken answers", "feed-reset", in_turn(reset_midway(_feed("feed-reset")), _feed("feed-reset")), ("server_error|unreachable", "ok"), {"stored": 1}, also=_its("feed-reset"), after_first={}),
    feed_case("broken answers", "down-500", by_round((500, {}, b"oops"), (500, {}, b"oops"), _feed("down-500")), ("server_error",), {"stored": 1}, also=_its("down-500"), after_first={}),
]

REDIRECTS = [
    pages_case("redirects", "loop", {"/a": redirect("/b"), "/b": redirect("/a")}, {"error": 1}, ("none",), links=("/a",), fetches=("client_error",), most_requests={"0 /a": 10, "0 /b": 10}),
    page_case("redirects", "too-many", redirect("/1"), "error", also={f"/{n}": redirect(f"/{n + 1}") for n in range(1, 30)} | {"/30": story("too-many")}, fetches=("client_error",)),
    page_case("redirects", "a-few", redirect("/1"), "stored", "article", also={"/1": redirect("/2", 301), "/2": redirect("http://www.a-few.example/3", 307), "www.a-few.example/3": story("a-few")}),
    page_case("redirects", "next-door", redirect_next_door, "error", fetches=("refused",)),
    page_case("redirects", "private-address", redirect("http://10.0.0.1/"), "error", fetches=("refused",)),
    page_case("redirects", "metadata", redirect("http://169.254.169.254/latest/meta-data/"), "error", fetches=("refused",)),
    page_case("redirects", "loopback-v6", redirect("http://[::1]:22/"), "error", fetches=("refused",)),
    page_case("redirects", "mapped-v6", redirect("http://[::ffff:127.0.0.1]:22/"), "error", fetches=("refused",)),
    page_case("redirects", "to-a-file", redirect("file:///etc/passwd"), "error", fetches=("refused|bad_address|client_error",)),
    page_case("redirects", "to-nowhere", (302, {}, b"moved, ask me not where"), "error", fetches=("client_error|server_error",)),
    page_case("redirects", "to-tls", redirect("https://to-tls.example/story"), "error", after_first={"pending": 1}, fetches=("unreachable", "unreachable")),
    feed_case("redirects", "feed-loop", redirect("/feed.xml"), ("client_error",), {}),
    feed_case("redirects", "feed-next-door", redirect_next_door, ("refused", "refused"), {}),
    pages_case("redirects", "item-to-metadata", {}, {"error": 1}, ("none",), links=("http://169.254.169.254/latest/meta-data/",), fetches=("refused|unreachable",)),
    page_case("redirects", "robots-next-door", story("robots-next-door"), "error|stored", "none|article", also={"/robots.txt": redirect_next_door}),
]

STORMS = [
    pages_case("storms", "storm-429", {f"/s{n}": by_round(STORM, STORM, story(f"storm-429/{n}")) for n in range(6)}, {"stored": 6}, ("article",) * 6, after_first={"pending": 6}, most_requests={"0 /s": 2, "1 /s": 0}),
    page_case("storms", "busy-503", by_round((503, LATER, b"busy"), (503, LATER, b"busy"), story("busy-503")), "stored", "article", after_first={"pending": 1}, fetches=("server_error",), most_requests={"0 /story": 1, "1 /story": 0}),
    feed_case("storms", "feed-429", by_round((429, LATER, b""), (429, LATER, b""), _feed("feed-429")), ("rate_limited", "ok"), {"stored": 1}, holds=FAILED.format("temporary"), also=_its("feed-429"), after_first={}, most_requests={"1 /feed": 0}),
    feed_case("storms", "retry-in-ten-years", by_round((429, {"Retry-After": "315360000"}, b""), (429, {"Retry-After": "315360000"}, b""), _feed("retry-in-ten-years")), ("rate_limited", "ok"), {"stored": 1}, also=_its("retry-in-ten-years"), after_first={}, most_requests={"1 /feed": 0}),
    feed_case("storms", "retry-whenever", by_round((429, {"Retry-After": "whenever"}, b""), (429, {"Retry-After": "-5"}, b""), _feed("retry-whenever")), ("rate_limited",), {"stored": 1}, also=_its("retry-whenever"), after_first={}),
    feed_case("storms", "fresh-for-hours", _feed("fresh-for-hours", **{"Cache-Control": "max-age=7200"}), ("ok", "ok"), {"stored": 1}, also=_its("fresh-for-hours"), most_requests={"1 /feed": 0}),
]

ROBOTS = [
    page_case("robots", "robots-no", story("robots-no"), "robots", "none", also=_robots("User-agent: *\nDisallow: /\n"), most_requests={"0 /story": 0}),
    page_case("robots", "robots-no-to-us", story("robots-no-to-us"), "robots", "none", also=_robots("User-agent: *\nAllow: /\n\nUser-agent: parley\nDisallow: /story\n"), most_requests={"0 /story": 0}),
    page_case("robots", "robots-no-to-others", story("robots-no-to-others"), "stored", "article", also=_robots("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /admin\n")),
    pages_case("robots", "robots-wildcard", {"/story": story("robots-wildcard"), "/story?print=1": story("robots-wildcard")}, {"stored": 1, "robots": 1}, ("article", "none"), also=_robots("User-agent: *\nDisallow: /*?print=\n")),
    page_case("robots", "robots-500", story("robots-500"), "error", "none", also=_robots("oops", 500), after_first={"pending": 1}, most_requests={"0 /story": 0, "2 /story": 0}),
    page_case("robots", "robots-503-at-first", story("robots-503-at-first"), "stored", "article", also={"/robots.txt": by_round((503, {}, b""), (503, {}, b""), (404, {}, b""))}, after_first={"pending": 1}, most_requests={"0 /story": 0}),
    page_case("robots", "robots-404", story("robots-404"), "stored", "article", also=_robots("no rules here", 404)),
    page_case("robots", "robots-403", story("robots-403"), "stored", "article", also=_robots("none of your business", 403)),
    page_case("robots", "robots-html", story("robots-html"), "stored", "article", also={"/robots.txt": html(document("Home", "<p>Disallow: nothing</p>"))}),
    pages_case("robots", "robots-huge", {"/story": story("robots-huge"), "/private": story("robots-huge/private")}, {"stored": 1, "robots": 1}, ("article", "none"), also=_robots(HUGE_ROBOTS), most_requests={"0 /private": 0}),
    pages_case("robots", "crawl-delay", {f"/s{n}": story(f"crawl-delay/{n}") for n in range(3)}, {"stored": 3}, ("article",) * 3, also=_robots("User-agent: *\nCrawl-delay: 7.5\n")),
    pages_case("robots", "crawl-delay-absurd", {f"/s{n}": story(f"crawl-delay-absurd/{n}") for n in range(2)}, {"stored": 2}, ("article",) * 2, also=_robots("User-agent: *\nCrawl-delay: 86400000\n")),
    page_case("robots", "robots-moved", story("robots-moved"), "robots", "none", also={"/robots.txt": redirect("/rules.txt", 301), "/rules.txt": (200, {}, b"User-agent: *\nDisallow: /story\n")}),
]
# fmt: on

NETWORK_CASES = [*BOMBS, *TIME, *BYTES, *REDIRECTS, *STORMS, *ROBOTS]
