"""What becomes of a fetched page: pure, so that every terminal state has one place and a test."""

from dataclasses import dataclass, replace
from datetime import datetime

from flows.articles import make_article, text_hash
from flows.exchange import TEMPORARY, FetchStatus, Response
from flows.identity import names_page, page_address, stable_id
from flows.pages import Page, Verdict
from flows.workers import Outcome
from flows.world import World
from framing.codebook import Codebook
from framing.records import Outlet
from framing.relevance import is_relevant
from framing.tokens import has_word, tokenise
from warehouse.agenda import DuePage, KnownPage
from warehouse.records import Article, Fetch, Record, Revision, Sighting, SightingState

Answer = tuple[Response, Outcome[Page] | None]
Known = dict[tuple[str, str], KnownPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The rows to store for one page, what became of its sightings, and what to remember of it."""

    records: tuple[Record, ...]
    sightings: tuple[Sighting, ...]
    known: Known


def decide(
    page: DuePage, answer: Answer | None, outlet: Outlet | None, known: Known, codebook: Codebook, world: World
) -> Decision:
    """
    Decide one page.

    Args:
        page: The page and the pending sightings that wait for it.
        answer: What fetching and extraction gave; ``None`` where the page is already known.
        outlet: Its outlet; ``None`` once it left the registry.
        known: Pages decided before, in this run or earlier ones.
        codebook: For the relevance gate.
    """
    now = world.clock()
    before = known.get((page.outlet_id, page.page_url))
    if answer is None or before is not None:
        return _known_already(page, before, (), now)
    response, outcome = answer
    fetch = _fetch_record(page, response)
    if response.status in TEMPORARY:
        return Decision(records=(fetch,), sightings=(), known={})
    state, reason = _refusal(response, outcome)
    content = outcome.value if outcome else None
    if state is None and content is not None:
        url = page_address(page.page_url, response.final_url, content.canonical)
        before = known.get((page.outlet_id, url))
        if before is not None and not (
            names_page(url, page.page_url, response.final_url) or _is_same_story(before, content)
        ):  # its canonical link leads astray
            url = page_address(page.page_url, response.final_url, None)
            before = known.get((page.outlet_id, url))
        if before is not None:
            return _known_already(page, before, (fetch,), now)
        article, revision = make_article(page, fetch, content, outlet, url, codebook)
        if _is_wanted(revision, outlet, codebook):
            return _stored(page, (fetch, article, revision), now)
        state, reason = SightingState.OFF_TOPIC, "not about the talks"
    state = state or SightingState.ERROR
    return Decision(
        records=(fetch,),
        sightings=tuple(_settled(s, state, reason, now) for s in page.sightings),
        known=_remember(
            page,
            page.page_url,
            KnownPage(article_id=None, state=state, title=page.sightings[0].title, text_sha256=None),
        ),
    )


def _is_same_story(before: KnownPage, content: Page) -> bool:
    """Same text or same headline; some newsrooms give all their stories one canonical address."""
    has_same_title = has_word(content.title or "") and _words(content.title) == _words(before.title)
    return has_same_title or before.text_sha256 == text_hash(content.text)


def _words(title: str | None) -> list[str]:
    return [key for _, _, key in tokenise(title or "")]


def lost(sighting: Sighting, reason: str, now: datetime) -> Sighting:
    """A sighting whose page could not be had."""
    return _settled(sighting, SightingState.ERROR, reason, now)


def _refusal(response: Response, outcome: Outcome[Page] | None) -> tuple[SightingState | None, str | None]:
    """The terminal state of a page that gives no article, with the reason; ``None`` where it may give one."""
    if response.status is FetchStatus.ROBOTS:
        return SightingState.ROBOTS, response.error
    if response.http_status == 402:
        return SightingState.PAYWALLED, response.error
    if response.status is FetchStatus.BLOCKED:
        return SightingState.WALL, response.error
    if outcome is None:
        return SightingState.ERROR, response.error or f"no body ({response.status})"
    if outcome.value is None:
        return SightingState.ERROR, f"the page could not be read: {outcome.error}"
    if outcome.value.verdict is Verdict.TOO_SHORT:
        return SightingState.TOO_SHORT, f"{len(outcome.value.text)} characters of text"
    if outcome.value.verdict is not Verdict.ARTICLE:
        return SightingState.ERROR, f"no article: {outcome.value.verdict}"
    return None, None


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


def _stored(page: DuePage, records: tuple[Fetch, Article, Revision], now: datetime) -> Decision:
    """The first sighting brought the article; others that waited for the same page are duplicates."""
    _, article, revision = records
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


def _remember(page: DuePage, url: str, decided: KnownPage) -> Known:
    """Errors are not remembered: a later sighting of the same page is another chance."""
    return {} if decided.state == SightingState.ERROR else {(page.outlet_id, url): decided}


def _settled(
    sighting: Sighting, state: SightingState, reason: str | None, now: datetime, article_id: str | None = None
) -> Sighting:
    return replace(sighting, state=state, reason=reason, state_utc=now, article_id=article_id)


def _fetch_record(page: DuePage, response: Response) -> Fetch:
    return Fetch(
        fetch_id=stable_id(page.outlet_id, page.page_url, response.fetched_utc.isoformat()),
        url=page.page_url,
        final_url=response.final_url,
        outlet_id=page.outlet_id,
        fetched_utc=response.fetched_utc,
        fetch_status=response.status,
        http_status=response.http_status,
        content_type=response.content_type,
        n_bytes=len(response.body) if response.status is FetchStatus.OK else None,
        body_sha256=response.body_sha256,
        elapsed_ms=response.elapsed_ms,
        error=response.error,
    )
