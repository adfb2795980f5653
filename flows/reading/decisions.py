"""What becomes of a fetched page: pure, so that every terminal state has one place and a test."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flows.fetching.exchange import TEMPORARY, FetchStatus, Response
from flows.pages.full_text import with_feed_text
from flows.pages.identity import names_page, page_address, page_key, stable_id
from flows.pages.page import Page
from flows.pages.verdict import Verdict, judge_refusal
from flows.reading.articles import make_article, text_hash
from flows.reading.repeats import fingerprint, repeated
from flows.workers import Outcome
from flows.world import World
from framing.codebook import Codebook
from framing.records import Outlet
from framing.relevance import is_relevant
from framing.tokens import has_word, tokenise
from warehouse.agenda import DuePage, KnownPage
from warehouse.records import Article, Fetch, Record, Revision, Sighting, SightingState
from warehouse.repeats import SeenTexts

Answer = tuple[Response, Outcome[Page] | None]
Known = dict[tuple[str, str], KnownPage]
STATES = {
    Verdict.TEASER: SightingState.PAYWALLED,
    Verdict.CONSENT: SightingState.WALL,
    Verdict.BOT_WALL: SightingState.WALL,
    Verdict.SOFT_404: SightingState.SOFT_404,
    Verdict.INDEX: SightingState.INDEX,
    Verdict.VIDEO: SightingState.VIDEO,
    Verdict.TOO_SHORT: SightingState.TOO_SHORT,
}
"""What becomes of items whose page is no article; those of pages that cannot be read end in an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The rows to store for one page, what became of its sightings, and what to remember of it."""

    records: tuple[Record, ...]
    sightings: tuple[Sighting, ...]
    known: Known


def decide(
    page: DuePage,
    answer: Answer | None,
    outlet: Outlet | None,
    known: Known,
    codebook: Codebook,
    world: World,
    seen: SeenTexts | None = None,
) -> Decision:
    """
    Decide one page.

    Args:
        page: The page and the pending sightings that wait for it.
        answer: What fetching and extraction gave; ``None`` where the page is already known.
        outlet: Its outlet; ``None`` once it left the registry.
        known: Pages decided before, in this run or earlier ones.
        codebook: For the relevance gate.
        seen: Where the page's text was found so far, this page included.
    """
    now = world.clock()
    before = known_page(known, page.outlet_id, page.page_url, outlet)
    if answer is None or before is not None:
        return _known_already(page, before, (), now)
    response, outcome = answer
    content = judged(page.outlet_id, response, outcome, seen or {})
    fetch = fetch_record(page.outlet_id, page.page_url, response, page.purpose, content)
    if response.status in TEMPORARY and content is None:
        return Decision(records=(fetch,), sightings=(), known={})
    state, reason = _refusal(response, content)
    full_text = next((sighting.full_text for sighting in page.sightings if sighting.full_text), None)
    content = with_feed_text(content, full_text) if content else None
    if content is not None and content.is_article:
        url, before = _address(page, response, content, outlet, known)
        if before is not None:
            return _known_already(page, before, (fetch,), now)
        article, revision, dates = make_article(page, fetch, content, outlet, url, codebook)
        if _is_wanted(revision, outlet, codebook):
            return _stored(page, article, revision, (fetch, article, revision, *dates), now)
        state, reason = SightingState.OFF_TOPIC, "not about the talks"
    return _rejected(page, fetch, state or SightingState.ERROR, reason, now)


def judged(outlet_id: str, response: Response, outcome: Outcome[Page] | None, seen: SeenTexts) -> Page | None:
    """What was read, with what its answer and its text elsewhere say of it; ``None``: there is nothing to judge."""
    if outcome is None:
        refusal = judge_refusal(response.http_status, response.headers)
        return Page(verdict=refusal.verdict, evidence=refusal.evidence) if refusal else None
    if outcome.value is None:
        return Page(verdict=Verdict.UNREADABLE, evidence={"error": outcome.error or ""})
    text = seen.get((outlet_id, fingerprint(outcome.value.text) or ""))
    return repeated(outcome.value, len(text.headlines)) if text else outcome.value


def _address(
    page: DuePage, response: Response, content: Page, outlet: Outlet | None, known: Known
) -> tuple[str, KnownPage | None]:
    """The article's own address, and what is known under it."""
    is_own = content.text_source == "page" or content.canonical is not None
    final_url = response.final_url if is_own else None  # a wall may stand elsewhere
    url = page_address(page.page_url, final_url, content.canonical, outlet)
    before = known_page(known, page.outlet_id, url, outlet)
    is_it = names_page(url, page.page_url, response.final_url)
    if before is not None and not is_it and not _is_same_story(before, content):  # its canonical link leads astray
        url = page_address(page.page_url, response.final_url, None, outlet)
        before = known_page(known, page.outlet_id, url, outlet)
    return url, before


def known_page(known: Known, outlet_id: str, url: str, outlet: Outlet | None) -> KnownPage | None:
    """A page decided before under this address, its other scheme, or another of the outlet's hosts."""
    return known.get((outlet_id, url)) or known.get(page_key(outlet_id, url, outlet))


def by_page_key(known: Known, outlets: Mapping[str, Outlet]) -> Known:
    """The same pages under the keys that scheme and mirrors leave alike."""
    return {page_key(outlet_id, url, outlets.get(outlet_id)): page for (outlet_id, url), page in known.items()}


def _is_same_story(before: KnownPage, content: Page) -> bool:
    """Same text or same headline; some newsrooms give all their stories one canonical address."""
    has_same_title = has_word(content.title or "") and _words(content.title) == _words(before.title)
    return has_same_title or before.text_sha256 == text_hash(content.text)


def _words(title: str | None) -> list[str]:
    return [key for _, _, key in tokenise(title or "")]


def lost(sighting: Sighting, reason: str, now: datetime) -> Sighting:
    """A sighting whose page could not be had."""
    return _settled(sighting, SightingState.ERROR, reason, now)


def _refusal(response: Response, content: Page | None) -> tuple[SightingState | None, str | None]:
    """The terminal state of a page that gives no article, with the reason; ``None`` where it may give one."""
    if response.status is FetchStatus.ROBOTS:
        return SightingState.ROBOTS, response.error
    if response.status is not FetchStatus.OK and content is not None:
        return STATES[content.verdict], response.error
    if response.status is FetchStatus.BLOCKED:
        return SightingState.WALL, response.error
    if content is None:
        return SightingState.ERROR, response.error or f"no body ({response.status})"
    if content.is_article:
        return None, None
    if content.verdict is Verdict.UNREADABLE:
        return SightingState.ERROR, f"the page could not be read: {content.evidence['error']}"
    if content.verdict is Verdict.TOO_SHORT:
        return SightingState.TOO_SHORT, f"{len(content.text)} characters of text"
    state = STATES.get(content.verdict, SightingState.ERROR)
    grounds = ", ".join(name for name in content.evidence if name not in ("characters", "title_match"))
    return state, f"no article: {content.verdict} ({grounds})"


def _is_wanted(revision: Revision, outlet: Outlet | None, codebook: Codebook) -> bool:
    """Is the text kept? What cannot be measured is kept as well: unknown is not off-topic."""
    if outlet is not None and outlet.keep == "everything":
        return True
    title = revision.title or ""
    return is_relevant(title, revision.text, revision.language, codebook, revision.published_utc) is not False


def _known_already(page: DuePage, before: KnownPage | None, records: tuple[Record, ...], now: datetime) -> Decision:
    article_id = before.article_id if before else None
    state = before.state if before else SightingState.ERROR
    return Decision(
        records=records,
        sightings=tuple(
            _settled(s, SightingState.DUPLICATE, f"same page as an earlier sighting ({state})", now, article_id)
            for s in page.sightings
        ),
        known={} if before is None else _remember(page, page.page_url, before),
    )


def _stored(
    page: DuePage, article: Article, revision: Revision, records: tuple[Record, ...], now: datetime
) -> Decision:
    """The first sighting brought the article; others that waited for the same page are duplicates."""
    first, *others = page.sightings
    settled = [_settled(first, SightingState.STORED, None, now, article.article_id)]
    settled += [
        _settled(s, SightingState.DUPLICATE, "same page as an earlier sighting (stored)", now, article.article_id)
        for s in others
    ]
    here = KnownPage(
        article_id=article.article_id,
        state=SightingState.STORED,
        title=revision.title,
        text_sha256=revision.text_sha256,
    )
    known = _remember(page, page.page_url, here) | _remember(page, article.url, here)
    return Decision(records=records, sightings=tuple(settled), known=known)


def _rejected(page: DuePage, fetch: Fetch, state: SightingState, reason: str | None, now: datetime) -> Decision:
    here = KnownPage(article_id=None, state=state, title=page.sightings[0].title, text_sha256=None)
    return Decision(
        records=(fetch,),
        sightings=tuple(_settled(s, state, reason, now) for s in page.sightings),
        known=_remember(page, page.page_url, here),
    )


def _remember(page: DuePage, url: str, decided: KnownPage) -> Known:
    """Errors are not remembered: a later sighting of the same page is another chance."""
    return {} if decided.state == SightingState.ERROR else {(page.outlet_id, url): decided}


def _settled(
    sighting: Sighting, state: SightingState, reason: str | None, now: datetime, article_id: str | None = None
) -> Sighting:
    return replace(sighting, state=state, reason=reason, state_utc=now, article_id=article_id)


def fetch_record(
    outlet_id: str, url: str, response: Response, purpose: str = "first", content: Page | None = None
) -> Fetch:
    """The row of one request for a page, and what was taken of its answer."""
    return Fetch(
        fetch_id=stable_id(outlet_id, url, response.fetched_utc.isoformat()),
        url=url,
        final_url=response.final_url,
        outlet_id=outlet_id,
        fetched_utc=response.fetched_utc,
        fetch_status=response.status,
        http_status=response.http_status,
        content_type=response.content_type,
        n_bytes=len(response.body) if response.status is FetchStatus.OK else None,
        body_sha256=response.body_sha256,
        elapsed_ms=response.elapsed_ms,
        error=response.error,
        purpose=purpose,
        etag=response.etag,
        last_modified=response.last_modified,
        verdict=content.verdict if content else None,
        verdict_evidence=json.dumps(content.evidence, ensure_ascii=False) if content else None,
        text_fingerprint=fingerprint(content.text) if content else None,
        modified_utc=content.modified.time_utc if content and content.modified else None,
        robots=response.robots,
        retry_after_utc=response.retry_after_utc,
        warc_file=response.place.file if response.place else None,
        warc_offset=response.place.offset if response.place else None,
    )
