"""Homes that watch what a benchmark serves, and the memory of the processes that work for them."""

import os
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
    """Resident memory of this process and of its children, sampled while a block runs."""

    def __init__(self, every_s: float = 0.2) -> None:
        self.samples: list[tuple[int, int]] = []
        """``(this process, all its children)`` in bytes."""
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
            self.samples.append((resident_bytes(os.getpid()), sum(map(resident_bytes, children_of(os.getpid())))))


def resident_bytes(pid: int) -> int:
    """0 for a process that is gone."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def children_of(pid: int) -> list[int]:
    """Direct children of all threads of a process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found += map(int, (task / "children").read_text(encoding="ascii").split())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
