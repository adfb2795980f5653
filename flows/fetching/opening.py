"""The session of one run: under our name, with the archive, and with what earlier runs learned about hosts."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from flows.fetching.domains import registrable_domain
from flows.fetching.politeness import MAX_PAUSE
from flows.fetching.session import FetchSession
from flows.settings import load_settings
from flows.world import World
from warehouse.robots_cache import keep_paces, known_paces, known_robots, wanted_pauses
from warehouse.store import Warehouse
from warehouse.warc import Archive


@contextmanager
def open_session(warehouse: Warehouse, world: World) -> Iterator[FetchSession]:
    """
    Fetch for one run of a flow.

    Every answer goes to the home's archive and is on disk before a commit refers to it. robots.txt of the last day,
    the pauses that hosts asked for, and the pace of those that refused hold across runs.

    Raises:
        SettingsError: The home's settings have faults.
    """
    settings = load_settings(warehouse.home)
    now = world.clock()
    pauses = {registrable_domain(url): min(until, now + MAX_PAUSE) for url, until in wanted_pauses(warehouse, now)}
    with (
        Archive(warehouse.home, world.clock, settings.user_agent) as archive,
        FetchSession(
            world,
            keep=archive.write,
            user_agent=settings.user_agent,
            robots=known_robots(warehouse, now),
            pauses=pauses,
            paces=known_paces(warehouse, now),
        ) as session,
    ):

        def before_commit() -> None:
            keep_paces(warehouse, session.host_paces)  # so often, for a run that is killed says nothing at its end
            archive.sync()

        warehouse.before_commit = before_commit
        try:
            yield session
        finally:
            # Also of a run that was stopped: the next one need not ask again.
            with suppress(duckdb.Error), warehouse.transaction():
                warehouse.save(session.robots_files)
