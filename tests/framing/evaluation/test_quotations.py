"""Scoring attributions: direct or not, whose, and by which cue."""

import pytest

from framing.evaluation.quotations import Attribution, QuotedDocument, read_attributions, report_quotations
from framing.speech.records import Utterance

TEXT = '"We will go," Harlow said, "and we will stay." Sorokin had said earlier that the road was closed.'


def span(*pieces):
    """Where pieces stand in the text."""
    return tuple((TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces)


DIRECT = Attribution(content=span('"We will go,"', '"and we will stay."'), source=span("Harlow"), cue=span("said"))
INDIRECT = Attribution(content=span("that the road was closed"), source=span("Sorokin"), cue=span("had said earlier"))


def figures_of(*found):
    """Figures by name where these were found."""
    document = QuotedDocument(text=TEXT, gold=(DIRECT, INDIRECT), found=found)
    return {figure.name: figure.value for figure in report_quotations("quotes", "en", "A", [document]).figures}


def utterance(content, speaker, cue, depth=0):
    """An utterance as the engine gives it."""
    (start, end), (speaker_start, speaker_end), (cue_start, cue_end) = *span(content), *span(speaker), *span(cue)
    return Utterance(
        kind="direct",
        part="text",
        start=start,
        end=end,
        speaker=speaker,
        speaker_start=speaker_start,
        speaker_end=speaker_end,
        actor_id=None,
        verb=cue,
        verb_class="neutral",
        cue_start=cue_start,
        cue_end=cue_end,
        depth=depth,
    )


def test_the_truth_scores_one():
    assert set(figures_of(DIRECT, INDIRECT).values()) == {1.0}


def test_a_short_cue_touches_and_is_not_the_same():
    found = Attribution(
        content=INDIRECT.content, source=INDIRECT.source, cue=((INDIRECT.cue[0][0] + 4, INDIRECT.cue[0][0] + 8),)
    )

    figures = figures_of(DIRECT, found)

    assert figures["indirect: cue F1"] == 0
    assert figures["indirect: cue F1, any overlap"] == figures["indirect: span F1"] == 1


def test_half_a_quotation_is_missed_and_a_wrong_speaker_is_wrong():
    half = Attribution(content=DIRECT.content[:1], source=DIRECT.source, cue=DIRECT.cue)
    wrong = Attribution(content=DIRECT.content, source=INDIRECT.source, cue=DIRECT.cue)
    nobody = Attribution(content=DIRECT.content, source=None, cue=DIRECT.cue)

    assert figures_of(half)["direct: span F1"] == 0
    assert figures_of(half)["direct: speaker right on matched spans"] is None
    for found in (wrong, nobody):
        assert figures_of(found)["direct: span F1"] == 1
        assert figures_of(found)["direct: speaker right on matched spans"] == 0


def test_what_one_verb_attributes_is_one_span():
    parts = [utterance(content, "Harlow", "said") for content in ('"We will go,"', '"and we will stay."')]
    inside = utterance("will stay", "Harlow", "earlier", depth=1)

    assert read_attributions([*parts, inside]) == (DIRECT,)


def test_nothing_measured_is_counted():
    document = QuotedDocument(text=TEXT, gold=(DIRECT, INDIRECT), found=None)

    report = report_quotations("quotes", "en", "B", [document, document])

    assert (report.n_documents, report.n_items, report.n_unmeasured) == (2, 4, 4)
    assert report.figures[0].value == 0
    assert report.labels[0].n_gold == pytest.approx(2)
