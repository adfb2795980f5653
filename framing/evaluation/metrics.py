"""
Agreement of answers with gold labels: precision, recall and the F1 family.

Everything is a function of sums over documents, so that a bootstrap can weigh documents without labelling anew.
An F1 of nothing expected and nothing answered is undefined (NaN) and left out of means over labels.

Source:
    Definitions as in Sebastiani (2002), Machine learning in automated text categorization, ACM CSUR 34(1), 1-47;
    samples-F1 as the official scorer of SemEval-2025 task 10 uses it.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure: what each document adds to it, and what the sums are worth."""

    name: str
    sums: Numbers
    """One row per document, any shape behind it."""
    score: Callable[[Numbers], Numbers]
    """From sums over documents, with any leading axes, to values with those axes."""

    @property
    def value(self) -> float:
        """Over all documents; NaN where it is undefined."""
        return float(self.score(self.sums.sum(axis=0)))


def indicate(sets: Sequence[Set[str]], labels: Sequence[str]) -> Numbers:
    """Sets of labels as zeros and ones, of shape (sets, labels); labels outside the list are left out."""
    return np.array([[float(label in found) for label in labels] for found in sets]).reshape(len(sets), len(labels))


def count(gold: Numbers, predicted: Numbers) -> Numbers:
    """
    True positives, false positives and false negatives of every document and label.

    Args:
        gold: Zeros and ones of shape (documents, labels).
        predicted: Likewise.

    Returns:
        Counts of shape (documents, labels, 3).
    """
    return np.stack([gold * predicted, (1 - gold) * predicted, gold * (1 - predicted)], axis=-1)


def count_by_document(counts: Numbers, documents: Sequence[str]) -> Numbers:
    """Counts of items, of shape (items, labels, 3), added up by the document each item stands in, in first order."""
    rows = {document: row for row, document in enumerate(dict.fromkeys(documents))}
    sums = np.zeros((len(rows), *counts.shape[1:]))
    np.add.at(sums, [rows[document] for document in documents], counts)
    return sums


def precision(counts: Numbers) -> Numbers:
    """Right answers / answers, from counts with three on the last axis; NaN: there was no answer."""
    return _divide(counts[..., 0], counts[..., 0] + counts[..., 1])


def recall(counts: Numbers) -> Numbers:
    """Right answers / what was to be found; NaN: there was nothing to be found."""
    return _divide(counts[..., 0], counts[..., 0] + counts[..., 2])


def f1(counts: Numbers) -> Numbers:
    """The harmonic mean of precision and recall; NaN: nothing to be found and no answer."""
    return _divide(2 * counts[..., 0], 2 * counts[..., 0] + counts[..., 1] + counts[..., 2])


def micro_f1(counts: Numbers) -> Numbers:
    """F1 over all labels together, from counts of shape (..., labels, 3)."""
    return f1(counts.sum(axis=-2))


def macro_f1(counts: Numbers) -> Numbers:
    """The mean of the labels' F1, over those where it is defined."""
    by_label = f1(counts)
    is_defined = ~np.isnan(by_label)
    return _divide(np.where(is_defined, by_label, 0.0).sum(axis=-1), is_defined.sum(axis=-1).astype(float))


def share(sums: Numbers) -> Numbers:
    """The first sum over the second: a share or mean."""
    return _divide(sums[..., 0], sums[..., 1])


def per_document(values: Iterable[float]) -> Numbers:
    """Values of documents as sums whose ``share`` is their mean, of shape (documents, 2)."""
    given = np.array(list(values), dtype=float)
    return np.stack([given, np.ones_like(given)], axis=-1)


def samples_f1(counts: Numbers) -> Numbers:
    """Each document's F1, as sums whose ``share`` is samples-F1; nothing asked and nothing answered is 1."""
    by_document = micro_f1(counts)
    return per_document(np.where(np.isnan(by_document), 1.0, by_document))


def _divide(part: Numbers, whole: Numbers) -> Numbers:
    defined = np.asarray(whole) > 0
    quotient: Numbers = np.where(defined, part / np.where(defined, whole, 1.0), np.nan)
    return quotient
