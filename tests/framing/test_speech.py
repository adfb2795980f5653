"""Who says what: written cases for direct and indirect speech."""

from dataclasses import replace

import pytest

from framing.speech.reading import read_speech
from tests.framing.speech_books import BOOK, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We are ready," Peskov said.', [(0, '"We are ready,"', "Peskov", "said")]),
        ("“We are ready,” said Dmitry Peskov.", [(0, "“We are ready,”", "Dmitry Peskov", "said")]),
        ("Peskov said: “We are ready.”", [(0, "“We are ready.”", "Peskov", "said")]),
        ("Peskov told reporters on Monday, “We are ready.”", [(0, "“We are ready.”", "Peskov", "told")]),
        ("“We are ready,” Peskov said last week.", [(0, "“We are ready,”", "Peskov", "said")]),
        (
            "Peskov, the Kremlin's spokesman since 2012, said “we are ready.”",
            [(0, "“we are ready.”", "Peskov", "said")],
        ),
        (
            "“We are ready,” the Kremlin spokesman said.",
            [(0, "“We are ready,”", "Kremlin spokesman", "said")],
        ),
        ("''We are ready,'' Mr. Peskov said.", [(0, "''We are ready,''", "Peskov", "said")]),
        ("« We are ready », Peskov said.", [(0, "« We are ready »", "Peskov", "said")]),
        ("„We are ready“, Peskov said.", [(0, "„We are ready“", "Peskov", "said")]),
    ],
)
def test_direct_speech_in_both_orders(text, expected):
    """Speaker before or behind the verb, content before or behind both, in any marks."""
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peskov said that the talks go on.", [(0, "that the talks go on", "Peskov", "said")]),
        ("Peskov said the talks go on.", [(0, "the talks go on", "Peskov", "said")]),
        ("The talks go on, Peskov said.", [(0, "The talks go on", "Peskov", "said")]),
        ("The talks go on, said a Kremlin spokesman.", [(0, "The talks go on", "Kremlin spokesman", "said")]),
        ("Moscow said the talks go on.", [(0, "the talks go on", "Moscow", "said")]),
        ("Peskov told the reporters Russia would stay.", [(0, "Russia would stay", "Peskov", "told")]),
        ("According to Peskov, the talks go on.", [(0, "the talks go on", "Peskov", "According to")]),
        ("The talks go on, according to Peskov.", [(0, "The talks go on", "Peskov", "according to")]),
        (
            "Peskov said the talks go on, adding that no date is set.",
            [(0, "the talks go on", "Peskov", "said"), (0, "that no date is set", "Peskov", "adding")],
        ),
        (
            "Trump said the deal is near, but Putin denied that a date is set.",
            [(0, "the deal is near", "Trump", "said"), (0, "that a date is set", "Putin", "denied")],
        ),
        ("Peskov: Talks go on", [(0, "Talks go on", "Peskov", None)]),
    ],
)
def test_indirect_speech(text, expected):
    """With and without "that", before and behind, without a verb, two in one sentence."""
    assert said(text) == expected


def test_a_divided_quotation_is_one_attribution():
    """Both halves have the same verb, so they are counted once."""
    text = "“We are ready,” Peskov said, “but nobody calls.”"
    first, second = read_speech("", text, "en", BOOK)

    assert (text[first.start : first.end], text[second.start : second.end]) == (
        "“We are ready,”",
        "“but nobody calls.”",
    )
    assert first.cue_start == second.cue_start


def test_a_quotation_goes_on_without_a_new_attribution():
    """A sentence, or a paragraph, that is nothing but a quotation belongs to the last speaker."""
    text = "“We are ready,” Peskov said. “Nobody calls.”\n\n“We wait.”\n\nThe talks begin on Monday.\n\n“Why?”"

    assert [speaker for _, _, speaker, _ in said(text)] == ["Peskov", "Peskov", "Peskov", None]


def test_a_word_before_a_quotation_does_not_end_a_speech():
    """But, then, indeed: the outlet joins two quotations of one speaker."""
    text = "“We are ready,” Peskov said. But “nobody calls.”"

    assert said(text)[1:] == [
        (0, "But “nobody calls.”", "Peskov", "said"),
        (1, "“nobody calls.”", "Peskov", "said"),
    ]


def test_a_verb_in_no_table_still_attributes_a_whole_sentence():
    """The person is named, the verb is not: it has no class."""
    (found,) = read_speech("", "“We are ready,” Dmitry Peskov harrumphed.", "en", BOOK)

    assert (found.speaker, found.verb, found.verb_class) == ("Dmitry Peskov", None, None)


def test_a_colon_announces_the_next_paragraph():
    """He added, colon, and the quotation stands alone below."""
    assert said("Peskov added:\n\n“We are ready.”") == [(0, "“We are ready.”", "Peskov", "added")]


def test_a_quotation_of_several_paragraphs_is_closed_once():
    """Each paragraph opens with the mark, only the last one closes it."""
    text = "Peskov said: “We are ready.\n\n“We wait.\n\n“Nobody calls.” The talks go on."

    assert said(text) == [(0, text[13 : text.index(" The talks")], "Peskov", "said")]


def test_a_quotation_inside_a_quotation_is_one_level_deeper():
    """Nobody is made the speaker of the inner one."""
    text = "“He told us ‘never again’ and left,” Peskov said."

    assert said(text) == [
        (0, "“He told us ‘never again’ and left,”", "Peskov", "said"),
        (1, "‘never again’", None, None),
    ]


def test_words_in_marks_inside_what_is_reported():
    """The clause is indirect, the words in marks are direct, both of the same speaker."""
    assert said("Putin called Europe “the party of war” again.") == [
        (0, "Europe “the party of war” again", "Putin", "called"),
        (1, "“the party of war”", "Putin", "called"),
    ]


def test_marks_that_nobody_spoke_have_no_speaker():
    """Words held at arm's length attribute nothing to anybody."""
    assert said("The “peace plan” was published on Monday.") == [(0, "“peace plan”", None, None)]


def test_a_pronoun_stands_for_the_last_speaker():
    """The mention stays the pronoun; the speaker is the person in the longest form the text has."""
    text = "Kremlin spokesman Dmitry Peskov spoke on Monday. Peskov said the talks go on. “We wait,” he added."
    first, second = read_speech("", text, "en", BOOK)

    assert (first.speaker, second.speaker) == ("Dmitry Peskov", "Dmitry Peskov")
    assert text[second.speaker_start : second.speaker_end] == "he"
    assert first.actor_id == second.actor_id == "peskov"


def test_a_pronoun_stands_for_whom_a_later_sentence_began_with():
    """The last speaker is not always the last person: what comes between counts."""
    text = "Peskov said the talks go on. Emmanuel Macron went to Kyiv. “We wait,” he said."

    assert [speaker for _, _, speaker, _ in said(text)] == ["Peskov", "Emmanuel Macron"]


def test_a_quotation_inside_two_attributions_is_given_to_the_inner_one():
    """Each quotation is answered once."""
    text = "According to Yahoo News, Peskov said that “nobody calls” Moscow."

    assert said(text) == [
        (0, "Peskov said that “nobody calls” Moscow", "Yahoo News", "According to"),
        (1, "that “nobody calls” Moscow", "Peskov", "said"),
        (2, "“nobody calls”", "Peskov", "said"),
    ]


def test_a_role_or_a_place_can_speak():
    """Who has no name in the text is called as the text calls them; a registry name is an actor."""
    found = read_speech(
        "", "“No,” the Kremlin spokesman said. “Yes,” a spokesman for Zelensky said. Moscow denied it.", "en", BOOK
    )

    assert [(u.speaker, u.actor_id) for u in found] == [
        ("Kremlin spokesman", None),
        ("spokesman for Zelensky", None),
        ("Moscow", "russia"),
    ]


def test_a_pronoun_without_anybody_before_is_not_resolved():
    """Unknown is None, not a guess."""
    assert said("“We wait,” he said.") == [(0, "“We wait,”", None, "said")]


def test_a_relative_clause_speaks_for_the_noun_before_it():
    """Who stands for what it follows."""
    assert said("The deal was praised by Peskov, who said that nobody calls.")[-1] == (
        0,
        "that nobody calls",
        "Peskov",
        "said",
    )


@pytest.mark.parametrize(
    ("verb", "verb_class"),
    [
        ("said", "neutral"),
        ("claimed", "doubting"),
        ("stressed", "approving"),
        ("admitted", "revealing"),
        ("denied", "denying"),
    ],
)
def test_verbs_have_a_class(verb, verb_class):
    """What the verb does to what is said."""
    (found,) = read_speech("", f"Peskov {verb} that the talks go on.", "en", BOOK)

    assert (found.verb, found.verb_class) == (verb, verb_class)


def test_bracketed_insertions_are_the_outlets_words():
    """They are kept by their place."""
    text = "“They [the Europeans] wait,” Peskov said."
    (found,) = read_speech("", text, "en", BOOK)

    assert [text[start:end] for start, end in found.insertions] == ["[the Europeans]"]


def test_words_that_only_look_like_verbs_say_nothing():
    """The claims, a report, to say: nouns and infinitives."""
    assert said("The claims of a report on the state budget are hard to say no to.") == []


def test_title_and_text_are_read_apart():
    """Offsets count in the string that ``part`` names, and the title comes first."""
    title, text = "Peskov: Talks go on", "Putin said that nobody calls."

    assert [(u.part, u.speaker) for u in read_speech(title, text, "en", BOOK)] == [
        ("title", "Peskov"),
        ("text", "Putin"),
    ]


def test_a_language_without_a_speech_part_is_not_measured():
    """None, not an empty answer."""
    without = replace(BOOK, parts=tuple(part for part in BOOK.parts if part.part != "speech"))

    assert read_speech("", "“We wait,” Peskov said.", "en", without) is None
    assert read_speech("", "“We wait,” Peskov said.", None, BOOK) is None
