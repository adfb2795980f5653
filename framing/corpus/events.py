"""Whether a share changed at an event that was named before anybody looked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from scipy.stats import false_discovery_control

from framing.corpus.intervals import MIN_EFFECTIVE, Interval
from framing.corpus.ratios import ratio_interval, ratio_p, share_ratio

WINDOW_DAYS: Final = 7
"""A week on either side: both hold the same days of the week, on which newsrooms publish differently."""
MIN_DAYS: Final = 3
"""Days with a measured text that each side needs: the scatter between days is the measure of chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """The independent texts of one day."""

    day: date
    k_eff: float
    """Texts that carry the frame, 0 <= k_eff <= n_eff."""
    n_eff: int
    """Texts in which it was measured; a text in many copies counts once, on the day it was first seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEffect:
    """The share of texts that carry a frame after an event, over that before it."""

    k_before: float
    n_before: int
    k_after: float
    n_after: int
    too_few: bool
    """Either side has too few texts or days: counts are shown, no figure is."""
    ratio: float | None
    """Share after / share before, half a text added to carriers and to others; ``None``: too few."""
    interval: Interval | None
    """95 %; the upper bound is ``inf`` where nothing carried before."""
    p: float | None
    """How often chance alone gives a ratio so far from 1."""
    scatter: float | None
    """Variance between days over what chance gives, at least 1: it widens the interval by its root."""


def event_effect(series: Sequence[DayCount], event_day: date, window: int = WINDOW_DAYS) -> EventEffect:
    """
    Compare the shares before and after one event.

    The day of the event belongs to neither side: many events are known to the day only. Articles of one day follow
    the same news, so days scatter more than independent texts would; the interval is widened by that scatter, which
    is measured within blocks of ``window`` days over the whole series: hand over weeks, not only the two windows.

    Args:
        series: Days in any order, none twice; a day without a row, or with ``n_eff`` 0, is not measured, not zero.
        event_day: In the same calendar as the days.
        window: Days on either side, >= 1.

    Returns:
        One effect. It compares two periods: what else happened in them is in it (``neighbours``).

    Source:
        The score method of ``ratios``; the scatter as in McCullagh and Nelder (1989), Generalized Linear Models,
        section 4.5, never taken to be below 1. Chance is measured in tests/framing/corpus.
    """
    span = timedelta(days=window)
    before = [row for row in series if row.n_eff and event_day - span <= row.day < event_day]
    after = [row for row in series if row.n_eff and event_day < row.day <= event_day + span]
    k_before, n_before = sum(row.k_eff for row in before), sum(row.n_eff for row in before)
    k_after, n_after = sum(row.k_eff for row in after), sum(row.n_eff for row in after)
    too_few = min(n_before, n_after) < MIN_EFFECTIVE or min(len(before), len(after)) < MIN_DAYS
    ratio, interval, p, scatter = None, None, None, None
    if not too_few:
        scatter, freedom = day_scatter(series, event_day, window)
        shares, chance = ((k_after, n_after), (k_before, n_before)), (scatter, freedom if scatter > 1 else None)
        ratio, interval, p = share_ratio(*shares), ratio_interval(*shares, *chance), ratio_p(*shares, *chance)
    return EventEffect(
        k_before=k_before,
        n_before=n_before,
        k_after=k_after,
        n_after=n_after,
        too_few=too_few,
        ratio=ratio,
        interval=interval,
        p=p,
        scatter=scatter,
    )


def neighbours(event_days: Mapping[str, date], window: int = WINDOW_DAYS) -> dict[str, tuple[str, ...]]:
    """
    Which other events fall into each event's two windows, its own day included: the effect may be theirs as well.

    Args:
        event_days: The day of each event, by its id.
        window: As for ``event_effect``.

    Returns:
        For each event the ids of the others, by day and then by id; an effect with any is never one event's alone.
    """
    ordered = sorted(event_days, key=lambda event_id: (event_days[event_id], event_id))
    return {
        event_id: tuple(
            other for other in ordered if other != event_id and abs((event_days[other] - day).days) <= window
        )
        for event_id, day in event_days.items()
    }


def day_scatter(series: Sequence[DayCount], event_day: date, window: int = WINDOW_DAYS) -> tuple[float, int]:
    """
    How much more days scatter than independent texts would, measured within blocks of days by their own shares.

    Args:
        series: As for ``event_effect``.
        event_day: Blocks are counted from here in both directions; the day itself is in none.
        window: Days of a block.

    Returns:
        Pearson's chi-squared over its degrees of freedom, never below 1.0, and these; 1.0 where there are 0.
    """
    blocks: defaultdict[int, list[DayCount]] = defaultdict(list)
    for row in series:
        offset = (row.day - event_day).days
        if row.n_eff and offset:
            blocks[(offset - 1) // window if offset > 0 else offset // window].append(row)
    freedom = sum(len(days) - 1 for days in blocks.values())
    return max(1.0, sum(_pearson(days) for days in blocks.values()) / max(freedom, 1)), freedom


def _pearson(days: Sequence[DayCount]) -> float:
    """Pearson's chi-squared of the days' shares around their common share; 0.0 where all or none carry."""
    total = sum(row.n_eff for row in days)
    share = sum(row.k_eff for row in days) / total
    if share in (0, 1):
        return 0.0
    return sum((row.k_eff - row.n_eff * share) ** 2 / (row.n_eff * share * (1 - share)) for row in days)


def q_values(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """
    The share of false findings among all with a p as small or smaller, within the family shown.

    Args:
        p_values: One per comparison that is shown together; ``None``: no number, and not part of the family.

    Returns:
        A q per p, never below its p, in the same order; ``None`` for ``None``.

    Source:
        Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.
    """
    known = [p for p in p_values if p is not None]
    found = iter(false_discovery_control(np.array(known)).tolist() if known else [])
    return tuple(None if p is None else float(next(found)) for p in p_values)
