"""Where the level of a daily share moved for good, without being told where to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import ruptures
from numpy.typing import NDArray
from scipy.special import xlogy

MIN_BINS: Final = 20
"""Measured bins below which nothing is looked for: two segments of five leave too little to compare with."""
MIN_SEGMENT: Final = 5
"""Measured bins that a level must last; shorter is an episode, which event effects are for."""
FACTORS: Final = (0.5, 0.75, 1.0, 1.5, 2.0)
"""The penalties tried, as multiples of the one that keeps to the nominal share of findings."""
N_SHUFFLES: Final = 199
NOMINAL: Final = 0.02
"""The share of series without any change in which a change may be found; low, for they are looked at by the dozen."""
SEED: Final = 20_251_118
_NEAR: Final = 1
"""Bins by which a point may move and still be the same."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint:
    """One place where the level moved."""

    bin: int
    """Index into the series as handed over of the first measured bin of the new level."""
    share_before: float
    """Share over the segment that ends there, in [0, 1]."""
    share_after: float
    """Share over the segment that begins there, in [0, 1]."""
    held_by: float
    """Share of the penalties tried under which the point is found, give or take a bin: 1.0 holds under all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoints:
    """The places where the level moved, and how they move with the penalty."""

    points: tuple[ChangePoint, ...]
    """At the penalty that keeps to the nominal share of findings, ascending."""
    by_penalty: tuple[tuple[float, tuple[int, ...]], ...]
    """``(penalty, bins)`` for each of ``FACTORS``; the penalty is in units of twice the log likelihood."""


class BinomialCost(ruptures.base.BaseCost):  # type: ignore[misc]  # ruptures ships no types
    """
    How badly one share fits a stretch of ``(k, n)`` bins: minus twice the binomial log likelihood, constants dropped.

    Bins weigh by their texts, which a cost for equally sure values cannot do.
    """

    model = "binomial"
    min_size = 1

    def fit(self, signal: Numbers) -> "BinomialCost":
        """Take a series of shape (bins, 2): carriers and texts."""
        self.signal = signal
        self._sums = np.vstack([np.zeros((1, 2)), signal.cumsum(axis=0)])
        return self

    def error(self, start: int, end: int) -> float:
        """The cost of the bins from ``start`` up to, not including, ``end``."""
        return float(_deviance(self._sums[end] - self._sums[start]))


def change_points(counts: Sequence[tuple[float, int]], seed: int = SEED) -> ChangePoints | None:
    """
    Find the bins at which the share of texts moved to another level.

    The penalty is taken from the series itself: shuffling its bins destroys every change of level, and keeps how much
    bins scatter; the penalty is the smallest that leaves 2 % of the shuffles with a point. Bins that depend on the
    bins before them other than by a change of level make findings more frequent than that.

    Args:
        counts: ``(k_eff, n_eff)`` per bin in the order of time; ``n_eff`` 0 is a gap, which is left out.
        seed: Of the shuffles.

    Returns:
        ``None`` with fewer than ``MIN_BINS`` measured bins. No points: none was found.

    Source:
        Killick, Fearnhead and Eckley (2012), Optimal detection of changepoints with a linear computational cost
        (PELT), J. Am. Stat. Assoc. 107, 1590-1598, in ruptures (Truong, Oudre and Vayatis 2020). The penalty by
        shuffling is ours.
    """
    places = [place for place, (_, n) in enumerate(counts) if n]
    if len(places) < MIN_BINS:
        return None
    signal = np.array([counts[place] for place in places], dtype=float)
    penalty = _penalty(signal, seed)
    search = ruptures.Pelt(custom_cost=BinomialCost(), min_size=MIN_SEGMENT, jump=1).fit(signal)
    found = {factor: tuple(search.predict(pen=factor * penalty)[:-1]) for factor in FACTORS}
    return ChangePoints(
        points=_described(signal, found, places),
        by_penalty=tuple((factor * penalty, tuple(places[cut] for cut in cuts)) for factor, cuts in found.items()),
    )


def _described(signal: Numbers, found: dict[float, tuple[int, ...]], places: Sequence[int]) -> tuple[ChangePoint, ...]:
    chosen = found[1.0]
    shares = [part[:, 0].sum() / part[:, 1].sum() for part in np.split(signal, chosen)]
    return tuple(
        ChangePoint(
            bin=places[cut],
            share_before=float(before),
            share_after=float(after),
            held_by=sum(any(abs(cut - other) <= _NEAR for other in cuts) for cuts in found.values()) / len(found),
        )
        for cut, before, after in zip(chosen, shares, shares[1:], strict=False)
    )


def _penalty(signal: Numbers, seed: int) -> float:
    """
    The smallest penalty at which the nominal share of shuffled series has a point.

    A search buys two points, an episode, for two penalties; so half of what the best episode gains counts like what
    the best single change gains. Without that, points would be more frequent than the nominal share.
    """
    random = np.random.default_rng(seed)
    order = random.permuted(np.tile(np.arange(len(signal)), (N_SHUFFLES, 1)), axis=1)
    sums = signal[order].cumsum(axis=1)
    whole = _deviance(sums[:, -1:])
    single = _deviance(sums) + _deviance(sums[:, -1:] - sums)
    best = (whole - single[:, MIN_SEGMENT - 1 : -MIN_SEGMENT]).max(axis=1)
    for first in range(MIN_SEGMENT - 1, len(signal) - 2 * MIN_SEGMENT):
        ends = slice(first + MIN_SEGMENT, -MIN_SEGMENT)
        head, middle, tail = sums[:, first : first + 1], sums[:, ends], sums[:, -1:] - sums[:, ends]
        episode = whole - _deviance(head) - _deviance(middle - head) - _deviance(tail)
        best = np.maximum(best, episode.max(axis=1) / 2)
    return max(float(np.quantile(best, 1 - NOMINAL, method="higher")), float(np.log(len(signal))))


def _deviance(sums: Numbers) -> Numbers:
    """Minus twice the log likelihood at the best share, of ``(..., 2)``: carriers and texts; 0.0 without texts."""
    k, n = sums[..., 0], sums[..., 1]
    deviance: Numbers = 2 * (xlogy(n, n) - xlogy(k, k) - xlogy(n - k, n - k))
    return deviance
