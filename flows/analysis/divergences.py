"""Divergence: how far apart the classes of outlets are, day by day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from flows.analysis.series import is_reached
from framing.corpus.divergence import DatedUnit, Divergence, daily_divergence
from framing.corpus.events import q_values
from warehouse.findings import read_texts
from warehouse.store import Warehouse

WINDOWS: Final = (1, 7)
"""Days whose texts are compared together: few classes have eight independent texts on one day."""


def update_divergence(warehouse: Warehouse, shown: list[date], touched: list[date]) -> int:
    """
    Compare the classes again on the days of ``shown`` that a day touches, or that are new.

    The days shown are a family, one for each of ``WINDOWS``, so that all of them are corrected again.

    Returns:
        How many comparisons were made.
    """
    stored = {(row["day_utc"], row["n_days"]): row for row in warehouse.rows("select * from core.divergence")}
    stale = {
        (day, n_days)
        for day in shown
        for n_days in WINDOWS
        if (day, n_days) not in stored or is_reached(day, touched, n_days - 1)
    }
    kept = {key: row for key, row in stored.items() if key[0] in shown and key not in stale}
    if not stale and len(kept) == len(stored):
        return 0
    needed = {day - timedelta(days=back) for day, n_days in stale for back in range(n_days)}
    units = [
        DatedUnit(day=row["day_utc"], outlet_class=row["outlet_class"], carried=tuple(row["carried"]))
        for row in read_texts(warehouse, needed)
    ]
    for day, n_days in stale:
        ((_, found),) = daily_divergence(units, day, days=1, window=n_days)
        kept[day, n_days] = {"day_utc": day, "n_days": n_days} | _divergence_row(found, _n_by_class(units, day, n_days))
    for n_days in WINDOWS:
        family = [row for key, row in sorted(kept.items()) if key[1] == n_days]
        for row, q in zip(family, q_values([row["p"] for row in family]), strict=True):
            row |= {"n_eff": list(dict(row["n_eff"]).items()), "q": q}
    warehouse.sql.execute("delete from core.divergence")
    warehouse.merge("divergence", list(kept.values()), ("day_utc", "n_days"))
    return len(stale)


def _n_by_class(units: Iterable[DatedUnit], day: date, n_days: int) -> dict[str, int]:
    n_eff: dict[str, int] = {}
    for unit in units:
        if day - timedelta(days=n_days) < unit.day <= day:
            n_eff[unit.outlet_class] = n_eff.get(unit.outlet_class, 0) + 1
    return dict(sorted(n_eff.items()))


def _divergence_row(found: Divergence, n_eff: dict[str, int]) -> dict[str, Any]:
    return {
        "n_eff": n_eff,
        "classes": [name for name, _ in found.n_eff],
        "observed": found.observed,
        "excess": found.excess,
        "null_low": found.null_low,
        "null_high": found.null_high,
        "p": found.p,
    }
