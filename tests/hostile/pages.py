"""Cases of pages: what must not be taken for a story, and stories that must not be taken for anything else."""
# ruff: noqa: E501 (a case is a line)

from tests.hostile import walls
from tests.hostile.case import NO_PAGE, page_case, pages_case
from tests.hostile.markup import article, canonical, document, furnished, html, json_ld, paragraphs
from tests.hostile.stories import BLOCKED_SITES, CONSENT_LAW, DAYS_404, SHORT, WATCHED_VIDEO, WEATHER, story, words_of
from tests.site.behaviours import redirect

# fmt: off
BOX = '<div class="subscribe-box"><h3>Subscribe to our newsletter</h3><p>Get the talks in your inbox every morning. Already a subscriber? Sign in.</p><input type="email"><button>Subscribe</button></div>'
PLAYER = '<figure><video src="/clip.mp4" controls></video><figcaption>The corridor, on Tuesday.</figcaption></figure>'
OVERLAY = f'<div id="cmp" role="dialog" class="overlay">{paragraphs(walls.CONSENTS["en"][2:5])}<button>Accept all</button></div>'
BROKEN_LD = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Talks</script>'
LINKED = "<ul>" + "".join(f'<li><a href="/{n}">Article {n} of the draft</a></li>' for n in range(40)) + "</ul>"
METERED = json_ld("NewsArticle", headline="Talks", isAccessibleForFree=False, articleBody=" ".join(words_of("full-text-not-free")[1]))
FREE = json_ld("NewsArticle", headline="Talks", isAccessibleForFree=True)
WITH_VIDEO = json_ld("NewsArticle", headline="The corridor", video={"@type": "VideoObject", "name": "The corridor", "duration": "PT11S"})
TINY = html(furnished("In pictures", "<article><h1>In pictures</h1><p>Talks in pictures, see above.</p></article>"))
UNSEEN = [html(document(f"Story {n}", f"<h1>Your choice matters to us</h1>{paragraphs(walls.CONSENTS['en'][2:5])}<p>Request {n}</p>")) for n in range(6)]
PDF = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n")
JPEG = (200, {"Content-Type": "image/jpeg"}, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 20 + b"\xff\xd9")
DATA = (200, {"Content-Type": "application/json"}, b'{"error": "no such story", "code": 17, "hint": "ask the front page"}')
MISLABELLED = (200, {"Content-Type": "text/plain"}, story("html-as-text")[2])
NESTED = html(document("Deep", "<div>" * 150_000 + "too deep" + "</div>" * 150_000))

WALLS = [
    page_case("bot walls", "cloudflare-403", html(walls.CLOUDFLARE, 403, Server="cloudflare", cf_mitigated="challenge"), "wall", "bot_wall"),
    page_case("bot walls", "cloudflare-503", html(walls.CLOUDFLARE, 503, Server="cloudflare", cf_mitigated="challenge"), "wall", "bot_wall"),
    page_case("bot walls", "cloudflare-200", html(walls.CLOUDFLARE, 200, Server="cloudflare"), "wall", "bot_wall"),
    page_case("bot walls", "datadome-403", html(walls.DATADOME, 403, X_DataDome="protected", X_DD_B="1"), "wall", "bot_wall"),
    page_case("bot walls", "datadome-200", html(walls.DATADOME), "wall", "bot_wall"),
    page_case("bot walls", "akamai-403", html(walls.AKAMAI, 403, Server="AkamaiGHost"), "wall", "bot_wall"),
    page_case("bot walls", "akamai-200", html(walls.AKAMAI, 200, Server="AkamaiGHost"), "wall", "bot_wall"),
    page_case("bot walls", "perimeterx-200", html(walls.PERIMETERX), "wall", "bot_wall"),
    page_case("bot walls", "captcha-ru-200", html(walls.CAPTCHA_RU), "wall", "bot_wall", language="ru"),
    page_case("consent", "consent-en", walls.consent("en"), "wall", "consent"),
    page_case("consent", "consent-de", walls.consent("de"), "wall", "consent", language="de"),
    page_case("consent", "consent-fr", walls.consent("fr"), "wall", "consent", language="fr"),
    page_case("consent", "consent-ru", walls.consent("ru"), "wall", "consent", language="ru"),
    page_case("consent", "consent-redirect", redirect("/consent?back=/story"), "wall", "consent", also={"/consent?back=/story": walls.consent("en")}),
    pages_case("consent", "consent-many", {f"/s{n}": walls.consent("en") for n in range(6)}, {"wall": 6}, ("consent",) * 6),
    pages_case("consent", "consent-many-marked", {f"/s{n}": page for n, page in enumerate(UNSEEN)}, {"wall": 6}, ("consent",) * 6),
    page_case("teasers", "teaser-en", walls.teaser("teaser-en", "en"), "paywalled", "teaser"),
    page_case("teasers", "teaser-de", walls.teaser("teaser-de", "de"), "paywalled", "teaser", language="de"),
    page_case("teasers", "teaser-fr", walls.teaser("teaser-fr", "fr"), "paywalled", "teaser", language="fr"),
    page_case("teasers", "teaser-ru", walls.teaser("teaser-ru", "ru"), "paywalled", "teaser", language="ru"),
    page_case("teasers", "teaser-uk", walls.teaser("teaser-uk", "uk"), "paywalled", "teaser", language="uk"),
    page_case("teasers", "teaser-without-json-ld", walls.teaser("teaser-without-json-ld", "en", says_so=False), "paywalled", "teaser"),
    page_case("teasers", "pay-402", (402, {}, b"payment required"), "paywalled", "none|teaser"),
]

NO_STORY = [
    page_case("soft 404", "soft-404-en", walls.soft_404("en"), "soft_404", "soft_404"),
    page_case("soft 404", "soft-404-ru", walls.soft_404("ru"), "soft_404", "soft_404", language="ru"),
    page_case("soft 404", "soft-404-uk", walls.soft_404("uk"), "soft_404", "soft_404", language="uk"),
    page_case("soft 404", "soft-404-fr", walls.soft_404("fr"), "soft_404", "soft_404", language="fr"),
    page_case("soft 404", "soft-404-de", walls.soft_404("de"), "soft_404", "soft_404", language="de"),
    page_case("soft 404", "front-page-instead", redirect("/"), "soft_404|index", "soft_404|index", also={"/": walls.index("The Daily Example", is_home=True)}),
    page_case("soft 404", "hard-404", (404, {}, b"gone"), "error", NO_PAGE, fetches=("gone",)),
    page_case("index", "section-page", walls.index("World news"), "index", "index"),
    pages_case("index", "home-page", {"/": walls.index("The Daily Example", is_home=True)}, {"index": 1}, ("index",)),
    page_case("video", "video-page", walls.video("video-page"), "video", "video"),
    page_case("too short", "too-short", TINY, "too_short", "too_short"),
    page_case("too short", "empty-page", html(""), "too_short|error", "too_short|unreadable|not_html", fetches=("ok",)),
    page_case("not html", "pdf-page", PDF, "error", "not_html"),
    page_case("not html", "image-page", JPEG, "error", "not_html"),
    page_case("not html", "json-page", DATA, "error", "not_html"),
    page_case("nested markup", "nested-page", NESTED, "error|too_short", "unreadable|too_short|none", within_s=60),
    page_case("off topic", "weather", article("Rain in the north", WEATHER), "off_topic", "article"),
]

STORIES = [
    *(page_case("near misses", f"story-{code}", story(f"story-{code}", code), "stored", "article", language=code) for code in ("en", "de", "fr", "ru", "uk")),
    page_case("live blog", "live-blog", walls.live_blog("live-blog"), "stored", "live_blog"),
    page_case("near misses", "short-story", article("New talks on a ceasefire on Friday", SHORT), "stored", "article"),
    page_case("near misses", "consent-law", article("Court strikes down the consent banner", CONSENT_LAW), "stored", "article", keep="everything"),
    page_case("near misses", "days-404", article("404 days of war: page not found", DAYS_404), "stored", "article"),
    page_case("near misses", "blocked-sites", article("Checking your browser: how the talks went dark", BLOCKED_SITES), "stored", "article"),
    page_case("near misses", "watched-video", article("The video from the corridor", WATCHED_VIDEO, head=WITH_VIDEO, within=PLAYER), "stored", "article"),
    page_case("near misses", "subscription-box", story("subscription-box", within=BOX, after=BOX), "stored", "article"),
    page_case("near misses", "free-and-said-so", story("free-and-said-so", head=FREE, after=BOX), "stored", "article"),
    page_case("near misses", "full-text-not-free", story("full-text-not-free", head=METERED), "stored", "article"),
    page_case("near misses", "many-links", story("many-links", after=LINKED), "stored", "article"),
    page_case("near misses", "broken-json-ld", story("broken-json-ld", head=BROKEN_LD), "stored", "article"),
    page_case("near misses", "consent-overlay", story("consent-overlay", after=OVERLAY), "stored", "article"),
    page_case("near misses", "html-as-text", MISLABELLED, "stored", "article"),
]

IDENTITY = [
    pages_case("identity", "amp", {"/story": story("amp", head=canonical("amp")), "/amp/story": story("amp", head=canonical("amp"))}, {"stored": 1, "duplicate": 1}, ("article",) * 2),
    pages_case("identity", "mobile", {"/story": story("mobile", head=canonical("mobile"))}, {"stored": 1, "duplicate": 1}, ("article",) * 2, also={"m.mobile.example/story": story("mobile", head=canonical("mobile"))}, links=("/story", "http://m.mobile.example/story")),
    pages_case("identity", "tracking", {"/story": story("tracking")}, {"stored": 1, "duplicate": 3}, ("article",), links=("/story", "/story?utm_source=rss&utm_medium=feed", "/story?fbclid=abc", "/story#comments"), most_requests={"0 /story": 1}),
    pages_case("identity", "redirected-twice", {"/r1": redirect("/story"), "/r2": redirect("/story"), "/story": story("redirected-twice")}, {"stored": 1, "duplicate": 1}, ("article",) * 2, links=("/r1", "/r2")),
    pages_case("identity", "canonical-front", {f"/{n}": story(f"canonical-front-{n}", head=canonical("canonical-front", "/")) for n in "abc"}, {"stored": 3}, ("article",) * 3),
    pages_case("identity", "canonical-abroad", {f"/{n}": story(f"canonical-abroad-{n}", head=canonical("elsewhere")) for n in "ab"}, {"stored": 2}, ("article",) * 2, holds="(select bool_and(url like 'http://canonical-abroad.example/%') from core.article where outlet_id = $outlet)"),
    pages_case("identity", "in-the-query", {f"/?p={n}": story(f"in-the-query-{n}") for n in (123, 124)}, {"stored": 2}, ("article",) * 2),
]
# fmt: on

PAGE_CASES = [*WALLS, *NO_STORY, *STORIES, *IDENTITY]
