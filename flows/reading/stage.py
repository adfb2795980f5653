"""Reading: fetch the pages that are due, extract them, and decide what becomes of each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.batches import batches
from flows.fetching.exchange import FetchStatus, Request, Response, Session
from flows.fetching.session import MAX_PAGE_BYTES, FetchSession
from flows.pages.page import read_page
from flows.reading.decisions import Answer, Decision, Known, by_page_key, decide, known_page, lost
from flows.reading.repeats import fingerprint, overturned
from flows.reports import IngestReport
from flows.service.progress import progress
from flows.service.stopping import stop_if_asked
from flows.workers import each_in_workers
from flows.world import World
from framing.registry_files import Registry
from warehouse import agenda
from warehouse.agenda import DuePage
from warehouse.records import SightingState
from warehouse.repeats import SeenTexts, seen_texts
from warehouse.store import Warehouse


@task(name="read pages", cache_policy=NO_CACHE)
def read_due_pages(
    warehouse: Warehouse, session: FetchSession, registry: Registry, world: World, report: IngestReport
) -> None:
    """
    Decide every pending sighting whose page may be asked now.

    Not retried: what failed for a passing reason stays pending and is asked again later.
    """
    pages = agenda.due_pages(warehouse, world.clock())
    known, duplicates, wanted = split_known(warehouse, pages, registry)
    order = {page.page_url: place for place, page in enumerate(pages)}
    requests = [page_request(page.page_url, page.outlet_id, page.sightings[0].title) for page in wanted]
    with progress("Reading pages", len(pages)) as advance:
        again = ((page, None) for page in duplicates)
        read = ((wanted[index], answer) for index, answer in read_each(requests, session))
        for batch in batches(chain(again, read)):
            store_pages(
                warehouse, sorted(batch, key=lambda pair: order[pair[0].page_url]), known, registry, world, report
            )
            advance(len(batch))
            stop_if_asked()


def split_known(
    warehouse: Warehouse, pages: Sequence[DuePage], registry: Registry
) -> tuple[Known, list[DuePage], list[DuePage]]:
    """What is known of the pages' outlets; those of the pages that were decided before; and the others."""
    outlets = {outlet.outlet_id: outlet for outlet in registry.outlets}
    known = agenda.known_pages(warehouse, sorted({page.outlet_id for page in pages}))
    known |= by_page_key(known, outlets)
    duplicates: list[DuePage] = []
    wanted: list[DuePage] = []
    for page in pages:
        is_known = known_page(known, page.outlet_id, page.page_url, outlets.get(page.outlet_id)) is not None
        (duplicates if is_known else wanted).append(page)
    return known, duplicates, wanted


def page_request(url: str, outlet_id: str, title: str | None = None) -> Request:
    """A page as it is asked for first; ``title``: what a feed calls it."""
    return Request(url=url, max_bytes=MAX_PAGE_BYTES, kind="page", outlet_id=outlet_id, title=title)


def read_each(
    requests: Iterable[Request],
    session: Session,
    is_wanted: Callable[[int, Response], bool] = lambda _index, _response: True,
) -> Iterator[tuple[int, Answer]]:
    """
    Fetch and extract pages; fetching goes on while others are extracted.

    Args:
        is_wanted: Is a body worth extracting? One that is known byte by byte is not.

    Yields:
        The place of a request, its response and what was read; ``None`` where there was nothing to read. In no
        particular order, and nothing for requests that were held back: those stay due.
    """
    responses: dict[int, Response] = {}
    asked = list(requests)

    def calls() -> Iterator[tuple[int, tuple[object, ...] | None]]:
        for index, response in session.fetch_each(asked):
            if not response.was_asked:
                continue
            responses[index] = response
            has_body = response.status is FetchStatus.OK and is_wanted(index, response)
            url, title = response.final_url or response.url, asked[index].title
            facts = (response.body, response.content_type, url, response.headers, title, response.url)
            yield index, facts if has_body else None

    for index, outcome in each_in_workers(read_page, calls()):
        yield index, (responses.pop(index), outcome)


def store_pages(
    warehouse: Warehouse,
    answers: Sequence[tuple[DuePage, Answer | None]],
    known: Known,
    registry: Registry,
    world: World,
    report: IngestReport,
) -> None:
    """
    Decide pages and store what became of them, in one transaction.

    Args:
        answers: ``None`` beside a page that is known already.
        known: Pages decided before; what is decided here is added.
    """
    outlets = {outlet.outlet_id: outlet for outlet in registry.outlets}
    decisions: list[Decision] = []
    seen = seen_with(warehouse, answers, world.clock())
    for page, answer in answers:
        decision = decide(page, answer, outlets.get(page.outlet_id), known, registry.codebook, world, seen)
        known |= decision.known | by_page_key(decision.known, outlets)
        decisions.append(decision)
    settled = [sighting for decision in decisions for sighting in decision.sightings]
    with warehouse.transaction():
        warehouse.save(record for decision in decisions for record in decision.records)
        warehouse.save(overturned(seen, world.clock()))
        warehouse.settle(settled)
    report.n_pages += sum(answer is not None for _, answer in answers)
    report.states.update(s.state for s in settled if s.state != SightingState.PENDING)


def seen_with(warehouse: Warehouse, answers: Sequence[tuple[DuePage, Answer | None]], now: datetime) -> SeenTexts:
    """Where the short texts of a batch were found before, and in the batch itself."""
    found = [
        ((page.outlet_id, mark), min((s.title for s in page.sightings if s.title), default=page.page_url).lower())
        for page, answer in answers
        if answer and answer[1] and answer[1].value and (mark := fingerprint(answer[1].value.text))
    ]
    seen = seen_texts(warehouse, {key for key, _ in found}, now)
    for key, headline in found:
        seen[key].headlines.add(headline)
    return seen


def give_up_overdue(warehouse: Warehouse, world: World, report: IngestReport) -> None:
    """Pages that could not be had for too long are lost, and the ledger says so."""
    now = world.clock()
    given_up = [
        lost(sighting, f"given up after {agenda.PENDING_AGE}: {error or 'no reason known'}", now)
        for sighting, error in agenda.overdue_sightings(warehouse, now)
    ]
    warehouse.settle(given_up)
    report.states.update(sighting.state for sighting in given_up)
