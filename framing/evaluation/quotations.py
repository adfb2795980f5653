"""Scoring quotations and indirect attributions: span, speaker and cue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from framing.evaluation.metrics import Measure, Numbers, f1, share
from framing.evaluation.reports import GroupReport, LabelRow, figure, label_rows
from framing.evaluation.spans import Span, is_same, is_within, match, touches
from framing.speech.records import Utterance, attributions

QUOTATION_MARKS: Final = frozenset('"“”„‟«»')
"""An attribution is direct when one of these stands in its content. Single marks are no sign: they are apostrophes
as often, and inside a quotation they stand within double ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody's words or thoughts in a text: content, who it is attributed to, and what attributes it."""

    content: Span
    source: Span | None
    """``None``: nobody is named."""
    cue: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedDocument:
    """A text with what was found in it and what should have been."""

    text: str
    gold: tuple[Attribution, ...]
    found: tuple[Attribution, ...] | None
    """``None``: not measured."""


def read_attributions(utterances: Sequence[Utterance]) -> tuple[Attribution, ...]:
    """
    What the engine found, in the form of the gold standard.

    What one verb attributes is one attribution; utterances inside of others are left out, since the gold standard
    has each word in one attribution at most. Quotations that nobody is said to have spoken (titles of films, words
    held at arm's length) attribute nothing, and are left out too.

    Args:
        utterances: Of one text without a title.
    """
    found = []
    for group in attributions(utterances):
        first = group[0]
        if first.depth or first.speaker_start is first.cue_start is None:
            continue
        found.append(
            Attribution(
                content=tuple((part.start, part.end) for part in group),
                source=_span(first.speaker_start, first.speaker_end),
                cue=_span(first.cue_start, first.cue_end),
            )
        )
    return tuple(found)


def report_quotations(suite: str, group: str, half: str, documents: Sequence[QuotedDocument]) -> GroupReport:
    """
    Score the attributions of some texts.

    An attribution is direct when its content holds a double quotation mark, in the gold standard and in the
    answers alike. Spans are paired one to one where 80 % of the longer lies in the other. A speaker is right when
    80 % of the shorter of the two mentions lies in the other, or when neither side names one; it is judged on
    the paired direct ones alone.

    Returns:
        Span-F1 of direct ones, share of right speakers, F1 of the cues of indirect ones (also for cues that merely
        touch: "said" for "had said earlier"), span-F1 of indirect ones.
    """
    sums = np.array([_score(document) for document in documents])
    direct, cues, touching, indirect, speakers = (sums[:, place] for place in range(5))
    figures = (
        Measure(name="direct: span F1", sums=direct, score=f1),
        Measure(name="direct: speaker right on matched spans", sums=speakers[:, :2], score=share),
        Measure(name="indirect: cue F1", sums=cues, score=f1),
        Measure(name="indirect: cue F1, any overlap", sums=touching, score=f1),
        Measure(name="indirect: span F1", sums=indirect, score=f1),
    )
    rows: tuple[LabelRow, ...] = label_rows(
        sums[:, :4], ("direct span", "indirect cue", "touching cue", "indirect span")
    )
    return GroupReport(
        suite=suite,
        group=group,
        half=half,
        n_documents=len(documents),
        n_items=sum(len(document.gold) for document in documents),
        n_unmeasured=sum(len(document.gold) for document in documents if document.found is None),
        figures=tuple(map(figure, figures)),
        labels=rows,
    )


def _score(document: QuotedDocument) -> Numbers:
    """Five rows of three: counts of direct spans, cues, touching cues and indirect spans; speakers right and judged."""
    direct, indirect = _split(document.gold, document.text)
    found_direct, found_indirect = _split(document.found or (), document.text)
    pairs = match(direct, found_direct, lambda one, other: is_same(one.content, other.content))
    right = sum(_is_right(direct[gold].source, found_direct[found].source) for gold, found in pairs)
    cues = [item.cue for item in indirect if item.cue]
    found_cues = [item.cue for item in found_indirect if item.cue]
    contents = match(indirect, found_indirect, lambda one, other: is_same(one.content, other.content))
    return np.array(
        [
            _count(len(pairs), len(direct), len(found_direct)),
            _count(len(match(cues, found_cues, is_same)), len(cues), len(found_cues)),
            _count(len(match(cues, found_cues, touches)), len(cues), len(found_cues)),
            _count(len(contents), len(indirect), len(found_indirect)),
            (float(right), float(len(pairs)), 0.0),
        ]
    )


def _split(items: Sequence[Attribution], text: str) -> tuple[list[Attribution], list[Attribution]]:
    """The direct ones and the indirect ones."""
    sides: tuple[list[Attribution], list[Attribution]] = ([], [])
    for item in items:
        is_direct = any(not QUOTATION_MARKS.isdisjoint(text[start:end]) for start, end in item.content)
        sides[0 if is_direct else 1].append(item)
    return sides


def _is_right(gold: Span | None, found: Span | None) -> bool:
    return gold is found is None if gold is None or found is None else is_within(gold, found)


def _count(n_right: int, n_gold: int, n_found: int) -> tuple[float, float, float]:
    return float(n_right), float(n_found - n_right), float(n_gold - n_right)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else ((start, end),)
