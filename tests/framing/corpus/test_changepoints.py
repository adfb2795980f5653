"""Change points: a planted change is found where it is, shuffled bins yield the nominal share at most."""

import numpy as np
import pytest

from framing.corpus.changepoints import FACTORS, MIN_BINS, MIN_SEGMENT, change_points


def counts(shares, random, mean=12):
    sizes = 1 + random.poisson(mean, size=len(shares))
    return list(zip(random.binomial(sizes, shares).tolist(), sizes.tolist(), strict=True))


def test_a_planted_change_is_found_and_holds():
    random = np.random.default_rng(3)
    found = change_points(counts([0.1] * 30 + [0.5] * 30, random))

    assert found is not None
    assert len(found.points) == 1
    point = found.points[0]
    assert abs(point.bin - 30) <= 1
    assert point.share_before == pytest.approx(0.1, abs=0.05)
    assert point.share_after == pytest.approx(0.5, abs=0.06)
    assert point.held_by == 1.0
    assert len(found.by_penalty) == len(FACTORS)
    penalties = [penalty for penalty, _ in found.by_penalty]
    assert penalties == sorted(penalties)


def test_a_gap_moves_no_point():
    """A feed that is down leaves bins out; the point keeps its place in the series as handed over."""
    random = np.random.default_rng(3)
    series = counts([0.1] * 30 + [0.5] * 30, random)
    with_gap = series[:10] + [(0, 0)] * 8 + series[10:]
    found, gapped = change_points(series), change_points(with_gap)

    assert found is not None
    assert gapped is not None
    assert [point.bin for point in gapped.points] == [point.bin + 8 for point in found.points]


def test_too_few_bins_are_not_looked_at():
    assert change_points([(5, 10)] * (MIN_BINS - 1) + [(0, 0)] * 10) is None


@pytest.mark.parametrize("k", [0, 4, 10])
def test_a_level_series_has_no_points(k):
    found = change_points([(k, 10)] * 40)

    assert found is not None
    assert found.points == ()


def test_an_episode_is_no_level():
    """Four days of another share are shorter than a segment; no two points lie closer than that."""
    random = np.random.default_rng(8)
    found = change_points(counts([0.1] * 30 + [0.9] * 3 + [0.1] * 30, random))

    assert found is not None
    assert all(
        after.bin - before.bin >= MIN_SEGMENT for before, after in zip(found.points, found.points[1:], strict=False)
    )


def test_the_same_series_gives_the_same_answer():
    series = counts([0.2] * 25 + [0.4] * 25, np.random.default_rng(1))

    assert change_points(series) == change_points(series)


@pytest.mark.slow
@pytest.mark.parametrize("scattering", [False, True], ids=["labels shuffled", "days that scatter"])
def test_nothing_is_found_where_nothing_is(scattering):
    """200 seeds of 60 days: points are found in at most the nominal share."""
    found = []
    for seed in range(200):
        random = np.random.default_rng(seed)
        shares = random.beta(6, 24, size=60) if scattering else np.full(60, 0.2)
        answer = change_points(counts(shares, random))
        assert answer is not None
        found.append(bool(answer.points))
    print(f"\nchange points, nothing planted: {np.mean(found):.3f} of 200 series with a finding")

    assert np.mean(found) <= (0.08 if scattering else 0.05)


@pytest.mark.slow
def test_planted_changes_are_found():
    """0.15 to 0.35 halfway through 60 days of 13 texts: found in nine of ten, within three days in most."""
    found, near = 0, 0
    for seed in range(100):
        answer = change_points(counts([0.15] * 30 + [0.35] * 30, np.random.default_rng(seed)))
        assert answer is not None
        found += bool(answer.points)
        near += any(abs(point.bin - 30) <= 3 for point in answer.points)
    print(f"\nchange points, 0.15 to 0.35 planted: found in {found} of 100, within 3 days in {near}")

    assert found >= 90
    assert near >= 75
