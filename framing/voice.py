"""In whose voice a sentence says what it says: the outlet's own, somebody's who is cited, or nobody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from framing.codebook import Codebook
from framing.markers import HEARSAY, REFUTED, REJECTING, SO_CALLED, Found, Markers, markers_of
from framing.matching import Match
from framing.speech.records import Utterance, is_said

VOICES: Final = ("outlet", "quoted", "reported", "rejected", "scare")

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
    """Says of hits in whose voice they are, in one language."""

    def __init__(self, markers: Markers) -> None:
        self._markers = markers

    def read(
        self, text: str, sentence: tuple[int, int], hits: Sequence[Match], utterances: Sequence[Utterance]
    ) -> list[Voice]:
        """
        Say of each hit in one sentence in whose voice it is.

        The first that holds: *rejected* (negated or refuted, by the outlet or by a speaker), *quoted* (inside a
        direct quotation of somebody), *reported* (inside indirect speech), *scare* (behind "so-called", or in
        marks that nobody is said to have spoken in), *reported* without a speaker (behind "allegedly"), else
        *outlet*. A negation that is part of the cue itself ("no progress") is what is said, not a rejection of
        it; one in its gap ("talks are not in deadlock") rejects it. What stands outside somebody's words does
        not reject what is in them, unless it is the verb of saying or its negation: "denied that", "did not say".

        Args:
            text: The string the offsets count in.
            sentence: Where it starts and ends.
            hits: What was found in it.
            utterances: Those of the same string that overlap the sentence.

        Returns:
            One voice per hit, in order.
        """
        found = self._markers.find(text, sentence, hits)
        said = [one for one in utterances if is_said(one)]
        return [_voice(hit, found, said) for hit in hits]


@lru_cache(maxsize=16)
def voice_reader(codebook: Codebook, language: str) -> VoiceReader | None:
    """The reader of a language; ``None`` where voice is not measured in it."""
    markers = markers_of(codebook, language)
    return VoiceReader(markers) if markers else None


def _voice(hit: Match, found: Found, utterances: Sequence[Utterance]) -> Voice:
    around = _innermost(hit, utterances)
    turned = {marker.label: found.words(marker) for marker in found.turning(hit) if _has_say(marker, around, found)}
    speaker = around.speaker if around else None
    for label, reason in REJECTING.items():
        if label in turned:
            return Voice("rejected", speaker, f"{reason} “{turned[label]}”")
    if around is not None and around.kind == "indirect" and around.verb_class == "denying":
        is_denied = around.cue_end is None or not found.is_parted(REFUTED, around.cue_end, hit.start)
        return Voice("rejected", speaker, f"denied by “{around.verb}”") if is_denied else _OWN
    if around is not None and _is_attributed(around):
        return _cited(around)
    if SO_CALLED in turned:
        return Voice("scare", None, f"held at a distance by “{turned[SO_CALLED]}”")
    if around is not None and found.n_words(around.start, around.end) <= _SCARE_WORDS:
        return Voice("scare", None, "set in marks that nobody is said to have spoken in")
    if around is not None:
        return _cited(around)
    return Voice("reported", None, f"hearsay by “{turned[HEARSAY]}”") if HEARSAY in turned else _OWN


def _has_say(marker: Match, around: Utterance | None, found: Found) -> bool:
    """Does a marker stand among somebody's words with the hit, or is it what is said of their saying?"""
    if around is None or not _is_attributed(around) or marker.label not in REJECTING:
        return True
    if around.start <= marker.start and marker.end <= around.end:
        return True
    if around.kind == "direct" or around.cue_start is None or around.cue_end is None:
        return False
    is_verb = marker.start < around.cue_end and around.cue_start < marker.end
    is_before = around.cue_start - marker.end >= 0 and found.n_words(marker.end, around.cue_start) <= 1
    return is_verb or is_before


def _cited(utterance: Utterance) -> Voice:
    """In the words of whoever is cited."""
    if utterance.kind == "direct":
        return Voice("quoted", utterance.speaker, f"in quotation marks{_attributed(utterance)}")
    return Voice("reported", utterance.speaker, f"in indirect speech{_attributed(utterance)}")


def _attributed(utterance: Utterance) -> str:
    return f", attributed by “{utterance.verb}”" if utterance.verb else ""


def _innermost(hit: Match, utterances: Sequence[Utterance]) -> Utterance | None:
    """
    The utterance a hit stands in: somebody's before nobody's, a direct one before an indirect one, the shortest.

    One whose verb is a word of the hit is none: in "Moscow rejects a ceasefire" that is what the outlet says.
    """
    enough = _INSIDE * (hit.end - hit.start)
    around = [
        one
        for one in utterances
        if min(hit.end, one.end) - max(hit.start, one.start) >= enough
        and not (one.cue_start is not None and hit.start <= one.cue_start < hit.end)
    ]
    return min(
        around, key=lambda one: (not _is_attributed(one), one.kind != "direct", one.end - one.start), default=None
    )


def _is_attributed(utterance: Utterance) -> bool:
    """Is somebody, or somebody unnamed, said to speak?"""
    return utterance.verb is not None or utterance.speaker is not None or utterance.kind == "indirect"
