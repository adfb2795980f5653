"""Shares with their uncertainty, where many articles are copies of few texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

Z: Final = 1.959964
"""Two-sided 95 %."""
Z_ONE_SIDED: Final = 1.644854
"""One-sided 95 %."""
RARE: Final = 3.0
"""Up to so many carriers (or non-carriers) Wilson's near end is drawn in too far: of 8 texts with a share of 0.02
his interval covers 85.1 %, this one 99.0 %."""
MIN_EFFECTIVE: Final = 8
"""Fewer independent texts than these are shown, but never ranked or compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The 95 % interval of a value, in the value's own unit."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many articles, and how many independent texts, carry something."""

    k: int
    """Articles that carry it: reach."""
    n: int
    """Articles in which it was measured: reach."""
    k_eff: float
    """Texts that carry it; a text of which some copies carry it and some do not (edited copies) counts in part."""
    n_eff: int
    """Independent texts in which it was measured: all copies of one text are one."""
    n_kish: float
    """To how many equally weighted texts the *reach* amounts, at most ``n_eff``: one text in many copies outweighs
    the others."""

    @property
    def too_few(self) -> bool:
        """Whether the texts are too few to rank or compare."""
        return self.n_eff < MIN_EFFECTIVE

    @property
    def text_interval(self) -> Interval | None:
        """The interval of ``k_eff / n_eff``, the share of independent texts; ``None``: nothing was measured."""
        return share_interval(self.k_eff, self.n_eff)

    @property
    def reach_interval(self) -> Interval | None:
        """The interval of ``k / n``, the share of articles; ``None``: nothing was measured."""
        return reach_interval(self.k, self.n, self.n_kish) if self.n else None


def tally(clusters: Iterable[tuple[int, int]]) -> Tally:
    """
    Count articles and independent texts.

    Args:
        clusters: ``(carriers, articles)`` per cluster of copies, an article without copies being a cluster of its
            own; ``0 <= carriers <= articles``. A cluster without a measured article, ``(0, 0)``, counts for nothing.

    Raises:
        ValueError: A cluster has more carriers than articles, a mistake of the caller.
    """
    found = [(carriers, articles) for carriers, articles in clusters if articles]
    for carriers, articles in found:
        if not 0 <= carriers <= articles:
            raise ValueError(f"A cluster of {articles} articles cannot have {carriers} carriers.")
    return Tally(
        k=sum(carriers for carriers, _ in found),
        n=sum(articles for _, articles in found),
        k_eff=sum(carriers / articles for carriers, articles in found),
        n_eff=len(found),
        n_kish=effective_size(articles for _, articles in found),
    )


def effective_size(weights: Iterable[float]) -> float:
    """
    To how many equally weighted items some unequally weighted ones amount: (sum w)^2 / sum w^2, 0.0 for none.

    Taken with clusters' sizes as weights this is n over the design effect when all members of a cluster answer
    alike, which copies of one text nearly do; where they differ it errs on the side of caution.

    Source:
        Kish (1965), Survey Sampling, sections 8.2 and 11.7.
    """
    items = [weight for weight in weights if weight]
    return sum(items) ** 2 / sum(weight * weight for weight in items) if items else 0.0


def clustered_size(clusters: Sequence[tuple[int, int]]) -> float:
    """
    To how many independent items clusters amount whose members answer alike to a degree that is not known.

    The degree is taken from the clusters: items are worth the more the less alike their clusters answer. With fewer
    clusters than ``MIN_EFFECTIVE``, or where all items answer the same, it cannot be told, and all members of a
    cluster are taken to answer alike.

    Args:
        clusters: ``(carriers, items)`` per cluster; 0 <= carriers <= items.

    Returns:
        Between ``effective_size`` of the items (all alike) and their number (independent); 0.0 for none.

    Source:
        The variance of a ratio of totals over clusters: Cochran (1977), Sampling Techniques, 3rd ed., section 6.3,
        against that of as many independent items; the bounds are ours.
    """
    return add_up(clusters).size


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSums:
    """What clusters of ``(k carriers, n items)`` add up to: all that is needed to say what they are worth."""

    count: int
    """Clusters with an item."""
    k: int
    n: int
    kk: int
    """Sum of k * k."""
    kn: int
    nn: int

    @property
    def size(self) -> float:
        """As ``clustered_size``."""
        if not self.n:
            return 0.0
        alike = self.n * self.n / self.nn
        if self.count < MIN_EFFECTIVE or self.k in (0, self.n):
            return alike
        share = self.k / self.n
        scatter = self.kk - 2 * share * self.kn + share * share * self.nn
        variance = self.count / (self.count - 1) * scatter / self.n**2
        size = share * (1 - share) / variance if variance > 0 else float(self.n)
        return min(max(size, alike), float(self.n))


def add_up(clusters: Iterable[tuple[int, int]]) -> ClusterSums:
    """Of ``(carriers, items)`` per cluster; those without an item count for nothing."""
    found = [(k, n) for k, n in clusters if n]
    return ClusterSums(
        count=len(found),
        k=sum(k for k, _ in found),
        n=sum(n for _, n in found),
        kk=sum(k * k for k, _ in found),
        kn=sum(k * n for k, n in found),
        nn=sum(n * n for _, n in found),
    )


def share_interval(k: float, n: float) -> Interval | None:
    """
    The 95 % interval of a share: Wilson's score interval, moved outwards near 0 and 1.

    Wilson's interval alone covers too little where the expected count is far below one. There the lower end is
    replaced by the one-sided Poisson limit, as Brown, Cai and DasGupta propose; the limit is approximated in closed
    form (Wilson and Hilferty), so that k may be a fraction and a SQL macro computes the same without tables.

    Args:
        k: Carriers, 0 <= k <= n; a fraction where texts count in part.
        n: Independent items. Copies must be taken out before, by ``tally``.

    Returns:
        Bounds in [0, 1] that hold k / n between them, mirrored when k becomes n - k; ``None`` when n is 0.

    Raises:
        ValueError: k is outside [0, n], a mistake of the caller.

    Source:
        Wilson (1927), J. Am. Stat. Assoc. 22, 209-212. Brown, Cai and DasGupta (2001), Interval estimation for a
        binomial proportion, Statistical Science 16(2), 101-133, section 4.1.1; they correct up to 2 or 3 carriers
        depending on n, here it is always ``RARE``. Coverage is measured in tests/framing/corpus.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} carriers of {n}: a share lies between 0 and 1.")
    return _bounds(k, n) if n else None


def reach_interval(k: float, n: float, size: float) -> Interval:
    """
    The 95 % interval of the share k / n of items that amount to fewer independent ones: that of k / n of ``size``.

    Args:
        k: Carriers, copies (or words, or whatever comes in clusters) included, 0 <= k <= n.
        n: All of them, > 0.
        size: What they amount to, by ``effective_size`` or ``clustered_size``, > 0.
    """
    return _bounds(k / n * size, size)


def _bounds(k: float, n: float) -> Interval:
    return Interval(low=_low(k, n), high=1.0 - _low(n - k, n))


def _low(k: float, n: float) -> float:
    square = Z * Z
    wilson = (k + square / 2 - Z * sqrt(k * (n - k) / n + square / 4)) / (n + square)
    bound = min(wilson, _poisson_low(k) / n) if k <= RARE else wilson
    return min(max(bound, 0.0), k / n)


def _poisson_low(k: float) -> float:
    """The smallest mean of which k or more events are not too surprising (one-sided 5 %), after Wilson and Hilferty."""
    root = 1 - 1 / (9 * k) - Z_ONE_SIDED / (3 * sqrt(k)) if k else 0.0
    return k * max(root, 0.0) ** 3
