"""Daily changes: what is different on a day from the week before it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from flows.analysis.series import Key, Rows, by_key, is_reached, named
from framing.corpus.changes import MOST, PAST_DAYS, DayChange, day_change
from framing.corpus.events import DayCount, q_values
from framing.corpus.intervals import MIN_EFFECTIVE
from warehouse.findings import read_series
from warehouse.store import Warehouse

FOUND: Final = 0.05
"""The share of false findings among those told of a day; the views say the same of theirs."""


def update_changes(warehouse: Warehouse, shown: list[date], touched: list[date]) -> int:
    """
    Hold those days of ``shown`` against the week before them that a day touches, or that are new.

    Returns:
        How many days were.
    """
    stored = {row["day_utc"] for row in warehouse.rows("select day_utc from core.change_day")}
    stale = [day for day in shown if day not in stored or is_reached(day, touched, PAST_DAYS)]
    gone = sorted({*stale, *(stored - set(shown))})
    for table in ("change_day", "daily_change"):
        warehouse.sql.execute(f"delete from core.{table} where day_utc in (select unnest($1::date[]))", [gone])
    if not stale:
        return 0
    series = by_key(read_series(warehouse, "outlet", stale[0] - timedelta(days=PAST_DAYS), stale[-1]))
    days: Rows = []
    rows: Rows = []
    for day in stale:
        known = {key: counts for key, counts in series.items() if day in counts}
        changes = _changes(known, day)
        told = _told(changes)
        n_too_few = len(known) - len(changes)
        days.append({"day_utc": day, "n_compared": len(changes), "n_too_few": n_too_few, "n_found": len(told)})
        rows += [{"day_utc": day, "position": place} | row for place, row in enumerate(told[:MOST], 1)]
    warehouse.merge("change_day", days, ("day_utc",))
    warehouse.merge("daily_change", rows, ("day_utc", "position"))
    return len(stale)


def _changes(series: Mapping[Key, Mapping[date, DayCount]], day: date) -> dict[Key, DayChange]:
    """All frames in all outlets and classes that have texts enough on that day and before: one family."""
    return {
        key: change
        for key, counts in series.items()
        if counts[day].n_eff >= MIN_EFFECTIVE and (change := day_change(list(counts.values()), day))
    }


def _told(changes: Mapping[Key, DayChange]) -> Rows:
    """What is found, the surest first."""
    q_of = zip(changes.items(), q_values([change.p for change in changes.values()]), strict=True)
    found = sorted((q, change.p, key) for (key, change), q in q_of if q is not None and q < FOUND)
    return [named(key) | _change_row(changes[key]) | {"q": q} for q, _, key in found]


def _change_row(change: DayChange) -> dict[str, object]:
    return {
        "k_eff": change.k,
        "n_eff": change.n,
        "k_before": change.k_before,
        "n_before": change.n_before,
        "delta": change.delta,
        "delta_low": change.interval.low,
        "delta_high": change.interval.high,
        "p": change.p,
    }
