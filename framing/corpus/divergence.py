"""How far apart classes of outlets frame the same day, beyond what chance alone gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from framing.corpus.intervals import MIN_EFFECTIVE

N_PERMUTATIONS: Final = 1_999
"""The smallest p is 1 in 2,000: one day among 90 can still pass Benjamini-Hochberg (0.05 / 90 = 0.00056)."""
DAYS: Final = 90
SEED: Final = 20_251_210
_CHUNK: Final = 2_000_000
"""Labels held at once: 16 MB."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """The distance between classes' uses of frames, and what shuffled labels give."""

    n_eff: tuple[tuple[str, int], ...]
    """``(class, units)`` for the classes compared, by name; classes with too few are left out."""
    observed: float | None
    """Jensen-Shannon divergence in bits, 0 (same use of frames) to log2 of the number of classes; ``None``: fewer
    than two classes have enough units, or one of them carries no frame."""
    excess: float | None
    """Observed minus the mean of the shuffles: around 0 where classes do not differ, below it by chance."""
    null_low: float | None
    """The 2.5 % quantile of the shuffles, minus their mean: with ``null_high`` the band around 0 to draw."""
    null_high: float | None
    """The 97.5 % quantile of the shuffles, minus their mean."""
    p: float | None
    """Share of the shuffles, and of the day itself, that are as far apart: one-sided, never 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedUnit:
    """What one unit of exchange carries on one day."""

    day: date
    outlet_class: str
    carried: tuple[float, ...]
    """How often it carries each frame, in one order for all units; >= 0."""


def divergence(carried: Numbers, classes: Sequence[str], seed: int | tuple[int, ...] = SEED) -> Divergence:
    """
    Compare the use of frames between classes against shuffled labels.

    With few texts two samples of one and the same press differ too, and the divergence is never negative: its bare
    size says more about how many texts there are. So labels are shuffled among the units.

    What a unit is decides what is asked. Independent texts: do the classes' texts differ? That is also so where a
    single outlet has a style of its own. Outlets: do classes differ beyond their outlets? That needs many outlets.

    Args:
        carried: Shape (units, frames): how often each unit carries each frame, >= 0; without units of any
            shape. A text that several classes carry is a row in each; such rows make the answer cautious.
        classes: One label per unit.
        seed: Of the shuffles: the same units in the same order give the same answer.

    Source:
        Lin (1991), Divergence measures based on the Shannon entropy, IEEE Trans. Inf. Theory 37, 145-151, with equal
        weights for the classes; p as in Phipson and Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9(1), 39.
    """
    names = np.array(classes, dtype=object)
    counts = tuple((name, int((names == name).sum())) for name in sorted(set(classes)))
    compared = tuple((name, count) for name, count in counts if count >= MIN_EFFECTIVE)
    members = np.array([[label == name for label in names] for name, _ in compared], dtype=float)
    totals = members @ carried if len(compared) else np.zeros((0, 1))
    if len(compared) < 2 or not totals.sum(axis=-1).all():
        return Divergence(n_eff=compared, observed=None, excess=None, null_low=None, null_high=None, p=None)
    used = members.any(axis=0)
    observed = float(_jensen_shannon(totals))
    null = _shuffled(carried[used], members[:, used], np.random.default_rng(seed))
    mean = float(null.mean())
    low, high = np.quantile(null, [0.025, 0.975]) - mean
    return Divergence(
        n_eff=compared,
        observed=observed,
        excess=observed - mean,
        null_low=float(low),
        null_high=float(high),
        p=float((1 + (null >= observed - 1e-12).sum()) / (1 + len(null))),
    )


def daily_divergence(
    units: Sequence[DatedUnit], last_day: date, days: int = DAYS, seed: int = SEED, window: int = 1
) -> tuple[tuple[date, Divergence], ...]:
    """
    Compare classes on each of the last days, ascending, ``last_day`` included.

    Args:
        units: In any order; those of other days are passed over.
        last_day: In the calendar of the units' days.
        days: How many days.
        seed: A day's answer depends on this, the day and its units alone, not on what else is asked.
        window: Days that are taken together, the day and those before it; with more than one, neighbouring answers
            share units.

    Returns:
        One entry per day. The p of the days shown together are a family: correct them by ``events.q_values``.
    """
    by_day: dict[date, list[DatedUnit]] = {last_day - timedelta(days=back): [] for back in range(days - 1, -1, -1)}
    for unit in units:
        for ahead in range(window):
            if (day := unit.day + timedelta(days=ahead)) in by_day:
                by_day[day].append(unit)
    answers = []
    for day, found in by_day.items():
        ordered = sorted(found, key=lambda unit: (unit.outlet_class, unit.carried))
        carried = np.array([unit.carried for unit in ordered], dtype=float)
        labels = [unit.outlet_class for unit in ordered]
        answers.append((day, divergence(carried, labels, (seed, day.toordinal()))))
    return tuple(answers)


def _shuffled(carried: Numbers, members: Numbers, random: np.random.Generator) -> Numbers:
    """The divergence under each shuffle in which every class carries a frame."""
    found = []
    at_once = max(1, _CHUNK // members.size)
    for first in range(0, N_PERMUTATIONS, at_once):
        size = min(at_once, N_PERMUTATIONS - first)
        order = random.permuted(np.tile(np.arange(members.shape[1]), (size, 1)), axis=1)
        totals = members.T[order].swapaxes(1, 2) @ carried
        found.append(_jensen_shannon(totals[totals.sum(axis=-1).all(axis=-1)]))
    return np.concatenate(found)


def _jensen_shannon(totals: Numbers) -> Numbers:
    """In bits, with equal weights, of counts of shape (..., classes, frames), no class being empty."""
    shares = totals / totals.sum(axis=-1, keepdims=True)
    entropy = _entropy(shares.mean(axis=-2)) - _entropy(shares).mean(axis=-1)
    divergences: Numbers = np.maximum(entropy, 0.0)
    return divergences


def _entropy(shares: Numbers) -> Numbers:
    entropy: Numbers = -xlogy(shares, shares).sum(axis=-1) / np.log(2)
    return entropy
