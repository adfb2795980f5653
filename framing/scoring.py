"""Measuring how much of a text speaks in each frame."""

from collections.abc import Sequence
from datetime import datetime

from framing.codebook import KINDS, LAYERS, Codebook
from framing.errors import EmptyTextError
from framing.reading import Sentence, read_sentences
from framing.records import Annotation, CodeScore, Hit
from framing.relevance import judge
from framing.scorer_version import SCORER_VERSION

__all__ = ["SCORER_VERSION", "annotate"]


def annotate(
    title: str, text: str, language: str | None, codebook: Codebook, published: datetime | None = None
) -> Annotation:
    """
    Say all that the framing engine knows of one text.

    A sentence *carries* a code (a frame, signal or topic) when it holds at least one of the code's cues in
    the text's language. The share is that of the sentences that carry it; a sentence may carry several
    codes, so shares need not sum to one. A code of a layer (policy frame, narrative) is carried from its
    table's ``min_share`` on. Voice and speaker are not measured by this version. Codes are
    measured whether or not the text is relevant.

    Args:
        title: May be empty; where it holds a word it counts as one sentence, once, also where the text
            repeats it.
        text: Any length; paragraphs separated by line breaks.
        language: ISO 639-1, or ``None`` when identification was not confident.
        codebook: Frames, tags, actors, cues and gate.
        published: With time zone; ``None``: unknown. Only relevance looks at it.

    Returns:
        One score per code in codebook order. ``relevant``, ``carried`` and ``share`` are ``None`` where
        the codebook has no cues for the language, ``carried`` and ``share`` also for a single code without
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
    return Annotation(
        language=language,
        relevant=judge(sentences, language, codebook, published),
        n_sentences=len(sentences),
        codes=_score_codes(sentences, codebook, language),
    )


def _measured(codebook: Codebook, language: str | None) -> dict[tuple[str, str], float]:
    """The codes with cues in a language, and from which share of the sentences on a text carries each."""
    cues = codebook.cues_for(language)
    if cues is None:
        return {}
    codes = {(kind, name): 0.0 for kind in KINDS for name, _ in cues.lists(kind)}
    return codes | {(kind, table.name): table.min_share for kind in LAYERS for table in codebook.layer(language, kind)}


def _score_codes(sentences: Sequence[Sentence], codebook: Codebook, language: str | None) -> tuple[CodeScore, ...]:
    measured = _measured(codebook, language)
    hits: dict[tuple[str, str], list[Hit]] = {code: [] for code in measured}
    n_carrying = dict.fromkeys(measured, 0)
    for sentence in sentences:
        for kind, code_id, match in sentence.codes:
            hits[kind, code_id].append(
                Hit(
                    kind=kind,
                    code_id=code_id,
                    part=sentence.part,
                    start=match.start,
                    end=match.end,
                    sentence_start=sentence.start,
                    sentence_end=sentence.end,
                    cue=match.cue.text,
                )
            )
        for code in {(kind, code_id) for kind, code_id, _ in sentence.codes}:
            n_carrying[code] += 1
    return tuple(
        CodeScore(
            kind=code[0],
            code_id=code[1],
            carried=n_carrying[code] > 0 and n_carrying[code] >= measured[code] * len(sentences),
            share=n_carrying[code] / len(sentences),
            hits=tuple(hits[code]),
        )
        if code in measured
        else CodeScore(kind=code[0], code_id=code[1], carried=None, share=None)
        for code in codebook.codes
    )
