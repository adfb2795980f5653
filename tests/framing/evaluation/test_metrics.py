"""The F1 family: values that can be checked by hand, then laws over many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.evaluation.metrics import (
    count,
    count_by_document,
    f1,
    indicate,
    macro_f1,
    micro_f1,
    precision,
    recall,
    samples_f1,
    share,
)

LABELS = ("a", "b", "c")
SETS = st.lists(st.sets(st.sampled_from(LABELS)), min_size=1, max_size=12)


def counts_of(gold, answered, labels=LABELS):
    """Counts of two lists of sets."""
    return count(indicate(gold, labels), indicate(answered, labels))


def test_a_case_worked_by_hand():
    """Gold a+b, a, none, c; answered a, a+b, none, b: a is 2 of 2, b 0 right of 2 with 1 missed, c missed."""
    counts = counts_of([{"a", "b"}, {"a"}, set(), {"c"}], [{"a"}, {"a", "b"}, set(), {"b"}])
    sums = counts.sum(axis=0)

    assert sums.tolist() == [[2, 0, 0], [0, 2, 1], [0, 0, 1]]
    assert precision(sums)[:2].tolist() == [1, 0]
    assert np.isnan(precision(sums)[2])  # never answered
    assert recall(sums).tolist() == [1, 0, 0]
    assert micro_f1(sums) == pytest.approx(2 * 2 / (2 * 2 + 2 + 2))
    assert macro_f1(sums) == pytest.approx((1 + 0 + 0) / 3)
    assert share(samples_f1(counts).sum(axis=0)) == pytest.approx((2 / 3 + 2 / 3 + 1 + 0) / 4)


def test_a_label_nobody_speaks_of_is_left_out():
    sums = counts_of([{"a"}, {"a"}], [{"a"}, set()]).sum(axis=0)

    assert np.isnan(f1(sums)[1])
    assert macro_f1(sums) == pytest.approx(2 / 3)


def test_mentions_of_one_document_are_added_up():
    counts = counts_of([{"a"}, {"b"}, {"a"}], [{"a"}, {"a"}, {"a"}])

    by_document = count_by_document(counts, ["second", "first", "second"])

    assert by_document.tolist() == [[[2, 0, 0], [0, 0, 0], [0, 0, 0]], [[0, 1, 0], [0, 0, 1], [0, 0, 0]]]


@given(SETS)
def test_the_truth_scores_one(gold):
    counts = counts_of(gold, gold)

    assert share(samples_f1(counts).sum(axis=0)) == 1
    if any(gold):
        assert micro_f1(counts.sum(axis=0)) == macro_f1(counts.sum(axis=0)) == 1


@given(SETS, st.randoms(use_true_random=False), st.permutations(LABELS))
def test_the_order_of_documents_and_labels_does_not_matter(gold, random, labels):
    answered = [set(random.sample(LABELS, random.randint(0, 3))) for _ in gold]
    pairs = random.sample(list(zip(gold, answered, strict=True)), len(gold))
    one = counts_of(gold, answered)
    other = counts_of([pair[0] for pair in pairs], [pair[1] for pair in pairs], labels)

    for score in (micro_f1, macro_f1):
        assert score(one.sum(axis=0)) == pytest.approx(score(other.sum(axis=0)), nan_ok=True)
    assert share(samples_f1(one).sum(axis=0)) == pytest.approx(share(samples_f1(other).sum(axis=0)))


@given(SETS, SETS)
def test_precision_and_recall_change_places(gold, answered):
    """Swapping gold and answers swaps the two and leaves F1."""
    n = min(len(gold), len(answered))
    one = counts_of(gold[:n], answered[:n]).sum(axis=0)
    other = counts_of(answered[:n], gold[:n]).sum(axis=0)

    assert precision(one).tolist() == pytest.approx(recall(other).tolist(), nan_ok=True)
    assert micro_f1(one) == pytest.approx(micro_f1(other), nan_ok=True)
