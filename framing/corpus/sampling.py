"""Drawing sentences for people to judge, each with a known chance of being drawn."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from framing.errors import ParleyError

MIN_DRAWN: Final = 2
"""Of each stratum that holds as many: a spread cannot be seen in one unit, nor anything in none."""


class SampleTooSmallError(ParleyError):
    """The sample cannot reach every stratum."""


class Stratum(NamedTuple):
    """The sentences of one language, in regard to one frame, to which the machine gives one answer."""

    language: str
    frame_id: str
    machine_carried: bool

    @property
    def name(self) -> str:
        """``en/deadlock/carried``"""
        return f"{self.language}/{self.frame_id}/{'carried' if self.machine_carried else 'not_carried'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One unit that was drawn: a sentence in regard to a frame."""

    stratum: Stratum
    rank: int
    """Which unit of its stratum, from 0, in whatever order the caller keeps them."""
    inclusion_probability: float
    """Drawn units of the stratum / all units of it, in (0, 1]."""


def allocate(sizes: Mapping[Stratum, int], n: int) -> dict[Stratum, int]:
    """
    How many units to draw from each stratum.

    Equally many of each: figures are given per language and frame, so each needs the same precision, and sentences
    that carry a frame are so rare that shares in proportion would draw next to none. What a small stratum cannot give
    is shared among the others.

    Args:
        sizes: Units in each stratum; may be 0.
        n: Units to draw in all.

    Returns:
        At most its size for each stratum; in all ``n``, or every unit there is.

    Raises:
        SampleTooSmallError: A stratum would be left with fewer than ``MIN_DRAWN`` of its units: a mistake of whoever
            asks, for nothing could be said of it.

    Source:
        Cochran (1977), Sampling Techniques, 5.5: equal allocation where strata are domains of study of their own.
    """
    drawn = dict.fromkeys(sorted(sizes), 0)
    left = n
    while open_strata := [stratum for stratum in drawn if drawn[stratum] < sizes[stratum]]:
        if left == 0:
            break
        share = max(1, left // len(open_strata))
        for stratum in open_strata:
            more = min(share, sizes[stratum] - drawn[stratum], left)
            drawn[stratum] += more
            left -= more
    needed = sum(min(size, MIN_DRAWN) for size in sizes.values())
    if any(drawn[stratum] < min(size, MIN_DRAWN) for stratum, size in sizes.items()):
        n_cells = len({(stratum.language, stratum.frame_id) for stratum in sizes})
        raise SampleTooSmallError(
            f"{n} units are too few for {n_cells} pairs of language and frame, of which those that the machine finds "
            f"and those that it does not find are drawn apart. Draw at least {needed}, or fewer languages or frames."
        )
    return drawn


def draw(sizes: Mapping[Stratum, int], n: int, seed: int) -> tuple[Draw, ...]:
    """
    A stratified random sample without replacement.

    Args:
        sizes: Units in each stratum; may be 0.
        n: Units to draw in all, see ``allocate``.
        seed: The same sizes, n and seed give the same sample.

    Returns:
        The units in random order, so that nobody who reads them one after the other sees which strata they are of.

    Raises:
        SampleTooSmallError: See ``allocate``.

    Source:
        Cochran (1977), Sampling Techniques, chapter 5.
    """
    drawn = allocate(sizes, n)
    units = [
        Draw(stratum=stratum, rank=rank, inclusion_probability=drawn[stratum] / sizes[stratum])
        for stratum in drawn
        if drawn[stratum]
        for rank in _ranks(sizes[stratum], drawn[stratum], f"{seed}/{stratum.name}")
    ]
    random.Random(f"{seed}/order").shuffle(units)  # noqa: S311 (a reproducible sample, not a secret)
    return tuple(units)


def _ranks(size: int, n: int, seed: str) -> Sequence[int]:
    """Each stratum has a seed of its own: what is drawn of one does not hang on the others."""
    return sorted(random.Random(seed).sample(range(size), n))  # noqa: S311
