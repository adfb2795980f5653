"""Outlets' shares drawn towards their class, the more so the fewer texts they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scipy.stats import beta

from framing.corpus.intervals import Interval

MIN_OUTLETS: Final = 3
"""Two outlets say next to nothing of how much the outlets of a class differ."""
_TAIL: Final = 0.025


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPrior:
    """What the outlets of one class have in common: a beta distribution of their shares."""

    mean: float
    """The class's share over all texts of its outlets, in [0, 1]."""
    strength: float
    """How many texts of evidence the class is worth to each outlet; > 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunken:
    """One outlet's share, drawn towards its class."""

    share: float
    """Between the outlet's own share and the class's mean."""
    interval: Interval
    """95 % of the outlet's posterior. The class's two figures are taken as known, so it is somewhat narrow."""


def class_prior(counts: Sequence[tuple[float, int]]) -> ClassPrior | None:
    """
    Estimate a class's beta distribution by the method of moments.

    The spread of outlets' shares beyond what chance gives tells how much outlets differ. Where they differ no more
    than by chance the class would count for infinitely much; it never counts for more than the texts it rests on.

    Args:
        counts: ``(k_eff, n_eff)`` per outlet of the class.

    Returns:
        ``None`` where fewer than ``MIN_OUTLETS`` outlets were measured, or no outlet has more than one text.

    Source:
        Kleinman (1973), Proportions with extraneous variance, J. Am. Stat. Assoc. 68, 46-54, with the numbers of
        texts as weights. The bound on the strength is ours.
    """
    measured = [(k, n) for k, n in counts if n]
    total = sum(n for _, n in measured)
    spare = len(measured) - 1
    if len(measured) < MIN_OUTLETS or total == len(measured):
        return None
    mean = sum(k for k, _ in measured) / total
    chance = mean * (1 - mean)
    if chance == 0:
        return ClassPrior(mean=mean, strength=float(total))
    spread = sum(n * (k / n - mean) ** 2 for k, n in measured) / chance
    correlation = (spread - spare) / (total - sum(n * n for _, n in measured) / total - spare)
    strength = 1 / correlation - 1 if correlation > 0 else float(total)
    return ClassPrior(mean=mean, strength=min(max(strength, 1.0), float(total)))


def shrink(k: float, n: int, prior: ClassPrior) -> Shrunken:
    """
    Draw one outlet's share towards its class.

    Args:
        k: Independent texts of the outlet that carry something, 0 <= k <= n.
        n: Independent texts of the outlet; with none of them the answer is the class's.
        prior: Of the outlet's class, by ``class_prior``.

    Source:
        Robbins (1956), An empirical Bayes approach to statistics; the mean and quantiles of the beta posterior.
    """
    carrying = k + prior.mean * prior.strength
    lacking = n - k + (1 - prior.mean) * prior.strength
    low = float(beta.ppf(_TAIL, carrying, lacking)) if carrying > 0 else 0.0
    high = float(beta.ppf(1 - _TAIL, carrying, lacking)) if lacking > 0 else 1.0
    if carrying <= 0:
        high = 1 - _TAIL ** (1 / lacking)
    if lacking <= 0:
        low = _TAIL ** (1 / carrying)
    return Shrunken(share=carrying / (carrying + lacking), interval=Interval(low=low, high=high))
