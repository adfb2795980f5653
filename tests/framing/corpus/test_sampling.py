"""Samples: known chances, nothing twice, nothing that depends on anything but sizes, n and seed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.sampling import MIN_DRAWN, SampleTooSmallError, Stratum, allocate, draw

RARE = Stratum("en", "deadlock", True)
COMMON = Stratum("en", "deadlock", False)
SIZES = st.dictionaries(
    st.builds(Stratum, st.sampled_from(["en", "ru", "uk"]), st.sampled_from(["deadlock", "momentum"]), st.booleans()),
    st.integers(0, 60),
    min_size=1,
)


def test_a_small_stratum_is_drawn_whole_and_the_others_share_the_rest():
    sizes = {RARE: 10, COMMON: 1_000, Stratum("ru", "deadlock", True): 0, Stratum("ru", "deadlock", False): 500}

    drawn = allocate(sizes, 100)
    units = draw(sizes, 100, seed=1)

    assert drawn == sizes | {COMMON: 45, Stratum("ru", "deadlock", False): 45}
    assert Counter(unit.stratum for unit in units) == {stratum: n for stratum, n in drawn.items() if n}
    assert {unit.inclusion_probability for unit in units if unit.stratum == RARE} == {1.0}
    assert {unit.inclusion_probability for unit in units if unit.stratum == COMMON} == {0.045}


@given(SIZES, st.integers(0, 2**32))
def test_weights_add_up_to_the_strata(sizes, seed):
    """The law that corrected shares rest on: each stratum's units stand for exactly its sentences, none twice."""
    n = max(12 * MIN_DRAWN, sum(sizes.values()) // 3)

    units = draw(sizes, n, seed)

    assert len(units) == min(n, sum(sizes.values()))
    assert len({(unit.stratum, unit.rank) for unit in units}) == len(units)
    assert all(0 <= unit.rank < sizes[unit.stratum] for unit in units)
    for stratum, size in sizes.items():
        weights = [1 / unit.inclusion_probability for unit in units if unit.stratum == stratum]
        assert sum(weights) == pytest.approx(size)


@given(SIZES, st.integers(0, 2**32))
def test_the_same_is_drawn_again(sizes, seed):
    """Also where the strata come in another order."""
    assert draw(sizes, 100, seed) == draw(dict(reversed(sizes.items())), 100, seed)


def test_every_unit_has_the_chance_that_is_stated():
    """Over 2,000 seeds: each unit of a stratum of 40, of which 10 are drawn, about 500 times."""
    sizes = {COMMON: 40}

    times = Counter(unit.rank for seed in range(2_000) for unit in draw(sizes, 10, seed))

    assert sorted(times) == list(range(40))
    assert all(abs(n - 500) < 5 * (2_000 * 0.25 * 0.75) ** 0.5 for n in times.values())


def test_the_order_gives_no_stratum_away():
    """Coders read from above: the first half must not be what the machine found."""
    places = [place for place, unit in enumerate(draw({RARE: 100, COMMON: 100}, 200, 7)) if unit.stratum == RARE]

    assert sum(places) / len(places) == pytest.approx(99.5, abs=10)


def test_too_few_for_every_stratum():
    with pytest.raises(SampleTooSmallError) as raised:
        allocate({RARE: 50, COMMON: 50}, 3)

    assert str(raised.value) == (
        "3 units are too few for 1 pairs of language and frame, of which those that the machine finds and those that "
        "it does not find are drawn apart. Draw at least 4, or fewer languages or frames."
    )
