"""The parts of a language: how they are read, what is refused, and from which share on a layer's code is carried."""

import pytest

from framing.codebook import Codebook
from framing.registry_files import load_registry
from framing.scoring import annotate
from tests.framing.overlays import POLISH, faults_of

SPEECH = """
marks = ["„ ”", "« »"]
[saying.neutral]
cues = ["powiedział*", { cue = "oświadczył*", yes = ["Oświadczyła to wczoraj."], no = ["Światło zgasło."] }]
[pronoun.singular]
cues = ["on", "ona"]
"""
SHARE = '[policy.economic]\nmin_share = 0.5\ncues = ["koszt*"]\n'

BROKEN = {
    "no such part": (
        "languages/pl.speach.toml",
        SPEECH,
        "registry/languages/pl.speach.toml: the file name must be a language and one of its parts, e.g. "
        "languages/uk.speech.toml. Did you mean 'speech'?",
    ),
    "no such group": (
        "languages/pl.speech.toml",
        '[sayings.neutral]\ncues = ["rzekł*"]',
        "registry/languages/pl.speech.toml: unknown key 'sayings'. Did you mean 'saying'? Rename it or delete it.",
    ),
    "marks that are no pair": (
        "languages/pl.speech.toml",
        SPEECH.replace('"„ ”", "« »"', '"„”"'),
        "registry/languages/pl.speech.toml: 'marks' is ['„”'], not a list of pairs of quotation marks with a space "
        'between the two. Write it so: marks = ["« »"].',
    ),
    "a code that is not declared": (
        "languages/pl.policy.toml",
        SHARE.replace("economic", "economics"),
        "registry/languages/pl.policy.toml, [policy.economics]: nothing of this name is declared. Did you mean "
        "'economic'? Rename the table, or declare it.",
    ),
    "a table that no rule reads": (
        "languages/pl.tone.toml",
        '[lean.antagonists]\ncues = ["tyran*"]',
        "registry/languages/pl.tone.toml, [lean.antagonists]: nothing of this name is declared. Did you mean "
        "'antagonist'? Rename the table, or declare it.",
    ),
    "a share in percent": (
        "languages/pl.policy.toml",
        SHARE.replace("0.5", "50"),
        "registry/languages/pl.policy.toml, [policy.economic]: 'min_share' is 50, not a share between 0 and 1. "
        "Write it so: min_share = 0.05.",
    ),
    "a cue twice": (
        "languages/pl.speech.toml",
        SPEECH.replace('"ona"', '"On"'),
        "registry/languages/pl.speech.toml, [pronoun.singular]: the cue 'On' says the same as 'on'. Delete one.",
    ),
}


@pytest.fixture
def polish(overlay):
    return overlay("languages/pl.toml", POLISH)


def economic(text, codebook):
    return next(score for score in annotate("", text, "pl", codebook).of_kind("policy") if score.code_id == "economic")


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_part_is_named_with_the_way_out(overlay, polish, case):
    name, content, message = BROKEN[case]

    assert message in faults_of(overlay(name, content))


def test_a_part_is_read_and_stored(overlay, polish):
    registry = load_registry(overlay("languages/pl.speech.toml", SPEECH))
    part = registry.codebook.part("pl", "speech")

    assert part is not None
    assert part.marks == ("„ ”", "« »")
    assert part.cues("saying") == (("neutral", ("powiedział*", "oświadczył*")),)
    assert part.cues("negation") == ()
    assert registry.codebook.part("pl", "tone") is None
    assert [e.yes for e in registry.examples if e.cue == "oświadczył*"] == [("Oświadczyła to wczoraj.",)]
    assert Codebook.from_json(registry.codebook.to_json()) == registry.codebook


def test_a_part_changes_the_answers_of_its_language_alone(overlay, polish):
    before = load_registry(polish).codebook

    after = load_registry(overlay("languages/pl.speech.toml", SPEECH)).codebook

    assert before.cue_hash("pl") != after.cue_hash("pl")
    assert before.cue_hash("en") == after.cue_hash("en")


@pytest.mark.parametrize(
    ("text", "carried", "share"),
    [
        ("Koszty rosną. Rozejm trwa. Pada deszcz.", False, 1 / 3),
        ("Koszty rosną. Rozejm trwa.", True, 0.5),
        ("Rozejm trwa.", False, 0.0),
    ],
)
def test_a_layer_is_carried_from_its_share_on(overlay, polish, text, carried, share):
    codebook = load_registry(overlay("languages/pl.policy.toml", SHARE)).codebook

    score = economic(text, codebook)

    assert (score.carried, score.share) == (carried, share)
    assert len(score.hits) == round(share * text.count("."))


def test_a_language_without_the_part_is_not_measured(polish):
    score = economic("Koszty rosną.", load_registry(polish).codebook)

    assert (score.carried, score.share, score.hits) == (None, None, ())
