"""What is said by whom: the record of one utterance."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ASCRIBED: Final = frozenset({"wanting", "acting"})
"""Classes of verbs that say what somebody wants or does; the words behind them are the outlet's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One stretch of a text that is somebody's words, not the outlet's."""

    kind: str
    """direct: in quotation marks or after a dash; indirect: in the outlet's wording."""
    part: str
    """title or text: which string the offsets count in."""
    start: int
    end: int
    """The content in characters, end exclusive; a direct one with its marks."""
    speaker: str | None
    """The longest name the text has for that person, else the phrase it uses; ``None``: nobody is named, or a
    pronoun that stands for nobody named before."""
    speaker_start: int | None
    speaker_end: int | None
    """The mention that governs the verb, in the same string; of a pronoun, the pronoun."""
    actor_id: str | None
    """Of the registry, where the speaker is one of its actors."""
    verb: str | None
    """As written; of "according to" and its kind the phrase; ``None`` where a colon or nothing stands for it."""
    verb_class: str | None
    """The table of the verb in the language's speech part: neutral, doubting, approving, revealing ..."""
    cue_start: int | None
    cue_end: int | None
    insertions: tuple[tuple[int, int], ...] = ()
    """Bracketed words inside a direct quotation that are the outlet's."""
    depth: int = 0
    """How many utterances this one stands inside of."""


def attributions(utterances: Iterable[Utterance]) -> tuple[tuple[Utterance, ...], ...]:
    """
    Put together what one verb attributes: "A," she said, "B." is one attribution of two stretches.

    Args:
        utterances: As ``read_speech`` gives them.

    Returns:
        Groups in the order of their first utterance; an utterance without a cue is a group of its own.
    """
    groups: dict[tuple[str, int, int], list[Utterance]] = {}
    for number, utterance in enumerate(utterances):
        place = -1 - number if utterance.cue_start is None else utterance.cue_start
        groups.setdefault((utterance.part, place, utterance.depth), []).append(utterance)
    return tuple(map(tuple, groups.values()))


def is_said(utterance: Utterance) -> bool:
    """Are these somebody's words, and not what the outlet says that somebody wants or does?"""
    return utterance.kind == "direct" or utterance.verb_class not in ASCRIBED
