"""Baselines: the strongest constant there is, and what a name alone tells."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.evaluation.baselines import best_constant_micro, best_constant_samples, majority, name_only
from framing.evaluation.halves import half_of
from framing.evaluation.metrics import count, indicate, micro_f1, samples_f1

LABELS = ("a", "b", "c", "d")
SETS = st.lists(st.sets(st.sampled_from(LABELS), min_size=1), min_size=1, max_size=10)


def micro(gold, constant):
    """The micro-F1 of one constant."""
    return micro_f1(count(indicate(gold, LABELS), indicate([constant] * len(gold), LABELS)).sum(axis=0))


def samples(gold, constant):
    """The samples-F1 of one constant."""
    return samples_f1(count(indicate(gold, LABELS), indicate([constant] * len(gold), LABELS)))[:, 0].mean()


@pytest.mark.parametrize(("choose", "score"), [(best_constant_micro, micro), (best_constant_samples, samples)])
@given(gold=SETS)
def test_no_constant_is_better(choose, score, gold):
    chosen = choose(indicate(gold, LABELS), LABELS)

    every = [set(some) for size in range(1, 5) for some in combinations(LABELS, size)]
    assert score(gold, chosen) == pytest.approx(max(score(gold, constant) for constant in every))


def test_too_many_labels_are_refused():
    labels = [str(number) for number in range(15)]

    with pytest.raises(ValueError, match="15 labels have too many subsets"):
        best_constant_samples(indicate([{"1"}], labels), labels)


def test_majority_breaks_ties_by_the_alphabet():
    assert majority(["b", "a", "b", "a", "c"]) == "a"


def test_a_name_has_its_most_frequent_role_in_other_documents():
    known = [
        ("one", "Harlow", "Innocent"),
        ("two", "HARLOW", "Innocent"),
        ("three", "Harlow", "Antagonist"),
        ("four", "Sorokin", "Antagonist"),
        ("five", "Marchetti", "Antagonist"),
    ]

    answers = name_only([("six", "Harlow"), ("one", "harlow"), ("four", "Sorokin"), ("six", "Nobody")], known)

    assert answers == ("Innocent", "Antagonist", "Antagonist", "Antagonist")
    assert name_only([("four", "Sorokin")], known[:1] + known[3:4]) == ("Innocent",)  # not its own answer


def test_halves_are_for_ever():
    """SHA-256 of "a" begins with c (12, even), of "c" with 2, of "b" with 3."""
    assert [half_of(name) for name in "abc"] == ["A", "B", "A"]
