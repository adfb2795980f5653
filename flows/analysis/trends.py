"""Trends: count what is new, day by day of each outlet, so that any question about shares is a sum."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from warehouse.store import Warehouse
from warehouse.trends import OutletDay, count_days, note_state, stale_days, start_anew

TREND_VERSION: Final = "1"
"""Of the way of counting: with another one all is counted anew."""
BATCH: Final = 20_000
"""Articles counted in one transaction; of a day more are counted together."""


@dataclass(slots=True)
class TrendReport:
    """What one run did."""

    n_days: int = 0
    """Days of outlets that were counted anew."""


def analyse_trends(warehouse: Warehouse) -> TrendReport:
    """
    Count the days of outlets on which an article is new, scored anew, revised, withdrawn, or shares its text with
    others than before; everything, where the codebook or the way of counting is another one.

    Running it twice changes nothing, and an interrupted run is taken up by the next.
    """
    report = TrendReport()
    with warehouse.transaction():
        start_anew(warehouse, TREND_VERSION)
    for days in _batches(stale_days(warehouse)):
        with warehouse.transaction():
            count_days(warehouse, days)
            note_state(warehouse, TREND_VERSION)
        report.n_days += len(days)
    with warehouse.transaction():
        note_state(warehouse, TREND_VERSION)
    return report


def _batches(days: Iterable[tuple[OutletDay, int]]) -> Iterator[list[OutletDay]]:
    batch: list[OutletDay] = []
    size = 0
    for day, n in days:
        if batch and size + n > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(day)
        size += n
    if batch:
        yield batch
