"""
Who had it first: which words of an article stood elsewhere before, and which articles count as one text.

Only texts in one language are compared: a translation shares no words with its original and counts as independent.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.corpus.shingles import MIN_RUN, WORDS, ShingledText, share_held

REUSE_VERSION: Final = "1"
"""Raised when shingles, fingerprints or bands change: those of two versions never meet."""
LOOK_BACK: Final = timedelta(days=30)
"""How long before an article its origin is looked for. Wires are printed within hours; what comes back after a season
is background, and a bound keeps the cost of a new article independent of the archive."""
N_BOILERPLATE: Final = 3
"""Earlier articles of one outlet. What a fourth one repeats is furniture of that outlet: an imprint, an appeal, the
paragraph of background under every story."""
MIN_OWN_SHARE: Final = 0.3
"""Own words / all words but boilerplate. An article with less adds next to nothing to what it took."""
MIN_MAIN_SHARE: Final = 0.5
"""Words of the main origin / all words but boilerplate, from which an article without words of its own says what that
one says. A patchwork of many articles is no copy of any of them."""
MIN_HELD: Final = 1 - MIN_OWN_SHARE
"""Share of its three-word shingles, in any place, that an earlier text holds: from here on it is a copy or a cut of it.
Every twelfth word may be another one, which breaks each long run."""

_OWN, _BOILERPLATE = -1, -2
_OF_ITSELF = -3

Mask = NDArray[np.bool_]


class Place(NamedTuple):
    """When an article held a text; the ids settle ties, so that every order of arrival gives the same answer."""

    since_utc: datetime
    article_id: str
    revision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of one article's text."""

    place: Place
    outlet_id: str
    text: ShingledText

    @property
    def article_id(self) -> str:
        return self.place.article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of one paragraph that stood in another article before."""

    paragraph: int
    """From 0."""
    start: int
    """Characters of the text, end exclusive."""
    end: int
    n_words: int
    origin: Place
    """Who had it first, of those looked at."""
    is_same_outlet: bool
    """The outlet repeats itself; between outlets nothing was reused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """What an article has of its own; the four counts of words add up to ``n_words``."""

    n_words: int
    n_own: int
    n_reused: int
    """Stood in another outlet before."""
    n_repeated: int
    """Stood in an earlier article of the same outlet."""
    n_boilerplate: int
    """Stood in at least ``N_BOILERPLATE`` earlier articles of the same outlet."""
    passages: tuple[Passage, ...]
    """In the order of the text: what n_reused and n_repeated are made of."""
    origin: Place | None
    """Where most of the passages' words come from; the earlier one where two gave as many."""
    n_main: int
    """Words from there."""
    near: Place | None
    """The earliest article of which the whole text is a copy, lightly edited or cut."""

    @property
    def counts_with(self) -> Place | None:
        """
        The earlier article that this one is no text independent of; ``None``: it counts for itself.

        A near duplicate counts with the earliest text that holds it. Any other article counts with its main origin
        when less than ``MIN_OWN_SHARE`` of it is its own and at least ``MIN_MAIN_SHARE`` stood there; with that one
        alone, so that a digest of two stories does not make one text of the two.
        """
        if self.near is not None:
            return self.near
        n_said = self.n_words - self.n_boilerplate
        is_copy = self.n_own < MIN_OWN_SHARE * n_said and self.n_main >= MIN_MAIN_SHARE * n_said
        return self.origin if is_copy else None


def trace(version: Version, others: Sequence[Version]) -> Reuse:
    """
    Tell an article's own words from those that stood elsewhere before.

    A word is reused when it stands in a run of at least ``MIN_RUN`` words that an earlier article holds as well; of
    several such articles the earliest is its origin. What an earlier state of the same article held first is its own.

    Args:
        version: The text asked about.
        others: Texts that may share words with it, in any order; those that are not earlier are left out.
    """
    earlier = sorted(
        (other for other in others if other.place < version.place),
        key=lambda other: other.place,
    )
    holders = _first_holders(version, earlier)
    passages = tuple(_passages(version, earlier, holders))
    n_boilerplate = int(np.count_nonzero(holders == _BOILERPLATE))
    n_words = len(version.text.words)
    n_repeated = sum(passage.n_words for passage in passages if passage.is_same_outlet)
    n_reused = sum(passage.n_words for passage in passages) - n_repeated
    origin, n_main = _main_origin(passages)
    return Reuse(
        n_words=n_words,
        n_own=n_words - n_boilerplate - n_reused - n_repeated,
        n_reused=n_reused,
        n_repeated=n_repeated,
        n_boilerplate=n_boilerplate,
        passages=passages,
        origin=origin,
        n_main=n_main,
        near=_earliest_near_duplicate(version, earlier),
    )


def _first_holders(version: Version, earlier: Sequence[Version]) -> NDArray[np.int64]:
    """For each word the index of the earlier text that had it first, or ``_OWN`` or ``_BOILERPLATE``."""
    shingles = version.text.shingles
    first = np.full(len(shingles), _OWN, dtype=np.int64)
    in_outlet = np.zeros(len(shingles), dtype=np.int64)
    counted: dict[str, Mask] = {}
    for index, other in enumerate(earlier):
        if version.text.shingle_set.isdisjoint(other.text.shingle_set):
            continue
        shared = np.isin(shingles, other.text.shingles)
        if other.article_id == version.article_id:
            first[(first == _OWN) & shared] = _OF_ITSELF
            continue
        shared = _long_runs(shared)
        first[(first == _OWN) & shared] = index
        if other.outlet_id == version.outlet_id:
            seen = counted.get(other.article_id, np.zeros_like(shared))
            in_outlet += shared & ~seen
            counted[other.article_id] = shared | seen
    first[first == _OF_ITSELF] = _OWN
    first[in_outlet >= N_BOILERPLATE] = _BOILERPLATE
    return _to_words(first, len(version.text.words))


def _long_runs(shared: Mask) -> Mask:
    """Only runs of so many shingles that they span ``MIN_RUN`` words, or the whole of a shorter text."""
    least = min(MIN_RUN - WORDS + 1, len(shared))
    kept = np.zeros_like(shared)
    for start, end in _runs(shared):
        if end - start >= least:
            kept[start:end] = True
    return kept


def _runs(values: Mask) -> Iterator[tuple[int, int]]:
    """``(start, end)`` of each run of true values."""
    edges = np.flatnonzero(np.diff(values.astype(np.int8), prepend=0, append=0))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _to_words(first: NDArray[np.int64], n_words: int) -> NDArray[np.int64]:
    """From shingles to the words they cover; where two meet, the one on the left goes on to its end."""
    words = np.full(n_words, _OWN, dtype=np.int64)
    position = 0
    start = 0
    for holder, run in groupby(first.tolist()):
        end = start + sum(1 for _ in run)
        if holder != _OWN:
            until = min(end + WORDS - 1, n_words)
            words[max(start, position) : until] = holder
            position = max(position, until)
        start = end
    return words


def _passages(version: Version, earlier: Sequence[Version], holders: NDArray[np.int64]) -> Iterator[Passage]:
    """Runs of words with one origin, cut where a paragraph ends."""
    words, paragraphs = version.text.words, version.text.paragraph_of
    position = 0
    for (holder, paragraph), run in groupby(zip(holders.tolist(), paragraphs, strict=True)):
        n_words = sum(1 for _ in run)
        if holder >= 0:
            yield Passage(
                paragraph=paragraph,
                start=words[position][0],
                end=words[position + n_words - 1][1],
                n_words=n_words,
                origin=earlier[holder].place,
                is_same_outlet=earlier[holder].outlet_id == version.outlet_id,
            )
        position += n_words


def _main_origin(passages: Sequence[Passage]) -> tuple[Place | None, int]:
    """Counted by article, whichever of its revisions: the first place of the one that gave most, and its words."""
    n_words: Counter[str] = Counter()
    places: dict[str, Place] = {}
    for passage in passages:
        article_id = passage.origin.article_id
        n_words[article_id] += passage.n_words
        places[article_id] = min(places.get(article_id, passage.origin), passage.origin)
    main = min(places.values(), key=lambda place: (-n_words[place.article_id], place), default=None)
    return main, n_words[main.article_id] if main else 0


def _earliest_near_duplicate(version: Version, earlier: Sequence[Version]) -> Place | None:
    near = (
        other.place
        for other in earlier
        if other.article_id != version.article_id and share_held(version.text.fine, other.text.fine) >= MIN_HELD
    )
    return next(near, None)
