"""The score interval of a ratio: known values, agreement with its p, coverage."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.ratios import ratio_interval, ratio_p, share_ratio

SHARES = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n).map(float), st.just(float(n))))


def test_koopmans_own_example():
    """36 of 40 against 16 of 80: 2.94 to 7.15, as in Koopman (1984)."""
    found = ratio_interval((36, 40), (16, 80))

    assert (found.low, found.high) == pytest.approx((2.94, 7.15), abs=0.01)


def test_none_of_a_few_has_one_bound():
    assert ratio_interval((5, 50), (0, 50)).high == inf
    assert ratio_interval((0, 50), (5, 50)).low == 0.0
    both = ratio_interval((0, 50), (0, 50))
    assert (both.low, both.high) == (0.0, inf)
    assert ratio_p((0, 50), (0, 50)) == 1.0


@given(SHARES, SHARES, st.floats(1, 5))
def test_interval_and_p_agree_and_turn_over_together(one, other, scatter):
    found, turned = ratio_interval(one, other, scatter), ratio_interval(other, one, scatter)
    p = ratio_p(one, other, scatter)

    assert found.low <= share_ratio(one, other) <= found.high
    assert p == pytest.approx(ratio_p(other, one, scatter), abs=1e-9)
    if abs(p - 0.05) > 1e-6:
        assert (found.low <= 1 <= found.high) == (p > 0.05)
    if found.low > 0 and found.high < inf:
        assert turned.high == pytest.approx(1 / found.low, rel=1e-4)


@pytest.mark.parametrize(
    ("n_one", "n_other", "share", "ratio"), [(20, 20, 0.2, 2), (50, 20, 0.1, 3), (30, 100, 0.3, 1)]
)
def test_it_covers_what_it_promises(n_one, n_other, share, ratio):
    random = np.random.default_rng(5)
    draws = zip(
        random.binomial(n_one, share * ratio, 600).tolist(), random.binomial(n_other, share, 600).tolist(), strict=True
    )
    found = [ratio_interval((one, n_one), (other, n_other)) for one, other in draws]

    assert 0.92 <= np.mean([interval.low <= ratio <= interval.high for interval in found]) <= 0.98
