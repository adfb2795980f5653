"""The difference of two shares, and its interval, by the score method."""

from math import acos, copysign, cos, pi, sqrt
from typing import Final

from scipy.optimize import brentq
from scipy.stats import norm, t

from framing.corpus.intervals import Interval
from framing.corpus.ratios import Share

_EDGE: Final = 1.0 - 1e-9
"""Differences are looked for up to here: at one exactly both shares are certain."""


def difference_interval(one: Share, other: Share, scatter: float = 1.0, freedom: int | None = None) -> Interval:
    """
    The 95 % interval of the share in ``one`` less that in ``other``: what the score test does not refuse.

    Args:
        one: Carriers and all, ``(k, n)`` with 0 <= k <= n and n > 0.
        other: The same.
        scatter: Variance over the binomial one, >= 1.
        freedom: Degrees of freedom on which ``scatter`` was estimated; ``None``: it is known.

    Returns:
        Bounds in [-1, 1] that hold the difference. They leave out 0 exactly where ``ratios.ratio_p`` is below 0.05.

    Source:
        Mee (1984), Confidence bounds for the difference between two probabilities, Biometrics 40, 1175-1176; the
        likeliest shares in closed form as in Miettinen and Nurminen (1985), Statistics in Medicine 4, 213-226.
    """
    limit = float(norm.ppf(0.975) if freedom is None else t.ppf(0.975, freedom)) * sqrt(scatter)
    middle = one[0] / one[1] - other[0] / other[1]

    def beyond(difference: float, sign: int) -> float:
        return sign * _score(one, other, difference) - limit

    low, high = -1.0, 1.0
    if beyond(-_EDGE, 1) > 0 > beyond(middle, 1):
        low = brentq(beyond, -_EDGE, middle, args=(1,))
    if beyond(_EDGE, -1) > 0 > beyond(middle, -1):
        high = brentq(beyond, middle, _EDGE, args=(-1,))
    return Interval(low=min(low, middle), high=max(high, middle))


def _score(one: Share, other: Share, difference: float) -> float:
    """How many standard errors the shares are off a given difference; positive where theirs is larger."""
    (k_one, n_one), (k_other, n_other) = one, other
    likeliest = _likeliest(one, other, difference)
    above = min(max(likeliest + difference, 0.0), 1.0)
    variance = above * (1 - above) / n_one + likeliest * (1 - likeliest) / n_other
    distance = k_one / n_one - k_other / n_other - difference
    return distance / sqrt(variance) if variance > 0 else copysign(1e9, distance) if distance else 0.0


def _likeliest(one: Share, other: Share, difference: float) -> float:
    """The share in ``other`` that makes both counts likeliest, given the difference: the root of a cubic."""
    (k_one, n_one), (k_other, n_other) = one, other
    cube = n_one + n_other
    square = (n_one + 2 * n_other) * difference - cube - k_one - k_other
    line = (n_other * difference - cube - 2 * k_other) * difference + k_one + k_other
    constant = k_other * difference * (1 - difference)
    third = square / (3 * cube)
    turned = third**3 - square * line / (6 * cube * cube) + constant / (2 * cube)
    length = copysign(sqrt(max(third * third - line / (3 * cube), 0.0)), turned)
    cosine = min(max(turned / length**3, -1.0), 1.0) if length else 1.0
    root = 2 * length * cos((pi + acos(cosine)) / 3) - third
    return min(max(root, 0.0, -difference), 1.0, 1.0 - difference)
