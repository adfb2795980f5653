"""Portraits of outlets: whom they let speak and doubt, and what they leave out."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flows.batches import batches
from framing.codebook import Codebook
from framing.corpus.intervals import MIN_EFFECTIVE, ClusterSums
from framing.corpus.marks import event_marks
from framing.corpus.omission import Watch, omissions
from framing.corpus.slant import Slant, slant
from framing.records import Event
from framing.registry_files import Registry
from warehouse.omissions import (
    BEFORE,
    are_all_answered,
    gaps_found_after,
    known_windows,
    newest_poll,
    save_omissions,
    see_windows,
)
from warehouse.portraits import (
    counted_until,
    forget_until,
    full_version,
    note_state,
    portray,
    stale_articles,
    start_anew,
)
from warehouse.slants import attribution_sums, save_slants
from warehouse.store import Warehouse

PORTRAIT_VERSION: Final = "1"
"""Of the way of counting: with another one all is counted anew."""
BATCH: Final = 20_000
"""Articles counted in one transaction."""
AHEAD: Final = timedelta(hours=12)
"""How long before an event's time its window begins: noon stands for a day of which no hour is known."""
BEHIND: Final = timedelta(hours=48)
"""How long after it the window ends: a late edition in another time zone, and the day after."""
MAX_MARKED: Final = 0.1
"""Share of articles before an event that may name all of its marks. Above it an outlet with eight articles in the
window would more likely than not "cover" any event (1 - 0.9 ** 8 = 0.57)."""


@dataclass(slots=True)
class PortraitReport:
    """What one run did."""

    n_counted: int = 0
    """Articles counted anew."""
    n_events: int = 0
    """Events whose omissions were told anew."""


def analyse_portraits(warehouse: Warehouse, registry: Registry) -> PortraitReport:
    """
    Count the articles that are new or stand otherwise than they were counted, and tell anew what rests on them.

    Running it twice changes nothing, and an interrupted run is taken up by the next: the count of an article is
    noted with it, and what is told from all is told in the same transaction as the last of them.
    """
    version = full_version(warehouse, PORTRAIT_VERSION)
    with warehouse.transaction():
        start_anew(warehouse, version)
    until = counted_until(warehouse)
    stale = stale_articles(warehouse)
    for batch in batches([row["article_id"] for row in stale], BATCH):
        with warehouse.transaction():
            forget_until(warehouse)  # should this run end here, the next one tells everything anew
            portray(warehouse, batch)
    with warehouse.transaction():
        if stale or until is None:
            save_slants(warehouse, [_slant_row(row) for row in attribution_sums(warehouse)])
        moments = {row[name] for row in stale for name in ("published_utc", "counted_utc")} - {None}
        n_events = _tell_omissions(warehouse, registry, until, moments)
        note_state(warehouse, version)
    return PortraitReport(len(stale), n_events)


def window_of(event: Event) -> tuple[datetime, datetime]:
    """When an article on the event is published: from, and up to but without."""
    return event.event_time_utc - AHEAD, event.event_time_utc + BEHIND


def _slant_row(row: dict[str, Any]) -> dict[str, object]:
    own, others = (
        ClusterSums(**{name: row[f"{whose}_{name}"] for name in ("count", "k", "n", "kk", "kn", "nn")})
        for whose in ("own", "others")
    )
    return {
        "by_what": row["by_what"],
        "whose": row["whose"],
        **_flat(slant(row["outlet_id"], row["whose"], own, others)),
    }


def _flat(found: Slant) -> dict[str, object]:
    return {
        "outlet_id": found.outlet_id,
        "k": found.n_doubting,
        "n": found.n,
        "n_eff": found.n_eff,
        "share": found.share,
        "share_low": found.interval.low,
        "share_high": found.interval.high,
        "too_few": found.too_few,
        "others_share": found.others_share,
        "ratio": found.ratio,
        "ratio_low": found.ratio_interval.low if found.ratio_interval else None,
        "ratio_high": found.ratio_interval.high if found.ratio_interval else None,
        "p": found.p,
    }


def _tell_omissions(
    warehouse: Warehouse, registry: Registry, until: datetime | None, moments: Collection[datetime]
) -> int:
    """
    Of events that have begun, where something may say something new; returns how many.

    Args:
        until: The newest poll when they were last told; ``None``: tell all.
        moments: When the articles that were counted anew were published, now and as they were counted before.
    """
    now = newest_poll(warehouse)
    begun = [event for event in registry.events if now is not None and window_of(event)[0] <= now]
    known = known_windows(warehouse) if are_all_answered(warehouse) else {}
    gaps = gaps_found_after(warehouse, until) if until is not None else []
    stale = [
        window
        for window in (_window(event, registry.codebook) for event in begun)
        if known.get(window["event_id"]) != (window["marks"], window["from_utc"], window["to_utc"])
        or any(window["from_utc"] - BEFORE <= at < window["to_utc"] for at in moments)
        or any(gap["from_utc"] < window["to_utc"] and gap["to_utc"] >= window["from_utc"] for gap in gaps)
        or (now != until and (until is None or until < window["to_utc"]))
    ]
    if stale or set(known) - {event.event_id for event in begun}:
        windows, watches = see_windows(warehouse, stale) if stale else ([], [])
        apart = {row["event_id"]: _is_told_apart(row) for row in windows}
        found = omissions([Watch(**row, is_told_apart=apart[row["event_id"]]) for row in watches])
        save_omissions(warehouse, windows, [asdict(one) for one in found], [event.event_id for event in begun])
    return len(stale)


def _window(event: Event, codebook: Codebook) -> dict[str, Any]:
    begins, ends = window_of(event)
    return {
        "event_id": event.event_id,
        "marks": list(event_marks(event, codebook)),
        "from_utc": begins,
        "to_utc": ends,
    }


def _is_told_apart(row: dict[str, Any]) -> bool:
    """Whether the marks say something: there are some, and few of enough articles before the event named them all."""
    is_known = row["n_before"] >= MIN_EFFECTIVE
    return bool(row["marks"]) and is_known and row["n_marked_before"] <= MAX_MARKED * row["n_before"]
