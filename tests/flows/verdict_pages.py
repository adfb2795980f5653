"""Small pages of every verdict, and near misses: what looks like a wall and is an article."""

# ruff: noqa: E501

from html import escape

from tests.site.stories import TALKS, WEATHER

Case = tuple[str, str, str | None]
"""Markup, the expected verdict, and the feed's title."""

LAW = (
    "The parliament voted for a law under which sites must ask for consent before they store cookies. "
    "Critics say that a button to accept all is larger than the one to refuse. "
    "The data protection office counted four thousand complaints about such forms in its report of day {n}. "
    "Publishers answered that advertising pays for their newsrooms, and that readers know what they choose."
)
NEWSLETTER = (
    "<aside><p>Sign up for our newsletter: the day's news in your inbox. Subscribe now, it is free.</p></aside>"
)


def page(title: str, body: str, head: str = "") -> str:
    """A page around a body."""
    return f"<!doctype html><html><head><title>{escape(title)}</title>{head}</head><body>{body}</body></html>"


def paragraphs(text: str, n: int = 4) -> str:
    """A text as so many numbered paragraphs."""
    return "".join(f"<p>{escape(text.format(n=number))}</p>" for number in range(1, n + 1))


def article(title: str, text: str = TALKS, n: int = 4, more: str = "", head: str = "") -> str:
    """An article, with markup at its end."""
    return page(title, f"<article><h1>{escape(title)}</h1>{paragraphs(text, n)}{more}</article>", head)


def json_ld(markup: str) -> str:
    """A block of JSON-LD."""
    return f'<script type="application/ld+json">{markup}</script>'


def cards(n: int, with_teaser: bool = True) -> str:
    """Headlines that lead elsewhere, each with a teaser."""
    teaser = "<p>Envoys of both sides met on day {n} and will meet again before the month is over.</p>"
    return "".join(
        f'<div class="card"><h3><a href="/s{i}">Delegations return to the table for round {i}</a></h3>'
        f"{teaser.format(n=i) if with_teaser else ''}</div>"
        for i in range(n)
    )


CONSENT_EN = (
    "<div><h1>We value your privacy</h1><p>We and our 843 partners store and/or access information on a device, such as "
    "cookies.</p><p>You can manage your choices at any time. We use cookies to show you personalised ads.</p>"
    "<button>Accept all</button></div>"
)
CONSENT_DE = (
    "<h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie uns wie gewohnt mit Werbung und Cookies. Ihre Einwilligung können Sie "
    "jederzeit widerrufen.</p><p>Wir und unsere 190 Partner verwenden Cookies, um personalisierte Anzeigen zu zeigen.</p>"
)
CONSENT_RU = (
    "<p>Мы и наши партнёры используем файлы cookie. Мы используем файлы cookie, чтобы сайт работал. Нажимая кнопку, "
    "вы соглашаетесь с политикой конфиденциальности.</p><button>Принять все</button>"
)
CHALLENGE = "<script>window._cf_chl_opt={cType:'managed'}</script><noscript>Enable JavaScript and cookies to continue</noscript>"
VIDEO = json_ld('{"@context":"https://schema.org","@type":"VideoObject","name":"Envoys arrive"}')
PAID = json_ld('{"@context":"https://schema.org","@type":"NewsArticle","isAccessibleForFree":"False"}')
PAID_PART = json_ld(
    '{"@context":"https://schema.org","@graph":[{"@type":["NewsArticle"],"headline":"x",'
    '"hasPart":[{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".rest"}]}]}'
)
LIVE = json_ld('{"@context":"https://schema.org","@type":"LiveBlogPosting"}')
COLLECTION = json_ld('{"@context":"https://schema.org","@type":"CollectionPage"}')
OFFER = "<div><p>This article is for subscribers only. Already a subscriber? Log in to continue.</p></div>"
LOGIN = "<form><input type='password'><p>Sign in to read the whole story of the week.</p></form>"
ENTRIES = "".join(
    f"<h2><time>1{n}:00</time> Update {n}</h2><p>{TALKS.format(n=n)} <a href='/more{n}'>Read more on the talks in Geneva</a></p>"
    for n in range(6)
)

CASES: dict[str, Case] = {
    "article": (article("Talks go on in Geneva"), "article", "Talks go on in Geneva"),
    "a short article": (article("Ferry rescued", WEATHER, 3), "article", "Ferry rescued"),
    "a short article under another headline": (article("Ferry rescued", WEATHER, 3), "article", "Storm over the coast"),
    "a law on consent": (article("New law on cookies and your consent", LAW), "article", "New law on cookies and your consent"),
    "a law on consent, in brief": (article("New law on cookies", LAW, 1), "article", "New law on cookies"),
    "404 days of war": (article("404 days of war"), "article", "404 days of war"),
    "a headline of a wall": (article("Access denied: envoys turned away"), "article", "Access denied: envoys turned away"),
    "robots in the news": (article("Are you a robot? Ask it", "The exhibition asks: are you a robot? " + WEATHER, 2), "article", "Are you a robot? Ask it"),
    "an embedded video": (article("Envoys arrive", more='<iframe src="https://player.example/1"></iframe>'), "article", None),
    "an article with a VideoObject": (article("Envoys arrive", TALKS, 6, head=VIDEO), "article", None),
    "a newsletter box": (article("Talks go on", WEATHER, 3, NEWSLETTER), "article", "Talks go on"),
    "subscriptions in the news": (
        article("Papers raise prices", "Readers subscribe to fewer papers, the union said on day {n}. " + WEATHER, 3), "article", None,
    ),
    "related stories": (article("Talks go on", TALKS, 5, f"<section>{cards(9, False)}</section>"), "article", None),
    "paid, and given whole": (article("Talks go on", TALKS, 9, head=PAID), "article", None),
    "live by its statement": (article("Talks, hour by hour", TALKS, 4, head=LIVE), "live_blog", None),
    "live by title and times": (page("Live updates: talks in Geneva", f"<main>{ENTRIES}</main>"), "live_blog", None),
    "live with many links": (page("Talks", f"<main>{ENTRIES}</main>{cards(8, False)}", LIVE), "live_blog", None),
    "an offer below a short text": (article("Talks go on", TALKS, 1, OFFER), "teaser", "Talks go on"),
    "paid by its statement": (article("Talks go on", TALKS, 2, head=PAID), "teaser", "Talks go on"),
    "paid in part": (article("Talks go on", TALKS, 2, head=PAID_PART), "teaser", "Talks go on"),
    "a login below a short text": (article("Talks go on", TALKS, 2, LOGIN), "teaser", "Talks go on"),
    "a teaser in Ukrainian": (
        article("Переговори тривають", "Делегації зустрілися в Женеві на {n} день і домовилися про нову зустріч. " * 3, 1,
                "<p>Щоб читати далі, оформіть передплату.</p>"), "teaser", None,
    ),
    "consent": (page("Your privacy choices", CONSENT_EN), "consent", "Talks go on in Geneva"),
    "consent under the article's title": (page("Talks go on in Geneva", CONSENT_EN), "consent", "Talks go on in Geneva"),
    "consent or pay": (page("Der Bote", CONSENT_DE), "consent", "Gespräche gehen weiter"),
    "consent in Russian": (page("Новости", CONSENT_RU), "consent", None),
    "Cloudflare": (page("Just a moment...", CHALLENGE), "bot_wall", "Talks go on"),
    "DataDome": (
        page("wire.example", "<p>Please enable JS and disable any ad blocker</p><script src='https://ct.captcha-delivery.com/c.js'></script>"),
        "bot_wall", None,
    ),
    "a wall of their own": (
        page("Подтвердите, что вы не робот", "<p>Запросы похожи на автоматические. Введите символы с картинки, и мы продолжим. "
             "Если это повторяется, напишите в службу поддержки и назовите адрес.</p>"), "bot_wall", "Переговоры продолжаются",
    ),
    "access denied": (
        page("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this page on this server. "
             "Reference 18.2d351ab8.1700000000.a4e16ab. Contact the owner of the site and tell where you come from.</p>"),
        "bot_wall", "Talks go on",
    ),
    "not found": (page("Page not found | Wire", f"<h1>404</h1><p>The page you are looking for may have been moved.</p>{cards(4)}"), "soft_404", "Talks go on"),
    "not found in French": (
        page("Le Fil", "<h1>Page introuvable</h1><p>La page demandée n'est plus disponible. Revenez à l'accueil ou cherchez "
             "par mot-clé dans nos archives, qui remontent à vingt ans et sont ouvertes à tous les lecteurs.</p>"), "soft_404", "Talks go on",
    ),
    "withdrawn, not indexed": (
        page("Wire", "<p>This story is no longer available. It may be that the agency withdrew it, or that its licence has ended "
             "after the usual ninety days. The archive holds the others.</p>", '<meta name="robots" content="noindex">'), "soft_404", None,
    ),
    "headlines alone": (page("World", cards(12, False)), "index", "Talks go on"),
    "headlines with teasers": (page("World", f"<main>{cards(12)}</main>"), "index", None),
    "a collection": (page("World", f"<main>{cards(8)}</main>", COLLECTION), "index", None),
    "a video": (page("Envoys arrive", "<h1>Envoys arrive</h1><video src='/v.mp4'></video><p>See them arrive.</p>", VIDEO), "video", "Envoys arrive"),
    "a video with a description": (
        page("Envoys arrive", f"<article><h1>Envoys arrive</h1><iframe src='https://www.youtube.com/embed/1'></iframe>{paragraphs(WEATHER, 2)}</article>"),
        "video", "Envoys arrive",
    ),
    "a video by og:type": (
        page("Envoys arrive", f"<article><h1>Envoys arrive</h1>{paragraphs(WEATHER, 4)}</article>", '<meta property="og:type" content="video.other">'),
        "video", None,
    ),
    "a caption": (page("Picture of the day", "<p>A bridge in the fog.</p>"), "too_short", "Picture of the day"),
    "a flash": (article("Talks end", "Talks have ended.", 1), "too_short", "Talks end"),
    "signs": (page("x", f"<article><p>{'★ — ' * 200}</p></article>"), "too_short", None),
}  # fmt: skip
