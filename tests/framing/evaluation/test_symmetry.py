"""Symmetry: actors exchanged and taken back, templates that satisfy their cues, and a one-sided cue found and named."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.codebook import KINDS
from framing.evaluation.symmetry import (
    MAX_ASYMMETRY,
    carried_codes,
    largest,
    summarise,
    swaps_for,
    templates,
    try_templates,
)
from framing.evaluation.symmetry import try_sentences as try_corpus
from framing.registry_files import load_registry
from framing.swaps import exchange, forms, readings
from tests.framing.overlays import faults_of

BOOK = load_registry().codebook
LANGUAGES = BOOK.languages

SMALL = """
name = "English"
[{table}]
cues = [{{ cue = "{cue}", yes = ["{yes}"], no = ["It rains."] }}]
[frame.momentum]
cues = [{{ cue = "thaw", yes = ["A thaw."], no = ["It rains."] }}]
[gate.settlement]
cues = [{{ cue = "truce", yes = ["A truce."], no = ["It rains."] }}]
[gate.negotiation]
cues = [{{ cue = "envoy", yes = ["An envoy."], no = ["It rains."] }}]
"""


@cache
def rows_of(language):
    return summarise(try_templates(BOOK, language), BOOK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_are_answered_alike(language):
    unequal = {row.code_id: row.example for row in rows_of(language) if row.swap and row.asymmetry > MAX_ASYMMETRY}

    assert unequal == {}
    assert largest(rows_of(language)) <= MAX_ASYMMETRY


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_asked_the_reason_is_listed_and_the_answers_are_counted(language):
    left_out = [row for row in rows_of(language) if row.swap is None]

    assert {row.code_id for row in left_out} == {
        rule.code_id for rule in BOOK.swap_rules if rule.kind in KINDS and rule.swap is None
    }
    assert all(row.reason and row.n and row.asymmetry > MAX_ASYMMETRY for row in left_out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_carries_the_code_of_its_cue(language):
    """A template that its own cue does not find would measure nothing."""
    for template in templates(BOOK, language):
        assert (template.kind, template.code_id) in carried_codes(template.text, language, BOOK), template


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_carrier_names_two_parties_and_carries_nothing(language):
    swaps = swaps_for(BOOK, language)

    for text in (swaps.carrier, *readings(swaps.carrier, swaps)):
        assert carried_codes(text, language, BOOK) == frozenset()
    assert readings(swaps.carrier, swaps) != (swaps.carrier,)


@pytest.mark.parametrize(
    ("table", "cue", "example"),
    [
        ("frame.deadlock", "Moscow shrugs", "Moscow shrugs. -> Kyiv shrugs. (cue: Moscow shrugs)"),
        ("frame.moscow_obstacle", "Moscow shrugs", "Moscow shrugs. -> Kyiv shrugs. (cue: Moscow shrugs)"),
        ("signal.host", "Brussels hosts", "Brussels hosts. -> Washington hosts. (cue: Brussels hosts)"),
        ("topic.law", "Putin sues", "Putin sues. -> Zelensky sues. (cue: Putin sues)"),
        # Said of Moscow, what blames Kyiv must not blame Kyiv still: the mirror has to answer.
        (
            "frame.kyiv_obstacle",
            "(Kyiv|Moscow) (shrugs)",
            "Kyiv shrugs. -> Moscow shrugs. (cue: (Kyiv|Moscow) (shrugs))",
        ),
    ],
)
def test_a_planted_one_sided_cue_is_found_and_named(overlay, table, cue, example):
    yes = example.partition(" ->")[0]
    book = load_registry(overlay("languages/en.toml", SMALL.format(table=table, cue=cue, yes=yes))).codebook

    (row,) = summarise(try_templates(book, "en"), book)

    assert (f"{row.kind}.{row.code_id}", row.carried, row.swapped) == (table, 1, 0)
    assert row.example == example
    assert largest([row]) == 1


def test_a_code_of_which_nothing_is_asked_is_listed_and_not_counted(overlay):
    small = SMALL.format(table="frame.inevitability", cue="Russia wins", yes="Russia wins.")
    book = load_registry(overlay("languages/en.toml", small)).codebook

    (row,) = summarise(try_templates(book, "en"), book)

    assert (row.swap, row.n, row.swapped) == (None, 1, 0)
    assert row.reason.startswith("The frame is the claim")
    assert largest([row]) is None


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_exchanging_twice_gives_the_text_back(language, data):
    swaps = swaps_for(BOOK, language)
    words = st.sampled_from([*forms(swaps), swaps.filler, "said,", "«", "US", "’"])
    text = data.draw(st.lists(words, max_size=6).map(" ".join))
    styled = data.draw(st.sampled_from([text, text.upper(), text.lower(), text.title()]))

    other, _ = exchange(styled, swaps)

    if other is not None:
        assert exchange(other, swaps)[0] == styled


def test_a_form_that_two_cases_share_is_read_both_ways_and_left_alone_in_corpora():
    swaps = swaps_for(BOOK, "ru")

    assert readings("Посол России", swaps) == ("Посол Украины", "Посол Украине")
    assert exchange("Посол России", swaps)[0] is None
    assert exchange("Россия и Путин", swaps)[0] == "Украина и Зеленский"


def test_sentences_with_a_name_that_has_no_counterpart_are_counted_and_left_out():
    texts = ["Putin is stalling.", "Lavrov and Putin are stalling.", "It rains."]

    outcomes, n_naming, n_exchanged = try_corpus(texts, "en", BOOK)

    assert (n_naming, n_exchanged) == (2, 1)
    assert [(one.code_id, one.before, one.after) for one in outcomes] == [("moscow_obstacle", True, True)]


def test_a_line_that_is_no_pair_is_named(overlay):
    folder = overlay("swaps.toml", '[en]\ncarrier = "A."\nfiller = "b"\npairs = ["Russia Ukraine"]\n')

    assert faults_of(folder) == [
        "registry/swaps.toml, [en]: 'Russia Ukraine' is not a pair. Write 'A = B', 'A > B' or 'a* = b*'."
    ]
