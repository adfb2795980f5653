"""Ingest: due feeds -> sightings -> pages -> articles and revisions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.decisions import Decision, decide, lost
from flows.feeds import ParsedFeed, parse_feed
from flows.fetching import MAX_FEED_BYTES, MAX_PAGE_BYTES, FetchSession, FetchStatus, Request, Response
from flows.pages import Page, read_page
from flows.progress import progress
from flows.sightings import poll_record, sightings_of
from flows.stopping import stop_if_asked
from flows.workers import Outcome, run_in_workers
from flows.world import LIVE, World
from framing.registry_files import Registry, load_registry
from warehouse import agenda
from warehouse.agenda import DueFeed, DuePage
from warehouse.catalogue import register_events, register_outlets
from warehouse.home import open_home
from warehouse.records import SightingState
from warehouse.store import Warehouse, open_warehouse

T = TypeVar("T")
CHUNK = 50
"""Feeds or pages that are fetched, then stored in one transaction: what a kill can cost at most."""


@dataclass(slots=True)
class IngestReport:
    """What one run did."""

    n_feeds: int = 0
    """Feeds polled."""
    n_answered: int = 0
    """Feeds whose server said anything at all."""
    n_items: int = 0
    n_new: int = 0
    """Items not seen in their feed before."""
    n_pages: int = 0
    states: Counter[str] = field(default_factory=Counter)
    """Sightings that left ``pending`` in this run, by the state they reached."""

    def __add__(self, other: "IngestReport") -> "IngestReport":
        """The two runs as one."""
        return IngestReport(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@flow(name="ingest", validate_parameters=False)
def ingest(root: str, world: World | None = None) -> IngestReport:
    """Poll what is due, fetch what is pending, and store it. Running it twice changes nothing."""
    world = world or LIVE
    home = open_home(Path(root))
    registry = load_registry(home.registry)
    report = IngestReport()
    with open_warehouse(home, "ingest") as warehouse, FetchSession(world) as session:
        register_outlets(warehouse, registry.outlets)
        register_events(warehouse, registry.events)
        poll_due_feeds(warehouse, session, world, report)
        fetch_due_pages(warehouse, session, registry, world, report)
        give_up_overdue(warehouse, world, report)
    get_run_logger().info("polled %d feeds, %d new items, %s", report.n_feeds, report.n_new, dict(report.states))
    return report


def poll_due_feeds(warehouse: Warehouse, session: FetchSession, world: World, report: IngestReport) -> None:
    """Ask each due feed; store the poll and its new sightings together, so that no validator outruns its items."""
    feeds = agenda.due_feeds(warehouse, world.clock())
    with progress("Polling feeds", len(feeds)) as advance:
        for chunk in chunks(feeds, CHUNK):
            answers = poll_feeds(chunk, session)
            known = agenda.known_items(warehouse, [feed.feed_url for feed in chunk])
            polls, fresh = [], []
            for feed, (response, parsed) in zip(chunk, answers, strict=True):
                poll_id, sightings = sightings_of(feed, response, parsed)
                new = [sighting for sighting in sightings if sighting.sighting_id not in known]
                polls.append(poll_record(poll_id, feed, response, parsed, n_new=len(new)))
                fresh += new
            with warehouse.transaction():
                warehouse.save([*polls, *fresh])
            report.n_feeds += len(chunk)
            report.n_answered += sum(response.has_answer for response, _ in answers)
            report.n_items += sum(poll.n_items or 0 for poll in polls)
            report.n_new += len(fresh)
            report.states.update(s.state for s in fresh if s.state != SightingState.PENDING)
            advance(len(chunk))
            stop_if_asked()


@task(name="poll feeds", cache_policy=NO_CACHE)
def poll_feeds(feeds: Sequence[DueFeed], session: FetchSession) -> list[tuple[Response, Outcome[ParsedFeed] | None]]:
    """
    Ask feeds and read what they answer; ``None`` where there was no new body.

    Not retried: a feed that fails is a row in the log, and is asked again when its time comes.
    """
    responses = session.fetch_all(
        [Request(url=f.feed_url, max_bytes=MAX_FEED_BYTES, etag=f.etag, last_modified=f.last_modified) for f in feeds]
    )
    bodies = [r for r in responses if r.status is FetchStatus.OK]
    parsed = iter(run_in_workers(parse_feed, [(r.body, r.content_type, r.final_url or r.url) for r in bodies]))
    return [(r, next(parsed) if r.status is FetchStatus.OK else None) for r in responses]


def give_up_overdue(warehouse: Warehouse, world: World, report: IngestReport) -> None:
    """Pages that could not be had for too long are lost, and the ledger says so."""
    now = world.clock()
    given_up = [
        lost(sighting, f"given up after {agenda.PENDING_AGE}: {error or 'no reason known'}", now)
        for sighting, error in agenda.overdue_sightings(warehouse, now)
    ]
    warehouse.settle(given_up)
    report.states.update(sighting.state for sighting in given_up)


def fetch_due_pages(
    warehouse: Warehouse, session: FetchSession, registry: Registry, world: World, report: IngestReport
) -> None:
    """Decide every pending sighting whose page may be asked now."""
    pages = agenda.due_pages(warehouse, world.clock())
    outlets = {outlet.outlet_id: outlet for outlet in registry.outlets}
    known = agenda.known_pages(warehouse, sorted({page.outlet_id for page in pages}))
    with progress("Reading pages", len(pages)) as advance:
        for chunk in chunks(pages, CHUNK):
            wanted = [page for page in chunk if (page.outlet_id, page.page_url) not in known]
            answers = dict(zip(wanted, fetch_pages(wanted, session), strict=True)) if wanted else {}
            decisions: list[Decision] = []
            for page in chunk:
                decision = decide(page, answers.get(page), outlets.get(page.outlet_id), known, registry.codebook, world)
                known |= decision.known
                decisions.append(decision)
            settled = [sighting for decision in decisions for sighting in decision.sightings]
            with warehouse.transaction():
                warehouse.save(record for decision in decisions for record in decision.records)
                warehouse.settle(settled)
            report.n_pages += len(wanted)
            report.states.update(s.state for s in settled if s.state != SightingState.PENDING)
            advance(len(chunk))
            stop_if_asked()


@task(name="fetch pages", cache_policy=NO_CACHE)
def fetch_pages(pages: Sequence[DuePage], session: FetchSession) -> list[tuple[Response, Outcome[Page] | None]]:
    """
    Fetch pages and extract what they hold; ``None`` where there was no body.

    Not retried: what failed for a passing reason stays pending and is asked again later.
    """
    responses = session.fetch_all(
        [Request(url=page.page_url, max_bytes=MAX_PAGE_BYTES, obeys_robots=True) for page in pages]
    )
    bodies = [r for r in responses if r.status is FetchStatus.OK]
    read = iter(run_in_workers(read_page, [(r.body, r.content_type, r.final_url or r.url) for r in bodies]))
    return [(r, next(read) if r.status is FetchStatus.OK else None) for r in responses]


def chunks(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """``[1, 2, 3], 2`` -> ``[1, 2], [3]``."""
    remaining = iter(items)
    while chunk := list(islice(remaining, size)):
        yield chunk
