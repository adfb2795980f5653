"""Event effects: before and after, at the events of the registry that new articles touch."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from flows.analysis.series import Key, Rows, by_key, named
from framing.corpus.events import EventEffect, event_effect, neighbours, q_values
from warehouse.findings import VOICES, read_series
from warehouse.store import Warehouse

AROUND_DAYS: Final = 28
"""Days on either side of an event from which the scatter is taken: an old event is done, whatever comes later."""


def update_effects(warehouse: Warehouse, touched: list[date]) -> int:
    """
    Compare before and after again at the events that a day touches, that are new, or that the registry moved.

    Returns:
        How many effects were stored.
    """
    days = {
        row["event_id"]: row["day_utc"]
        for row in warehouse.rows(
            "select event_id, cast(event_time_utc at time zone 'UTC' as date) as day_utc "
            "from core.event where is_watched"
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
        {"event_id": event_id, "voice": voice} | row
        for voice in VOICES
        for day, effects in _effects(warehouse, voice, sorted({days[event_id] for event_id in stale})).items()
        for event_id in sorted(stale)
        if days[event_id] == day
        for row in effects
    ]
    warehouse.merge("event_effect", rows, ("event_id", "voice", "unit_kind", "unit", "frame_id"))
    return len(rows)


def _effects(warehouse: Warehouse, voice: str, days: list[date]) -> dict[date, Rows]:
    """The effects at each of these days, which are ascending."""
    if not days:
        return {}
    span = timedelta(days=AROUND_DAYS)
    series = by_key(read_series(warehouse, voice, days[0] - span, days[-1] + span))
    return {
        day: _family_rows(
            (key, event_effect([row for row in counts.values() if abs(row.day - day) <= span], day))
            for key, counts in series.items()
        )
        for day in days
    }


def _family_rows(found: Iterable[tuple[Key, EventEffect]]) -> Rows:
    """One family per kind of unit: all frames in all outlets, or in all classes, at one event in one voice."""
    rows: Rows = []
    measured = [(key, effect) for key, effect in found if effect.n_before + effect.n_after]
    for _, family in groupby(measured, key=lambda one: one[0][0]):
        members = list(family)
        for (key, effect), q in zip(members, q_values([effect.p for _, effect in members]), strict=True):
            rows.append(named(key) | _effect_row(effect, q))
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
