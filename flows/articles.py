"""From what was read of a page to the article and the revision that are stored."""

import hashlib

from flows.dates import DateCandidate, choose_date, has_zone
from flows.identity import stable_id
from flows.pages import EXTRACTOR, Page
from framing.codebook import Codebook
from framing.languages import identify_language
from framing.records import Outlet
from warehouse.agenda import DuePage
from warehouse.records import Article, Fetch, Revision, Sighting


def make_article(
    page: DuePage, fetch: Fetch, content: Page, outlet: Outlet | None, url: str, codebook: Codebook
) -> tuple[Article, Revision]:
    """The rows of a page that gives an article; the page's oldest sighting says since when it is known."""
    first = page.sightings[0]
    article = Article(
        article_id=stable_id(page.outlet_id, url),
        outlet_id=page.outlet_id,
        url=url,
        first_seen_utc=first.first_seen_utc,
    )
    title = content.title or first.title
    date = choose_date(_candidates(content, first), first.first_seen_utc)
    prior = outlet.languages if outlet else ()
    language, confidence = identify_language(f"{title or ''}\n{content.text}", prior, codebook.telltale)
    revision = Revision(
        revision_id=stable_id(article.article_id, title or "", content.text),
        article_id=article.article_id,
        fetch_id=fetch.fetch_id,
        seen_utc=fetch.fetched_utc,
        verdict=content.verdict,
        title=title,
        text=content.text,
        text_sha256=text_hash(content.text),
        n_words=len(content.text.split()),
        authors=list(content.authors),
        published_utc=date.time_utc if date else None,
        published_rule=date.rule if date else None,
        published_raw=date.raw if date else None,
        language=language,
        language_confidence=confidence,
        extractor=EXTRACTOR,
    )
    return article, revision


def _candidates(content: Page, sighting: Sighting) -> list[DateCandidate]:
    """The page's own statements, then the feed's, then what was found in the text."""
    stated = [date for date in content.dates if date.rule != "text"]
    found = [date for date in content.dates if date.rule == "text"]
    if sighting.published_utc:
        raw = sighting.published_raw or ""
        candidate = DateCandidate(rule="feed", raw=raw, time_utc=sighting.published_utc, is_exact=has_zone(raw))
        stated.append(candidate)
    return stated + found


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
