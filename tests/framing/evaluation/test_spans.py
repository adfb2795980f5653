"""Matching spans: what is the same, and pairs one to one."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.evaluation.spans import is_same, is_within, match, shared, touches

PAIRS = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (((0, 10),), ((0, 10),), True),
        (((0, 10),), ((0, 8),), True),
        (((0, 10),), ((0, 7),), False),
        (((0, 10),), ((2, 12),), True),
        (((0, 10),), ((3, 13),), False),
        (((0, 10),), ((0, 13),), False),
        (((0, 5), (20, 25)), ((0, 5), (20, 25)), True),
        (((0, 5), (20, 25)), ((0, 25),), False),
        ((), (), False),
    ],
)
def test_eighty_per_cent_of_the_longer(one, other, same):
    assert is_same(one, other) is is_same(other, one) is same


def test_a_name_lies_within_its_phrase():
    assert is_within(((8, 15),), ((0, 40),))
    assert not is_within(((38, 48),), ((0, 40),))
    assert touches(((38, 48),), ((0, 40),))
    assert not touches(((40, 48),), ((0, 40),))
    assert shared(((0, 5), (10, 15)), ((3, 12),)) == 4


def test_one_answer_is_right_once():
    assert match([1, 1], [1], lambda one, other: one == other) == ((0, 0),)


@given(PAIRS)
def test_no_pairing_has_more_pairs(allowed):
    found = match(range(4), range(4), lambda one, other: (one, other) in allowed)

    most = max(sum(pair in allowed for pair in enumerate(order)) for order in permutations(range(4)))
    assert len(found) == most
    assert set(found) <= allowed
    assert len({one for one, _ in found}) == len({other for _, other in found}) == len(found)
