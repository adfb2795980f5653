"""From what was read of a page to the article, the revision and its dates that are stored."""

import hashlib

from flows.feeds.feed_dates import is_exact
from flows.pages.dates import DISAGREES_H, DateCandidate, by_trust, choose_date, spread_h
from flows.pages.identity import stable_id
from flows.pages.page import EXTRACTOR, Page
from framing.codebook import Codebook
from framing.languages import identify_language
from framing.records import Outlet
from warehouse.agenda import DuePage
from warehouse.records import Article, DateCandidateRow, Fetch, Revision, Sighting


def make_article(
    page: DuePage, fetch: Fetch, content: Page, outlet: Outlet | None, url: str, codebook: Codebook
) -> tuple[Article, Revision, tuple[DateCandidateRow, ...]]:
    """The rows of a page that gives an article; the page's oldest sighting says since when it is known."""
    first = page.sightings[0]
    article = Article(
        article_id=stable_id(page.outlet_id, url),
        outlet_id=page.outlet_id,
        url=url,
        first_seen_utc=first.first_seen_utc,
    )
    return article, *make_revision(article.article_id, first, fetch, content, outlet, codebook)


def make_revision(
    article_id: str,
    first: Sighting,
    fetch: Fetch,
    content: Page,
    outlet: Outlet | None,
    codebook: Codebook,
    before: Revision | None = None,
) -> tuple[Revision, tuple[DateCandidateRow, ...]]:
    """
    One state of an article, with all dates that were given for it.

    Args:
        first: The sighting that brought the article.
        before: The state it follows; part of the revision's name, so that a text that comes back is a new revision.
    """
    title = content.title or (before.title if before else first.title)
    candidates = by_trust([*content.dates, *_feed_date(first)])
    date = choose_date(candidates, first.first_seen_utc)
    spread = spread_h(candidates, first.first_seen_utc)
    prior = outlet.languages if outlet else ()
    language, confidence = identify_language(f"{title or ''}\n{content.text}", prior, codebook.telltale)
    previous = (before.revision_id,) if before else ()
    revision = Revision(
        revision_id=stable_id(article_id, title or "", content.text, *previous),
        article_id=article_id,
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
        previous_revision_id=before.revision_id if before else None,
        text_source=content.text_source,
        feed_overlap=content.feed_overlap,
        modified_raw=content.modified.raw if content.modified else None,
        modified_utc=content.modified.time_utc if content.modified else None,
        correction_note=content.correction_note,
        date_spread_h=spread,
        date_disagrees=None if spread is None else spread > DISAGREES_H,
    )
    return revision, _date_rows(revision.revision_id, candidates, date, first)


def _feed_date(first: Sighting) -> list[DateCandidate]:
    if first.published_utc is None:
        return []
    raw = first.published_raw or ""
    return [DateCandidate(rule="feed", raw=raw, time_utc=first.published_utc, is_exact=is_exact(raw))]


def _date_rows(
    revision_id: str, candidates: list[DateCandidate], chosen: DateCandidate | None, first: Sighting
) -> tuple[DateCandidateRow, ...]:
    """All candidates, also those that cannot be, and the first sighting, which bounds them and is never chosen."""
    seen = first.first_seen_utc
    bound = DateCandidate(rule="first-seen", raw=seen.isoformat(), time_utc=seen, is_exact=True)
    return tuple(
        DateCandidateRow(
            revision_id=revision_id,
            position=position,
            rule=candidate.rule,
            raw=candidate.raw,
            time_utc=candidate.time_utc,
            is_exact=candidate.is_exact,
            is_chosen=candidate is chosen,
        )
        for position, candidate in enumerate([*candidates, bound])
    )


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
