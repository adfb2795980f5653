"""The sentence bank of the demo: every sentence that a template can make carries what its place says."""

import pytest

from flows.demo.sentences import expand, load_bank
from flows.demo.writer import make_slug
from flows.demo.written import load_written
from framing.records import Annotation
from framing.scoring import annotate
from tests.flows.demo_parts import CODEBOOK, MEASURED, UNMEASURED, carried


def one_sentence(sentence: str, language: str) -> Annotation:
    annotation = annotate("", sentence, language, CODEBOOK)
    assert annotation.n_sentences == 1, f"{language}: more than one sentence: {sentence}"
    return annotation


@pytest.mark.parametrize("language", MEASURED)
def test_neutral_sentences_carry_no_frame(language):
    """Whichever alternative is taken."""
    bank = load_bank(language)

    for template in (*bank.leads, *bank.both, *bank.neutral, *bank.headlines):
        for sentence in expand(template):
            assert carried(one_sentence(sentence, language)) == {}, sentence


@pytest.mark.parametrize("part", ["frames", "quoted"])
@pytest.mark.parametrize("language", MEASURED)
def test_framed_sentences_carry_their_own_frame_only(language, part):
    """Whichever alternative is taken, and whoever says it."""
    for frame, templates in getattr(load_bank(language), part).items():
        for template in templates:
            for sentence in expand(template):
                assert carried(one_sentence(sentence, language)) == {frame: 1}, sentence


def test_written_sentences_carry_their_own_frame_only():
    """Of the stories that are written out, before and after their edits."""
    for story in load_written().values():
        titles = [("", title) for title in (*story.headlines, story.edited_headline)]
        for frame, sentence in (*story.lines, *story.edited_lines, *titles):
            assert carried(one_sentence(sentence, "en")) == ({frame: 1} if frame else {}), sentence


@pytest.mark.parametrize("language", MEASURED)
def test_the_bank_is_large_enough(language):
    """A small bank reads like a machine."""
    bank = load_bank(language)

    assert len(bank.both) + len(bank.neutral) >= 40
    assert len(bank.headlines) >= 10
    assert len(bank.frames) == 8
    assert all(len(templates) >= 8 for templates in (*bank.frames.values(), *bank.quoted.values()))
    assert sum(len(theme.sentences) for theme in bank.off_topic) >= 25


@pytest.mark.parametrize("language", UNMEASURED)
def test_a_language_without_cues_has_no_frames_to_plant(language):
    """Nor off-topic stories: nobody could tell them from the others."""
    bank = load_bank(language)

    assert CODEBOOK.cues_for(language) is None
    assert (bank.frames, bank.quoted, bank.off_topic) == ({}, {}, ())
    assert all(annotate("", expand(template)[0], language, CODEBOOK).n_sentences == 1 for template in bank.neutral)


def test_a_template_takes_one_alternative_at_each_choice():
    """The form of the bank, as its head explains it."""
    assert expand("A {b|c} d{ e|}.") == ("A b d e.", "A b d.", "A c d e.", "A c d.")
    assert expand("Plain.") == ("Plain.",)


def test_slugs_are_ascii():
    """Addresses need no percent signs; titles in other scripts have no slug."""
    assert make_slug("Début des négociations : l’Ukraine") == "debut-des-negociations-l-ukraine"
    assert make_slug("Київ і Москва") == ""
