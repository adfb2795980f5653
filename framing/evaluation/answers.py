"""What the engine answers, in the form the suites score: the one place that knows both."""

from collections.abc import Sequence

from framing.actors.roles import roles as judge_roles
from framing.codebook import Codebook
from framing.records import Annotation
from framing.speech.reading import read_speech
from framing.speech.records import Utterance


def carried(annotation: Annotation, kind: str) -> frozenset[str] | None:
    """The codes of one kind that a text carries; ``None``: no code of the kind is measured in its language."""
    measured = [score for score in annotation.of_kind(kind) if score.carried is not None]
    return frozenset(score.code_id for score in measured if score.carried) if measured else None


def voices(annotation: Annotation, kind: str, code_id: str) -> frozenset[str] | None:
    """The voices of one code's hits; ``None``: voice is not measured. No hit, no voice."""
    found = [hit.voice for score in annotation.of_kind(kind) if score.code_id == code_id for hit in score.hits]
    return None if None in found else frozenset(voice for voice in found if voice is not None)


def speakers(annotation: Annotation, kind: str, code_id: str) -> frozenset[str]:
    """Who is said to speak in one code's hits."""
    hits = (hit for score in annotation.of_kind(kind) if score.code_id == code_id for hit in score.hits)
    return frozenset(hit.speaker for hit in hits if hit.speaker is not None)


def utterances(text: str, language: str, codebook: Codebook) -> tuple[Utterance, ...] | None:
    """Who says what in a text; ``None``: not measured."""
    return read_speech("", text, language, codebook)


def roles(
    text: str, language: str, codebook: Codebook, mentions: Sequence[tuple[int, int]]
) -> tuple[str | None, ...] | None:
    """
    The role of each mention, given as characters of the text, end exclusive.

    Returns:
        Protagonist, Antagonist, Innocent or ``None`` (no word decides) per mention; ``None``: not measured.
    """
    return judge_roles("", text, language, codebook, mentions)
