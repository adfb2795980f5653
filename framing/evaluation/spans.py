"""Matching the spans that were found with those that should have been."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, TypeVar

Span: TypeAlias = tuple[tuple[int, int], ...]
"""One or more stretches ``(start, end)`` of characters, end exclusive: "A," she said, "B." has a content of two."""

MIN_OVERLAP: Final = 0.8
"""Two spans are the same when this share of the longer lies in the other: a mark or comma more or less is forgiven,
a missing clause is not."""

_Item = TypeVar("_Item")


def length(span: Span) -> int:
    """Characters of a span."""
    return sum(end - start for start, end in span)


def shared(one: Span, other: Span) -> int:
    """Characters that two spans have in common."""
    return sum(max(0, min(a_end, b_end) - max(a, b)) for a, a_end in one for b, b_end in other)


def is_same(one: Span, other: Span) -> bool:
    """Whether at least 80 % of the longer span lies in the other."""
    return shared(one, other) >= MIN_OVERLAP * max(length(one), length(other), 1)


def is_within(one: Span, other: Span) -> bool:
    """Whether at least 80 % of the shorter span lies in the other: "Clinton" in "Hillary Clinton, the candidate"."""
    return shared(one, other) >= MIN_OVERLAP * max(min(length(one), length(other)), 1)


def touches(one: Span, other: Span) -> bool:
    """Whether two spans have a character in common."""
    return shared(one, other) > 0


def match(
    gold: Sequence[_Item], found: Sequence[_Item], is_match: Callable[[_Item, _Item], bool]
) -> tuple[tuple[int, int], ...]:
    """
    Pair as many as possible, one to one.

    Args:
        gold: What should have been found.
        found: What was.
        is_match: Whether an item of ``gold`` and one of ``found`` may be paired.

    Returns:
        ``(place in gold, place in found)``, ascending; no pairing has more pairs.

    Source:
        Augmenting paths, Kuhn (1955), Naval Research Logistics Quarterly 2, 83-97.
    """
    candidates = [[place for place, item in enumerate(found) if is_match(wanted, item)] for wanted in gold]
    owners: dict[int, int] = {}

    def assign(wanted: int, tried: set[int]) -> bool:
        for place in candidates[wanted]:
            if place in tried:
                continue
            tried.add(place)
            if place not in owners or assign(owners[place], tried):
                owners[place] = wanted
                return True
        return False

    for wanted in range(len(gold)):
        assign(wanted, set())
    return tuple(sorted((wanted, place) for place, wanted in owners.items()))
