"""Hashed word shingles: what two texts are compared by, whatever their case, punctuation and line breaks."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from rensa import RMinHash

from framing.tokens import Token, tokenise

Hashes = NDArray[np.uint64]

WORDS: Final = 8
"""Words of a shingle. Shorter runs are formulas that nobody copied ("said in a statement on Wednesday that")."""
FINE_WORDS: Final = 3
"""Words of a shingle where whole texts are compared: one changed word breaks eight shingles of eight words, but only
three of these."""
WINDOW: Final = 16
"""Shingles of which the smallest becomes a fingerprint: about one in eight is kept."""
MIN_RUN: Final = WORDS + WINDOW - 1
"""Words (23). Two texts that share a run of this many share a fingerprint, always."""
N_PERMUTATIONS: Final = 96
N_BANDS: Final = 32
"""Of three values each: texts that share 0.6 of all their fine shingles have a band in common with probability 0.9996,
0.54 (a copy with every tenth word changed) 0.996, 0.05 (two stories on one event) 0.004."""
_SEED: Final = 6
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_MIXERS: Final = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Signature:
    """What a text is looked up by among others; two or three hundred numbers for a long article."""

    n_words: int
    fingerprints: tuple[int, ...]
    """Ascending, unsigned 64-bit; see ``fingerprints_of``."""
    bands: tuple[int, ...]
    """``N_BANDS`` of them, unsigned 64-bit; none for a text without words. Texts with a band in common may be near
    duplicates."""


class ShingledText:
    """A text, its words, and the hash of each run of ``WORDS`` and of ``FINE_WORDS`` words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Token] = tokenise(text)

    @cached_property
    def shingles(self) -> Hashes:
        """The shingle that begins at each word: ``(n_words - WORDS + 1,)``, or one for a shorter text."""
        return shingle_hashes(self.words, WORDS)

    @cached_property
    def shingle_set(self) -> frozenset[int]:
        """``shingles``, each once: most texts that are looked at share hardly one, and a set says so at once."""
        return frozenset(self.shingles.tolist())

    @cached_property
    def fine(self) -> frozenset[int]:
        """The runs of ``FINE_WORDS`` words, each hash once."""
        return frozenset(shingle_hashes(self.words, FINE_WORDS).tolist())

    @cached_property
    def paragraph_of(self) -> list[int]:
        """The number of the paragraph in which each word stands, from 0; paragraphs end with a line break."""
        numbers, number, position = [], 0, 0
        for start, end, _ in self.words:
            number += "\n" in self.text[position:start]
            numbers.append(number)
            position = end
        return numbers


def shingle_hashes(words: Sequence[Token], size: int) -> Hashes:
    """
    Hash each run of ``size`` folded words.

    Returns:
        ``(n - size + 1,)`` unsigned 64-bit, in the order of the text; one hash of the whole for a shorter text, and
        none where there is no word. The same on every machine.

    Source:
        Shingles: Broder (1997), On the resemblance and containment of documents. The mixing at the end is that of
        SplitMix64 (Steele, Lea and Flood 2014), without which the smallest hashes would cluster.
    """
    if not words:
        return np.empty(0, dtype=np.uint64)
    size = min(size, len(words))
    keys = np.fromiter((_word_hash(key) for _, _, key in words), dtype=np.uint64, count=len(words))
    mixed = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for window in (keys[offset : offset + len(mixed)] for offset in range(size)):
        mixed = mixed * _BASE + window
    for shift, factor in zip((30, 27), _MIXERS, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * factor
    return mixed ^ (mixed >> np.uint64(31))


def fingerprints_of(shingles: Hashes) -> Hashes:
    """
    Winnow: of each ``WINDOW`` shingles in a row, keep the smallest.

    Returns:
        Ascending, each once. What two texts share in a run of at least ``MIN_RUN`` words is never missed, which no
        sample of every eighth shingle promises.

    Source:
        Schleimer, Wilkerson and Aiken (2003), Winnowing: local algorithms for document fingerprinting, SIGMOD.
    """
    if len(shingles) <= WINDOW:
        return np.sort(shingles)[:1]
    return np.unique(sliding_window_view(shingles, WINDOW).min(axis=1))


def sign(texts: Sequence[ShingledText]) -> list[Signature]:
    """The signature of each text, in order; MinHash (Broder 1997) over its fine shingles, cut into bands."""
    digests = RMinHash.digest_matrix_from_token_hash_sets([text.fine for text in texts], N_PERMUTATIONS, _SEED)
    return [
        Signature(
            n_words=len(text.words),
            fingerprints=tuple(fingerprints_of(text.shingles).tolist()),
            bands=_bands(digest) if text.words else (),
        )
        for text, digest in zip(texts, digests.to_rows() if texts else (), strict=True)
    ]


def share_held(asked: Set[int], other: Set[int]) -> float:
    """How many of one set of hashes another one holds (containment), in [0, 1]; 0 where there are none."""
    return len(asked & other) / len(asked) if asked else 0.0


def _bands(digest: Sequence[int]) -> tuple[int, ...]:
    """One hash for each run of values; its number is part of it, so that bands of different places never meet."""
    width = N_PERMUTATIONS // N_BANDS
    return tuple(
        _digest(f"{number}:{digest[number * width : (number + 1) * width]}".encode()) for number in range(N_BANDS)
    )


def _digest(value: bytes) -> int:
    return int.from_bytes(blake2b(value, digest_size=8).digest(), "little")


@lru_cache(maxsize=65_536)
def _word_hash(key: str) -> int:
    """Not Python's own: that one differs from process to process."""
    return _digest(key.encode("utf-8", "surrogatepass"))
