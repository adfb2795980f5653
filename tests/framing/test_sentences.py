"""Sentences: where they end, in five languages, and how long that takes."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.sentences import split_sentences


def cut(text, language):
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "J. D. Vance met V. Putin on Dec. 3. The U.S. said no.", 2),
        ("en", "He was wounded in World War I. He came home.", 2),
        ("en", '"We are ready. Now," he said. They left...', 2),
        ("en", "Sen. Graham and Rep. Bacon objected. Why? Nobody knows!", 3),
        ("ru", "В. В. Путин заявил: «Мы готовы. Прямо сейчас». Он ушёл.", 2),
        ("ru", "Встреча прошла 3 дек. в Москве, т.е. вовремя. Итог неясен.", 2),
        ("uk", "В. Зеленський сказав: «Ні». Це було у 2025 р. в Києві.", 2),
        ("fr", "M. Macron a reçu M. Zelensky et Mme Kallas. L'art. 5 reste.", 2),
        ("fr", "Il a dit : « Non. Jamais. » Puis il est parti.", 2),
        ("de", "Am 3. Dezember traf er Dr. Meyer, z. B. in Berlin. Danach ging er.", 2),
        ("de", "Nach Art. 5 gilt das. Ca. 800.000 Soldaten.", 2),
        (None, "One here. Two here.", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language, text, sentences):
    assert len(cut(text, language)) == sentences


def test_offsets_count_characters_also_behind_emoji_and_cyrillic():
    assert cut("😀 Привет, мир. 👨‍👩‍👧 Вторая фраза.", "ru") == ["😀 Привет, мир.", "👨‍👩‍👧 Вторая фраза."]


def test_paragraphs_end_sentences_and_rules_are_none():
    assert cut("A heading\n\nFirst. \r\n * * * \n\u2028 Second ", "en") == ["A heading", "First.", "Second"]


@given(st.text(), st.sampled_from(["en", "ru", "uk", "fr", "de", "bg", "xx", None]))
def test_sentences_are_ordered_stripped_and_hold_a_word(text, language):
    spans = split_sentences(text, language)

    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    for start, end in spans:
        sentence = text[start:end]
        assert sentence == sentence.strip()
        assert "\n" not in sentence
        assert any(character.isalnum() for character in sentence)


@given(st.text("abc .!?«»\n\u00ad'Я"))
def test_no_word_is_lost(text):
    kept = "".join(cut(text, "ru"))

    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    "unit",
    ["a", "Он ушёл. ", "«a. ", "(a. ", "😀", "M. ", "a\n", " "],
)
def test_a_megabyte_takes_seconds_not_minutes(unit):
    """Unclosed quotation marks made the splitter alone take most of a minute."""
    text = unit * (1_000_000 // len(unit))
    start = time.perf_counter()

    split_sentences(text, "en")

    assert time.perf_counter() - start < 15


def test_a_line_longer_than_a_chunk_is_not_cut_for_that():
    text = "word " * 5_000

    assert cut(text, "en") == [text.strip()]
