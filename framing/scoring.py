"""Measuring how much of a text speaks in each frame."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from framing.actors.portraits import portray_judged
from framing.actors.reading import judged_from
from framing.actors.records import Cast
from framing.codebook import KINDS, LAYERS, Codebook
from framing.errors import EmptyTextError
from framing.headlines import compare_headline
from framing.hits import find_hits
from framing.reading import Sentence, read_sentences
from framing.records import Annotation, CodeScore, Hit, VoiceCounts
from framing.relevance import judge
from framing.scorer_version import SCORER_VERSION
from framing.speech.reading import read_speech
from framing.speech.records import Utterance

__all__ = ["LEAD", "SCORER_VERSION", "annotate"]

LEAD: Final = 3
"""Sentences of the text that make its lead: what a reader sees who reads no further."""


def annotate(
    title: str, text: str, language: str | None, codebook: Codebook, published: datetime | None = None
) -> Annotation:
    """
    Say all that the framing engine knows of one text.

    A sentence *carries* a code (a frame, signal or topic) when it holds at least one of the code's cues in
    the text's language. The share is that of the sentences that carry it; a sentence may carry several
    codes, so shares need not sum to one. A code of a layer (policy frame, narrative) is carried from its
    table's ``min_share`` on. Voice is measured where the language has the part speech. Codes are
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
    utterances = read_speech(title, text, language, codebook)
    hits = find_hits(title, text, sentences, utterances, language, codebook)
    codes = _score_codes(sentences, hits, utterances is not None, codebook, language)
    frames = [code for code in codes if code.kind == "frame" and code.carried is not None]
    has_both = {sentence.part for sentence in sentences} == {"title", "text"}
    return Annotation(
        language=language,
        relevant=judge(sentences, language, codebook, published),
        n_sentences=len(sentences),
        codes=codes,
        headline=compare_headline(frames) if frames and has_both else None,
        cast=_cast(title, text, language, codebook, sentences, utterances),
        utterances=utterances,
    )


def _cast(
    title: str,
    text: str,
    language: str | None,
    codebook: Codebook,
    sentences: Sequence[Sentence],
    utterances: Sequence[Utterance] | None,
) -> Cast | None:
    if codebook.cues_for(language) is None:
        return None
    strings = {"title": title, "text": text}
    judged = (judged_from(one.part, strings[one.part], one.judging) for one in sentences if one.judging)
    return portray_judged(title, text, language, codebook, utterances, judged)


def _measured(codebook: Codebook, language: str | None) -> dict[tuple[str, str], float]:
    """The codes with cues in a language, and from which share of the sentences on a text carries each."""
    cues = codebook.cues_for(language)
    if cues is None:
        return {}
    codes = {(kind, name): 0.0 for kind in KINDS for name, _ in cues.lists(kind)}
    return codes | {(kind, table.name): table.min_share for kind in LAYERS for table in codebook.layer(language, kind)}


def _score_codes(
    sentences: Sequence[Sentence],
    hits: Sequence[Sequence[Hit]],
    has_voice: bool,
    codebook: Codebook,
    language: str | None,
) -> tuple[CodeScore, ...]:
    measured = _measured(codebook, language)
    found: dict[tuple[str, str], list[Hit]] = {code: [] for code in measured}
    n_carrying = dict.fromkeys(measured, 0)
    n_voiced: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    unheard = VoiceCounts() if has_voice else None
    for of_sentence in filter(None, hits):
        for hit in of_sentence:
            found[hit.kind, hit.code_id].append(hit)
        for kind, code_id, voice in {(hit.kind, hit.code_id, hit.voice) for hit in of_sentence}:
            n_voiced[kind, code_id][voice or ""] += 1
        for code in {(hit.kind, hit.code_id) for hit in of_sentence}:
            n_carrying[code] += 1
    lead = [sentence.end for sentence in sentences if sentence.part == "text"][:LEAD]
    lead_end = lead[-1] if lead else 0
    return tuple(
        CodeScore(
            kind=code[0],
            code_id=code[1],
            carried=n_carrying[code] > 0 and n_carrying[code] >= measured[code] * len(hits),
            share=n_carrying[code] / len(hits),
            voices=VoiceCounts(**n_voiced[code]) if has_voice and code in n_voiced else unheard,
            prominence=_prominence(found[code], lead_end),
            hits=tuple(found[code]),
        )
        if code in measured
        else CodeScore(kind=code[0], code_id=code[1], carried=None, share=None)
        for code in codebook.codes
    )


def _prominence(hits: Sequence[Hit], lead_end: int) -> str | None:
    """The foremost place of a code's hits."""
    if not hits:
        return None
    if hits[0].part == "title":
        return "headline"
    return "lead" if hits[0].start < lead_end else "body"
