"""Findings: what changed where, held against chance, of the days on which articles are new."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flows.analysis.day_changes import update_changes
from flows.analysis.divergences import update_divergence
from flows.analysis.event_effects import update_effects
from flows.analysis.levels import update_points
from framing.corpus.divergence import DAYS
from warehouse.findings import note_state, recount, span, start_anew
from warehouse.store import Warehouse

FINDINGS_VERSION: Final = "1"
"""Of the methods and their thresholds: with another one everything is found anew."""


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
        shown = _shown(span(warehouse))
        report.n_effects = update_effects(warehouse, touched)
        report.n_series = update_points(warehouse, shown)
        report.n_divergences = update_divergence(warehouse, shown, touched)
        report.n_changes = update_changes(warehouse, shown, touched)
        note_state(warehouse, FINDINGS_VERSION)
    return report


def _shown(known: tuple[date, date] | None) -> list[date]:
    """The last 90 days, as far as there are texts so old."""
    if known is None:
        return []
    first, last = known
    return [last - timedelta(days=back) for back in range(min(DAYS - 1, (last - first).days), -1, -1)]
