"""Pages and feeds for the site: texts on the talks, and others."""

from html import escape

from tests.site import Site

TALKS = (
    "The Kremlin and Kyiv discussed the peace plan at talks in Geneva, envoys of Putin and Zelensky said on day {n}. "
    "Delegations of Russia and Ukraine will meet again to negotiate a ceasefire, Witkoff told reporters."
)
WEATHER = "Rain fell on the northern coast on day {n}, and the ferries stayed in port until the evening tide came in."


def article_page(title: str, text: str = TALKS, n_paragraphs: int = 4, head: str = "") -> bytes:
    """An article page whose paragraphs are the numbered text."""
    body = "".join(f"<p>{escape(text.format(n=n))}</p>" for n in range(1, n_paragraphs + 1))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    ).encode()


def rss(items: list[dict[str, str]]) -> bytes:
    """An RSS 2.0 document; each item is its child elements."""
    entries = "".join(
        "<item>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in item.items()) + "</item>"
        for item in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{entries}</channel></rss>'.encode()


def story(host: str, n: int) -> dict[str, str]:
    """One item of a feed: story ``n`` of a host."""
    return {
        "title": f"Talks, round {n}",
        "link": f"http://{host}/story-{n}",
        "guid": f"{host}-{n}",
        "pubDate": f"Tue, 02 Dec 2025 {n % 24:02d}:00:00 GMT",
    }


def wire(site: Site, host: str, n_stories: int) -> None:
    """Put a feed with so many stories on the talks, and their pages, on a site."""
    pages = site.pages
    feed = rss([story(host, n) for n in range(n_stories)])
    pages[f"{host}/feed.xml"] = (200, {"Content-Type": "application/rss+xml", "ETag": f'"{host}{n_stories}"'}, feed)
    for n in range(n_stories):
        pages[f"{host}/story-{n}"] = (200, {"Content-Type": "text/html"}, article_page(f"Talks, round {n} at {host}"))
