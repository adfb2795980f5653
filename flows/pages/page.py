"""From the bytes of a page to what the warehouse stores of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import trafilatura
from lxml import html
from trafilatura.settings import Document

from flows.feeds.charsets import charset_of, decode
from flows.pages.corrections import correction_note
from flows.pages.dates import DateCandidate
from flows.pages.page_dates import candidates_of, modified_date
from flows.pages.signals import read_signals
from flows.pages.tree import parse_page
from flows.pages.verdict import ARTICLES, Evidence, Verdict, judge

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
READABLE_TYPES = ("html", "xml", "text/plain", "octet-stream")
"""Of which a header must hold one; servers call a page by the last two that know no better."""
DATE_SEARCH = {"original_date": True, "extensive_search": False}
"""htmldate's extensive search takes any year for a date, so that (c) 2025 in a footer is the first of January. Without
it, 2 of 181 real pages lose the date they had, and none gets another."""
LABELLED_IN = 2_048
"""Bytes. The HTML standard looks for a charset in the first 1,024; newsrooms are not that strict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as extracted and judged."""

    verdict: Verdict
    evidence: Evidence = field(default_factory=dict)
    """What spoke for the verdict, fit for JSON."""
    title: str | None = None
    text: str = ""
    """Paragraphs separated by a line break; empty where nothing was found."""
    text_source: str = "page"
    """page, or feed where the page gave no article and the feed carries its full text."""
    feed_overlap: float | None = None
    """Share of the feed's text that the page's holds, in [0, 1]; ``None``: the feed carries no full text."""
    authors: tuple[str, ...] = ()
    dates: tuple[DateCandidate, ...] = ()
    """In order of trust."""
    modified: DateCandidate | None = None
    """When the page says that it was last changed."""
    correction_note: str | None = None
    """What the page says of its own corrections."""
    canonical: str | None = None
    """What the page calls its own address, as written."""

    @property
    def is_article(self) -> bool:
        """Is it one of the things that are stored and scored?"""
        return self.verdict in ARTICLES


def read_page(
    body: bytes,
    content_type: str | None,
    url: str,
    headers: Sequence[tuple[str, str]] = (),
    title: str | None = None,
    asked_url: str | None = None,
) -> Page:
    """
    Extract one page and judge it. Pure, but slow and fed by strangers: call it in a worker with a time limit.

    Args:
        body: As received, decompressed.
        content_type: The response header, or ``None`` where unknown.
        url: Where the page was found; the extractor reads dates from it.
        headers: Of the answer.
        title: What the feed calls the page; ``None``: unknown.
        asked_url: Where the page was asked for, before redirects; ``None``: there.
    """
    if content_type and not any(kind in content_type.lower() for kind in READABLE_TYPES):
        return Page(verdict=Verdict.NOT_HTML, evidence={"content_type": content_type})
    markup = decode_page(body, content_type)
    tree = parse_page(markup)
    if tree is None:
        return Page(verdict=Verdict.NOT_HTML, evidence={"characters": len(markup)})
    document = _extract(tree, url)
    text = (document.text or "").strip()
    judgement = judge(read_signals(tree, markup, text, url, asked_url, headers, title))
    return Page(
        verdict=judgement.verdict,
        evidence=judgement.evidence,
        title=document.title or None,
        text=text,
        authors=tuple(name.strip() for name in (document.author or "").split(";") if name.strip()),
        modified=modified_date(tree),
        correction_note=correction_note(tree),
        canonical=_canonical(tree),
        dates=candidates_of(tree, url, document.date),
    )


def _extract(tree: html.HtmlElement, url: str) -> Document:
    """Text and metadata; empty where nothing was found. The extractor works on a copy of the tree."""
    found = trafilatura.bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, date_extraction_params=DATE_SEARCH
    )
    return found if isinstance(found, Document) else Document()


def decode_page(body: bytes, content_type: str | None) -> str:
    """
    The page as text. What is UTF-8 throughout is UTF-8, as nearly all is: a thirtieth of the time of a full look.

    Else the header's label comes first, then the page's own, and neither is believed against the bytes.
    """
    if b"\0" not in body[:4]:
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    label = charset_of(content_type) or charset_of(body[:LABELLED_IN].decode("latin-1"))
    return decode(body, f"charset={label}" if label else None).text


def _canonical(tree: html.HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href"))
    return None
