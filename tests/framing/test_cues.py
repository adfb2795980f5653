"""The cue language: what can be written, what is refused and with which words."""

import pytest

from framing.cues import Alternatives, CueError, Gap, Word, parse_cue


def test_a_cue_says_what_it_looks_like():
    cue = parse_cue("sabotag* [..4] (peace|the plan)")

    assert cue.elements == (
        Word("sabotag", is_stem=True),
        Gap(4),
        Alternatives(((Word("peace"),), (Word("the"), Word("plan")))),
    )


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("hasn't read", "hasn’t read"),
        ("Article 5-like", "article 5 like"),
        ("800,000", "800 000"),
        ("Зелёный", "зеленый"),
        ("за́мок", "замок"),
        ("Weiße", "weisse"),
        ("п'ять", "пʼять"),
    ],
)
def test_spelling_that_texts_do_not_agree_on_makes_no_difference(written, same):
    assert parse_cue(written).elements == parse_cue(same).elements


def test_capitals_count_from_two_letters_on():
    assert parse_cue("US").elements == (Word("us", is_caps=True),)
    assert parse_cue("США").elements == (Word("сша", is_caps=True),)
    assert parse_cue("I").elements == (Word("i"),)
    assert parse_cue("Nato").elements == (Word("nato"),)
    assert parse_cue("800").elements == (Word("800"),)


REFUSED = {
    "": "An empty cue matches nothing. Delete it, or write a word.",
    r"санкци\w*": (
        r"The cue 'санкци\\w*' holds '\\w*': raw regular expressions are not cues. "
        "Write a star for any ending: 'guarant*'."
    ),
    "sabotag* .{0,25} plan": (
        "The cue 'sabotag* .{0,25} plan' holds '.{0,25}': raw regular expressions are not cues. "
        "Write a gap of a few words: 'sabotag* [..4] plan'."
    ),
    "peace.*plan": (
        "The cue 'peace.*plan' holds '.*': raw regular expressions are not cues. "
        "Write a gap of a few words: 'sabotag* [..4] plan'."
    ),
    "guarantees?": (
        "The cue 'guarantees?' holds '?': raw regular expressions are not cues. "
        "Write both forms: '(guarantee|guarantees)'."
    ),
    "^peace$": (
        "The cue '^peace$' holds '^': raw regular expressions are not cues. "
        "Leave it out: a word without a star matches only the whole word."
    ),
    "no+": (
        "The cue 'no+' holds '+': raw regular expressions are not cues. "
        "Write plain words, 'stem*', '(one|other)' or '[..3]'."
    ),
    r"\d": (
        r"The cue '\\d' holds '\\': raw regular expressions are not cues. "
        "Write plain words; apostrophes and hyphens need no backslash."
    ),
    "[..3] peace": "The cue '[..3] peace' begins or ends with a gap, which says nothing. Delete that gap.",
    "peace [..3]": "The cue 'peace [..3]' begins or ends with a gap, which says nothing. Delete that gap.",
    "a1 [..9] b1": (
        "The cue 'a1 [..9] b1' holds '[..9]', which is not a gap. "
        "Write '[..3]' for up to three words, at most '[..8]', with a space on both sides."
    ),
    "a1 [..1] b1 [..1] c1 [..1] d1": (
        "The cue 'a1 [..1] b1 [..1] c1 [..1] d1' has 3 gaps, at most 2 are read. Split it in two."
    ),
    "a1 [..1] [..2] b1": (
        "The cue 'a1 [..1] [..2] b1' has two gaps side by side. Write one with the sum, e.g. '[..6]'."
    ),
    "(peace|(plan|deal))": (
        "The cue '(peace|(plan|deal))' holds '(peace|(plan|deal))': brackets stand alone between spaces and "
        "not inside each other. Write '(one|other word|stem*)'."
    ),
    "(peace|)": "The cue '(peace|)' has an empty alternative in '(peace|)'. Delete the extra '|'.",
    "peace|plan": (
        "The cue 'peace|plan' holds 'peace|plan', which is not a word. Write plain words, 'stem*' with the star "
        "at the end, '(one|other)' or '[..3]', with spaces between them."
    ),
    "*peace": (
        "The cue '*peace' holds '*peace', which is not a word. Write plain words, 'stem*' with the star "
        "at the end, '(one|other)' or '[..3]', with spaces between them."
    ),
    "p*": (
        "The cue 'p*' holds the stem 'p*', which would match very many words. Give at least 2 letters before the star."
    ),
    "--": "The cue '--' holds '--', which has no letter or digit. Delete it.",
    "мир pеace": (
        "The cue 'мир pеace' holds 'pеace', which mixes CYRILLIC and LATIN letters that look alike. "
        "Type the word anew in one alphabet."
    ),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_a_cue_is_refused_with_the_way_to_write_it(text):
    with pytest.raises(CueError) as refused:
        parse_cue(text)

    assert str(refused.value) == REFUSED[text]


def test_a_cue_has_an_end():
    with pytest.raises(CueError, match=r"has 403 characters, more than 400\. Split it in two\."):
        parse_cue("(" + "ab|" * 133 + "cd)")
    with pytest.raises(CueError, match=r"has 13 elements, at most 12 are read\."):
        parse_cue("ab " * 13)
