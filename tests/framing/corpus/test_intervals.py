"""Intervals hold their share, agree with known values, and cover what they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.intervals import Interval, clustered_size, effective_size, share_interval, tally

CLUSTERS = st.lists(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=30
)
SIZES = (8, 10, 12, 15, 20, 30, 50, 75, 100, 150, 200)
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
N_DRAWS = 40_000
"""The standard error of a cell is at most 0.15 points."""


def test_wilson_where_it_is_sound():
    """Away from the edges it is Wilson's own interval: 20 of 50 is 27.6 to 53.8 %."""
    found = share_interval(20, 50)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.2761, 0.5382), abs=1e-4)


def test_rare_carriers_reach_further_down():
    """1 of 8: Wilson's 2.24 % would leave out a true share of 2 %."""
    found = share_interval(1, 8)

    assert found is not None
    assert found.low == pytest.approx(0.0049, abs=1e-4)
    assert found.high == pytest.approx(0.4709, abs=1e-4)


@given(st.integers(1, 500), st.floats(0, 1))
def test_the_interval_holds_its_share_and_has_a_mirror(n, share):
    k = share * n
    found, mirrored = share_interval(k, n), share_interval(n - k, n)

    assert found is not None
    assert mirrored is not None
    assert 0 <= found.low <= k / n <= found.high + 1e-12 <= 1 + 1e-12
    assert (found.low, found.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-9)


@given(CLUSTERS, st.randoms(use_true_random=False))
def test_a_tally_has_no_order_and_its_intervals_hold_its_shares(clusters, random):
    found = tally(clusters)
    random.shuffle(clusters)
    again = tally(clusters)

    assert found.k_eff == pytest.approx(again.k_eff)
    assert (found.k, found.n, found.n_eff) == (again.k, again.n, again.n_eff)
    assert 1 <= found.n_kish <= found.n_eff + 1e-9 <= found.n + 1e-9
    for share, interval in (
        (found.k_eff / found.n_eff, found.text_interval),
        (found.k / found.n, found.reach_interval),
    ):
        assert interval is not None
        assert interval.low - 1e-9 <= share <= interval.high + 1e-9


def test_twelve_copies_are_one_text():
    found = tally([(12, 12)])

    assert (found.n, found.n_eff, found.n_kish) == (12, 1, 1.0)
    assert found.too_few
    assert found.text_interval == share_interval(1, 1)


@given(CLUSTERS)
def test_clusters_are_worth_no_less_than_one_each_and_no_more_than_their_items(clusters):
    size = clustered_size(clusters)

    assert effective_size(n for _, n in clusters) - 1e-9 <= size <= sum(n for _, n in clusters) + 1e-9


def test_members_that_answer_alike_are_worth_one():
    assert clustered_size([(5, 5)] * 20 + [(0, 5)] * 20) == pytest.approx(40, rel=0.05)
    assert clustered_size([(2, 4), (3, 4), (1, 4), (2, 4)] * 10) == 160
    assert clustered_size([(0, 5)] * 20) == 20
    assert clustered_size([]) == 0.0


def test_nothing_measured_is_no_number():
    found = tally([(0, 0)])

    assert (found.n, found.n_eff, found.n_kish) == (0, 0, 0.0)
    assert found.text_interval is None
    assert found.reach_interval is None
    assert effective_size([]) == 0.0


@pytest.mark.parametrize(("k", "n"), [(-1, 8), (9, 8)])
def test_impossible_counts_are_the_callers_mistake(k, n):
    with pytest.raises(ValueError, match="between 0 and 1"):
        share_interval(k, n)
    with pytest.raises(ValueError, match="cannot have"):
        tally([(k, n)])


def without_wires(n, _random):
    return np.ones(n, dtype=int)


def with_wires(n, random):
    """About two fifths of the articles are copies of wire texts, each in 2 to 12 outlets."""
    sizes = []
    while sum(sizes) < 0.4 * n:
        sizes.append(int(min(random.integers(2, 13), max(2, n // 4))))
    return np.array(sizes + [1] * (n - sum(sizes)))


def coverage(sizes, share, random):
    """How often the text interval, the reach interval and one that takes all articles for independent cover."""
    carried = random.random((N_DRAWS, len(sizes))) < share
    total, reach = carried.sum(axis=1), carried @ sizes
    kish = effective_size(sizes.tolist())
    n, n_eff = int(sizes.sum()), len(sizes)
    return (
        covered(total, n_eff, n_eff, share),
        covered(reach, n, kish, share),
        covered(reach, n, n, share),
    )


def covered(counts, out_of, size, share):
    """Draws whose interval holds the share; equal counts have equal intervals."""
    values, times = np.unique(counts, return_counts=True)
    intervals = [share_interval(value / out_of * size, size) or Interval(low=1, high=0) for value in values.tolist()]
    return sum(int(many) for found, many in zip(intervals, times, strict=True) if found.low <= share <= found.high) / (
        N_DRAWS
    )


@pytest.mark.slow
@pytest.mark.parametrize("sizes_of", [without_wires, with_wires], ids=lambda found: found.__name__)
def test_coverage_over_the_grid(sizes_of):
    """The mean lies between 93 and 97 %, no cell below 90 %; articles taken for independent would fail."""
    random = np.random.default_rng(20_251_124)
    drawn = [sizes_of(n, random) for n in SIZES]
    grid = np.array([[coverage(sizes, share, random) for share in SHARES] for sizes in drawn])

    for place, name in enumerate(("share of texts", "share of articles", "articles as if independent")):
        cells = grid[..., place]
        print(f"\n{sizes_of.__name__}, {name}: mean {cells.mean():.3f}, lowest {cells.min():.3f}")
        print("    n n_eff " + " ".join(f"{share:5.2f}" for share in SHARES))
        for sizes, row in zip(drawn, cells, strict=True):
            print(f"{sizes.sum():5d} {len(sizes):5d} " + " ".join(f"{cell:5.3f}" for cell in row))
    for place in (0, 1):
        assert 0.93 <= grid[..., place].mean() <= 0.97
        assert grid[..., place].min() >= 0.90
    if sizes_of is with_wires:
        assert grid[..., 2].min() < 0.90
