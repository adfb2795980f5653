"""How the pages and feeds of the hostile outlets are put together: with all that stands around a story."""

import json
from collections.abc import Iterable, Sequence
from html import escape

from tests.site import Page

HTML = "text/html; charset=utf-8"
FEED = "application/rss+xml"

FURNITURE = {
    "en": (
        ("Home", "World", "Politics", "Business", "Culture", "Sport"),
        "We use cookies to improve this site.", "Accept", "Settings", "Most read",
        ("Rail strike enters second week", "Harvest fails in the south", "Old bridge to reopen in May"),
        "All rights reserved. Contact, imprint, privacy.",
    ),
    "de": (
        ("Startseite", "Welt", "Politik", "Wirtschaft", "Kultur", "Sport"),
        "Wir verwenden Cookies, um diese Seite zu verbessern.", "Akzeptieren", "Einstellungen", "Meistgelesen",
        ("Bahnstreik geht in die zweite Woche", "Missernte im Süden", "Alte Brücke öffnet im Mai"),
        "Alle Rechte vorbehalten. Kontakt, Impressum, Datenschutz.",
    ),
    "fr": (
        ("Accueil", "Monde", "Politique", "Économie", "Culture", "Sport"),
        "Nous utilisons des cookies pour améliorer ce site.", "Accepter", "Paramètres", "Les plus lus",
        ("La grève du rail se prolonge", "Mauvaise récolte dans le sud", "Le vieux pont rouvrira en mai"),
        "Tous droits réservés. Contact, mentions légales, confidentialité.",
    ),
    "ru": (
        ("Главная", "Мир", "Политика", "Экономика", "Культура", "Спорт"),
        "Мы используем файлы cookie, чтобы сайт работал лучше.", "Принять", "Настройки", "Самое читаемое",
        ("Забастовка на железной дороге продолжается", "Неурожай на юге", "Старый мост откроют в мае"),
        "Все права защищены. Контакты, реклама, обработка данных.",
    ),
    "uk": (
        ("Головна", "Світ", "Політика", "Економіка", "Культура", "Спорт"),
        "Ми використовуємо файли cookie, щоб сайт працював краще.", "Прийняти", "Налаштування", "Найчитаніше",
        ("Страйк на залізниці триває", "Неврожай на півдні", "Старий міст відкриють у травні"),
        "Усі права захищено. Контакти, реклама, обробка даних.",
    ),
}  # fmt: skip
"""By language: menu, banner, its two buttons, heading of the box, teasers in it, footer."""


def html(text: str, status: int = 200, **headers: str) -> Page:
    """A page of markup; underscores in the names of headers are hyphens."""
    return status, {"Content-Type": HTML, **{k.replace("_", "-"): v for k, v in headers.items()}}, text.encode()


def document(title: str, body: str, language: str = "en", head: str = "") -> str:
    """A bare page."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def furnished(title: str, main: str, language: str = "en", head: str = "") -> str:
    """A page with menu, cookie banner, a box of teasers and a footer around what it is about."""
    menu, banner, accept, settings, most_read, teasers, footer = FURNITURE[language]
    links = "".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(menu))
    boxes = "".join(f'<li><a href="/teaser-{n}">{name}</a></li>' for n, name in enumerate(teasers))
    return document(
        f"{title} - The Daily Example",
        f'<div class="cookie-banner" role="dialog"><p>{banner}</p><button>{accept}</button><button>{settings}</button>'
        f'</div><header><nav><ul>{links}</ul></nav></header><main>{main}</main><aside class="most-read">'
        f"<h3>{most_read}</h3><ul>{boxes}</ul></aside><footer><p>© 2025 The Daily Example. {footer}</p></footer>",
        language,
        head,
    )


def paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def article(
    title: str, texts: Sequence[str], language: str = "en", head: str = "", within: str = "", after: str = ""
) -> Page:
    """
    A story as newsrooms publish it.

    Args:
        within: Markup after the second paragraph.
        after: Markup below the last.
    """
    main = (
        f'<article><h1>{escape(title)}</h1><p class="byline">By Maria Example</p>{paragraphs(texts[:2])}{within}'
        f"{paragraphs(texts[2:])}{after}</article>"
    )
    return html(furnished(title, main, language, head))


def json_ld(kind: str, **facts: object) -> str:
    """Structured data for the head of a page."""
    return (
        '<script type="application/ld+json">'
        + json.dumps({"@context": "https://schema.org", "@type": kind, **facts}, ensure_ascii=False)
        + "</script>"
    )


def canonical(name: str, path: str = "/story") -> str:
    """The link to the page's own address, at the outlet of this name."""
    return f'<link rel="canonical" href="http://{name}.example{escape(path)}">'


def feed_of(host: str, links: Sequence[str], day: int = 2, title: str = "Peace talks, report {n}") -> bytes:
    """An RSS document with one item per link; a link without scheme is on the host."""
    items = "".join(
        item(
            title.format(n=n),
            link if "//" in link else f"http://{host}{link}",
            f"{host}{link}",
            f"{day:02d} Dec 2025 {n % 24:02d}:00:00 GMT",
        )
        for n, link in enumerate(links)
    )
    return rss(items, host=host)


def rss(items: str, declaration: str = '<?xml version="1.0" encoding="utf-8"?>', host: str = "home.example") -> bytes:
    """An RSS document around the markup of its items."""
    return (
        f'{declaration}<rss version="2.0"><channel><title>The Daily Example</title><link>http://{host}/</link>'
        f"<description>News</description>{items}</channel></rss>"
    ).encode()


def item(title: str, link: str | None, guid: str | None, day: str = "02 Dec 2025 09:00:00 GMT", more: str = "") -> str:
    """The markup of one item of RSS."""
    parts = [("title", title), ("link", link), ("guid", guid), ("pubDate", day)]
    return "<item>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in parts if v is not None) + more + "</item>"
