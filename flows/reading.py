"""Reading: fetch the pages that are due, extract them, and decide what becomes of each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.batches import batches
from flows.decisions import Answer, Decision, Known, decide, lost
from flows.exchange import FetchStatus, Request, Response
from flows.fetching import MAX_PAGE_BYTES, FetchSession
from flows.pages import read_page
from flows.progress import progress
from flows.reports import IngestReport
from flows.stopping import stop_if_asked
from flows.workers import each_in_workers
from flows.world import World
from framing.registry_files import Registry
from warehouse import agenda
from warehouse.agenda import DuePage
from warehouse.records import SightingState
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
    known = agenda.known_pages(warehouse, sorted({page.outlet_id for page in pages}))
    duplicates = [page for page in pages if (page.outlet_id, page.page_url) in known]
    wanted = [page for page in pages if (page.outlet_id, page.page_url) not in known]
    order = {page.page_url: place for place, page in enumerate(pages)}
    requests = [page_request(page.page_url, page.outlet_id) for page in wanted]
    with progress("Reading pages", len(pages)) as advance:
        again = ((page, None) for page in duplicates)
        read = ((wanted[index], answer) for index, answer in read_each(requests, session))
        for batch in batches(chain(again, read)):
            store_pages(
                warehouse, sorted(batch, key=lambda pair: order[pair[0].page_url]), known, registry, world, report
            )
            advance(len(batch))
            stop_if_asked()


def page_request(url: str, outlet_id: str) -> Request:
    """A page as it is asked for first."""
    return Request(url=url, max_bytes=MAX_PAGE_BYTES, kind="page", outlet_id=outlet_id)


def read_each(
    requests: Iterable[Request],
    session: FetchSession,
    is_wanted: Callable[[int, Response], bool] = lambda _index, _response: True,
) -> Iterator[tuple[int, Answer]]:
    """
    Fetch and extract pages; fetching goes on while others are extracted.

    Args:
        is_wanted: Is a body worth extracting? One that is known byte by byte is not.

    Yields:
        The place of a request, its response and what was read; ``None`` where there was nothing to read. In no
        particular order.
    """
    responses: dict[int, Response] = {}

    def calls() -> Iterator[tuple[int, tuple[object, ...] | None]]:
        for index, response in session.fetch_each(requests):
            responses[index] = response
            has_body = response.status is FetchStatus.OK and is_wanted(index, response)
            yield (
                index,
                (response.body, response.content_type, response.final_url or response.url) if has_body else None,
            )

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
    for page, answer in answers:
        decision = decide(page, answer, outlets.get(page.outlet_id), known, registry.codebook, world)
        known |= decision.known
        decisions.append(decision)
    settled = [sighting for decision in decisions for sighting in decision.sightings]
    with warehouse.transaction():
        warehouse.save(record for decision in decisions for record in decision.records)
        warehouse.settle(settled)
    report.n_pages += sum(answer is not None for _, answer in answers)
    report.states.update(s.state for s in settled if s.state != SightingState.PENDING)


def give_up_overdue(warehouse: Warehouse, world: World, report: IngestReport) -> None:
    """Pages that could not be had for too long are lost, and the ledger says so."""
    now = world.clock()
    given_up = [
        lost(sighting, f"given up after {agenda.PENDING_AGE}: {error or 'no reason known'}", now)
        for sighting, error in agenda.overdue_sightings(warehouse, now)
    ]
    warehouse.settle(given_up)
    report.states.update(sighting.state for sighting in given_up)
