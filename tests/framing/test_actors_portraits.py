"""How a text portrays the registry's actors: mentions, say, tone, part, labels. All sentences are ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.actors.portraits import portray
from framing.registry_files import load_registry
from framing.speech.records import Utterance

BOOK = load_registry().codebook


def utterance(text, words, actor_id, depth=0):
    start = text.index(words)
    return Utterance(
        kind="direct",
        part="text",
        start=start,
        end=start + len(words),
        speaker=None,
        speaker_start=None,
        speaker_end=None,
        actor_id=actor_id,
        verb=None,
        verb_class=None,
        cue_start=None,
        cue_end=None,
        depth=depth,
    )


def portraits(cast):
    return {portrait.actor_id: portrait for portrait in cast.portraits}


TEXT = (
    "Trump met Putin. “Putin is a tyrant, and Trump is brave,” said Macron. "
    "Heroic Trump praised Macron. Nobody else spoke, “well”."
)
SPOKEN = (utterance(TEXT, "“Putin is a tyrant, and Trump is brave,”", "macron"), utterance(TEXT, "“well”", None))


def test_mentions_and_quoted_words_are_counted_with_their_denominators():
    """Share of voice: Macron has two of nine mentions and eight of nine quoted words."""
    found = portraits(portray("Putin and Trump", TEXT, "en", BOOK, SPOKEN))

    assert {name: one.n_mentions for name, one in found.items()} == {"putin": 3, "trump": 4, "macron": 2}
    assert found["macron"].share_mentions == pytest.approx(2 / 9)
    assert {name: one.n_quoted_words for name, one in found.items()} == {"putin": 0, "trump": 0, "macron": 8}
    assert found["macron"].share_quoted_words == pytest.approx(8 / 9)


def test_tone_is_the_outlets_own_and_quotations_give_none():
    """Macron calls Putin a tyrant; the outlet does not."""
    found = portraits(portray("", TEXT, "en", BOOK, SPOKEN))

    assert (found["putin"].tone.n_words, found["putin"].tone.balance) == (0, None)
    assert (found["putin"].lean.role, found["putin"].own_lean.role) == ("Antagonist", None)
    assert (found["trump"].tone.n_positive, found["trump"].tone.n_words, found["trump"].tone.balance) == (1, 1, 1.0)
    assert [TEXT[start:end] for _, start, end, _ in found["trump"].tone.evidence] == ["Heroic"]


def test_without_speech_there_is_no_tone_and_no_share_of_voice():
    """Whose words they are is unknown, so they are not taken for the outlet's."""
    found = portraits(portray("", TEXT, "en", BOOK, None))

    assert {(one.tone, one.own_lean, one.n_quoted_words, one.share_quoted_words) for one in found.values()} == {
        (None, None, None, None)
    }
    assert found["putin"].lean.role == "Antagonist"


def test_a_quotation_inside_a_quotation_counts_once():
    text = "“He said “no” to me,” Macron said."
    inside = utterance(text, "“no”", "putin", depth=1)

    found = portraits(portray("", text, "en", BOOK, (utterance(text, "“He said “no” to me,”", "macron"), inside)))

    assert {name: one.n_quoted_words for name, one in found.items()} == {"macron": 5}


def test_an_actor_that_only_speaks_has_a_portrait():
    text = "“Peace,” the aide said."

    [portrait] = portray("", text, "en", BOOK, (utterance(text, "“Peace,”", "ushakov"),)).portraits

    assert (portrait.actor_id, portrait.n_mentions, portrait.share_mentions) == ("ushakov", 0, None)


def test_a_language_without_a_tone_part_has_mentions_and_nothing_that_judges():
    cast = portray("", "Putin jest tyranem.", "pl", BOOK, ())

    [portrait] = cast.portraits
    assert (portrait.n_mentions, portrait.tone, portrait.lean, portrait.own_lean) == (1, None, None, None)
    assert cast.labels is None


@pytest.mark.parametrize(
    ("language", "text", "labels"),
    [
        ("en", "The Kiev regime fights the special military operation.", ["kiev_regime", "special_military_operation"]),
        ("en", "Putin's regime wages a war of aggression.", ["kremlin_regime", "war"]),
        (
            "ru",
            "Киевский режим, нацисты, СВО",
            ["kiev_regime", "neo_nazi", "special_military_operation"],
        ),
        ("uk", "Окупанти та їхній кремлівський режим", ["occupiers", "kremlin_regime"]),
        ("fr", "Le régime de Kiev, marionnette de l'Occident collectif", ["kiev_regime", "puppet", "collective_west"]),
        ("de", "Das Kiewer Regime und der Terrorstaat", ["kiev_regime", "terrorist_state"]),
        ("en", "The government in Kyiv replied to the government in Moscow.", []),
    ],
)
def test_words_that_take_a_side_are_found_with_their_place(language, text, labels):
    assert [hit.label_id for hit in portray("", text, language, BOOK, ()).labels] == labels


def test_a_label_in_a_quotation_is_not_the_outlets():
    text = "“The Kiev regime is finished,” Peskov said of the regime in Kiev."
    spoken = (utterance(text, "“The Kiev regime is finished,”", "peskov"),)

    assert [hit.is_outlet for hit in portray("", text, "en", BOOK, spoken).labels] == [False, True]
    assert [hit.is_outlet for hit in portray("", text, "en", BOOK, None).labels] == [None, None]


LANGUAGES = ("en", "ru", "uk", "fr", "de")


def test_every_language_has_the_same_tables_of_judgement_and_labels():
    """A label that one language lacks would look like an outlet that never uses it."""
    tables = {xx: {(one.group, one.name) for one in BOOK.part(xx, "tone").tables} for xx in LANGUAGES}
    everywhere = set.intersection(*tables.values())
    word_order = {("lean", f"{name}_last") for name in ("harm", "help", "blame")} | {("lean", "harming")}

    assert {xx: found - everywhere - word_order for xx, found in tables.items()} == {xx: set() for xx in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_has_sentences_that_show_it(language):
    shown = {
        (entry.code_id, entry.cue)
        for entry in load_registry().examples
        if entry.language == language and entry.kind == "label" and entry.yes and entry.no
    }

    assert shown == {(name, cue) for name, cues in BOOK.part(language, "tone").cues("label") for cue in cues}


WORDS = st.lists(st.sampled_from(["Putin", "Trump", "Кремль", "is", "a", "tyrant", "hero", "Kiev regime", ".", "\n"]))


@given(WORDS.map(" ".join) | st.text(), st.sampled_from([*LANGUAGES, "pl", None]))
def test_shares_add_up_and_spans_lie_inside(text, language):
    cast = portray("", text, language, BOOK, ())

    assert sum(one.share_mentions for one in cast.portraits) == pytest.approx(1 if cast.portraits else 0)
    for one in cast.portraits:
        assert one.tone is None or one.tone.balance is None or -1 <= one.tone.balance <= 1
        assert one.share_quoted_words is None
        for _, start, end in one.lean.evidence if one.lean else ():
            assert 0 <= start < end <= len(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in cast.labels or ())
