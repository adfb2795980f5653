"""Processes that read what strangers wrote: they may be killed, and the run goes on."""

import atexit
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from lxml.etree import LxmlError
from pebble import ProcessExpired, ProcessPool

K = TypeVar("K")
T = TypeVar("T")
TIME_LIMIT_S = 20.0

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
    workers = ProcessPool(max_workers=max(1, min(4, os.cpu_count() or 1)), context=multiprocessing.get_context("spawn"))

    def stop() -> None:
        workers.stop()  # type: ignore[no-untyped-call]  # pebble ships no types for it
        workers.join()

    atexit.register(stop)
    return workers


def run_in_workers(
    function: Callable[..., T],
    arguments: Iterable[tuple[object, ...]],
    done: Callable[[], None] = lambda: None,
    limit_s: float = TIME_LIMIT_S,
) -> list[Outcome[T]]:
    """
    Call a function once per tuple of arguments, each within its time limit.

    Returns:
        One outcome per tuple, in order. A call that took too long or died has
        an error instead of a value; the others are not affected.
    """
    futures = [pool().schedule(function, args=args, timeout=limit_s) for args in arguments]
    outcomes: list[Outcome[T]] = []
    for future in futures:
        try:
            outcomes.append(Outcome(future.result(), None))
        except (TimeoutError, FutureTimeoutError):
            outcomes.append(Outcome(None, f"took longer than {limit_s:.0f} s"))
        except ProcessExpired as error:
            outcomes.append(Outcome(None, f"the worker died ({error})"))
        except PARSER_ERRORS as error:
            outcomes.append(Outcome(None, f"{type(error).__name__}: {error}"))
        done()
    return outcomes


def each_in_workers(
    function: Callable[..., T], calls: Iterable[tuple[K, tuple[object, ...] | None]], limit_s: float = TIME_LIMIT_S
) -> Iterator[tuple[K, Outcome[T] | None]]:
    """
    Like ``run_in_workers`` for a stream: calls are taken as workers come free, a few ahead.

    Args:
        calls: A name for each call, and its arguments; ``None``: there is nothing to call.

    Yields:
        The name of a call and its outcome, in no particular order; ``None`` where nothing was called.
    """
    for name, arguments in calls:
        yield name, run_in_workers(function, [arguments], limit_s=limit_s)[0] if arguments is not None else None
