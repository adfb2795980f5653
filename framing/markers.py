"""The words that turn what is said: they negate it, refute it or hold it at a distance, as far as they reach."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from framing.codebook import Codebook
from framing.cues import parse_cue, words_of
from framing.matching import CueIndex, Match
from framing.tokens import tokenise

NEGATED: Final = "negation.before"
REFUTED: Final = "refutation.before"
SO_CALLED: Final = "distancing.so_called"
HEARSAY: Final = "distancing.hearsay"
REJECTING: Final = {
    NEGATED: "negated by",
    "negation.after": "negated by",
    REFUTED: "refuted by",
    "refutation.after": "refuted by",
}
"""The markers that reject, and how a reason calls it."""

_GROUPS: Final = ("negation", "refutation", "distancing")
_IDLE: Final = "negation.idle"
_STOP: Final = "negation.stop"
_REACH: Final = {
    NEGATED: 5,  # "there is no sign of any real deadlock"
    "negation.after": 4,  # „von einer Sackgasse kann keine Rede sein“
    REFUTED: 14,  # "rejected as untrue the reports of last week that the talks were in deadlock"
    "refutation.after": 8,  # "that the talks are in deadlock is, the ministry said, a myth"
    SO_CALLED: 1,  # an adjective at most: "the so-called new party of war"
    HEARSAY: 8,  # said before or behind: "were allegedly moved", "moved, allegedly"
}
"""Words that may stand between a marker and the hit it turns."""
_WORD: Final = 30
"""Characters; so many times the reach, a marker is too far off for its words to be counted."""
_ADJACENT: Final = 2
"""Words between a negation and the word that it takes back: "did not quite rule out"."""
_CLAUSE_ENDS: Final = frozenset(",;:—–")
"""What a negation does not reach across; a refutation governs clauses beyond a comma or a colon."""


class Markers:
    """The markers of one language, compiled."""

    def __init__(self, codebook: Codebook, language: str) -> None:
        """
        Compile the markers.

        Args:
            language: One that has the part speech (``Codebook.part``).
        """
        part = codebook.part(language, "speech")
        self._index = CueIndex(
            (f"{group}.{name}", parse_cue(cue))
            for group in _GROUPS
            for name, cues in (part.cues(group) if part else ())
            for cue in cues
        )

    def find(self, text: str, sentence: tuple[int, int], hits: Sequence[Match]) -> "Found":
        """The markers of one sentence that turn anything, and where its clauses end."""
        matches = self._index.find(text, *sentence)
        idle = [match for match in matches if match.label == _IDLE]
        acting = [
            match
            for match in matches
            if match.label in _REACH
            and not _touches_any(match, idle)
            and not (match.label.startswith("negation") and any(_is_of_cue(text, match, hit) for hit in hits))
        ]
        stops = [match for match in matches if match.label == _STOP]
        return Found(text, list(_without_doubled(text, acting)), stops)


@lru_cache(maxsize=16)
def markers_of(codebook: Codebook, language: str) -> Markers | None:
    """The markers of a language; ``None`` where it has no part speech."""
    return Markers(codebook, language) if codebook.part(language, "speech") else None


class Found:
    """What was found in one sentence."""

    def __init__(self, text: str, markers: Sequence[Match], stops: Sequence[Match]) -> None:
        self._text = text
        self._markers = markers
        self._stops = stops

    def turning(self, hit: Match) -> Iterator[Match]:
        """The markers that reach a hit."""
        return (marker for marker in self._markers if self._reaches(marker, hit))

    def words(self, marker: Match) -> str:
        """A marker as written."""
        return self._text[marker.start : marker.end]

    def n_words(self, start: int, end: int) -> int:
        """Words in a stretch."""
        return len(tokenise(self._text, start, end))

    def is_parted(self, label: str, start: int, end: int) -> bool:
        """Does another clause begin in a stretch, one that a marker of this label does not reach?"""
        stops = [stop for stop in self._stops if start <= stop.start and stop.end <= end]
        if label.startswith("negation"):
            return bool(stops) or not _CLAUSE_ENDS.isdisjoint(self._text[start:end])
        before = (self._text[start : stop.start].rstrip()[-1:] for stop in stops)
        return label == REFUTED and any(sign in _CLAUSE_ENDS for sign in before if sign)

    def _reaches(self, marker: Match, hit: Match) -> bool:
        """Does a marker stand in a gap of the hit's cue, or near enough on its side of the hit?"""
        if marker.label == NEGATED and hit.start < marker.start and marker.end < hit.end:
            return True
        is_behind = marker.label.endswith(".after") or (marker.label == HEARSAY and marker.start >= hit.end)
        start, end = (hit.end, marker.start) if is_behind else (marker.end, hit.start)
        reach = _REACH[marker.label]
        if not 0 <= end - start <= reach * _WORD or self.is_parted(marker.label, start, end):
            return False
        return self.n_words(start, end) <= reach


def _without_doubled(text: str, markers: Sequence[Match]) -> Iterator[Match]:
    """All but those that take each other back: what is not ruled out, or not denied, is not rejected."""
    taken_back: list[Match] = []
    for marker in markers:
        if marker.label != NEGATED:
            continue
        for other in markers:
            if other.label in (NEGATED, REFUTED) and _is_next(text, marker, other):
                taken_back += (marker, other)
    return (marker for marker in markers if not _touches_any(marker, taken_back))


def _is_next(text: str, negation: Match, other: Match) -> bool:
    """Does a negation stand right before or behind a word that rejects by itself?"""
    start, end = sorted((negation, other), key=lambda match: match.start)
    between = text[start.end : end.start]
    if start.end > end.start or len(between) > _ADJACENT * _WORD or not _CLAUSE_ENDS.isdisjoint(between):
        return False
    return len(tokenise(text, start.end, end.start)) <= (_ADJACENT if negation.start < other.start else 0)


def _touches_any(match: Match, others: Iterable[Match]) -> bool:
    return any(match.start < other.end and other.start < match.end for other in others)


def _is_of_cue(text: str, marker: Match, hit: Match) -> bool:
    """Is a marker made of a cue's own words, and so part of what is said?"""
    if marker.end <= hit.start or hit.end <= marker.start:
        return False
    if marker.start <= hit.start or hit.end <= marker.end:
        return True
    _, _, key = tokenise(text, marker.start, marker.end)[0]
    return any(key.startswith(word.key) if word.is_stem else key == word.key for word in words_of(hit.cue))
