"""Being told to stop: Ctrl-C, a signal to terminate, a closed terminal."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import Any, NoReturn

Handler = Callable[[int, FrameType | None], Any] | int | None

_asked = Event()


@contextmanager
def stoppable() -> Iterator[None]:
    """
    Within this block, each way of being told to stop raises KeyboardInterrupt.

    By default the last two end Python on the spot, and what it started lives on. The
    terminal's end is left alone where nohup said to outlive it.

    Where the signal comes while Python runs a finaliser or a weak reference's callback, it
    drops the exception and prints a traceback. Here it prints nothing, and ``stop_if_asked``
    still knows.
    """
    outlives = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    numbers = (signal.SIGINT, signal.SIGTERM) if outlives else (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    previous = {number: signal.signal(number, _stop) for number in numbers}
    report, sys.unraisablehook = sys.unraisablehook, _report_but_stops
    try:
        yield
    finally:
        sys.unraisablehook = report
        _restore(previous)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Within this block nobody is heard: a second Ctrl-C would leave behind what the first is about to stop."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    previous = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        _restore(previous)


def stop_if_asked() -> None:
    """
    Called between two steps of a longer work.

    Prefect swallows the exception when the signal comes while it winds up a flow or a task.

    Raises:
        KeyboardInterrupt: We were told to stop.
    """
    if _asked.is_set():
        raise KeyboardInterrupt


def _restore(previous: dict[signal.Signals, Handler]) -> None:
    """Not once we were told to stop: the command is on its way out, and another Ctrl-C would only break that off."""
    for number, handler in previous.items():
        signal.signal(number, signal.SIG_IGN if _asked.is_set() else handler)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    _asked.set()
    raise KeyboardInterrupt


def _report_but_stops(unraisable: "sys.UnraisableHookArgs") -> None:
    if not (_asked.is_set() and isinstance(unraisable.exc_value, KeyboardInterrupt)):
        sys.__unraisablehook__(unraisable)
