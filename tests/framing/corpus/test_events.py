"""Event effects: a planted change is found, shuffled labels yield nothing, too few texts give no number."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.events import DayCount, event_effect, neighbours, q_values
from tests.framing.corpus.null_archive import FIRST_DAY, drawn, series, shuffled

EVENT = FIRST_DAY + timedelta(days=10)


def days(offsets, k, n):
    return [DayCount(day=EVENT + timedelta(days=offset), k_eff=k, n_eff=n) for offset in offsets]


def test_the_ratio_is_that_of_the_shares():
    """A tenth of 70 before, a half of 70 after; the event's own day, whatever it says, is left out."""
    found = event_effect(days(range(-9, 0), 1, 10) + days([0], 10, 10) + days(range(1, 10), 5, 10), EVENT)

    assert (found.k_before, found.n_before, found.k_after, found.n_after) == (7, 70, 35, 70)
    assert found.ratio == pytest.approx((35.5 / 71) / (7.5 / 71))
    assert found.scatter == 1.0
    assert found.interval is not None
    assert found.interval.low > 1
    assert found.p is not None
    assert found.p < 0.001


def test_days_that_scatter_widen_the_interval():
    calm = event_effect(days(range(-7, 0), 5, 10) + days(range(1, 8), 5, 10), EVENT)
    wild = event_effect(
        days(range(-7, 0, 2), 10, 10) + days(range(-6, 0, 2), 0, 10) + days(range(1, 8), 5, 10),
        EVENT,
    )

    assert wild.scatter is not None
    assert wild.scatter > 4
    assert calm.interval is not None
    assert wild.interval is not None
    assert wild.interval.high > calm.interval.high


@pytest.mark.parametrize(
    ("before", "after"),
    [([], range(1, 8)), (range(-7, 0), []), ([-1, -2], range(1, 8)), (range(-7, 0), [8, 9, 10, 11])],
)
def test_too_few_is_no_number(before, after):
    found = event_effect(days(before, 2, 10) + days(after, 2, 10), EVENT)

    assert found.too_few
    assert (found.ratio, found.interval, found.p, found.scatter) == (None, None, None, None)


def test_days_without_texts_are_no_zeros():
    """A feed that was down for the second half of the window changes nothing."""
    whole = days(range(-7, 0), 5, 10) + days(range(1, 5), 5, 10)

    assert event_effect(whole + days(range(5, 8), 0, 0), EVENT) == event_effect(whole, EVENT)


@pytest.mark.parametrize("k", [0, 10])
def test_all_or_none_still_leaves_doubt(k):
    found = event_effect(days(range(-7, 0), k, 10) + days(range(1, 8), k, 10), EVENT)

    assert found.interval is not None
    assert found.interval.low < 1 < found.interval.high


def test_events_close_together_name_each_other():
    days_of = {name: EVENT + timedelta(days=offset) for name, offset in {"b": 0, "a": 0, "c": 7, "d": 20}.items()}

    assert neighbours(days_of) == {"b": ("a", "c"), "a": ("b", "c"), "c": ("a", "b"), "d": ()}


@given(st.lists(st.floats(0, 1) | st.none(), max_size=20), st.randoms(use_true_random=False))
def test_q_values_keep_the_order_of_p(p_values, random):
    found = q_values(p_values)
    pairs = [(p, q) for p, q in zip(p_values, found, strict=True) if p is not None and q is not None]

    assert [p is None for p in p_values] == [q is None for q in found]
    assert all(p - 1e-12 <= q <= 1 for p, q in pairs)
    ordered = [q for _, q in sorted(pairs)]
    assert ordered == sorted(ordered)
    order = list(range(len(p_values)))
    random.shuffle(order)
    assert q_values([p_values[place] for place in order]) == tuple(found[place] for place in order)


def test_known_q_values():
    assert q_values([0.01, None, 0.04, 0.03, 0.5]) == pytest.approx((0.04, None, 0.0533, 0.0533, 0.5), abs=1e-4)


def family(random, effect, restless, shuffle, mean=12.0):
    """Effects of 4 events on 6 series (outlets, frames) of 60 days; ``effect`` multiplies one share after one event."""
    found = []
    for place in range(6):
        shares = np.full(60, 0.15)
        if restless:
            shares = random.beta(0.15 * 30, 0.85 * 30, size=60)
        if place == 0:
            shares[21:28] *= effect
        labels, day_of = drawn(shares, random, mean)
        rows = series(shuffled(labels, random) if shuffle else labels, day_of)
        found += [event_effect(rows, FIRST_DAY + timedelta(days=day)) for day in (10, 20, 35, 50)]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("restless", [False, True], ids=["labels shuffled", "days that scatter"])
def test_nothing_is_found_where_nothing_is(restless):
    """200 seeds: at most 5 % of p, and of families with any finding, lie below 5 %.

    Days that scatter are harder than shuffled labels; there the families may miss by two standard errors.
    """
    p_values, families = [], []
    for seed in range(200):
        effects = family(np.random.default_rng(seed), 1.0, restless, shuffle=not restless)
        p_values += [effect.p for effect in effects]
        families.append(any(q is not None and q < 0.05 for q in q_values([effect.p for effect in effects])))
    known = np.array([p for p in p_values if p is not None])
    print(
        f"\nevent effects, nothing planted: {len(known)} comparisons, {np.mean(known < 0.05):.3f} of p below 0.05; "
        f"{np.mean(families):.3f} of 200 families with a finding at q < 0.05"
    )

    assert len(known) > 4_000
    assert np.mean(known < 0.05) <= 0.05
    assert np.mean(families) <= (0.08 if restless else 0.05)


@pytest.mark.slow
@pytest.mark.parametrize(("mean", "found_in"), [(12.0, 0.7), (20.0, 0.95)])
def test_a_planted_effect_is_found(mean, found_in):
    """The share trebles for a week, 0.15 to 0.45: found at its size, and rarely anything beside it."""
    hits, ratios, covered, false = [], [], [], []
    for seed in range(200):
        effects = family(np.random.default_rng(seed), 3.0, restless=False, shuffle=False, mean=mean)
        findings = [value is not None and value < 0.05 for value in q_values([effect.p for effect in effects])]
        planted = effects[1]
        assert planted.ratio is not None
        assert planted.interval is not None
        hits.append(findings[1])
        ratios.append(planted.ratio)
        covered.append(planted.interval.low <= 3 <= planted.interval.high)
        false.append(sum(findings[4:]) / max(1, sum(findings)))
    print(
        f"\nevent effects, ratio 3 planted at {mean:.0f} texts on a weekday: found in {np.mean(hits):.3f}, "
        f"median ratio {np.median(ratios):.2f}, "
        f"interval holds 3 in {np.mean(covered):.3f}, false findings {np.mean(false):.3f}"
    )

    assert np.mean(hits) >= found_in
    assert 2.7 <= np.median(ratios) <= 3.3
    assert np.mean(covered) >= 0.91  # 95 %, less two and a half standard errors
    assert np.mean(false) <= 0.05
