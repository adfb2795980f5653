"""``parley doctor``: what may be wrong with an installation, and the way out."""

import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import duckdb

from flows.service.surroundings import MIN_FREE_BYTES
from flows.settings import FILE, load_settings
from framing.errors import ParleyError
from framing.registry_files import load_registry
from warehouse.checking import failed_checks
from warehouse.gone_feeds import advice_on_feeds
from warehouse.home import Home
from warehouse.judgements import open_judgements
from warehouse.lock import WarehouseLockedError, describe_holder, is_locked
from warehouse.reading import (
    DamagedCopyError,
    OtherVersionError,
    current_publication,
    open_current,
    require_these_views,
)

STALE = timedelta(hours=1)
"""Four missed runs of the schedule."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    subject: str
    is_good: bool
    finding: str
    """What was found and, where it is not good, the way out."""


def examine(home: Home) -> list[Finding]:
    """Look at everything; nothing is changed."""
    return [
        _versions(),
        _disk(home),
        _lock(home),
        *_settings(home),
        _registry(home),
        _publication(home),
        *_database(home),
        *_judgements(home),
    ]


def _versions() -> Finding:
    parts = [f"{name} {version(name)}" for name in ("parley", "duckdb", "prefect", "streamlit", "trafilatura")]
    return Finding("versions", True, ", ".join([f"python {platform.python_version()}", *parts]))


def _disk(home: Home) -> Finding:
    free = shutil.disk_usage(home.root).free
    is_good = free >= MIN_FREE_BYTES
    advice = "" if is_good else f"; Parley needs {MIN_FREE_BYTES / 2**20:.0f} MB: free some space or use --home DIR"
    return Finding("disk", is_good, f"{free / 2**20:,.0f} MB free at {home.root}{advice}")


def _lock(home: Home) -> Finding:
    if is_locked(home):
        return Finding("lock", True, f"held by {describe_holder(home.holder)}")
    return Finding("lock", True, "free")


def _settings(home: Home) -> list[Finding]:
    """The demo asks nobody, so it needs no contact."""
    try:
        contact = load_settings(home).contact
    except ParleyError as error:
        return [Finding("settings", False, str(error))]
    if contact is not None:
        return [Finding("settings", True, f"contact {contact}")]
    if home.kind == "demo":
        return []
    return [
        Finding(
            "settings",
            False,
            "no contact: outlets that see Parley's requests cannot tell whose they are. "
            f'Write a line such as contact = "desk@example.org" into {home.root / FILE}',
        )
    ]


def _registry(home: Home) -> Finding:
    try:
        registry = load_registry(home.registry)
    except ParleyError as error:
        return Finding("registry", False, f"{error} ('parley check' lists all faults)")
    codebook = registry.codebook
    return Finding(
        "registry", True, f"{len(registry.outlets)} outlets, {len(codebook.frames)} frames, codebook {codebook.version}"
    )


def _publication(home: Home) -> Finding:
    try:
        publication = current_publication(home)
    except ParleyError as error:
        return Finding("publication", False, str(error))
    published = datetime.fromtimestamp(publication.mtime_ns / 1e9, UTC)
    age = datetime.now(UTC) - published
    finding = f"{publication.path.name}, {age.total_seconds() / 60:.0f} minutes old"
    if home.kind == "live" and age > STALE:
        return Finding(
            "publication", False, f"{finding}: stale. Is 'parley run' running? 'parley publish' publishes now"
        )
    return Finding("publication", True, finding)


def _database(home: Home) -> list[Finding]:
    """Opens the published copy only: the private file belongs to the writer."""
    try:
        with open_current(home) as connection:
            require_these_views(connection, home.current)
            faults = failed_checks(connection)
            feeds = [Finding("feeds", not advice.is_urgent, advice.sentence) for advice in advice_on_feeds(connection)]
            row = connection.execute("select schema_version from about").fetchone()
    except (DamagedCopyError, OtherVersionError) as error:
        return [Finding("database", False, str(error))]
    except ParleyError:
        return []  # nothing published: said already
    except duckdb.Error as error:
        return [
            Finding("database", False, f"{home.current}: cannot be read ({error}). 'parley publish' makes a new copy")
        ]
    if faults:
        return [*(Finding("database", False, fault) for fault in faults), *feeds]
    return [Finding("database", True, f"schema {row[0] if row else 'unknown'}, all checks pass"), *feeds]


def _judgements(home: Home) -> list[Finding]:
    """Only where somebody drew a sample."""
    if not home.judgements.exists():
        return []
    try:
        with open_judgements(home, "doctor", wait_s=0) as judgements:
            n_units, said = len(judgements.units()), judgements.latest()
    except WarehouseLockedError as error:
        return [Finding("judgements", True, str(error))]
    except ParleyError as error:
        return [Finding("judgements", False, str(error))]
    coders = len({one.coder for one in said})
    return [
        Finding(
            "judgements",
            True,
            f"{len(said):,} by {coders} coders on {n_units:,} sentences. No archive gives them again: back up "
            f"{home.judgements}",
        )
    ]
