"""Annotation: the laws of the measure, and golden outputs that guard the scorer's version."""

import dataclasses
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.codebook import Codebook
from framing.errors import EmptyTextError
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION, annotate
from tests.framing.write_golden import GOLDEN, summary

BOOK = load_registry().codebook

PLAIN = st.sampled_from(
    ["The weather was cold.", "Nobody spoke for long.", "Trains ran on time!", "Was it late?", "Snow fell."]
)
FRAMED = st.sampled_from(
    [
        "This plan is capitulation.",
        "They call it appeasement!",
        "Is it a new Munich?",
        "Capitulation, said others, and appeasement again.",
    ]
)


def score_of(annotation, frame_id):
    return next(score for score in annotation.of_kind("frame") if score.code_id == frame_id)


def test_a_reader_can_check_this_one_by_hand():
    text = "The plan is capitulation. The weather was cold.\nSecurity guarantees are missing; capitulation again."

    annotation = annotate("Cold weather", text, "en", BOOK)
    score = score_of(annotation, "capitulation")

    assert annotation.n_sentences == 4
    assert (score.carried, score.share) == (True, 0.5)
    assert [text[hit.start : hit.end] for hit in score.hits] == ["capitulation", "capitulation"]
    assert [text[hit.sentence_start : hit.sentence_end] for hit in score.hits] == [
        "The plan is capitulation.",
        "Security guarantees are missing; capitulation again.",
    ]
    assert {(hit.part, hit.cue, hit.voice, hit.speaker) for hit in score.hits} == {
        ("text", "(capitulation|appeasement)", "outlet", None)
    }
    assert score_of(annotation, "guarantees_nato").share == 0.25
    assert score_of(annotation, "deadlock").share == 0.0


@given(st.lists(PLAIN), st.lists(FRAMED), st.randoms())
def test_planted_sentences_are_found(plain, framed, random):
    """Plant k framed sentences among n plain ones: the share is k / (n + k), in any order."""
    sentences = plain + framed
    random.shuffle(sentences)
    if not sentences:
        return
    text = "\n".join(sentences)

    score = score_of(annotate("", text, "en", BOOK), "capitulation")

    assert score.share == len(framed) / len(sentences)
    assert score.carried is (len(framed) > 0)


@given(st.lists(st.one_of(PLAIN, FRAMED), min_size=1), st.randoms())
def test_the_order_of_paragraphs_changes_no_share(paragraphs, random):
    shuffled = random.sample(paragraphs, len(paragraphs))

    before, after = (annotate("", "\n\n".join(order), "en", BOOK) for order in (paragraphs, shuffled))

    assert [score.share for score in before.codes] == [score.share for score in after.codes]


@given(st.lists(st.one_of(PLAIN, FRAMED), min_size=1), st.integers(2, 4))
def test_repeating_the_text_changes_no_share(paragraphs, times):
    text = "\n".join(paragraphs)

    once, often = annotate("", text, "en", BOOK), annotate("", "\n".join([text] * times), "en", BOOK)

    assert [score.share for score in once.codes] == [score.share for score in often.codes]


@given(st.text(), st.text(), st.sampled_from(["en", "ru", "uk", "fr", "de", "bg", None]))
@settings(max_examples=200)
def test_any_text_is_annotated_or_has_no_word(title, text, language):
    try:
        annotation = annotate(title, text, language, BOOK)
    except EmptyTextError:
        assert not any(character.isalnum() and character not in "ʹʺʻʼʽʾʿˮ" for character in title + text)
        return

    assert [(score.kind, score.code_id) for score in annotation.codes] == list(BOOK.codes)


@given(st.lists(st.tuples(FRAMED, st.text(" \t😀Яé«»-\u0301\u00ad", max_size=4))), FRAMED)
def test_offsets_lie_in_the_string_and_its_sentence(pieces, title):
    text = "".join(f"{sentence}{noise}\n" for sentence, noise in pieces)

    for score in annotate(title, text, "en", BOOK).codes:
        for hit in score.hits:
            string = {"title": title, "text": text}[hit.part]
            assert 0 <= hit.sentence_start <= hit.start < hit.end <= hit.sentence_end <= len(string)
            assert string[hit.start : hit.end].casefold().startswith(("capitul", "appeas", "a new mun", "new mun"))


@pytest.mark.parametrize("language", [None, "bg", "xx"])
def test_what_cannot_be_measured_is_none_and_not_zero(language):
    annotation = annotate("Capitulation", "Капитулация на всички.", language, BOOK)

    assert annotation.relevant is None
    assert annotation.n_sentences == 2
    assert {(score.carried, score.share, score.hits) for score in annotation.codes} == {(None, None, ())}


def test_a_frame_without_cues_in_one_language_is_none_there_only():
    english = next(entry for entry in BOOK.cues if entry.language == "en")
    short = dataclasses.replace(english, frame=english.frame[1:])
    cues = tuple(short if entry is english else entry for entry in BOOK.cues)
    book = Codebook(frames=BOOK.frames, tags=BOOK.tags, actors=BOOK.actors, cues=cues, gate=BOOK.gate)

    in_english, in_german = (annotate("", "Peace", language, book).of_kind("frame") for language in ("en", "de"))

    assert in_english[0].share is None
    assert {score.share for score in in_english[1:]} == {0.0}
    assert {score.share for score in in_german} == {0.0}


@pytest.mark.parametrize(("title", "text"), [("", ""), (" \n", "... — !"), ("😀", "\u00ad\n")])
def test_a_text_without_a_word_is_the_callers_mistake(title, text):
    with pytest.raises(EmptyTextError) as raised:
        annotate(title, text, "en", BOOK)

    assert str(raised.value) == (
        "The text has no sentence: neither title nor text holds a letter or digit. Leave such texts out before scoring."
    )


def test_a_title_alone_is_one_sentence():
    annotation = annotate("No breakthrough in Moscow", "", "en", BOOK)

    assert annotation.n_sentences == 1
    assert score_of(annotation, "deadlock").share == 1.0


@pytest.mark.parametrize(
    "printed", ["", "No breakthrough in Moscow\n", "By our staff.\nNO BREAKTHROUGH — in Moscow!\n"]
)
def test_a_headline_that_the_page_repeats_counts_once(printed):
    """Whether a template prints the headline inside the body must not move the share."""
    rest = "The weather was cold. The trains ran. Snow fell. No breakthrough in Moscow."

    annotation = annotate("No breakthrough in Moscow", f"{printed}{rest}", "en", BOOK)

    assert annotation.n_sentences == 5 + ("staff" in printed)
    assert len(score_of(annotation, "deadlock").hits) == 2, "the headline, and the sentence at the end"


def test_what_was_published_before_the_talks_is_not_about_them():
    text = (
        "Russia and Ukraine met for peace talks. The Kremlin and Kyiv spoke of a ceasefire. Ukraine and Russia agreed."
    )
    days = [datetime(2022, 3, 29, tzinfo=UTC), datetime(2025, 12, 2, tzinfo=UTC), None]

    assert [annotate("", text, "en", BOOK, day).relevant for day in days] == [False, True, True]
    assert annotate("", "Мирни преговори.", "bg", BOOK, days[0]).relevant is False
    assert annotate("", "Мирни преговори.", "bg", BOOK, days[1]).relevant is None


def test_the_first_and_the_second_reading_are_equal():
    text = "Ни компромисса, ни прорыва: переговоры зашли в тупик. Гарантии безопасности обсудят позже."

    assert annotate("", text, "ru", BOOK) == annotate("", text, "ru", Codebook.from_json(BOOK.to_json()))


def test_golden_outputs_guard_the_scorer_version():
    """The codebook is stored beside the texts, so only a change of the scorer can change the outputs."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    book = Codebook.from_json(json.dumps(golden["codebook"]))

    answers = [summary(case, book) for case in golden["cases"]]

    assert golden["scorer_version"] == SCORER_VERSION, "run tests/framing/write_golden.py for this version"
    assert answers == [case["expected"] for case in golden["cases"]], (
        "the scorer answers differently: raise SCORER_VERSION, then run tests/framing/write_golden.py"
    )
