"""Whatever string comes, it is annotated or refused with a clear message; nothing else happens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.errors import EmptyTextError
from framing.registry_files import SHIPPED, load_registry
from framing.scoring import annotate

BOOK = load_registry(SHIPPED).codebook
LANGUAGES = ("en", "ru", "uk", "fr", "de")
SCRIPTS = st.text(
    st.characters() | st.sampled_from("«»„“”‹›‘’\"'—–-()[]\u202e\u200d\u0301\x00\x1a\n"),
    max_size=120,
)
WORDS = st.sampled_from(
    [
        "Putin",
        "Зеленський",
        "Kiew",
        "Trump",
        "talks",
        "тупик",
        "said",
        "сказал",
        "заявив",
        "selon",
        "laut",
        "dass",
        "что,",
        "не",
        "pas",
        "nicht",
        "停戦",
        "هدنة",
        "peace",
    ]
)
MIXED = st.lists(WORDS | SCRIPTS, max_size=25).map(" ".join)
ONE = ("a", "Я", "“", '"', "«", "—", "'", "(", ".", "é", "停")
SEVERAL = (" a", "\na", " said", " “no”", "a, ", "\u0301a", "said that ")
LONG = tuple((unit, 5_000_000) for unit in ONE) + tuple((unit, 500_000) for unit in SEVERAL)
"""What a text is made of, and its characters."""


@given(SCRIPTS | MIXED, SCRIPTS | MIXED, st.sampled_from((*LANGUAGES, "hu", None)))
@settings(max_examples=150, deadline=None)
def test_any_text_is_annotated_or_refused(title, text, language):
    try:
        annotation = annotate(title, text, language, BOOK)
    except EmptyTextError:
        assert not any(map(str.isalnum, title + text))
        return
    strings = {"title": title, "text": text}
    for score in annotation.codes:
        for hit in score.hits:
            assert 0 <= hit.start < hit.end <= len(strings[hit.part])
            assert (hit.voice is None) == (annotation.utterances is None)
    for one in annotation.utterances or ():
        assert 0 <= one.start < one.end <= len(strings[one.part])
        assert one.speaker_start is None or 0 <= one.speaker_start < one.speaker_end <= len(strings[one.part])
    assert (annotation.cast is None) == (language not in LANGUAGES)


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "n_characters"), LONG, ids=repr)
def test_megabytes_of_one_thing(unit, n_characters):
    """Deep recursion and quadratic time would end here."""
    text = unit * (n_characters // len(unit))

    try:
        assert annotate("", text, "en", BOOK).n_sentences > 0
    except EmptyTextError:
        assert not any(map(str.isalnum, unit))
