"""Processes that read what strangers wrote: they may be killed, and the run goes on."""

import atexit
import multiprocessing
import os
import resource
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from lxml.etree import LxmlError
from pebble import ProcessExpired, ProcessPool

K = TypeVar("K")
T = TypeVar("T")
TIME_LIMIT_S = 20.0
MEMORY_LIMIT = 640 * 2**20
"""Bytes of data one worker may hold. The largest feed we take, 15 MB, needs 460 MB, a page of 2 MB of paragraphs
160 MB; 400,000 list items in one page would need 930 MB, and four such pages at once a small machine."""
TASKS = 5_000
"""After which a worker makes room for a fresh one. On 1,600 real pages its memory stays at 139 MB, but a leak of a
library would some day have every page fail at the limit; the fresh start takes 2.5 s, 1 % of its work."""
BYTES_AHEAD = 16 * 2**20
"""Of bodies that wait for a worker: a feed may be as large as that, and forty of them must not be held at once."""
CALLS_AHEAD = 8
"""Per worker: what it works on while the results of others are stored. Their arguments wait in memory."""

PARSER_ERRORS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    MemoryError,
    LxmlError,
)
"""What parsers raise on documents nobody foresaw: a fault of the document, stored with it."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A worker's result, or why there is none."""

    value: T | None
    error: str | None


@cache
def pool() -> ProcessPool:
    """
    The workers of this process, started when first used and kept.

    Spawned, not forked: a forked child would inherit the descriptor of the
    writer's lock and go on holding it after its parent was killed.
    """
    workers = ProcessPool(
        max_workers=n_workers(),
        max_tasks=TASKS,
        context=multiprocessing.get_context("spawn"),
        initializer=_limit_memory,
        initargs=(MEMORY_LIMIT,),
    )

    def stop() -> None:
        workers.stop()  # type: ignore[no-untyped-call]  # pebble ships no types for it
        workers.join()

    atexit.register(stop)
    return workers


def n_workers() -> int:
    """One per core, up to four: beyond that the writer is what takes time."""
    return max(1, min(4, os.cpu_count() or 1))


def run_in_workers(
    function: Callable[..., T],
    arguments: Iterable[tuple[object, ...]],
    done: Callable[[], None] = lambda: None,
    limit_s: float = TIME_LIMIT_S,
) -> list[Outcome[T]]:
    """
    Call a function once per tuple of arguments, each within its limits of time and memory.

    Returns:
        One outcome per tuple, in order. A call that took too long or died has
        an error instead of a value; the others are not affected.
    """
    outcomes: dict[int, Outcome[T]] = {}
    for number, outcome in each_in_workers(function, enumerate(arguments), limit_s):
        if outcome is not None:
            outcomes[number] = outcome
        done()
    return [outcomes[number] for number in range(len(outcomes))]


def each_in_workers(
    function: Callable[..., T], calls: Iterable[tuple[K, tuple[object, ...] | None]], limit_s: float = TIME_LIMIT_S
) -> Iterator[tuple[K, Outcome[T] | None]]:
    """
    Like ``run_in_workers`` for a stream: calls are taken as workers come free, a few ahead.

    Closing the iterator ends what is under way.

    Args:
        calls: A name for each call, and its arguments; ``None``: there is nothing to call. Taken in the
            caller's thread: outcomes that are there wait while it has to be waited for.

    Yields:
        The name of a call and its outcome, in no particular order; ``None`` where nothing was called, at once.
    """
    ahead = CALLS_AHEAD * n_workers()
    running: dict[Future[T], K] = {}
    sizes: dict[Future[T], int] = {}
    try:
        for name, arguments in calls:
            if arguments is None:
                yield name, None
            else:
                future: Future[T] = pool().schedule(function, args=arguments, timeout=limit_s)
                running[future], sizes[future] = name, sum(len(one) for one in arguments if isinstance(one, bytes))
            for future in [done for done in running if done.done()]:
                del sizes[future]
                yield running.pop(future), _outcome(future, limit_s)
            while len(running) >= ahead or sum(sizes.values()) >= BYTES_AHEAD:
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    del sizes[future]
                    yield running.pop(future), _outcome(future, limit_s)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), _outcome(future, limit_s)
    finally:
        for future in running:
            future.cancel()


def _outcome(future: Future[T], limit_s: float) -> Outcome[T]:
    try:
        return Outcome(future.result(), None)
    except (TimeoutError, FutureTimeoutError):
        return Outcome(None, f"took longer than {limit_s:g} s")
    except ProcessExpired as error:
        return Outcome(None, f"the worker died ({error})")
    except MemoryError:
        return Outcome(None, f"needed more than {MEMORY_LIMIT // 2**20} MB of memory")
    except PARSER_ERRORS as error:
        return Outcome(None, f"{type(error).__name__}: {error}")


def _limit_memory(n_bytes: int) -> None:
    """
    For this process and for good. Where the system does not know the limit, there is none.

    ``RLIMIT_DATA`` counts what was allocated; ``RLIMIT_AS`` would count the libraries and reserved
    addresses as well, which differ from machine to machine.
    """
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = n_bytes if most == resource.RLIM_INFINITY else min(n_bytes, most)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
