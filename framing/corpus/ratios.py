"""The ratio of two shares, its interval and its p, by the score method."""

from math import exp, inf, log, sqrt
from typing import Final

from scipy.optimize import brentq
from scipy.stats import norm, t

from framing.corpus.intervals import Interval

_ADDED: Final = 0.5
"""Added to those that carry and to those that do not: none of a few is no infinite change, all of a few no sure one."""
_WIDEST: Final = log(1e6)
"""Ratios beyond a million to one are not told from infinite ones."""

Share = tuple[float, float]
"""Carriers and all: ``(k, n)`` with 0 <= k <= n and n > 0."""


def share_ratio(one: Share, other: Share) -> float:
    """The share in ``one`` over that in ``other``, half an item added to carriers and to others: finite, above 0."""
    (k_one, n_one), (k_other, n_other) = one, other
    return (k_one + _ADDED) / (n_one + 2 * _ADDED) / ((k_other + _ADDED) / (n_other + 2 * _ADDED))


def ratio_p(one: Share, other: Share, scatter: float = 1.0, freedom: int | None = None) -> float:
    """
    How often chance alone makes two equal shares differ so much, two-sided, in [0, 1].

    Args:
        one: The share above the line.
        other: The share below it.
        scatter: Variance over the binomial one, >= 1.
        freedom: Degrees of freedom on which ``scatter`` was estimated; ``None``: it is known.

    Source:
        Pearson's chi-squared test of two shares, the root of the score statistic at a ratio of 1.
    """
    deviation = abs(_score(one, other, 1.0)) / sqrt(scatter)
    return float(2 * (norm.sf(deviation) if freedom is None else t.sf(deviation, freedom)))


def ratio_interval(one: Share, other: Share, scatter: float = 1.0, freedom: int | None = None) -> Interval:
    """
    The 95 % interval of the ratio of two shares: the ratios that the score test does not refuse.

    Args:
        one: The share above the line.
        other: The share below it.
        scatter: As for ``ratio_p``.
        freedom: As for ``ratio_p``.

    Returns:
        Bounds from 0.0 to ``inf``: with no carriers in ``other`` there is no upper bound, with none in ``one`` the
        lower is 0. It leaves out 1 exactly where ``ratio_p`` is below 0.05.

    Source:
        Koopman (1984), Confidence intervals for the ratio of two binomial proportions, Biometrics 40, 513-517.
    """
    limit = float(norm.ppf(0.975) if freedom is None else t.ppf(0.975, freedom)) * sqrt(scatter)

    def beyond(logarithm: float, sign: int) -> float:
        return sign * _score(one, other, exp(logarithm)) - limit

    middle = min(max(log(share_ratio(one, other)), -_WIDEST), _WIDEST)
    low, high = 0.0, inf
    if beyond(-_WIDEST, 1) > 0 > beyond(middle, 1):
        low = exp(brentq(beyond, -_WIDEST, middle, args=(1,)))
    if beyond(_WIDEST, -1) > 0 > beyond(middle, -1):
        high = exp(brentq(beyond, middle, _WIDEST, args=(-1,)))
    return Interval(low=low, high=high)


def _score(one: Share, other: Share, ratio: float) -> float:
    """How many standard errors the shares are off a given ratio; positive where theirs is larger."""
    (k_one, n_one), (k_other, n_other) = one, other
    square, line, constant = (
        (n_one + n_other) * ratio,
        n_one * ratio + k_one + n_other + k_other * ratio,
        k_one + k_other,
    )
    root = sqrt(max(line * line - 4 * square * constant, 0.0))
    likeliest = min(2 * constant / (line + root), 1.0)
    above = min(ratio * likeliest, 1.0)
    variance = above * (1 - above) / n_one + ratio * ratio * likeliest * (1 - likeliest) / n_other
    difference = k_one / n_one - ratio * k_other / n_other
    return difference / sqrt(variance) if variance > 0 else 0.0
