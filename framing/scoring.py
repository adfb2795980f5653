"""Measuring how much of a text speaks in each frame."""

from collections.abc import Sequence

from framing.codebook import Codebook, LanguageCues
from framing.errors import EmptyTextError
from framing.reading import Sentence, read_sentences
from framing.records import Annotation, FrameScore, Hit
from framing.relevance import judge
from framing.scorer_version import SCORER_VERSION

__all__ = ["SCORER_VERSION", "annotate"]


def annotate(title: str, text: str, language: str | None, codebook: Codebook) -> Annotation:
    """
    Say all that the framing engine knows of one text.

    A sentence *carries* a frame when it holds at least one of the frame's cues in the text's language. The
    share is that of the sentences that carry it; a sentence may carry several frames, so shares need not
    sum to one. Voice and speaker are not measured by this version. Frames are measured whether or not the
    text is relevant.

    Args:
        title: May be empty; where it holds a word it counts as one sentence.
        text: Any length; paragraphs separated by line breaks.
        language: ISO 639-1, or ``None`` when identification was not confident.
        codebook: Frames, actors, cues and gate.

    Returns:
        One score per frame in codebook order. ``relevant``, ``carried`` and ``share`` are ``None`` where
        the codebook has no cues for the language, ``carried`` and ``share`` also for a single frame without
        cues in it. Hits ascend, those of the title first; offsets count in the string named by ``part``.

    Raises:
        EmptyTextError: Neither title nor text holds a word. Extraction drops such pages, so this is a
            mistake of the caller.

    Source:
        Frame as *selection and salience*: Entman (1993), J. of Communication 43(4), 51-58. The share of
        sentences is our measure.
    """
    sentences = read_sentences(title, text, language, codebook)
    if not sentences:
        raise EmptyTextError(
            "The text has no sentence: neither title nor text holds a letter or digit. "
            "Leave such texts out before scoring."
        )
    cues = codebook.cues_for(language)
    return Annotation(
        language=language,
        relevant=judge(sentences, codebook.gate) if cues and cues.topics else None,
        n_sentences=len(sentences),
        frames=_score_frames(sentences, codebook, cues),
    )


def _score_frames(
    sentences: Sequence[Sentence], codebook: Codebook, cues: LanguageCues | None
) -> tuple[FrameScore, ...]:
    hits: dict[str, list[Hit]] = {name: [] for name, _ in cues.frames} if cues else {}
    n_carrying = dict.fromkeys(hits, 0)
    for sentence in sentences:
        for frame_id, match in sentence.frames:
            hits[frame_id].append(
                Hit(
                    frame_id=frame_id,
                    part=sentence.part,
                    start=match.start,
                    end=match.end,
                    sentence_start=sentence.start,
                    sentence_end=sentence.end,
                    cue=match.cue.text,
                )
            )
        for frame_id in {frame_id for frame_id, _ in sentence.frames}:
            n_carrying[frame_id] += 1
    return tuple(
        FrameScore(
            frame_id=frame.frame_id,
            carried=n_carrying[frame.frame_id] > 0,
            share=n_carrying[frame.frame_id] / len(sentences),
            hits=tuple(hits[frame.frame_id]),
        )
        if frame.frame_id in hits
        else FrameScore(frame_id=frame.frame_id, carried=None, share=None)
        for frame in codebook.frames
    )
