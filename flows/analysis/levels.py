"""Change points: where the level of a class's use of a frame moved."""

import hashlib
from collections.abc import Mapping
from datetime import date

from flows.analysis.series import Rows, by_key
from framing.corpus.changepoints import MIN_BINS, change_points
from framing.corpus.events import DayCount
from warehouse.findings import read_series
from warehouse.store import Warehouse


def update_points(warehouse: Warehouse, shown: list[date]) -> int:
    """
    Look again through the series of which a count changed; ``shown`` are the days looked through, ascending.

    Classes only: a search takes an eighth of a second, and single outlets would make it minutes a run.

    Returns:
        How many series were looked through.
    """
    series = by_key(read_series(warehouse, "outlet", shown[0], shown[-1], unit_kind="class")) if shown else {}
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
