"""How common something is, corrected for the errors of the engine that a gold sample shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from scipy.stats import t

from framing.corpus.intervals import Interval, Z

MIN_GOLD: Final = 30
"""Fewer judged sentences give no corrected figure: without one error seen its interval is 10 points to each side."""
MIN_YOUDEN: Final = 0.2
"""Sensitivity + specificity - 1 below which the engine says too little to be corrected: errors are divided by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldItem:
    """One sentence that was drawn for the gold sample and judged by people."""

    stratum: str
    """Sentences were drawn at random within strata, without replacement."""
    inclusion: float
    """The probability with which it was drawn, in (0, 1]."""
    gold: bool
    """Whether it carries the code, as people judged."""
    engine: bool
    """Whether the engine says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevalence:
    """The share of sentences that carry a code: as the engine says, and corrected."""

    naive: float
    """The engine's own share over all sentences, in [0, 1]."""
    corrected: float
    """In [0, 1]."""
    interval: Interval
    """95 %, of the corrected share."""
    method: str
    """design-based or rogan-gladen."""
    n_gold: int
    """Judged sentences that it rests on."""


def design_based(naive: float, n_sentences: int, sample: Sequence[GoldItem]) -> Prevalence | None:
    """
    Correct the engine's share by the errors in a sample drawn with known probabilities.

    The difference estimator: the engine's share over all sentences, plus the sample's weighted mean of gold minus
    engine. It is unbiased however bad the engine is; a good engine makes it sharp. An engine that made no error in
    the sample is not held to be perfect: for the variance one miss and one false alarm are added to the sample.

    Args:
        naive: The engine's share over the ``n_sentences`` from which the sample was drawn, in [0, 1].
        n_sentences: All sentences of all strata, > 0.
        sample: Judged sentences. Those drawn but not judged must be missing at random within their stratum, and
            ``inclusion`` must be the probability of being drawn *and* judged.

    Returns:
        ``None`` with fewer than ``MIN_GOLD`` sentences, or where the sample contradicts the engine's share: the whole
        interval lies outside [0, 1], so the sample was not drawn from these sentences.

    Source:
        Saerndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, chapters 2 (Horvitz-Thompson), 3.7
        and 6.3 (difference estimator). The two added errors follow Agresti and Coull (1998); they are ours here.
    """
    if len(sample) < MIN_GOLD:
        return None
    strata: defaultdict[str, list[GoldItem]] = defaultdict(list)
    for item in sample:
        strata[item.stratum].append(item)
    correction = sum((item.gold - item.engine) / item.inclusion for item in sample) / n_sentences
    variance = sum(_variance(items, len(sample)) for items in strata.values()) / n_sentences**2
    half = float(t.ppf(0.975, max(1, len(sample) - len(strata)))) * sqrt(variance)
    middle = naive + correction
    return _answer("design-based", naive, middle, (middle - half, middle + half), len(sample))


def _variance(items: Sequence[GoldItem], n_sample: int) -> float:
    """Of a stratum's estimated total of errors; its share of the two added errors included."""
    added = 2 * len(items) / n_sample
    errors = [item.gold - item.engine for item in items]
    mean = sum(errors) / len(errors)
    spread = (sum((error - mean) ** 2 for error in errors) + added) / (len(items) - 1 + added)
    inclusion = len(items) / sum(1 / item.inclusion for item in items)
    return len(items) * (1 - inclusion) * spread / inclusion**2


def rogan_gladen(k: float, n: float, sample: Sequence[tuple[bool, bool]]) -> Prevalence | None:
    """
    Correct the engine's share by its sensitivity and specificity: the fallback where no design is known.

    It takes the engine to be as good here as on the judged sentences, whatever these were drawn from, which a
    design-based figure need not assume.

    Args:
        k: Sentences of which the engine says that they carry the code.
        n: All sentences, independent ones, > 0.
        sample: ``(gold, engine)`` per judged sentence.

    Returns:
        ``None`` with fewer than ``MIN_GOLD`` sentences, without a sentence that carries the code and one that does
        not, where the engine is hardly better than chance (``MIN_YOUDEN``), or where the sample contradicts the
        engine's share, as above.

    Source:
        Rogan and Gladen (1978), Am. J. Epidemiology 107, 71-76; the interval of Lang and Reiczigel (2014),
        Confidence limits for prevalence of disease adjusted for estimated sensitivity and specificity, Preventive
        Veterinary Medicine 113, 13-22.
    """
    carrying = [engine for gold, engine in sample if gold]
    lacking = [not engine for gold, engine in sample if not gold]
    if len(sample) < MIN_GOLD or not carrying or not lacking:
        return None
    sensitivity, specificity = sum(carrying) / len(carrying), sum(lacking) / len(lacking)
    if sensitivity + specificity - 1 < MIN_YOUDEN:
        return None
    naive = k / n
    corrected = (naive + specificity - 1) / (sensitivity + specificity - 1)
    middle, half = _lang_reiczigel(naive, n, (sensitivity, len(carrying)), (specificity, len(lacking)))
    bounds = (min(middle - half, corrected), max(middle + half, corrected))
    return _answer("rogan-gladen", naive, corrected, bounds, len(sample))


def _lang_reiczigel(
    naive: float, n: float, sensitivity: tuple[float, int], specificity: tuple[float, int]
) -> tuple[float, float]:
    """Middle and half width of the interval; sensitivity and specificity with the numbers they rest on."""
    share, size = (n * naive + Z * Z / 2) / (n + Z * Z), n + Z * Z
    (hit, n_hit), (passed, n_passed) = (
        ((value * count + 1) / (count + 2), count + 2) for value, count in (sensitivity, specificity)
    )
    youden = hit + passed - 1
    middle = (share + passed - 1) / youden
    miss, alarm = hit * (1 - hit) / n_hit, passed * (1 - passed) / n_passed
    shift = 2 * Z * Z * (middle * miss - (1 - middle) * alarm)
    variance = share * (1 - share) / size + middle**2 * miss + (1 - middle) ** 2 * alarm
    return middle + shift, Z * sqrt(variance) / youden


def _answer(method: str, naive: float, corrected: float, bounds: tuple[float, float], n_gold: int) -> Prevalence | None:
    """Cut to what a share can be; ``None`` where nothing of the interval is left: gold and engine do not fit."""
    low, high = bounds
    if high < 0 or low > 1:
        return None
    return Prevalence(
        naive=naive,
        corrected=_clip(corrected),
        interval=Interval(low=_clip(low), high=_clip(high)),
        method=method,
        n_gold=n_gold,
    )


def _clip(share: float) -> float:
    return min(max(share, 0.0), 1.0)
