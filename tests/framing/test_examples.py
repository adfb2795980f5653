"""The examples beside every cue: all that ship hold, and one that does not is named with the way out."""

import pytest

from framing.codebook import KINDS
from framing.examples import failing_examples
from framing.registry_files import load_registry
from tests.framing.overlays import POLISH

REGISTRY = load_registry()
COMPLETE = (*KINDS, "gate")
"""What every cue of has its examples; in the parts of a language they are free."""


@pytest.mark.parametrize("language", REGISTRY.codebook.languages)
def test_every_example_that_ships_holds(language):
    """A cue nobody showed at work, or a near miss that it takes, is no cue."""
    examples = [entry for entry in REGISTRY.examples if entry.language == language]

    assert failing_examples(examples) == []
    cues = {
        (kind, name, cue)
        for kind in COMPLETE
        for name, cues in REGISTRY.codebook.cues_for(language).lists(kind)
        for cue in cues
    }
    assert {
        (entry.kind, entry.code_id, entry.cue)
        for entry in examples
        if entry.kind in COMPLETE and entry.yes and entry.no
    } == cues


@pytest.mark.parametrize("language", REGISTRY.codebook.languages)
def test_every_code_is_measured_in_every_language(language):
    cues = REGISTRY.codebook.cues_for(language)

    assert {(kind, name) for kind in KINDS for name, _ in cues.lists(kind)} == {
        code for code in REGISTRY.codebook.codes if code[0] in KINDS
    }


def polish_faults(folder):
    return failing_examples(entry for entry in load_registry(folder).examples if entry.language == "pl")


def test_a_cue_that_misses_its_example_is_named(overlay):
    folder = overlay("languages/pl.toml", POLISH.replace("Trwa rozejm.", "Trwa pokój."))

    assert polish_faults(folder) == [
        "registry/languages/pl.toml, [gate.settlement]: the cue 'rozejm*' is not found in its example 'Trwa pokój.'. "
        "Mend the cue, or the sentence under 'yes'."
    ]


def test_a_near_miss_that_another_cue_of_the_table_takes_is_named(overlay):
    other = '{ cue = "rozejście", yes = ["Rozejście."], no = ["Rozmowa."] }, { cue = "rozejm*"'
    folder = overlay("languages/pl.toml", POLISH.replace('{ cue = "rozejm*"', other))

    assert polish_faults(folder) == [
        "registry/languages/pl.toml, [gate.settlement]: 'Rozejście dróg.' stands under 'no' of the cue 'rozejm*', but "
        "the cue 'rozejście' is found in it. Narrow that cue, or change the sentence."
    ]
