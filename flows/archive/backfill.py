"""Backfill: WARC files that others crawled, such as CC-NEWS, through the door that our own pages go through."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flows.archive.archived import ArchivedSession, response_of
from flows.archive.foreign_warc import check_file, read_answers
from flows.batches import batches
from flows.fetching.domains import registrable_domain
from flows.fetching.exchange import FetchStatus
from flows.fetching.session import MAX_PAGE_BYTES
from flows.pages.identity import at_home, clean_url, stable_id
from flows.reading.decisions import Answer
from flows.reading.stage import page_request, read_each, split_known, store_pages
from flows.reports import IngestReport
from flows.service.progress import progress
from flows.service.stopping import stop_if_asked
from flows.settings import load_settings
from flows.world import LIVE, World
from framing.records import Outlet
from framing.registry_files import Registry, load_registry
from warehouse import archived_asks
from warehouse.agenda import DuePage
from warehouse.catalogue import register_events, register_outlets
from warehouse.home import Home
from warehouse.records import Sighting, SightingState
from warehouse.store import Warehouse, open_warehouse
from warehouse.warc import Archive, Capture
from warehouse.warc_reading import Kept, Unreadable


@dataclass(slots=True)
class BackfillReport:
    """What one import did."""

    n_read: int = 0
    """Answers that the files hold."""
    n_matched: int = 0
    """Good HTML answers of watched outlets."""
    n_known: int = 0
    """Of those, imported by an earlier run, or twice in one file."""
    unreadable: list[Unreadable] = field(default_factory=list)
    ingest: IngestReport = field(default_factory=IngestReport)

    @property
    def states(self) -> Counter[str]:
        """What became of the pages that were imported now."""
        return self.ingest.states


def backfill(home: Home, files: Sequence[Path]) -> BackfillReport:
    """
    Import pages of watched outlets from WARC files.

    Each becomes a sighting, first seen when it was crawled, and is read and judged as if Parley had fetched it then;
    its answer goes into the home's own archive under its original time. Neither robots.txt nor a network is asked:
    the pages were crawled by others, under their rules. Running it twice imports once.

    Raises:
        ForeignWarcError: A file is missing, or no WARC file; none was imported then.
        StorageError: The disk is full.
    """
    registry = load_registry(home.registry)
    report = BackfillReport()
    n_bytes = sum(check_file(file) for file in files)
    with (
        open_warehouse(home, "backfill") as warehouse,
        Archive(home, LIVE.clock, load_settings(home).user_agent) as archive,
    ):
        warehouse.before_commit = archive.sync
        register_outlets(warehouse, registry.outlets)
        register_events(warehouse, registry.events)
        with progress("Importing kB", n_bytes // 1000) as advance:
            for file in files:
                for batch in batches(_captures(file, registry.outlets, report, advance)):
                    _import(warehouse, archive, batch, registry, report)
                    stop_if_asked()
    return report


def store_imported(warehouse: Warehouse, step: Sequence[Kept], registry: Registry, report: IngestReport) -> None:
    """Read and judge pages that others crawled, each address once, and store what became of them."""
    sightings = {_asked(kept.capture): sighting_of(kept.capture) for kept in step}
    with warehouse.transaction():
        warehouse.save(sightings.values())
    pages = [
        DuePage(
            page_url=sighting.page_url or "", outlet_id=sighting.outlet_id, sightings=(sighting,), purpose="backfill"
        )
        for sighting in sightings.values()
    ]
    known, duplicates, wanted = split_known(warehouse, pages, registry)
    session = ArchivedSession({_asked(kept.capture): response_of(kept) for kept in step})
    requests = [page_request(page.sightings[0].item_key, page.outlet_id) for page in wanted]
    answers = dict(read_each(requests, session))
    decided: list[tuple[DuePage, Answer | None]] = [(page, None) for page in duplicates]
    decided += [(page, answers[place]) for place, page in enumerate(wanted)]
    latest = max(sighting.first_seen_utc for sighting in sightings.values())
    store_pages(warehouse, decided, known, registry, World(clock=lambda: latest), report)


def sighting_of(capture: Capture) -> Sighting:
    """An imported answer as the item of a feed that never was: first seen when it was crawled."""
    feed_url = f"warc:{capture.imported_from}"
    seen_utc = capture.exchanges[-1].fetched_utc
    return Sighting(
        sighting_id=stable_id(feed_url, capture.asked_url),
        outlet_id=capture.outlet_id or "",
        feed_url=feed_url,
        poll_id=stable_id(feed_url),
        item_key=capture.asked_url,
        item_key_rule="url",
        url=capture.asked_url,
        page_url=clean_url(capture.asked_url),
        title=None,
        summary=None,
        published_raw=None,
        published_utc=None,
        first_seen_utc=seen_utc,
        state=SightingState.PENDING,
        reason=None,
        state_utc=seen_utc,
        article_id=None,
    )


def _captures(
    file: Path, outlets: Sequence[Outlet], report: BackfillReport, advance: Callable[[int], None]
) -> Iterator[Capture]:
    """The good HTML answers of watched outlets in one file; what cannot be read goes into the report."""
    done = 0
    for found in read_answers(file):
        advance((found.place.offset - done) // 1000)
        done = found.place.offset
        if isinstance(found, Unreadable):
            report.unreadable.append(found)
            continue
        report.n_read += 1
        outlet = outlet_of(found.url, outlets)
        exchange = found.exchange(MAX_PAGE_BYTES) if outlet is not None else None
        if isinstance(exchange, Unreadable):
            report.unreadable.append(exchange)
        elif outlet is not None and exchange is not None:
            report.n_matched += 1
            too_large = (str(FetchStatus.TOO_LARGE), f"the body is larger than {MAX_PAGE_BYTES:,} bytes")
            yield Capture(
                kind="page",
                asked_url=found.url,
                outlet_id=outlet.outlet_id,
                exchanges=(exchange,),
                failure=too_large if exchange.is_cut_off else None,
                imported_from=file.name,
            )


def _import(
    warehouse: Warehouse, archive: Archive, batch: Sequence[Capture], registry: Registry, report: BackfillReport
) -> None:
    """Keep and store what no earlier run has decided."""
    by_sighting: dict[str, Capture] = {}
    for capture in batch:
        by_sighting.setdefault(sighting_of(capture).sighting_id, capture)
    decided = archived_asks.decided_sightings(warehouse, by_sighting)
    fresh = [capture for name, capture in by_sighting.items() if name not in decided]
    report.n_known += len(batch) - len(fresh)
    if fresh:
        kept = [Kept(capture=capture, place=archive.write(capture)) for capture in fresh]
        store_imported(warehouse, kept, registry, report.ingest)


def outlet_of(url: str, outlets: Sequence[Outlet]) -> Outlet | None:
    """
    Whose page is this? The outlet's whose home is nearest among those of its registrable domain or with its mirror.

    Several outlets may share a domain: a newsroom's languages, the institutions of the European Union.
    """
    if clean_url(url) is None:
        return None

    def nearness(outlet: Outlet) -> tuple[bool, int]:
        page, home = urlsplit(at_home(url, outlet)), urlsplit(outlet.home)
        is_below = page.path.startswith(home.path.rstrip("/") + "/")
        return _bare_host(page.hostname) == _bare_host(home.hostname), len(home.path) if is_below else -1

    own = [o for o in outlets if registrable_domain(at_home(url, o)) == registrable_domain(o.home)]
    return max(own, key=nearness, default=None)


def _bare_host(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _asked(capture: Capture) -> tuple[str | None, str]:
    return capture.outlet_id, capture.asked_url
