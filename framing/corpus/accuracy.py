"""How far to trust a code: precision and recall, from a sample that was drawn by the engine's answer."""

from dataclasses import dataclass
from math import exp, inf, log, sqrt

from framing.corpus.intervals import MIN_EFFECTIVE, Interval, share_interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The sentences to which the engine gives one answer, and what people say of some of them."""

    n_units: int
    """All of them."""
    n_judged: int
    """Drawn at random and judged."""
    n_carried: int
    """Of those, the ones that carry the code by people's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How well an engine finds a code, among sentences."""

    precision: float | None
    """Of what it finds, the share that carries the code; ``None``: fewer than ``MIN_EFFECTIVE`` were judged."""
    precision_interval: Interval | None
    recall: float | None
    """Of what carries the code, the share it finds; ``None``: too few judged on either side, or nothing carries it."""
    recall_interval: Interval | None


def accuracy(found: Judged, passed_over: Judged) -> Accuracy:
    """
    Tell precision and recall, each with its 95 % interval.

    Recall weighs each side by how many sentences it stands for: of thousands that were passed over, one in fifty may be
    more than all that was found.

    Args:
        found: Where the engine says yes.
        passed_over: Where it says no.

    Source:
        Precision: ``share_interval``. Recall is 1 / (1 + missed / found rightly), a ratio of two independent shares,
        its interval by recovering variances from theirs on the logarithm: Zou and Donner (2008), Construction of
        confidence limits about effect measures, Statistics in Medicine 27, 1693-1702. Half a sentence
        is added where a share is 0.
    """
    enough = found.n_judged >= MIN_EFFECTIVE
    is_known = enough and (passed_over.n_judged >= MIN_EFFECTIVE or not passed_over.n_units) and _carrying(found) > 0
    return Accuracy(
        precision=found.n_carried / found.n_judged if enough else None,
        precision_interval=share_interval(found.n_carried, found.n_judged) if enough else None,
        recall=_carrying(found) / (_carrying(found) + _carrying(passed_over)) if is_known else None,
        recall_interval=_recall_interval(found, passed_over) if is_known else None,
    )


def _carrying(side: Judged) -> float:
    """How many sentences of one side carry the code, by the sample."""
    return side.n_units * side.n_carried / side.n_judged if side.n_judged else 0.0


def _recall_interval(found: Judged, passed_over: Judged) -> Interval:
    if not passed_over.n_units:
        return Interval(low=1.0, high=1.0)
    right, right_low, right_high = _logarithms(found)
    missed, missed_low, missed_high = _logarithms(passed_over)
    middle = missed - right
    low = middle - sqrt((missed - missed_low) ** 2 + (right_high - right) ** 2)
    high = middle + sqrt((missed_high - missed) ** 2 + (right - right_low) ** 2)
    recall = 1.0 if not passed_over.n_carried else 1 / (1 + exp(middle))
    return Interval(low=min(_logistic(-high), recall), high=max(_logistic(-low), recall))


def _logarithms(side: Judged) -> tuple[float, float, float]:
    """Of the sentences that carry the code: their number, its lower and its upper bound."""
    bounds = share_interval(side.n_carried, side.n_judged)
    assert bounds is not None  # noqa: S101 (the callers see to it that some were judged)
    share = max(side.n_carried, 0.5) / side.n_judged
    low = log(side.n_units * bounds.low) if bounds.low else -inf
    return log(side.n_units * share), low, log(side.n_units * max(bounds.high, share))


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -inf else 0.0
