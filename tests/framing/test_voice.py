"""In whose voice a hit is: written cases of all five voices, and what holds for any text."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.registry_files import SHIPPED, load_registry
from framing.scoring import annotate
from framing.voice import VOICES

BOOK = load_registry(SHIPPED).codebook
LANGUAGES = ("en", "ru", "uk", "fr", "de")
HERE = Path(__file__).parent
MIN_SECOND = 0.9
"""Of the second set, which was written by somebody who had seen no answer of the code."""


@dataclass(frozen=True)
class Case:
    language: str
    frame: str
    text: str
    voices: tuple[str, ...]
    speaker: str | None = None


def cases(name):
    whole = tomllib.loads((HERE / f"voice_cases_{name}.toml").read_text(encoding="utf-8"))
    return [Case(**case | {"voices": tuple(case["voices"])}) for case in whole["case"]]


def answer(case):
    codes = annotate("", case.text, case.language, BOOK).of_kind("frame")
    hits = [hit for code in codes if code.code_id == case.frame for hit in code.hits]
    voices = tuple(sorted({hit.voice for hit in hits}))
    return voices, {hit.speaker for hit in hits if hit.speaker}


@pytest.mark.parametrize(
    "case", [*cases("first"), *cases("third")], ids=lambda case: f"{case.language} {case.frame} {case.text[:40]}"
)
def test_a_case_that_the_rules_were_made_on(case):
    voices, speakers = answer(case)

    assert voices == tuple(sorted(case.voices)), case.text
    assert case.speaker is None or any(case.speaker in speaker for speaker in speakers), (case.text, speakers)


def test_the_first_set_covers_all_voices_in_all_languages():
    counted = Counter((case.language, voice) for case in cases("first") for voice in case.voices)

    assert min(Counter(case.language for case in cases("first")).values()) >= 40
    assert all(counted[language, voice] >= 4 for language in LANGUAGES for voice in VOICES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_in_ten_of_the_second_set(language):
    asked = [case for case in cases("second") if case.language == language]

    right = [case for case in asked if answer(case)[0] == tuple(sorted(case.voices))]

    print(f"{language}: {len(right)} of {len(asked)}")
    assert len(asked) >= 20
    assert len(right) >= MIN_SECOND * len(asked)


PIECES = st.sampled_from(
    [
        "a stalemate",
        " no ",
        "“",
        "”",
        '"',
        "Smith said",
        ", ",
        ". ",
        "\n",
        "so-called ",
        "not ",
        "talks ",
        "«",
        "—",
        "that ",
    ]
)


@given(st.lists(PIECES, max_size=30), st.sampled_from(LANGUAGES))
def test_every_hit_has_one_voice_and_a_reason(pieces, language):
    text = "A deadlock. " + "".join(pieces)

    for code in annotate("", text, language, BOOK).of_kind("frame"):
        assert all(hit.voice in VOICES and hit.reason for hit in code.hits)
        assert code.voices is not None
        n_carrying = round(code.share * annotate("", text, language, BOOK).n_sentences)
        counts = [getattr(code.voices, voice) for voice in VOICES]
        assert max(counts) <= n_carrying <= sum(counts)
