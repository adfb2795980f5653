"""How far coders agree, beyond chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import krippendorff
import numpy as np

from framing.corpus.intervals import Interval

MIN_UNITS: Final = 10
"""Units judged twice or more below which no alpha is given: each moves it by a tenth or so."""
N_RESAMPLES: Final = 2_000
SEED: Final = 20_251_202


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Krippendorff's alpha of one code."""

    alpha: float | None
    """1: equal in every unit; 0: as by chance; below 0: worse. ``None``: too few units, or all judgements the same."""
    interval: Interval | None
    """95 % of the resamples of units in which alpha is defined."""
    n_units: int
    """Units with two judgements or more: the others say nothing about agreement."""
    n_judgements: int
    """In these units."""


def krippendorff_alpha(units: Sequence[Sequence[str]], seed: int = SEED) -> Agreement:
    """
    Nominal agreement of any number of coders, who need not judge every unit.

    Args:
        units: Per unit the judgements it has, in any order: who judged does not matter.
        seed: Of the resamples.

    Source:
        Krippendorff (2018), Content Analysis, 4th ed., chapter 12, by the krippendorff package. The bootstrap draws
        whole units, as Zapf et al. (2016), BMC Med. Res. Methodol. 16, 93, found to cover well; Krippendorff's own
        draws pairs and is too narrow.
    """
    paired = [unit for unit in units if len(unit) > 1]
    domain = sorted({value for unit in paired for value in unit})
    counts = np.array([[list(unit).count(value) for value in domain] for unit in paired])
    n_judgements = sum(len(unit) for unit in paired)
    if len(paired) < MIN_UNITS or len(domain) < 2:
        return Agreement(alpha=None, interval=None, n_units=len(paired), n_judgements=n_judgements)
    random = np.random.default_rng(seed)
    drawn = random.integers(len(counts), size=(N_RESAMPLES, len(counts)))
    alphas = [_alpha(counts[places]) for places in drawn if (counts[places].sum(axis=0) > 0).sum() > 1]
    low, high = np.quantile(alphas, [0.025, 0.975])
    return Agreement(
        alpha=_alpha(counts),
        interval=Interval(low=float(low), high=float(high)),
        n_units=len(paired),
        n_judgements=n_judgements,
    )


def _alpha(counts: np.typing.NDArray[np.int_]) -> float:
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
