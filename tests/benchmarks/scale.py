"""What analysing, asking and publishing cost in archives of growing size: generated rows, put straight into core."""

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from prefect.logging import disable_run_logger

from flows.analyse import analyse
from tests.benchmarks.archive import N_POOL_DAYS, Story, fill, make_text, register, tell
from tests.benchmarks.uses import Spent, times_of
from tests.conftest import NOW
from warehouse.home import Home, create_home
from warehouse.publication import publish
from warehouse.reading import open_current
from warehouse.store import open_warehouse

SIZES = (10_000, 100_000, 500_000)
N_NEW = 1_000
N_BASE = 300
"""Stories in the archive that new articles copy in part or whole; the other rows of it are filled in by SQL."""
MAX_RATIO = 1.5
"""Time of the analysis on the largest archive / on the smallest, in seconds of the processor: those of the clock depend
on what else the machine does."""
MAX_MS = 300
"""Of what is asked of a view in the largest archive."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one size cost."""

    processor_s: float
    clock_s: float
    """Of the analysis of the new articles, opening and closing the database included."""
    publication_s: float
    file_mb: float
    views: dict[tuple[str, str], Spent]
    """By view or macro and what is asked of it."""


def measure() -> bool:
    """Print one table of all sizes; that analysis does not grow and no view is slow is the test."""
    found = [measure_at(size) for size in SIZES]
    ratio = found[-1].processor_s / found[0].processor_s
    slow = [use for use, spent in found[-1].views.items() if spent.clock > MAX_MS]
    _row("articles", *(f"{size:,}" for size in SIZES))
    _row(f"analyse {N_NEW:,} new, s of the processor", *(f"{one.processor_s:.1f}" for one in found))
    _row(f"analyse {N_NEW:,} new, s of the clock", *(f"{one.clock_s:.1f}" for one in found))
    _row("publish, s", *(f"{one.publication_s:.1f}" for one in found))
    _row("file, MB", *(f"{one.file_mb:,.0f}" for one in found))
    for use in found[-1].views:
        _row(f"{' '.join(use)}, ms", *(_shown(one.views.get(use)) for one in found), is_slow=use in slow)
    print("ms: of the clock / of the processor, all cores together")
    print(f"analyse: ratio {ratio:.2f} (at most {MAX_RATIO}); {len(slow)} of {len(found[-1].views)} uses of views take")
    print(f"more than {MAX_MS} ms at {SIZES[-1]:,} articles")
    return ratio <= MAX_RATIO and not slow


def measure_at(size: int) -> Measured:
    """Generate, analyse, publish and ask one home, and delete it."""
    with tempfile.TemporaryDirectory() as folder:
        home = create_home(Path(folder) / "home")
        texts = _generate(home, size)
        _analyse(home)
        rng = random.Random(size + 1)
        with open_warehouse(home, "benchmark") as warehouse:
            tell(warehouse, [_new_story(rng, number, texts) for number in range(N_NEW)])
            warehouse.sql.execute("checkpoint")
        processor_s, clock_s = _timed(lambda: _analyse(home))
        _, publication_s = _timed(lambda: publish(home))
        file_mb = home.current.stat().st_size / 2**20
        with open_current(home) as connection:
            row = connection.execute("select count(*) from cluster where n_outlets > 1").fetchone()
            assert row is not None
            assert row[0], "no text of the archive was found again"
            views = dict(times_of(connection))
    return Measured(processor_s, clock_s, publication_s, file_mb, views)


def _generate(home: Home, size: int) -> list[str]:
    """Fill a home; returns the texts of the stories that new articles copy."""
    rng = random.Random(size)
    texts = [make_text(rng, 300) for _ in range(N_BASE)]
    with open_warehouse(home, "benchmark") as warehouse:
        register(warehouse)
        fill(warehouse, size - N_BASE, texts)
        at = [NOW - timedelta(hours=1 + number % (24 * N_POOL_DAYS)) for number in range(N_BASE)]
        tell(warehouse, [Story(f"base {number}", text, at[number]) for number, text in enumerate(texts)])
    return texts


def _new_story(rng: random.Random, number: int, texts: list[str]) -> Story:
    """One in ten is a copy, three in ten take a part, the others are new."""
    text = make_text(rng, 300)
    kind = rng.random()
    if kind < 0.1:
        text = rng.choice(texts)
    elif kind < 0.4:
        text += "\n" + "\n".join(rng.choice(texts).splitlines()[:2])
    return Story(f"new {number}", text, NOW + timedelta(seconds=number))


def _analyse(home: Home) -> None:
    with disable_run_logger():
        analyse.fn(str(home.root))


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor and of the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    call()
    return time.process_time() - processor, time.perf_counter() - clock


def _shown(spent: Spent | None) -> str:
    """In an empty view there is no outlet and no article to ask for."""
    return f"{spent.clock:.0f} / {spent.processor:.0f}" if spent else "-"


def _row(label: str, *cells: str, is_slow: bool = False) -> None:
    print(f"{label:<48}{''.join(f'{cell:>16}' for cell in cells)}{'  slow' if is_slow else ''}")
