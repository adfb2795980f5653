"""Shrunken shares lie between own and class, and come closer to the truth than raw ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.shrinkage import class_prior, shrink

COUNTS = st.lists(
    st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=12
)


@given(COUNTS)
def test_a_shrunken_share_lies_between_its_own_and_the_class(counts):
    prior = class_prior(counts)
    if prior is None:
        assert all(n == 1 for _, n in counts)
        return
    for k, n in counts:
        found = shrink(k, n, prior)
        assert min(k / n, prior.mean) - 1e-9 <= found.share <= max(k / n, prior.mean) + 1e-9
        assert 0 <= found.interval.low < found.interval.high <= 1


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_outlets_does_not_matter(counts, random):
    one = class_prior(counts)
    random.shuffle(counts)
    other = class_prior(counts)

    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.mean, one.strength) == pytest.approx((other.mean, other.strength))


def test_few_texts_are_drawn_further_than_many():
    prior = class_prior([(9, 10), (90, 100), (20, 100), (30, 100), (5, 50)])

    assert prior is not None
    assert prior.mean < shrink(9, 10, prior).share < shrink(90, 100, prior).share < 0.9


def test_two_outlets_make_no_class():
    assert class_prior([(1, 10), (5, 10)]) is None
    assert class_prior([(1, 10), (5, 10), (0, 0)]) is None
    assert class_prior([(1, 1), (0, 1), (1, 1)]) is None


@pytest.mark.parametrize("share", [0, 1])
def test_a_class_in_which_all_agree_still_leaves_doubt(share):
    """60 texts of 60: the interval is the exact one for 60 + 20 texts."""
    prior = class_prior([(20 * share, 20)] * 3)

    assert prior is not None
    found = shrink(20 * share, 20, prior)
    assert found.share == share
    assert found.interval.high - found.interval.low == pytest.approx(1 - 0.025 ** (1 / 80))


def test_the_planted_strength_is_found_and_shrinking_helps():
    """Outlets from beta(6, 14): a class worth 20 texts. The mean squared error falls by a third or more."""
    random = np.random.default_rng(7)
    strengths, raw, shrunken = [], 0.0, 0.0
    for _ in range(60):
        truth = random.beta(6, 14, size=12)
        sizes = random.integers(8, 40, size=12)
        counts = list(zip(random.binomial(sizes, truth).tolist(), sizes.tolist(), strict=True))
        prior = class_prior(counts)
        assert prior is not None
        strengths.append(prior.strength)
        for share, (k, n) in zip(truth.tolist(), counts, strict=True):
            raw += (k / n - share) ** 2
            shrunken += (shrink(k, n, prior).share - share) ** 2

    assert 14 <= np.median(strengths) <= 30
    assert shrunken < 0.67 * raw
