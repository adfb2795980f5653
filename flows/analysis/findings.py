"""Findings: what changed where, held against chance, of the days on which articles are new."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from framing.corpus.changepoints import MIN_BINS, change_points
from framing.corpus.changes import MOST, PAST_DAYS, DayChange, day_change
from framing.corpus.divergence import DAYS, DatedUnit, Divergence, daily_divergence
from framing.corpus.events import DayCount, EventEffect, event_effect, neighbours, q_values
from framing.corpus.intervals import MIN_EFFECTIVE
from warehouse.findings import VOICES, last_day, note_state, read_series, read_texts, recount, start_anew
from warehouse.store import Warehouse

FINDINGS_VERSION: Final = "1"
"""Of the methods and their thresholds: with another one everything is found anew."""
AROUND_DAYS: Final = 28
"""Days on either side of an event from which the scatter is taken: an old event is done, whatever comes later."""
FOUND: Final = 0.05
"""The share of false findings among those told, within a family."""
WINDOWS: Final = (1, 7)
"""Days whose texts are compared together: few classes have eight independent texts on one day."""

Key = tuple[str, str, str]
"""Kind of unit, unit and frame."""
Rows = list[dict[str, object]]


@dataclass(slots=True)
class FindingsReport:
    """What one run did."""

    n_days: int = 0
    """Days counted anew."""
    n_effects: int = 0
    n_series: int = 0
    """Series looked through for changes of level."""
    n_divergences: int = 0
    n_changes: int = 0
    """Days held against the week before."""


def analyse_findings(warehouse: Warehouse) -> FindingsReport:
    """
    Find again what a day touches on which an article is new, revised, withdrawn, scored or clustered otherwise.

    An event is touched by days up to ``AROUND_DAYS`` away, a daily change by those of the five weeks before it; all
    else stays. Everything is found anew under another codebook or other methods. Running it twice changes nothing, and
    an interrupted run leaves all as it was.
    """
    with warehouse.transaction():
        start_anew(warehouse, FINDINGS_VERSION)
        touched = recount(warehouse)
        report = FindingsReport(n_days=len(touched))
        last = last_day(warehouse)
        shown = [last - timedelta(days=back) for back in range(DAYS - 1, -1, -1)] if last else []
        report.n_effects = _update_effects(warehouse, touched)
        report.n_series = _update_points(warehouse, shown)
        report.n_divergences = _update_divergence(warehouse, shown, touched)
        report.n_changes = _update_changes(warehouse, shown, touched)
        note_state(warehouse, FINDINGS_VERSION)
    return report


def _update_effects(warehouse: Warehouse, touched: list[date]) -> int:
    days = {
        row["event_id"]: row["day_utc"]
        for row in warehouse.rows(
            "select event_id, cast(event_time_utc at time zone 'UTC' as date) as day_utc from core.event where is_watched"
        )
    }
    events = {
        event_id: {"event_id": event_id, "day_utc": days[event_id], "neighbours": list(others)}
        for event_id, others in neighbours(days).items()
    }
    stored = {row["event_id"]: row for row in warehouse.rows("select * from core.finding_event")}
    span = timedelta(days=AROUND_DAYS)
    stale = {
        event_id
        for event_id, event in events.items()
        if event != stored.get(event_id) or any(abs(day - days[event_id]) <= span for day in touched)
    }
    gone = sorted(stale | (stored.keys() - events.keys()))
    for table in ("finding_event", "event_effect"):
        warehouse.sql.execute(f"delete from core.{table} where event_id in (select unnest($1::varchar[]))", [gone])
    warehouse.merge("finding_event", [events[event_id] for event_id in sorted(stale)], ("event_id",))
    rows = [
        row
        for event_id in sorted(stale)
        for voice in VOICES
        for row in _effects(warehouse, event_id, days[event_id], voice)
    ]
    warehouse.merge("event_effect", rows, ("event_id", "voice", "unit_kind", "unit", "frame_id"))
    return len(rows)


def _effects(warehouse: Warehouse, event_id: str, day: date, voice: str) -> Rows:
    """One family per kind of unit: all frames in all outlets, or in all classes, at one event in one voice."""
    span = timedelta(days=AROUND_DAYS)
    found = [
        (key, effect)
        for key, series in _by_key(read_series(warehouse, voice, day - span, day + span)).items()
        if (effect := event_effect(list(series.values()), day)).n_before + effect.n_after
    ]
    rows: Rows = []
    for _, family in groupby(found, key=lambda one: one[0][0]):
        members = list(family)
        for (key, effect), q in zip(members, q_values([effect.p for _, effect in members]), strict=True):
            rows.append({"event_id": event_id, "voice": voice} | _named(key) | _effect_row(effect, q))
    return rows


def _effect_row(effect: EventEffect, q: float | None) -> dict[str, object]:
    interval = effect.interval
    return {
        "k_before": effect.k_before,
        "n_before": effect.n_before,
        "k_after": effect.k_after,
        "n_after": effect.n_after,
        "too_few": effect.too_few,
        "ratio": effect.ratio,
        "ratio_low": interval.low if interval else None,
        "ratio_high": interval.high if interval and interval.high < float("inf") else None,  # JSON knows no infinity
        "p": effect.p,
        "q": q,
        "scatter": effect.scatter,
    }


def _update_points(warehouse: Warehouse, shown: list[date]) -> int:
    """Classes only: a search takes an eighth of a second, and single outlets would make it minutes a run."""
    series = (
        _by_key(read_series(warehouse, "outlet", shown[0], shown[-1], unit_kind="class")) if shown else {}
    )
    stored = {
        (row["unit"], row["frame_id"]): row["digest"] for row in warehouse.rows("select * from core.change_series")
    }
    long = {key[1:]: counts for key, counts in series.items() if len(counts) >= MIN_BINS}
    digests = {key: _digest(counts) for key, counts in long.items()}
    stale = [key for key, digest in digests.items() if stored.get(key) != digest]
    gone = [*stale, *(stored.keys() - digests.keys())]
    for table in ("change_series", "change_point"):
        for unit, frame_id in gone:
            warehouse.sql.execute(f"delete from core.{table} where unit = $1 and frame_id = $2", [unit, frame_id])
    searched: Rows = [
        {"unit": unit, "frame_id": frame, "digest": digests[unit, frame], "n_bins": len(long[unit, frame])}
        for unit, frame in stale
    ]
    warehouse.merge("change_series", searched, ("unit", "frame_id"))
    points = [point for unit, frame in stale for point in _points(unit, frame, long[unit, frame])]
    warehouse.merge("change_point", points, ("unit", "frame_id", "day_utc"))
    return len(stale)


def _points(unit: str, frame_id: str, counts: Mapping[date, DayCount]) -> Rows:
    days = sorted(counts)
    found = change_points([(counts[day].k_eff, counts[day].n_eff) for day in days])
    return [
        {
            "unit": unit,
            "frame_id": frame_id,
            "day_utc": days[point.bin],
            "share_before": point.share_before,
            "share_after": point.share_after,
            "held_by": point.held_by,
        }
        for point in (found.points if found else ())
    ]


def _digest(counts: Mapping[date, DayCount]) -> str:
    text = " ".join(f"{day} {counts[day].k_eff} {counts[day].n_eff}" for day in sorted(counts))
    return hashlib.sha256(text.encode()).hexdigest()


def _update_divergence(warehouse: Warehouse, shown: list[date], touched: list[date]) -> int:
    """The days shown are a family, one for each of ``WINDOWS``."""
    stored = {(row["day_utc"], row["n_days"]): row for row in warehouse.rows("select * from core.divergence")}
    stale = {
        (day, n_days)
        for day in shown
        for n_days in WINDOWS
        if (day, n_days) not in stored or _reached(day, touched, n_days - 1)
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


def _update_changes(warehouse: Warehouse, shown: list[date], touched: list[date]) -> int:
    stored = {row["day_utc"] for row in warehouse.rows("select day_utc from core.change_day")}
    stale = [day for day in shown if day not in stored or _reached(day, touched, PAST_DAYS)]
    gone = sorted({*stale, *(stored - set(shown))})
    for table in ("change_day", "daily_change"):
        warehouse.sql.execute(f"delete from core.{table} where day_utc in (select unnest($1::date[]))", [gone])
    if not stale:
        return 0
    series = _by_key(read_series(warehouse, "outlet", stale[0] - timedelta(days=PAST_DAYS), stale[-1]))
    for day in stale:
        known = {key: counts for key, counts in series.items() if day in counts}
        changes = _changes(known, day)
        told = _told(changes)
        row = {"n_compared": len(changes), "n_too_few": len(known) - len(changes), "n_found": len(told)}
        warehouse.merge("change_day", [{"day_utc": day} | row], ("day_utc",))
        positions = [{"day_utc": day, "position": place} | row for place, row in enumerate(told[:MOST], 1)]
        warehouse.merge("daily_change", positions, ("day_utc", "position"))
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
    return [_named(key) | _change_row(changes[key]) | {"q": q} for q, _, key in found]


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


def _by_key(rows: Iterable[dict[str, Any]]) -> dict[Key, dict[date, DayCount]]:
    """Series by kind of unit, unit and frame, in the order of the rows."""
    series: dict[Key, dict[date, DayCount]] = {}
    for row in rows:
        count = DayCount(day=row["day_utc"], k_eff=row["k_eff"], n_eff=row["n_eff"])
        series.setdefault((row["unit_kind"], row["unit"], row["frame_id"]), {})[count.day] = count
    return series


def _named(key: Key) -> dict[str, object]:
    return dict(zip(("unit_kind", "unit", "frame_id"), key, strict=True))


def _reached(day: date, touched: Iterable[date], n_days: int) -> bool:
    """Whether one of the days touched is this day or up to ``n_days`` before it."""
    return any(0 <= (day - other).days <= n_days for other in touched)
