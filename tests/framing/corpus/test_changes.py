"""One day against the week before: a planted change is told, a thin day is not, and interval and p agree."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.changes import PAST_DAYS, day_change
from framing.corpus.differences import difference_interval
from framing.corpus.events import DayCount
from framing.corpus.ratios import ratio_p
from tests.framing.corpus.null_archive import FIRST_DAY

TODAY = FIRST_DAY + timedelta(days=60)


def days(offsets, k, n):
    return [DayCount(day=TODAY + timedelta(days=offset), k_eff=k, n_eff=n) for offset in offsets]


def test_a_day_is_held_against_the_week_before():
    """A tenth of 70, then seven of ten; what came before the week is no part of either share."""
    found = day_change(days(range(-20, -7), 5, 10) + days(range(-7, 0), 1, 10) + days([0], 7, 10), TODAY)

    assert found is not None
    assert (found.k, found.n, found.k_before, found.n_before) == (7, 10, 7, 70)
    assert found.delta == pytest.approx(0.6)
    assert 0 < found.interval.low < found.delta < found.interval.high < 1
    assert found.p < 0.001


@pytest.mark.parametrize(
    "series",
    [
        days(range(-20, 0), 2, 10) + days([0], 5, 7),
        days(range(-20, 0), 0, 1) + days([0], 5, 10),
        days([-1], 2, 10) + days([0], 5, 10),
        days(range(-20, 0), 2, 10),
    ],
    ids=["few today", "few in the week", "no past", "nothing today"],
)
def test_too_few_is_no_answer(series):
    assert day_change(series, TODAY) is None


def test_neither_later_days_nor_old_ones_change_a_day():
    """So that an answer, once given, stays."""
    series = days(range(-PAST_DAYS, 0), 2, 10) + days([0], 6, 10)
    others = days(range(1, 9), 10, 10) + days(range(-90, -PAST_DAYS), 10, 10)

    assert day_change(series + others, TODAY) == day_change(series, TODAY)


def test_days_that_scatter_make_a_day_less_unusual():
    calm = day_change(days(range(-21, 0), 3, 10) + days([0], 7, 10), TODAY)
    wild = day_change(days(range(-21, 0, 2), 6, 10) + days(range(-20, 0, 2), 0, 10) + days([0], 7, 10), TODAY)

    assert calm is not None
    assert wild is not None
    assert wild.p > calm.p
    assert wild.interval.high - wild.interval.low > calm.interval.high - calm.interval.low


def test_two_of_a_rare_frame_are_no_news():
    """Chi-squared would say 0.003: it expects a third of a text and gets two."""
    found = day_change(days(range(-7, 0), 1 / 7, 10) + days([0], 2, 9), TODAY)

    assert found is not None
    assert found.p > 0.02


def test_a_known_interval():
    """Of 56/70 against 48/80, as Newcombe (1998), Statistics in Medicine 17, 873-890, prints it for this method."""
    found = difference_interval((56, 70), (48, 80))

    assert (found.low, found.high) == pytest.approx((0.0533, 0.3377), abs=1e-4)


COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.floats(0, n), st.just(n)))


@given(COUNTS, COUNTS, st.floats(1, 4), st.none() | st.integers(1, 40))
def test_the_interval_holds_the_difference_mirrors_and_agrees_with_p(one, other, scatter, freedom):
    found = difference_interval(one, other, scatter, freedom)
    turned = difference_interval(other, one, scatter, freedom)
    p = ratio_p(one, other, scatter, freedom)

    assert -1 <= found.low <= one[0] / one[1] - other[0] / other[1] <= found.high <= 1
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low), abs=1e-6)
    if abs(p - 0.05) > 1e-6:
        assert (found.low > 1e-9 or found.high < -1e-9) == (p < 0.05)
