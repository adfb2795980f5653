"""Daily: what should be looked at once a day, and said aloud where it is wrong."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from prefect import flow, get_run_logger

from flows.analyse import analyse
from flows.fetching.opening import open_session
from flows.pipeline import home_of
from flows.polling.discovery import rediscover
from flows.publish import publish
from flows.service.artifacts import report_coverage
from flows.service.lateness import unless_late
from flows.world import LIVE, World
from framing.errors import ParleyError, RegistryError
from framing.examples import failing_examples
from framing.registry_files import load_registry
from warehouse.checking import failed_checks
from warehouse.gone_feeds import gone_feeds
from warehouse.home import Home
from warehouse.lock import writer_lock
from warehouse.reading import NothingPublishedError, current_publication, open_current
from warehouse.store import open_warehouse

MAX_FAULTS = 10
"""That are told one by one: one broken key can make hundreds."""


class DailyCheckError(ParleyError):
    """The registry or the warehouse is not as it should be; one line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        n_more = len(faults) - MAX_FAULTS
        more = [f"And {n_more} more; 'parley check' names them all."] if n_more > 0 else []
        super().__init__("\n".join([*faults[:MAX_FAULTS], *more]))


@dataclass(frozen=True, slots=True)
class DailyReport:
    """What one run did."""

    day: date
    """UTC; the one before the run."""
    published: str | None
    """The new copy; ``None`` where the newest one held everything already."""


@flow(name="daily", validate_parameters=False)
@unless_late
def daily(root: str | None = None, world: World | None = None) -> DailyReport:
    """
    Publish what a killed run left unpublished, look for feeds that are gone, report on the day before, then check
    registry and warehouse.

    Raises:
        DailyCheckError: Something is wrong; the report is there all the same.
    """
    home, world = home_of(root), world or LIVE
    day = (world.clock() - timedelta(days=1)).date()
    with writer_lock(home, "daily"):
        published = None
        if not is_published(home):
            with suppress(RegistryError):  # told below, with all else that is wrong
                analyse(str(home.root))  # the run that was killed may not have come so far
            published = publish(str(home.root))
        if propose_feeds(home, world):
            published = publish(str(home.root))
    with open_current(home) as connection:
        faults = [*failed_checks(connection), *registry_faults(home)]
        heading = f"{len(faults)} faults, see the run's state." if faults else "All checks pass."
        report_coverage(connection, day, "daily-report", heading)
    if faults:
        raise DailyCheckError(faults)
    get_run_logger().info("all checks pass; reported on %s", day)
    return DailyReport(day, published)


def propose_feeds(home: Home, world: World) -> int:
    """Look for the new addresses of feeds that are gone; returns how many were found. The caller holds the lock."""
    with open_current(home) as connection:
        feeds = gone_feeds(connection)
    if not feeds:
        return 0
    with open_warehouse(home, "daily") as warehouse, open_session(warehouse, world) as session:
        proposals = rediscover(feeds, session, world.clock())
        with warehouse.transaction():
            return warehouse.save(proposals)


def is_published(home: Home) -> bool:
    """Was nothing written since the newest copy was made? The caller holds the lock."""
    try:
        copied_ns = current_publication(home).mtime_ns
    except NothingPublishedError:
        return False
    files = (home.database, home.database.with_suffix(".duckdb.wal"))
    return home.database.exists() and all(f.stat().st_mtime_ns <= copied_ns for f in files if f.exists())


def registry_faults(home: Home) -> list[str]:
    """What ``parley check`` finds in the registry: one sentence each, none where all is well."""
    try:
        return failing_examples(load_registry(home.registry).examples)
    except RegistryError as error:
        return error.faults
