"""What answers without reading score: the bar that an engine has to clear."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

import numpy as np

from framing.evaluation.metrics import Numbers, count, micro_f1, samples_f1
from framing.tokens import fold

MAX_EXHAUSTIVE: Final = 14
"""Labels of which every subset is tried; 14 have 16,384."""


def best_constant_micro(gold: Numbers, labels: Sequence[str]) -> frozenset[str]:
    """
    The one set of labels with the highest micro-F1 when given to every document.

    Among sets of equal size the one of the most frequent labels is best, since it alone decides the true
    positives; so trying one set per size is exhaustive.

    Args:
        gold: Zeros and ones of shape (documents, labels), of the very documents that are scored: no constant
            chosen elsewhere does better on them.
        labels: Names of the columns.
    """
    totals = gold.sum(axis=0).tolist()
    order = sorted(range(len(labels)), key=lambda place: -totals[place])
    sets = [order[:size] for size in range(1, len(labels) + 1)]
    scores = [float(micro_f1(count(gold, _constant(gold, chosen)).sum(axis=0))) for chosen in sets]
    return frozenset(labels[place] for place in sets[int(np.nanargmax(scores))])


def best_constant_samples(gold: Numbers, labels: Sequence[str]) -> frozenset[str]:
    """
    The one set of labels with the highest samples-F1 when given to every document, every set tried.

    Args:
        gold: As for ``best_constant_micro``.
        labels: At most ``MAX_EXHAUSTIVE`` names of the columns.

    Raises:
        ValueError: There are more labels than can be tried.
    """
    if len(labels) > MAX_EXHAUSTIVE:
        raise ValueError(f"{len(labels)} labels have too many subsets to try; the limit is {MAX_EXHAUSTIVE}.")
    places = range(len(labels))
    sets = [list(chosen) for size in places for chosen in combinations(places, size + 1)]
    scores = [float(samples_f1(count(gold, _constant(gold, chosen)))[:, 0].mean()) for chosen in sets]
    return frozenset(labels[place] for place in sets[int(np.argmax(scores))])


def _constant(gold: Numbers, chosen: Sequence[int]) -> Numbers:
    answer = np.zeros_like(gold)
    answer[:, chosen] = 1.0
    return answer


def majority(labels: Iterable[str]) -> str:
    """The most frequent label; of several the first in the alphabet."""
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], label))


def name_only(items: Sequence[tuple[str, str]], known: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    """
    Answer with a name's most frequent role elsewhere, without reading the text.

    Args:
        items: ``(document, name)`` to answer for.
        known: ``(document, name, role)`` to learn from, at least one in another document than each item's; what
            stands in the item's own document is not looked at, so that no item answers for itself.

    Returns:
        A role per item; of a name not seen elsewhere the role most frequent there.
    """
    by_name: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for document, name, role in known:
        by_name[fold(name)].append((document, role))
    answers = []
    for document, name in items:
        elsewhere = [role for where, role in by_name[fold(name)] if where != document]
        answers.append(majority(elsewhere or [role for where, _, role in known if where != document]))
    return tuple(answers)
