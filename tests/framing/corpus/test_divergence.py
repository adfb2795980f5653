"""Divergence between classes: planted differences are found, shuffled labels are not, and order does not matter."""

from datetime import timedelta

import numpy as np
import pytest

from framing.corpus.divergence import DatedUnit, daily_divergence, divergence
from framing.corpus.events import q_values
from tests.framing.corpus.null_archive import FIRST_DAY, shuffled

RATES = np.array([0.4, 0.2, 0.1, 0.1, 0.02])


def texts(n, rates, random):
    return (random.random((n, len(rates))) < rates).astype(float)


def day_of_news(random, n=40, turned=False):
    """Three classes' texts of a day; ``turned``: the first class prefers the others' rare frames."""
    rows = np.vstack([texts(n, RATES[::-1] if turned else RATES, random), texts(2 * n, RATES, random)])
    return rows, ["one"] * n + ["other"] * n + ["third"] * n


def test_classes_that_share_no_frame_are_as_far_apart_as_can_be():
    carried = np.array([[1.0, 0.0]] * 10 + [[0.0, 1.0]] * 10)
    found = divergence(carried, ["one"] * 10 + ["other"] * 10)

    assert found.observed == pytest.approx(1.0)
    assert found.excess is not None
    assert found.null_high is not None
    assert found.excess > 0.9
    assert found.excess > found.null_high
    assert found.p == pytest.approx(1 / 2_000)


def test_equal_use_of_frames_is_no_distance():
    found = divergence(np.array([[1.0, 0.0], [0.0, 1.0]] * 10), ["one"] * 10 + ["other"] * 10)

    assert found.observed == pytest.approx(0.0, abs=1e-12)
    assert found.excess is not None
    assert found.excess < 0
    assert found.p == 1.0


def test_small_classes_are_left_out_and_alone_none_is_compared():
    random = np.random.default_rng(1)
    carried = texts(27, RATES + 0.3, random)
    labels = ["one"] * 10 + ["other"] * 10 + ["tiny"] * 7

    assert divergence(carried, labels).n_eff == (("one", 10), ("other", 10))
    assert divergence(carried, labels).p == pytest.approx(divergence(carried[:20], labels[:20]).p, abs=0.05)
    assert divergence(carried[10:], labels[10:]).observed is None
    assert divergence(np.zeros((20, 3)), ["one"] * 10 + ["other"] * 10).observed is None
    assert divergence(np.zeros((0, 3)), []).observed is None


def test_names_and_order_of_texts_do_not_matter():
    random = np.random.default_rng(2)
    carried, labels = day_of_news(random)
    order = random.permutation(len(labels))
    one, other = (
        daily_divergence(
            [DatedUnit(day=FIRST_DAY, outlet_class=labels[at], carried=tuple(carried[at].tolist())) for at in places],
            FIRST_DAY,
            days=1,
        )
        for places in (range(len(labels)), order.tolist())
    )

    assert one == other
    assert one[0][1].observed == pytest.approx(divergence(carried, [f"class {name}" for name in labels]).observed)


def test_ninety_days_of_which_two_diverge():
    """Found on the two days and on no other; days without texts have no number; a day's answer is its own."""
    random = np.random.default_rng(4)
    units = []
    for place in range(90):
        if place == 40:
            continue
        carried, labels = day_of_news(random, turned=place in (20, 60))
        units += [
            DatedUnit(day=FIRST_DAY + timedelta(days=place), outlet_class=label, carried=tuple(row))
            for row, label in zip(carried.tolist(), labels, strict=True)
        ]
    found = daily_divergence(units, FIRST_DAY + timedelta(days=89))
    q = q_values([answer.p for _, answer in found])

    assert [day for day, _ in found] == [FIRST_DAY + timedelta(days=place) for place in range(90)]
    assert q[40] is None
    assert {place for place, value in enumerate(q) if value is not None and value < 0.05} == {20, 60}
    assert daily_divergence(units, FIRST_DAY + timedelta(days=60), days=3)[2] == found[60]


@pytest.mark.slow
def test_nothing_is_found_where_nothing_is():
    """200 archives of six days with shuffled labels: findings stay within the nominal share, the excess around 0."""
    p_values, excess, archives, findings = [], [], [], []
    for seed in range(200):
        random = np.random.default_rng(seed)
        days = []
        for _ in range(6):
            carried, labels = day_of_news(random, turned=True)
            days.append(divergence(carried, shuffled(labels, random).tolist()))
        found = [q is not None and q < 0.05 for q in q_values([answer.p for answer in days])]
        p_values += [answer.p for answer in days]
        excess += [answer.excess for answer in days]
        findings += found
        archives.append(any(found))
    print(
        f"\ndivergence, labels shuffled: of 1,200 days {np.mean(np.array(p_values) < 0.05):.3f} with p < 0.05 and "
        f"{np.mean(findings):.4f} with q < 0.05; {np.mean(archives):.3f} of 200 archives with any; "
        f"mean excess {np.mean(excess):+.5f} bits"
    )

    assert np.mean(np.array(p_values) < 0.05) <= 0.0625  # exact tests: 5 %, and two standard errors
    assert np.mean(findings) <= 0.05
    assert np.mean(archives) <= 0.05
    assert abs(np.mean(excess)) < 0.001


@pytest.mark.slow
def test_a_planted_difference_is_found():
    found = [divergence(*day_of_news(np.random.default_rng(seed), turned=True), seed=seed) for seed in range(100)]
    power = np.mean([answer.p is not None and answer.p < 0.001 for answer in found])
    print(f"\ndivergence, frames turned over in one class: p < 0.001 in {power:.2f} of 100")

    assert power >= 0.9
