"""A web server in a process of its own, so that its time can be told from ours."""

import multiprocessing
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from tests.site import Page, Site

Answer = Callable[[str, str], Page | None]
"""What a host answers under a path; ``None``: 404."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    port: int
    pid: int
    _pipe: Connection

    def cpu_s(self) -> float:
        """Seconds of processor time it has used so far."""
        self._pipe.send("cpu")
        return float(self._pipe.recv())


class _Computed(Site):
    def __init__(self, make: Answer) -> None:
        super().__init__()
        self._make = make

    def answer(self, host: str, path: str) -> Page:
        return self._make(host.partition(":")[0], path) or (404, {}, b"not here")


@contextmanager
def serving(make: Callable[[], Answer]) -> Iterator[Served]:
    """
    Serve on a free port for any host name.

    Args:
        make: Called in the server's process, so that what it serves need not travel; a module's function.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(make, theirs), daemon=True)
    process.start()
    try:
        yield Served(int(ours.recv()), process.pid or 0, ours)
    finally:
        ours.send("stop")
        process.join(10)


def _serve(make: Callable[[], Answer], pipe: Connection) -> None:
    with _Computed(make()) as site:
        pipe.send(site.port)
        while pipe.recv() != "stop":
            used = resource.getrusage(resource.RUSAGE_SELF)
            pipe.send(used.ru_utime + used.ru_stime)
            site.requests.clear()
