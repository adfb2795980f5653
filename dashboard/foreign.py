"""Text of others as HTML: always escaped, wrapped anywhere, in its own direction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote, urlsplit

from dashboard.texts import CLOSING, OPENING

_MARK = '<mark style="background:rgba(230,159,0,.38);color:inherit;padding:0 .12em;border-radius:.2em">'
_REMOVED = '<del style="opacity:.75">'
_ADDED = '<ins style="background:rgba(0,158,115,.25);text-decoration:none">'
_LINK = 'style="color:inherit;text-decoration-color:rgba(128,128,128,.7);text-underline-offset:.2em"'
_BLOCK = '<div dir="auto" style="overflow-wrap:anywhere;{style}">{body}</div>'


def block(body: str, style: str = "") -> str:
    """A block around HTML that was made here."""
    return _BLOCK.format(style=style, body=body)


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """
    A text with its spans marked.

    Args:
        text: As published.
        spans: ``(start, end)`` in characters of ``text``, end exclusive, in any order; they may overlap.
    """
    pieces, done = [], 0
    for start, end in sorted(spans):
        start = max(start, done)
        if end <= start:
            continue
        pieces += [escape(text[done:start]), _MARK, escape(text[start:end]), "</mark>"]
        done = end
    return "".join([*pieces, escape(text[done:])])


def snippet(text: str) -> str:
    """A snippet of ``texts.search`` with its found terms marked."""
    return escape(text.strip(" .,;:!?")).replace(OPENING, _MARK).replace(CLOSING, "</mark>")


def link(text: str, url: str) -> str:
    """A link that opens beside the page; where the address is no web address, the text alone."""
    if urlsplit(url).scheme not in ("http", "https"):
        return escape(text)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow" {_LINK}>{escape(text)}</a>'


def small(text: str) -> str:
    """A quiet line."""
    return block(escape(text), "opacity:.72;font-size:.85em")


def quiet(text: str) -> str:
    """Words that stand around what is looked at."""
    return f'<span style="opacity:.6">{escape(text)}</span>'


def plain(text: str) -> str:
    """Words as they are."""
    return escape(text)


def strong(text: str) -> str:
    """Words that lead."""
    return f"<strong>{escape(text)}</strong>"


def ways(addresses: Mapping[str, str]) -> str:
    """Links to other pages of the dashboard, by what they lead to, in the same tab."""
    anchors = (
        f'<a href="{escape(address)}" target="_self" {_LINK}>{escape(text)}</a>' for text, address in addresses.items()
    )
    return block(" &nbsp;·&nbsp; ".join(anchors), "font-size:.9em;margin-top:.3em")


def defined(name: str, kind: str, meaning: str) -> str:
    """One line of a dictionary: a name, its type, and what it means."""
    return block(
        f"<code>{escape(name)}</code> "
        f'<span style="opacity:.72;font-size:.85em">{escape(kind)}</span><br>{escape(meaning)}',
        "margin:0 0 .55em;font-size:.92em",
    )


def headline(article: Mapping[str, Any]) -> str:
    """An article's title as a link to its source, with outlet, class, day, language and doubts beneath."""
    title = article["title"] or "(without a headline)"
    day = f"{article['published_utc']:%Y-%m-%d %H:%M} UTC" if article["published_utc"] else "date unknown"
    about = [article["outlet_name"], article["outlet_class"], day, article["language"] or "language not identified"]
    if article["date_disagrees"]:
        about.append(f"its dates lie {article['date_spread_h']:,.0f} hours apart")
    if article["text_source"] == "feed":
        about.append("text from the feed: its page gave none")
    return block(link(title, article["url"]), "font-weight:600") + small(" · ".join(about))


def read_here(article: Mapping[str, Any], text: str = "Read it with its hits") -> str:
    """A link to the page that shows the article whole, in the same tab."""
    return ways({text: f"read?article={quote(article['article_id'])}"})


def archived(article: Mapping[str, Any], captured: datetime | None = None) -> str:
    """Where the answer lies that the article was read from, when it came, and what proves that it is unchanged."""
    if article["warc_file"] is None:
        return small("not archived")
    when = "" if captured is None else f"captured {captured:%Y-%m-%d %H:%M:%S} UTC, "
    place = f"{article['warc_file']}, byte {article['warc_offset']}, SHA-256 {article['body_sha256']}"
    return small(f"archived: {when}{place}")


def changed(removed: Iterable[str], added: Iterable[str]) -> str:
    """What stood there before, struck through, and what stands there now; each on a line of its own."""
    lines = [f"{_REMOVED}{escape(text)}</del>" for text in removed]
    lines += [f"{_ADDED}{escape(text)}</ins>" for text in added]
    return "".join(block(line, "margin:.15em 0") for line in lines)
