"""The bootstrap: repeatable, paired, and it finds what was planted."""

import numpy as np
import pytest

from framing.evaluation.bootstrap import N_RESAMPLES, difference, interval
from framing.evaluation.metrics import Measure, count, micro_f1, per_document, share


def mean(values, name="mean"):
    """A measure that is the mean of the documents' values."""
    return Measure(name=name, sums=per_document(values), score=share)


def test_the_interval_is_that_of_the_textbook():
    """Of a mean: plus and minus 1.96 standard errors."""
    values = np.random.default_rng(1).normal(0.5, 0.1, 400)

    found = interval(mean(values))

    error = values.std() / 20
    assert found.value == pytest.approx(values.mean())
    assert found.low == pytest.approx(values.mean() - 1.96 * error, abs=0.15 * error)
    assert found.high == pytest.approx(values.mean() + 1.96 * error, abs=0.15 * error)
    assert found == interval(mean(values))


def test_intervals_cover_the_truth_as_often_as_they_say():
    random = np.random.default_rng(2)

    found = [interval(mean(random.random(60) < 0.4)) for _ in range(120)]

    assert 0.88 <= np.mean([one.low <= 0.4 <= one.high for one in found]) <= 0.99


def test_a_planted_difference_is_found_because_it_is_paired():
    """Documents differ far more than the systems do: unpaired the intervals overlap, paired zero is outside."""
    random = np.random.default_rng(3)
    hardness = random.normal(0.5, 0.2, 200)
    one, other = hardness + 0.02 + random.normal(0, 0.02, 200), hardness

    found = difference(mean(one), mean(other))

    assert interval(mean(one)).low < interval(mean(other)).high
    assert 0 < found.low < 0.02 < found.high
    assert difference(mean(other), mean(one)).low == pytest.approx(-found.high)


def test_a_system_does_not_differ_from_itself():
    found = difference(mean([0, 1, 1, 0]), mean([0, 1, 1, 0]))

    assert (found.value, found.low, found.high) == (0, 0, 0)


def test_what_is_undefined_stays_so():
    nothing = Measure(name="micro-F1", sums=count(np.zeros((5, 2)), np.zeros((5, 2))), score=micro_f1)

    assert all(map(np.isnan, (interval(nothing).value, interval(nothing).low, interval(nothing).high)))


def test_more_documents_than_fit_at_once():
    """The weights of 6,000 documents do not fit into one chunk; nothing is lost between two."""
    values = np.arange(6_000) % 2

    found = interval(mean(values))

    assert N_RESAMPLES * len(values) > 4_000_000
    assert found.value == 0.5
    assert 0.48 < found.low < 0.5 < found.high < 0.52


def test_two_corpora_cannot_be_paired():
    with pytest.raises(ValueError, match=r"engine: 2 documents, but constant: 3\. A paired bootstrap needs both"):
        difference(mean([0, 1], "engine"), mean([0, 1, 1], "constant"))
