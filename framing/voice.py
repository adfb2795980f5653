"""In whose voice a sentence says what it says: the outlet's own, somebody's who is cited, or nobody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from framing.codebook import Codebook
from framing.cues import parse_cue, words_of
from framing.matching import CueIndex, Match
from framing.speech.records import Utterance
from framing.tokens import tokenise

VOICES: Final = ("outlet", "quoted", "reported", "rejected", "scare")

_MARKERS: Final = ("negation", "refutation", "distancing")
_REACH: Final = {
    "negation.before": 5,  # "there is no sign of any real deadlock"
    "negation.after": 4,  # „von einer Sackgasse kann keine Rede sein“
    "refutation.before": 14,  # "rejected as untrue the reports of last week that the talks were in deadlock"
    "refutation.after": 8,  # "that the talks are in deadlock is, the ministry said, a myth"
    "distancing.so_called": 1,  # an adjective at most: "the so-called new party of war"
    "distancing.hearsay": 8,  # "allegedly"
}
"""Words that may stand between a marker and the hit it turns."""
_EITHER_SIDE: Final = "distancing.hearsay"
"""Said before or behind: "were allegedly moved", "moved, allegedly"."""
_REJECTING: Final = {
    "negation.before": "negated by",
    "negation.after": "negated by",
    "refutation.before": "refuted by",
    "refutation.after": "refuted by",
}
_CLAUSE_ENDS: Final = frozenset(",;:—–")
"""What a negation does not reach across; a refutation governs clauses beyond a comma or a colon."""
_SCARE_WORDS: Final = 5
"""Words that marks set apart where nobody is said to have spoken in them; around more, they quote."""
_INSIDE: Final = 0.5
"""The part of a hit that lies inside an utterance of which it is; cues may begin before the marks."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose voice, and who speaks; no speaker: the outlet itself, or nobody named."""

    name: str
    speaker: str | None
    reason: str
    """What of the text says so, in a few words."""


_OWN: Final = Voice("outlet", None, "nobody is cited, nothing denies it")


class VoiceReader:
    """The markers of one language, compiled: what negates, refutes or holds at a distance."""

    def __init__(self, codebook: Codebook, language: str) -> None:
        """
        Compile the markers.

        Args:
            language: One that has the part speech (``Codebook.part``).
        """
        part = codebook.part(language, "speech")
        self._index = CueIndex(
            (f"{group}.{name}", parse_cue(cue))
            for group in _MARKERS
            for name, cues in (part.cues(group) if part else ())
            for cue in cues
        )

    def read(
        self, text: str, sentence: tuple[int, int], hits: Sequence[Match], utterances: Sequence[Utterance]
    ) -> list[Voice]:
        """
        Say of each hit in one sentence in whose voice it is.

        The first that holds: *rejected* (negated or refuted, by the outlet or by a speaker), *scare* (behind
        "so-called", or in marks that nobody is said to have spoken in), *quoted* (inside a direct quotation),
        *reported* (inside indirect speech, or behind "allegedly"), else *outlet*. A negation that is part of
        the cue itself ("no progress") is what is said, not a rejection of it; one in its gap ("talks are not in
        deadlock") rejects it.

        Args:
            text: The string the offsets count in.
            sentence: Where it starts and ends.
            hits: What was found in it.
            utterances: Those of the same string that overlap the sentence.

        Returns:
            One voice per hit, in order.
        """
        markers = [
            marker
            for marker in self._index.find(text, *sentence)
            if not (marker.label.startswith("negation") and any(_is_of_cue(text, marker, hit) for hit in hits))
        ]
        return [_voice(text, hit, markers, utterances) for hit in hits]


@lru_cache(maxsize=16)
def voice_reader(codebook: Codebook, language: str) -> VoiceReader | None:
    """The reader of a language; ``None`` where voice is not measured in it."""
    return VoiceReader(codebook, language) if codebook.part(language, "speech") else None


def _voice(text: str, hit: Match, markers: Sequence[Match], utterances: Sequence[Utterance]) -> Voice:
    around = _innermost(hit, utterances)
    speaker = around.speaker if around else None
    turned = {marker.label: text[marker.start : marker.end] for marker in markers if _reaches(text, marker, hit)}
    for label, reason in _REJECTING.items():
        if label in turned:
            return Voice("rejected", speaker, f"{reason} “{turned[label]}”")
    if around is not None and around.verb_class == "denying":
        return Voice("rejected", speaker, f"denied by “{around.verb}”")
    if "distancing.so_called" in turned:
        return Voice("scare", None, f"held at a distance by “{turned['distancing.so_called']}”")
    if around is not None and _is_set_apart(text, around):
        return Voice("scare", None, "set in marks that nobody is said to have spoken in")
    if around is not None:
        return _cited(around)
    if "distancing.hearsay" in turned:
        return Voice("reported", None, f"hearsay by “{turned['distancing.hearsay']}”")
    return _OWN


def _cited(utterance: Utterance) -> Voice:
    """In the words of whoever is cited."""
    if utterance.kind == "direct":
        return Voice("quoted", utterance.speaker, f"in quotation marks{_attributed(utterance)}")
    return Voice("reported", utterance.speaker, f"in indirect speech{_attributed(utterance)}")


def _attributed(utterance: Utterance) -> str:
    return f", attributed by “{utterance.verb}”" if utterance.verb else ""


def _innermost(hit: Match, utterances: Sequence[Utterance]) -> Utterance | None:
    """The utterance a hit stands in: a direct one before an indirect one, and of several the shortest."""
    enough = _INSIDE * (hit.end - hit.start)
    around = [one for one in utterances if min(hit.end, one.end) - max(hit.start, one.start) >= enough]
    return min(around, key=lambda one: (one.kind != "direct", one.end - one.start), default=None)


def _is_set_apart(text: str, utterance: Utterance) -> bool:
    """Are these marks around a word or two that nobody is said to have spoken?"""
    if utterance.kind != "direct" or utterance.verb is not None or utterance.speaker is not None:
        return False
    return len(tokenise(text, utterance.start, utterance.end)) <= _SCARE_WORDS


def _reaches(text: str, marker: Match, hit: Match) -> bool:
    """Does a marker stand in a gap of the hit's cue, or near enough on its side of the hit?"""
    if marker.label == "negation.before" and hit.start < marker.start and marker.end < hit.end:
        return True
    is_behind = marker.label.endswith(".after") or (marker.label == _EITHER_SIDE and marker.start >= hit.end)
    start, end = (hit.end, marker.start) if is_behind else (marker.end, hit.start)
    reach = _REACH.get(marker.label)
    if reach is None or start > end:
        return False
    if marker.label.startswith("negation") and not _CLAUSE_ENDS.isdisjoint(text[start:end]):
        return False
    return len(tokenise(text, start, end)) <= reach


def _is_of_cue(text: str, marker: Match, hit: Match) -> bool:
    """Is a marker made of a cue's own words, and so part of what is said?"""
    if marker.end <= hit.start or hit.end <= marker.start:
        return False
    if marker.start <= hit.start or hit.end <= marker.end:
        return True
    _, _, key = tokenise(text, marker.start, marker.end)[0]
    return any(key.startswith(word.key) if word.is_stem else key == word.key for word in words_of(hit.cue))
