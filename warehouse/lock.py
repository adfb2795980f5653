"""One writer: a lock file of our own, because DuckDB's is lost when the file is copied."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from framing.errors import ParleyError
from warehouse.home import Home

WAIT_S = 300.0
"""How long a writer waits for the one before it: an ingest of ten outlets takes a few minutes."""


class WarehouseLockedError(ParleyError):
    """Another writer holds the warehouse and did not finish in time."""


@contextmanager
def writer_lock(home: Home, task: str, wait_s: float | None = None) -> Iterator[None]:
    """
    Hold the warehouse for writing; nested holds by the same thread are one hold.

    Args:
        task: What the holder does, for the message that others get to see.
        wait_s: Seconds to wait for another holder; the default is ``$PARLEY_LOCK_WAIT_S`` or ``WAIT_S``.

    Raises:
        WarehouseLockedError: The other writer did not finish in time; names it.
    """
    with _held(home.lock, f"{home.database}: another writer holds the warehouse", task, wait_s):
        yield


@contextmanager
def judgements_lock(home: Home, task: str, wait_s: float | None = None) -> Iterator[None]:
    """As ``writer_lock``, for the file of human judgements: coders need not wait for a run that collects."""
    lock = home.judgements.with_suffix(".lock")
    with _held(lock, f"{home.judgements}: another command holds the judgements", task, wait_s):
        yield


@contextmanager
def _held(path: Path, finding: str, task: str, wait_s: float | None) -> Iterator[None]:
    wait = default_wait_s() if wait_s is None else wait_s
    lock, holder = FileLock(path, is_singleton=True), path.with_suffix(".holder.json")
    is_outermost = not lock.is_locked
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise WarehouseLockedError(
            f"{finding}: {describe_holder(holder)}. "
            f"Waited {wait:.0f} s. Let it finish, or stop it, then try again. Nothing was written."
        ) from None
    try:
        if is_outermost:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            holder.write_text(json.dumps({"pid": os.getpid(), "task": task, "since": now}), encoding="utf-8")
        yield
    finally:
        if is_outermost:
            holder.unlink(missing_ok=True)
        lock.release()


def default_wait_s() -> float:
    """
    Raises:
        ParleyError: The setting is no number.
    """
    setting = os.environ.get("PARLEY_LOCK_WAIT_S")
    try:
        return WAIT_S if setting is None else float(setting)
    except ValueError:
        raise ParleyError(f"PARLEY_LOCK_WAIT_S is {setting!r}. It must be a number of seconds, such as 300.") from None


def is_locked(home: Home) -> bool:
    """Does a writer, of this or another process, hold the warehouse right now?"""
    probe = FileLock(home.lock)
    try:
        with probe.acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # somebody else's home, or a read-only disk: the holder's note is all there is to go by
        return home.holder.exists()


def describe_holder(path: Path) -> str:
    """``process 4711 (ingest, since 2026-11-23T12:00:00+00:00)``, as far as it is known."""
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return f"process {holder['pid']} ({holder['task']}, since {holder['since']})"
    except (OSError, ValueError, KeyError):
        return f"a process that has not said its name (see who has {path.with_suffix('').with_suffix('.lock')} open)"
