"""Homes that watch what a benchmark serves, and what the processes that work for them need of memory and time."""

import os
from collections.abc import Callable, Iterable, Sequence
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
        progress: How far the block has come, in whatever it counts.
    """

    def __init__(self, others: Iterable[int], every_s: float = 0.2, progress: Callable[[], int] = lambda: 0) -> None:
        self.samples: list[tuple[int, int, int]] = []
        """``(progress, this process, the largest of its workers)``, memory in bytes."""
        self._progress = progress
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

    def peaks_mb(self) -> tuple[float, float]:
        """Highest of this process and of its largest worker."""
        return _peaks_mb(self.samples)

    def peaks_by_progress(self, step: int, last: int) -> dict[int, tuple[float, float]]:
        """The same on the way to each multiple of ``step``, up to the last."""
        ends = range(step, last + 1, step)
        return {end: _peaks_mb([one for one in self.samples if end - step <= one[0] < end]) for end in ends}

    def _watch(self) -> None:
        while not self._is_over.wait(self._every_s):
            workers = children() - self._others
            largest = max(map(resident_bytes, workers), default=0)
            self.samples.append((self._progress(), resident_bytes(os.getpid()), largest))


def _peaks_mb(samples: Sequence[tuple[int, int, int]]) -> tuple[float, float]:
    return max(own for _, own, _ in samples) / MB, max(theirs for _, _, theirs in samples) / MB


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
