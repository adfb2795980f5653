"""Ingest: due feeds -> sightings -> pages -> articles and revisions."""

from pathlib import Path
from typing import cast

from prefect import flow, get_run_logger
from prefect.utilities.annotations import quote

from flows.fetching.opening import open_session
from flows.polling.stage import poll_due_feeds
from flows.reading.revisits import revisit_due_articles
from flows.reading.stage import give_up_overdue, read_due_pages
from flows.reports import IngestReport
from flows.world import LIVE, World
from framing.registry_files import Registry, load_registry
from warehouse.catalogue import register_events, register_outlets
from warehouse.home import open_home
from warehouse.store import open_warehouse


@flow(name="ingest", validate_parameters=False)
def ingest(root: str, world: World | None = None) -> IngestReport:
    """Poll what is due, fetch what is pending, and store it. Running it twice changes nothing."""
    world = world or LIVE
    home = open_home(Path(root))
    registry = load_registry(home.registry)
    untouched = cast(Registry, quote(registry))  # Prefect would search each of its thousands of cues for futures
    report = IngestReport()
    with open_warehouse(home, "ingest") as warehouse, open_session(warehouse, world) as session:
        register_outlets(warehouse, registry.outlets)
        register_events(warehouse, registry.events)
        poll_due_feeds(warehouse, session, world, report)
        read_due_pages(warehouse, session, untouched, world, report)
        give_up_overdue(warehouse, world, report)
        revisit_due_articles(warehouse, session, untouched, world, report)
    get_run_logger().info("polled %d feeds, %d new items, %s", report.n_feeds, report.n_new, dict(report.states))
    return report
