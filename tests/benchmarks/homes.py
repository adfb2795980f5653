"""Homes that watch what a benchmark serves, and what the processes that work for them need of memory and time."""

import os
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread

from tests.conftest import outlet_toml
from warehouse.home import Home, create_home

MB = 2**20


def watching(root: Path, feeds: dict[str, list[str]]) -> Home:
    """A home that watches these outlets alone, by their feeds, and keeps every text."""
    home = create_home(root)
    shipped = Path(__file__).parents[2] / "framing" / "registry" / "watch.toml"
    text = shipped.read_text(encoding="utf-8").replace("shipped_outlets = true", "shipped_outlets = false")
    (home.registry / "watch.toml").write_text(text, encoding="utf-8")
    (home.registry / "outlets").mkdir()
    for outlet_id, urls in feeds.items():
        path = home.registry / "outlets" / f"{outlet_id}.toml"
        path.write_text(outlet_toml(outlet_id, urls, keep="everything"), encoding="utf-8")
    return home


class Memory:
    """
    Resident memory of this process and of its workers, sampled while a block runs.

    Args:
        others: Children that are no workers.
    """

    def __init__(self, others: Iterable[int], every_s: float = 0.2) -> None:
        self.samples: list[tuple[int, int]] = []
        """``(this process, the largest of its workers)`` in bytes."""
        self._others = set(others)
        self._every_s = every_s
        self._is_over = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._is_over.set()
        self._thread.join()

    def peaks_mb(self, first: float, last: float) -> tuple[float, float]:
        """Highest of both between two moments, as fractions of the whole time."""
        part = self.samples[int(first * len(self.samples)) : max(1, int(last * len(self.samples)))]
        return max(own for own, _ in part) / MB, max(theirs for _, theirs in part) / MB

    def _watch(self) -> None:
        while not self._is_over.wait(self._every_s):
            workers = children() - self._others
            self.samples.append((resident_bytes(os.getpid()), max(map(resident_bytes, workers), default=0)))


def resident_bytes(pid: int) -> int:
    """0 for a process that is gone."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def cpu_s(pids: Iterable[int]) -> float:
    """Seconds of processor time that these processes have used so far, all their threads together."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children() -> set[int]:
    """Direct children of all threads of this process."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        try:
            found.update(map(int, (task / "children").read_text(encoding="ascii").split()))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
