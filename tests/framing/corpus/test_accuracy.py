"""Precision and recall: planted ones are found, and their intervals hold them."""

import numpy as np
import pytest

from framing.corpus.accuracy import Judged, accuracy


def test_what_was_passed_over_weighs_by_its_number():
    """One miss in fifty drawn stands for two hundred of ten thousand, twice of what was found."""
    found = accuracy(Judged(n_units=125, n_judged=50, n_carried=40), Judged(n_units=10_000, n_judged=50, n_carried=1))

    assert found.precision == 0.8
    assert found.recall == pytest.approx(100 / 300)


def test_too_few_judged_is_not_known():
    none = accuracy(Judged(n_units=9, n_judged=7, n_carried=7), Judged(n_units=90, n_judged=50, n_carried=1))

    assert (none.precision, none.recall, none.recall_interval) == (None, None, None)
    assert (
        accuracy(Judged(n_units=9, n_judged=9, n_carried=9), Judged(n_units=9, n_judged=7, n_carried=0)).recall is None
    )
    assert (
        accuracy(Judged(n_units=9, n_judged=9, n_carried=0), Judged(n_units=9, n_judged=9, n_carried=0)).recall is None
    )


@pytest.mark.parametrize("missed", [0.0, 0.005, 0.02, 0.1])
@pytest.mark.parametrize("right", [0.5, 0.9])
@pytest.mark.parametrize("n", [30, 150])
def test_the_interval_of_recall_holds_the_planted_one(right, missed, n):
    rng = np.random.default_rng(20251202)
    n_found, n_other, n_runs = 400, 8_000, 1_000
    truth = n_found * right / (n_found * right + n_other * missed)
    held = 0
    for k_found, k_other in zip(rng.binomial(n, right, n_runs), rng.binomial(n, missed, n_runs), strict=True):
        interval = accuracy(
            Judged(n_units=n_found, n_judged=n, n_carried=int(k_found)),
            Judged(n_units=n_other, n_judged=n, n_carried=int(k_other)),
        ).recall_interval
        held += interval is not None and interval.low - 1e-12 <= truth <= interval.high + 1e-12
    print(f"n {n}, precision {right}, missed {missed}: {held / n_runs:.1%}")
    assert held / n_runs >= 0.92
