"""Asking a published copy a reader's own SQL: each query in a process of its own, which may be killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow

from warehouse.guard import RefusedQueryError
from warehouse.reading import Publication

START_S = 20
"""Beyond the time limit, kept by the process itself: starting takes 0.6 s, and many times that on a busy machine."""

AT_ONCE = 2
"""Queries of all readers together; others wait. More would take the memory and cores that collecting needs."""

PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG")
"""What the process learns of our environment: enough to start, and no secret."""

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may take."""

    time_s: int = 15
    """Wall clock. The slowest example in docs/queries.md takes under a second."""
    memory_mb: int = 512
    """Of DuckDB. The process as a whole gets twice that."""
    n_rows: int = 10_000
    """Of the answer; further rows are not read."""
    answer_mb: int = 32
    """Of the answer, which travels to the reader's browser."""
    threads: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query gave."""

    table: pyarrow.Table
    """Column names differ; types that neither Arrow's readers nor a browser knows are text."""
    is_cut: bool
    """There are more rows than ``Limits.n_rows``, and the table holds the first ones."""
    took_s: float
    """Seconds from asking to the answer, starting the process included."""


def ask(publication: Publication, query: str, limits: Limits | None = None) -> Answer:
    """
    Ask one published copy one query, within limits that the query cannot lift.

    A fresh process each time (``warehouse.answering``): DuckDB's limits hold for an
    instance and would bind the dashboard's own; a process can be killed; and nothing
    a query leaves behind meets the next one.

    Raises:
        RefusedQueryError: The query is not one SELECT over public views, is wrong, or needs more than it may take.
    """
    limits = limits or Limits()
    if not _turns.acquire(timeout=limits.time_s):
        raise RefusedQueryError("Other queries are still being answered. Wait a moment, and ask again.")
    try:
        started = time.monotonic()
        header, body = _run(publication, query, limits)
        if "refused" in header:
            raise RefusedQueryError(header["refused"])
        with pyarrow.ipc.open_stream(body) as reader:
            table = reader.read_all()
        return Answer(table=table, is_cut=header["is_cut"], took_s=time.monotonic() - started)
    finally:
        _turns.release()


def _run(publication: Publication, query: str, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """The process's answer: a line of JSON, and an Arrow stream behind it."""
    request = {"path": str(publication.path), "query": query, **asdict(limits)}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "warehouse.answering"],
            input=json.dumps(request).encode(),
            capture_output=True,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            timeout=limits.time_s + START_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedQueryError(too_slow(limits)) from None
    if done.returncode == -signal.SIGALRM:
        raise RefusedQueryError(too_slow(limits))
    if done.returncode < 0:
        raise RefusedQueryError(
            f"The query's process died ({signal.Signals(-done.returncode).name}), most likely because it needed more "
            f"memory than the {limits.memory_mb} MB it may have. {NARROWER}"
        )
    if done.returncode:
        found = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise RefusedQueryError(
            f"The query's process failed ({found}). Try with fewer columns, or cast them to varchar."
        )
    header, _, body = done.stdout.partition(b"\n")
    return json.loads(header), body


NARROWER = "Ask for fewer days, outlets or columns, or count first: select count(*) from ..."


def too_slow(limits: Limits) -> str:
    """The sentence for a query that was stopped by the clock."""
    return f"The query took longer than {limits.time_s} s and was stopped. {NARROWER}"


def too_large(limits: Limits) -> str:
    """The sentence for a query that needs more memory than it may have."""
    return f"The query needs more than the {limits.memory_mb} MB of memory it may have. {NARROWER}"
