"""Krippendorff's alpha: known values, laws, and no number where nothing can be said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.corpus.agreement import MIN_UNITS, krippendorff_alpha

FOUR_CODERS = [
    ["1", "2", "3", "3", "2", "1", "4", "1", "2", ".", ".", "."],
    ["1", "2", "3", "3", "2", "2", "4", "1", "2", "5", ".", "3"],
    [".", "3", "3", "3", "2", "3", "4", "2", "2", "5", "1", "."],
    ["1", "2", "3", "3", "2", "4", "4", "1", "2", "5", "1", "."],
]
"""The example with missing judgements of Krippendorff (2011), Computing Krippendorff's alpha-reliability."""
UNITS = st.lists(st.lists(st.sampled_from("ab"), min_size=2, max_size=4), min_size=MIN_UNITS, max_size=20)


def test_krippendorffs_own_example():
    units = [[value for value in unit if value != "."] for unit in zip(*FOUR_CODERS, strict=True)]
    found = krippendorff_alpha(units)

    assert found.alpha == pytest.approx(0.743, abs=0.0005)
    assert (found.n_units, found.n_judgements) == (11, 40)
    assert found.interval is not None
    assert found.interval.low < 0.743 < found.interval.high


def test_equal_coders_agree():
    found = krippendorff_alpha([["yes", "yes"]] * 8 + [["no", "no"]] * 12)

    assert found.alpha == 1.0
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (1.0, 1.0)


def test_coders_who_toss_coins_do_not():
    random = np.random.default_rng(1)
    found = krippendorff_alpha(random.choice(["yes", "no"], size=(400, 2)).tolist())

    assert found.alpha == pytest.approx(0, abs=0.1)
    assert found.interval is not None
    assert found.interval.low < 0 < found.interval.high


@settings(max_examples=8, deadline=None)
@given(UNITS, st.randoms(use_true_random=False))
def test_who_judged_and_in_which_order_does_not_matter(units, random):
    found = krippendorff_alpha(units)
    for unit in units:
        random.shuffle(unit)
    random.shuffle(units)

    assert krippendorff_alpha(units).alpha == pytest.approx(found.alpha)


@pytest.mark.parametrize(
    "units",
    [[], [["yes"]] * 50, [["yes", "no"]] * (MIN_UNITS - 1), [["yes", "yes"]] * 50],
    ids=["none", "judged once", "too few", "one value only"],
)
def test_nothing_to_say_is_no_number(units):
    found = krippendorff_alpha(units)

    assert (found.alpha, found.interval) == (None, None)
