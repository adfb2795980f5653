"""Replay: build a home anew from another's archive, with the present extractor, cues and views."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flows.analysis.stages import analyse_all
from flows.archive.archived import ArchivedSession, Asked, response_of
from flows.archive.backfill import store_imported
from flows.batches import BATCH
from flows.polling.stage import ask_feeds, store_polls
from flows.reading.decisions import Answer
from flows.reading.revisits import revisit_request, store_revisits
from flows.reading.stage import page_request, read_each, split_known, store_pages
from flows.reports import IngestReport
from flows.score import score_unseen
from flows.service.progress import progress
from flows.service.stopping import stop_if_asked
from flows.world import LIVE, World
from framing.registry_files import Registry, load_registry
from framing.scoring import SCORER_VERSION
from warehouse import archived_asks
from warehouse.agenda import DuePage
from warehouse.catalogue import activate_codebook, register_codebook, register_events, register_outlets
from warehouse.comparison import Comparison, compare
from warehouse.home import Home
from warehouse.publication import publish
from warehouse.store import Warehouse, open_warehouse
from warehouse.warc import Capture
from warehouse.warc_reading import Kept, Unreadable, read_captures, warc_files


@dataclass(slots=True)
class ReplayReport:
    """What one replay did."""

    n_captures: int = 0
    n_unclaimed: int = 0
    """Pages that no item of the archive waits for and that gave no article; with --from those of earlier items."""
    unreadable: list[Unreadable] = field(default_factory=list)
    ingest: IngestReport = field(default_factory=IngestReport)
    n_scored: int = 0
    published: str = ""
    comparison: Comparison | None = None
    """``None``: the old home was never published, so there is nothing to compare with."""


def replay(old: Home, new: Home, since: datetime | None = None) -> ReplayReport:
    """
    Read an archive through the doors that the network's answers go through, and store what comes of it.

    The captures alone decide what happens, in the order in which they came: no schedule, no clock and no network.
    What never answered left no capture: items whose page could not be had stay pending.

    Args:
        old: Compared with the result where it was ever published; its database may be gone.
        new: Empty but for the archive and the registry, as ``replica_of`` makes it.
        since: Captures from before are left out.

    Raises:
        StorageError: The disk is full.
    """
    registry = load_registry(new.registry)
    report = ReplayReport()
    with open_warehouse(new, "replay") as warehouse:
        register_outlets(warehouse, registry.outlets)
        register_events(warehouse, registry.events)
        for step in _steps(_wanted(new, report, since)):
            _store(warehouse, step, registry, report)
            stop_if_asked()
        register_codebook(warehouse, registry.codebook, SCORER_VERSION, LIVE.clock())
        report.n_scored = score_unseen(warehouse, registry.codebook, LIVE)
        activate_codebook(warehouse, registry.codebook.version, LIVE.clock())
        analyse_all(warehouse, registry)
    report.published = str(publish(new))
    if old.current.exists():
        report.comparison = compare(new, old, since)
    return report


def _wanted(home: Home, report: ReplayReport, since: datetime | None) -> Iterator[Kept]:
    """The captures that are replayed; what cannot be read goes into the report."""
    files = warc_files(home.warc)
    sizes = {file: (home.warc / file).stat().st_size for file in files}
    with progress("Replaying kB", sum(sizes.values()) // 1000) as advance:
        for file in files:
            done = 0
            for found in read_captures(home.warc, [file]):
                advance((found.place.offset - done) // 1000)
                done = found.place.offset
                if isinstance(found, Unreadable):
                    report.unreadable.append(found)
                elif since is None or found.capture.exchanges[-1].fetched_utc >= since:
                    report.n_captures += 1
                    yield found
            advance((sizes[file] - done) // 1000)


def _steps(captures: Iterable[Kept]) -> Iterator[list[Kept]]:
    """
    Captures that are stored together: feeds, or pages, each address once.

    robots.txt and attempts to find a lost feed decided what was asked; here nothing is asked.
    """
    step: list[Kept] = []
    asked: set[Asked] = set()
    names: dict[Asked, Asked] = {}
    for kept in captures:
        capture = kept.capture
        if capture.kind not in ("feed", "page") or capture.outlet_id is None:
            continue
        door = (capture.kind, capture.imported_from)
        name = _name(capture, names)
        if step and (
            name in asked or len(step) == BATCH or door != (step[0].capture.kind, step[0].capture.imported_from)
        ):
            yield step
            step, asked = [], set()
        step.append(kept)
        asked.add(name)
    if step:
        yield step


def _name(capture: Capture, names: dict[Asked, Asked]) -> Asked:
    """
    What tells whether one is asked twice: a feed that moved is the same at both addresses, and is stored at the first
    before it is known whose the second is.

    Args:
        names: Of the addresses that feeds were redirected to so far; grows.
    """
    asked = (capture.outlet_id, capture.asked_url)
    if capture.kind != "feed":
        return asked
    name = names.get(asked, asked)
    for exchange in capture.exchanges:
        names.setdefault((capture.outlet_id, exchange.url), name)
    return name


def _store(warehouse: Warehouse, step: list[Kept], registry: Registry, report: ReplayReport) -> None:
    """One step, through the door that it came in by."""
    first = step[0].capture
    if first.imported_from is not None:
        store_imported(warehouse, step, registry, report.ingest)
    elif first.kind == "feed":
        _store_feeds(warehouse, step, report)
    else:
        _store_pages(warehouse, step, registry, report)


def _session(step: Iterable[Kept]) -> ArchivedSession:
    return ArchivedSession({(kept.capture.outlet_id, kept.capture.asked_url): response_of(kept) for kept in step})


def _store_feeds(warehouse: Warehouse, step: list[Kept], report: ReplayReport) -> None:
    feeds = archived_asks.feeds_asked(warehouse, [kept.capture for kept in step])
    store_polls(warehouse, feeds, ask_feeds(feeds, _session(step)), report.ingest)


def _store_pages(warehouse: Warehouse, step: list[Kept], registry: Registry, report: ReplayReport) -> None:
    """
    First readings of the pages that items wait for; then what is left, as visits to articles that are stored.

    The order within a step is that of ingest. Which pages made up one of its batches is not written down: where a run
    read more of them, and two addresses of one story with different texts, the other text may be the first.
    """
    session = _session(step)
    asked = {(kept.capture.outlet_id, kept.capture.asked_url) for kept in step}
    latest = max(kept.capture.exchanges[-1].fetched_utc for kept in step)
    waiting = archived_asks.pages_waiting(warehouse)
    known, duplicates, others = split_known(warehouse, waiting, registry)
    first = [page for page in others if (page.outlet_id, page.page_url) in asked]
    requests = [page_request(page.page_url, page.outlet_id, page.sightings[0].title) for page in first]
    answers = dict(read_each(requests, session))
    decided: list[tuple[DuePage, Answer | None]] = [(page, None) for page in duplicates]
    decided += [(page, answers[place]) for place, page in enumerate(first)]
    store_pages(warehouse, decided, known, registry, World(clock=lambda: latest), report.ingest)
    left = asked - {(page.outlet_id, page.page_url) for page in first}
    again = archived_asks.articles_at(warehouse, left)
    visits = read_each([revisit_request(due) for due in again], session)
    store_revisits(warehouse, [(again[place], answer) for place, answer in visits], registry, report.ingest)
    report.n_unclaimed += len(left) - len(again)
