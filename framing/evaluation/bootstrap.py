"""How far a figure, or the difference of two, would move with other documents of the same kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from framing.evaluation.metrics import Measure, Numbers

SEED: Final = 20_220_224
N_RESAMPLES: Final = 2_000
"""Fifty resamples lie beyond each bound: the bounds of a second seed differ by less than a hundredth."""
COVERAGE: Final = 0.95
_CHUNK: Final = 4_000_000
"""Weights held at once: 32 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A value and its bounds; NaN where undefined."""

    value: float
    low: float
    high: float


def interval(measure: Measure) -> Interval:
    """
    The percentile bootstrap interval of one figure, over documents.

    Args:
        measure: With one row or more; what stands in one document stays together.

    Returns:
        The value on the documents themselves, and the bounds of 95 % of the resamples in which it is defined. The
        seed is fixed: the same documents give the same bounds.

    Source:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    return _bounds(measure.value, measure.score(_resample(measure.sums)))


def difference(one: Measure, other: Measure) -> Interval:
    """
    The paired bootstrap interval of ``one`` minus ``other`` on the same documents.

    Every resample draws the same documents for both, so that what makes a document hard for both cancels out.

    Raises:
        ValueError: The two were not measured on equally many documents, a mistake of the caller.

    Source:
        Berg-Kirkpatrick, Burkett and Klein (2012), An empirical investigation of statistical significance in NLP.
    """
    if len(one.sums) != len(other.sums):
        raise ValueError(
            f"{one.name}: {len(one.sums)} documents, but {other.name}: {len(other.sums)}. A paired bootstrap needs "
            "both on the same documents, in the same order."
        )
    values = one.score(_resample(one.sums)) - other.score(_resample(other.sums))
    return _bounds(one.value - other.value, values)


def _bounds(value: float, values: Numbers) -> Interval:
    defined = values[~np.isnan(values)]
    if not len(defined):
        return Interval(value=value, low=float("nan"), high=float("nan"))
    tail = (1 - COVERAGE) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return Interval(value=value, low=float(low), high=float(high))


def _resample(sums: Numbers) -> Numbers:
    """Sums over each resample's documents, of shape (resamples, ...)."""
    flat = sums.reshape(len(sums), -1)
    return np.concatenate([weights @ flat for weights in _weights(len(sums))]).reshape(N_RESAMPLES, *sums.shape[1:])


def _weights(n_documents: int) -> Iterator[Numbers]:
    """How often each resample draws each document, some resamples at a time; equal for equal numbers of documents."""
    random = np.random.default_rng(SEED)
    at_once = max(1, _CHUNK // n_documents)
    for first in range(0, N_RESAMPLES, at_once):
        size = min(at_once, N_RESAMPLES - first)
        yield random.multinomial(n_documents, np.full(n_documents, 1 / n_documents), size=size).astype(float)
