"""A second home over the same archive."""

import os
import shutil
from pathlib import Path

from warehouse.home import MARKER, Home, HomeError, create_home
from warehouse.lock import judgements_lock
from warehouse.store import storage_errors
from warehouse.warc_reading import warc_files

COPIED = ("registry", "settings.toml")
"""What of the old home says how its answers are to be read."""


def replica_of(old: Home, into: Path) -> Home:
    """
    Make a folder a home with another's archive, registry, settings and human judgements, and without its database.

    The database of the new home refers to the same records, under the same names. Judgements cannot be read again
    from any archive, so they are copied as they are.

    Args:
        into: A folder that is empty or not there yet.

    Raises:
        HomeError: There is no archive, or the folder is in use.
        WarehouseLockedError: Somebody is importing judgements and did not finish in time.
        StorageError: The disk is full.
    """
    if not warc_files(old.warc):
        raise HomeError(
            f"{old.warc}: there are no WARC files here, so there is nothing to replay. --home DIR names another home. "
            "Nothing was changed."
        )
    if (into / MARKER).exists() or (into.is_dir() and any(into.iterdir())):
        raise HomeError(
            f"{into}: this folder is in use, and a replay builds a home from nothing. Give a new or an empty folder "
            "with --into DIR. Nothing was changed."
        )
    new = create_home(into, old.kind)
    with storage_errors(new):
        for name in COPIED:
            if (old.root / name).is_dir():
                shutil.copytree(old.root / name, new.root / name, dirs_exist_ok=True)
            elif (old.root / name).exists():
                shutil.copy2(old.root / name, new.root / name)
        for file in warc_files(old.warc):
            _link(old.warc / file, new.warc / file)
        if old.judgements.exists():
            with judgements_lock(old, "replay"):
                for part in old.root.glob("judgements.duckdb*"):  # with the log that a killed import left
                    shutil.copy2(part, new.root / part.name)
    return new


def _link(source: Path, target: Path) -> None:
    """
    The same file under a second name, or a copy where the folders are on different disks.

    A finished WARC file never changes, so one is enough; and either home can be deleted without the other.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
