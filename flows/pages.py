"""From the bytes of a page to what the warehouse stores of it."""

from dataclasses import dataclass
from enum import StrEnum

import trafilatura
from lxml import html

from flows.dates import DateCandidate, page_dates, parse_html, text_date

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
MIN_CHARACTERS = 150
"""Letters and digits. Below this an extracted text is a caption or a notice, not an article: the shortest of
181 real article pages gives 443 characters."""


class Verdict(StrEnum):
    """What a page was taken for."""

    ARTICLE = "article"
    TOO_SHORT = "too_short"
    NOT_HTML = "not_html"
    UNREADABLE = "unreadable"
    """The extractor failed, or ran out of its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as extracted."""

    verdict: Verdict
    title: str | None = None
    text: str = ""
    """Paragraphs separated by a line break; empty where nothing was found."""
    authors: tuple[str, ...] = ()
    dates: tuple[DateCandidate, ...] = ()
    """In order of trust."""
    canonical: str | None = None
    """What the page calls its own address, as written."""


def read_page(body: bytes, content_type: str | None, url: str) -> Page:
    """
    Extract one page. Pure, but slow and fed by strangers: call it in a worker with a time limit.

    Args:
        body: As received, decompressed.
        content_type: The response header, or ``None`` where unknown.
        url: Where the page was found; the extractor reads dates from it.
    """
    if content_type and not any(kind in content_type.lower() for kind in ("html", "xml", "text/plain")):
        return Page(verdict=Verdict.NOT_HTML)
    tree = parse_html(body)
    if tree is None:
        return Page(verdict=Verdict.NOT_HTML)
    dates, canonical = page_dates(tree), _canonical(tree)
    last_resort = None if dates else text_date(tree, url)
    document = trafilatura.bare_extraction(body, url=url, with_metadata=True, include_comments=False)
    if document is None or isinstance(document, dict):
        return Page(verdict=Verdict.TOO_SHORT, dates=tuple(dates), canonical=canonical)
    text = (document.text or "").strip()
    return Page(
        verdict=Verdict.ARTICLE if sum(map(str.isalnum, text)) >= MIN_CHARACTERS else Verdict.TOO_SHORT,
        title=document.title or None,
        text=text,
        authors=tuple(name.strip() for name in (document.author or "").split(";") if name.strip()),
        dates=(*dates, *([last_resort] if last_resort else [])),
        canonical=canonical,
    )


def _canonical(tree: html.HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    return None
