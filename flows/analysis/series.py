"""Series of daily counts, and what a day touches: what the parts of the findings share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from framing.corpus.events import DayCount

Key = tuple[str, str, str]
"""Kind of unit, unit and frame."""
Rows = list[dict[str, object]]


def by_key(rows: Iterable[dict[str, Any]]) -> dict[Key, dict[date, DayCount]]:
    """Series by kind of unit, unit and frame, in the order of the rows."""
    series: dict[Key, dict[date, DayCount]] = {}
    for row in rows:
        count = DayCount(day=row["day_utc"], k_eff=row["k_eff"], n_eff=row["n_eff"])
        series.setdefault((row["unit_kind"], row["unit"], row["frame_id"]), {})[count.day] = count
    return series


def named(key: Key) -> dict[str, object]:
    return dict(zip(("unit_kind", "unit", "frame_id"), key, strict=True))


def is_reached(day: date, touched: Iterable[date], n_days: int) -> bool:
    """Whether one of the days touched is this day or up to ``n_days`` before it."""
    return any(0 <= (day - other).days <= n_days for other in touched)
