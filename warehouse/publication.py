"""Publication: a closed copy of the warehouse that nobody will ever write to again."""

import fcntl
import os
import re
import shutil
import subprocess
from pathlib import Path

from warehouse.home import Home
from warehouse.lock import writer_lock
from warehouse.store import open_warehouse, storage_errors

KEPT = 3
"""Copies that stay: a reader who resolved the link a moment ago still finds its file."""

NAME = re.compile(r"parley-(\d{6,})\.duckdb")


def publish(home: Home, wait_s: float | None = None) -> Path:
    """
    Publish the present state: checkpoint, close, copy, sync, make read-only, swap the link.

    The database is closed before it is copied: copying it while it is open in
    this process would silently drop DuckDB's own lock. Our lock is held
    throughout.

    Returns:
        The new copy, ``published/parley-<seq>.duckdb``.

    Raises:
        WarehouseLockedError, SchemaError, StorageError: As ``open_warehouse``.
    """
    with storage_errors(home), writer_lock(home, "publish", wait_s):
        with open_warehouse(home, "publish") as warehouse:
            warehouse.sql.execute("checkpoint")
        copies = published_copies(home)
        number = _number(copies[-1]) + 1 if copies else 1
        partial = home.published / ".parley.partial"
        target = home.published / f"parley-{number:06d}.duckdb"
        partial.unlink(missing_ok=True)
        try:
            _copy(home.database, partial)
        except OSError:
            partial.unlink(missing_ok=True)
            raise
        partial.chmod(0o444)
        partial.rename(target)
        _sync(home.published)
        _swap_link(home, target)
        for old in published_copies(home)[:-KEPT]:
            old.unlink(missing_ok=True)
    return target


def published_copies(home: Home) -> list[Path]:
    """Published copies, oldest first."""
    return sorted((p for p in home.published.glob("parley-*.duckdb") if NAME.fullmatch(p.name)), key=_number)


def _number(path: Path) -> int:
    match = NAME.fullmatch(path.name)
    return int(match[1]) if match else 0


def _copy(source: Path, target: Path) -> None:
    """
    Copy by reference where the file system can, by bytes elsewhere, and wait for the disk.

    The source is locked as DuckDB locks it, so that no program that does not know
    our lock file can open it for writing and tear the copy.

    Raises:
        BlockingIOError: Such a program has the source open already.
    """
    with source.open("rb") as held:
        fcntl.lockf(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        done = subprocess.run(
            ["cp", "--reflink=auto", "--", str(source), str(target)],  # noqa: S607
            capture_output=True,
            check=False,
        )
        if done.returncode:  # a cp without --reflink, or a full disk: the plain copy tells which
            with target.open("wb") as copy:  # from the open file: closing another would drop the lock
                shutil.copyfileobj(held, copy)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _swap_link(home: Home, target: Path) -> None:
    """Replace the link in one step; a reader sees the old copy or the new one."""
    fresh = home.root / ".parley.duckdb.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.relative_to(home.root))
    fresh.replace(home.current)
    _sync(home.root)
