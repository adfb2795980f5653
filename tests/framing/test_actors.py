"""The part a text gives to those it names. All sentences are ours."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.actors.mentions import find_mentions
from framing.actors.reading import read_judged
from framing.actors.roles import judge_mentions, roles
from framing.registry_files import load_registry

BOOK = load_registry().codebook
PRO, ANTI, INNO = "Protagonist", "Antagonist", "Innocent"

DIRECTED = {
    "en": [
        ("{x} attacked {y} at dawn.", ANTI, INNO),
        ("{y} was attacked by {x} at dawn.", ANTI, INNO),
        ("An attack by {x} on {y} was expected.", ANTI, INNO),
        ("An attack on {y} by {x} was expected.", ANTI, INNO),
        ("{x}'s invasion of {y} has entered its fourth year.", ANTI, INNO),
        ("{x} defends {y} in court.", PRO, INNO),
        ("{x} did not attack {y}.", None, None),
        ("{x} condemned {y}.", None, ANTI),
        ("{y} was accused by the court, and {x} said nothing.", None, ANTI),
        ("{x} praised {y}.", None, PRO),
        ("{x} met {y} on Monday.", None, None),
    ],
    "fr": [
        ("{x} a attaqué {y} à l'aube.", ANTI, INNO),
        ("{y} a été attaqué par {x} à l'aube.", ANTI, INNO),
        ("L'agression de {x} contre {y} continue.", ANTI, INNO),
        ("On dénonce l'invasion de {y} par {x}.", ANTI, INNO),
        ("{x} défend {y}.", PRO, INNO),
        ("{x} n'a pas attaqué {y}.", None, None),
        ("{x} accuse {y}.", None, ANTI),
        ("{x} félicite {y}.", None, PRO),
        ("{x} a rencontré {y} lundi.", None, None),
    ],
    "de": [
        ("{x} hat {y} im Morgengrauen angegriffen.", ANTI, INNO),
        ("{y} wurde von {x} im Morgengrauen angegriffen.", ANTI, INNO),
        ("Der Angriff von {x} auf {y} dauert an.", ANTI, INNO),
        ("{x} greift {y} an.", ANTI, INNO),
        ("Es heißt, dass {x} {y} überfiel.", ANTI, INNO),
        ("{x} verteidigt {y}.", PRO, INNO),
        ("{x} hat {y} nicht angegriffen.", None, None),
        ("{x} kritisiert {y}.", None, ANTI),
        ("{x} lobt {y}.", None, PRO),
        ("{x} traf sich am Montag mit {y}.", None, None),
    ],
}
NAMES = {
    "en": [("Russia", "Ukraine"), ("Trump", "Zelensky"), ("Quorvia", "Belmar")],
    "fr": [("Poutine", "Macron"), ("Zelensky", "Trump"), ("Quorvia", "Belmar")],
    "de": [("Russland", "Polen"), ("Merz", "Putin"), ("Quorvia", "Belmar")],
}

# Declined, so each name stands in the case its place asks for: (text, doer, target, role of each).
DECLINED = {
    "ru": [
        ("Россия атаковала Украину ночью.", "Россия", "Украину", ANTI, INNO),
        ("Украина атаковала Россию ночью.", "Украина", "Россию", ANTI, INNO),
        ("Украина была атакована Россией ночью.", "Россией", "Украина", ANTI, INNO),
        ("Россия была атакована Украиной ночью.", "Украиной", "Россия", ANTI, INNO),
        ("Удары России по Украине продолжались.", "России", "Украине", ANTI, INNO),
        ("Удары Украины по России продолжались.", "Украины", "России", ANTI, INNO),
        ("Россия защищает Украину.", "Россия", "Украину", PRO, INNO),
        ("Украина защищает Россию.", "Украина", "Россию", PRO, INNO),
        ("Макрон раскритиковал Мерца.", "Макрон", "Мерца", None, ANTI),
        ("Мерц раскритиковал Макрона.", "Мерц", "Макрона", None, ANTI),
        ("Путин поблагодарил Трампа, а тот уехал.", "Путин", "Трампа", PRO, None),
        ("Россия не атаковала Украину.", "Россия", "Украину", None, None),
        ("Украина не атаковала Россию.", "Украина", "Россию", None, None),
        ("Макрон встретил Мерца в понедельник.", "Макрон", "Мерца", None, None),
    ],
    "uk": [
        ("Росія атакувала Україну вночі.", "Росія", "Україну", ANTI, INNO),
        ("Україна атакувала Росію вночі.", "Україна", "Росію", ANTI, INNO),
        ("Україна була атакована Росією вночі.", "Росією", "Україна", ANTI, INNO),
        ("Росія була атакована Україною вночі.", "Україною", "Росія", ANTI, INNO),
        ("Удари Росії по Україні тривали.", "Росії", "Україні", ANTI, INNO),
        ("Удари України по Росії тривали.", "України", "Росії", ANTI, INNO),
        ("Росія захищає Україну.", "Росія", "Україну", PRO, INNO),
        ("Україна захищає Росію.", "Україна", "Росію", PRO, INNO),
        ("Макрон розкритикував Мерца.", "Макрон", "Мерца", None, ANTI),
        ("Росія не атакувала Україну.", "Росія", "Україну", None, None),
        ("Макрон зустрів Мерца в понеділок.", "Макрон", "Мерца", None, None),
    ],
}
DESCRIBED = [
    ("en", "The heroic Belmar came home.", "Belmar", PRO),
    ("en", "Belmar, a ruthless tyrant, came home.", "Belmar", ANTI),
    ("en", "Belmar is a war criminal.", "Belmar", ANTI),
    ("en", "Russian civilians were seen on the road.", "Russian civilians", INNO),
    ("en", "An explosion was heard in Belmar.", "Belmar", INNO),
    ("en", "Belmar came home.", "Belmar", None),
    ("en", "Jeremy Strong came home.", "Jeremy Strong", None),
    ("ru", "Героический Бельмаров вернулся домой.", "Бельмаров", PRO),
    ("ru", "Бельмаров, жестокий тиран, вернулся домой.", "Бельмаров", ANTI),
    ("ru", "Взрыв прогремел в Бельмаре.", "Бельмаре", INNO),
    ("ru", "Мирные жители стояли на дороге.", "Мирные жители", INNO),
    ("uk", "Мужній Бельмаренко повернувся додому.", "Бельмаренко", PRO),
    ("uk", "Бельмаренко, жорстокий тиран, повернувся додому.", "Бельмаренко", ANTI),
    ("fr", "Le courageux Belmar est rentré.", "Belmar", PRO),
    ("fr", "Belmar, un tyran cruel, est rentré.", "Belmar", ANTI),
    ("de", "Der mutige Belmar kam heim.", "Belmar", PRO),
    ("de", "Belmar, ein grausamer Tyrann, kam heim.", "Belmar", ANTI),
]


def said(text, language, *names):
    """The role of each name at its first place, by words said of the actor alone."""
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    leans = judge_mentions("", text, language, BOOK, places)
    return tuple(lean.role if lean.basis in ("mention", "actor") else None for lean in leans)


@pytest.mark.parametrize(
    ("language", "pair", "template", "doer", "target"),
    [(xx, pair, *case) for xx, cases in DIRECTED.items() for case in cases for pair in NAMES[xx]],
)
def test_direction_decides_and_swapping_the_names_swaps_the_roles(language, pair, template, doer, target):
    """Who attacks and who is attacked must not depend on who they are."""
    for x, y in (pair, pair[::-1]):
        assert said(template.format(x=x, y=y), language, x, y) == (doer, target)


@pytest.mark.parametrize(("language", "case"), [(xx, case) for xx, cases in DECLINED.items() for case in cases])
def test_direction_decides_in_languages_that_decline_names(language, case):
    text, doer, target, *expected = case

    assert said(text, language, doer, target) == tuple(expected)


@pytest.mark.parametrize(("language", "text", "name", "role"), DESCRIBED)
def test_what_somebody_is_called_gives_the_part(language, text, name, role):
    start = text.index(name)

    assert roles("", text, language, BOOK, [(start, start + len(name))]) == (role,)


@pytest.mark.parametrize(
    ("text", "role", "basis"),
    [
        ("Belmar is a tyrant.", ANTI, "mention"),
        ("Belmar came home. The table was laid. Belmar is a tyrant.", ANTI, "actor"),
        ("Belmar came home; a tyrant had left.", ANTI, "sentence"),
        ("Belmar came home. The novel has a tyrant.", ANTI, "text"),
        ("Belmar came home. The table was laid.", None, None),
        ("Belmar is a heroic tyrant.", None, None),
    ],
)
def test_the_nearest_words_decide_and_the_basis_says_which(text, role, basis):
    [lean] = judge_mentions("", text, "en", BOOK, [(0, 6)])

    assert (lean.role, lean.basis) == (role, basis)
    assert [text[start:end] for _, start, end in lean.evidence] == (["tyrant"] if role else [])


def test_the_title_counts_and_its_evidence_names_it():
    [lean] = judge_mentions("Belmar, a tyrant", "Belmar came home.", "en", BOOK, [(0, 6)])

    assert (lean.role, lean.evidence) == (ANTI, (("title", 10, 16),))


def test_a_language_without_a_tone_part_is_not_measured():
    assert roles("", "Belmar jest tyranem.", "pl", BOOK, [(0, 6)]) is None
    assert roles("", "Belmar is a tyrant.", None, BOOK, [(0, 6)]) is None


def test_actors_named_in_one_breath_share_a_part():
    text = "Russia and Belarus attacked Ukraine, Poland and Belmar."

    assert said(text, "en", "Russia", "Belarus") == (ANTI, ANTI)
    assert said(text, "en", "Ukraine", "Poland", "Belmar") == (INNO, INNO, INNO)


@pytest.mark.parametrize(
    ("language", "text", "country", "person"),
    [
        ("en", "Macron condemned Russian President Vladimir Putin.", "Russian", "Putin"),
        ("en", "Ukraine's Zelensky is a tyrant.", "Ukraine", "Zelensky"),
        ("ru", "Макрон осудил президента Украины Владимира Зеленского.", "Украины", "Зеленского"),
        ("uk", "Макрон засудив президента Росії Володимира Путіна.", "Росії", "Путіна"),
        ("fr", "Macron condamne le président russe Vladimir Poutine.", "russe", "Poutine"),
        ("de", "Macron verurteilte den russischen Präsidenten Wladimir Putin.", "russischen", "Putin"),
    ],
)
def test_what_is_said_of_a_president_is_not_said_of_the_country(language, text, country, person):
    assert said(text, language, country, person) == (None, ANTI)


def test_an_actor_inside_the_gap_of_a_cue_is_the_one_it_is_done_to():
    text = "America will not let Ukraine fail in the fight with Russia."

    assert said(text, "en", "America", "Ukraine", "Russia") == (PRO, INNO, None)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Zelenskyy, Zelensky and Zelenski", ["zelensky"] * 3),
        ("de", "Selenskyj sprach mit Putin im Kreml.", ["zelensky", "putin", "kremlin"]),
        ("fr", "Poutine a reçu Witkoff au Kremlin.", ["putin", "witkoff", "kremlin"]),
        ("ru", "О встрече Трампа с Зеленским в Белом доме", ["trump", "zelensky", "white_house"]),
        ("uk", "Зеленському й Макронові зателефонував Трамп", ["zelensky", "macron", "trump"]),
        ("en", "The house was white, and the trumpet loud.", []),
    ],
)
def test_actors_are_found_in_every_spelling_and_case(language, text, found):
    assert [mention.actor_id for mention in find_mentions("", text, language, BOOK)] == found


def spelled_out(alias):
    """Every way of writing an alias, without the stars of its stems."""
    pieces = [piece.strip("()").split("|") for piece in re.split(r"(\(.*?\))", alias.replace("*", ""))]
    return ["".join(choice) for choice in product(*pieces)]


@pytest.mark.parametrize("language", ["en", "ru", "uk", "fr", "de"])
def test_no_judging_word_is_a_name_and_no_name_is_judged(language):
    """A registry that knows beforehand who is bad would only count names."""
    part = BOOK.part(language, "tone")
    cues = [cue for group in ("lean", "tone", "link") for _, texts in part.cues(group) for cue in texts]
    names = [name for actor in BOOK.actors for alias in (actor.name, *actor.aliases) for name in spelled_out(alias)]

    assert [cue for cue in cues if find_mentions("", cue.replace("*", ""), language, BOOK)] == []
    judged = [one for name in names for one in read_judged("text", name, language, BOOK)]
    assert [cue.cue.text for one in judged for cue in one.cues] == []


WORDS = ["Russia", "Ukraine", "Зеленский", "was", "attacked", "by", "tyrant", ",", ".", "«", "not", "в", "удары", "'s"]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from([*WORDS, "\n"]), max_size=40).map(" ".join)


@given(TEXTS, TEXTS, st.sampled_from(["en", "ru", "uk", "fr", "de", "pl", None]), st.data())
def test_any_text_gets_an_answer_and_spans_lie_inside(title, text, language, data):
    place = st.integers(0, len(text))
    places = data.draw(st.lists(st.tuples(place, place), max_size=5))

    leans = judge_mentions(title, text, language, BOOK, places)

    assert leans is None or len(leans) == len(places)
    for part, start, end in (where for lean in leans or () for where in lean.evidence):
        assert 0 <= start < end <= len(title if part == "title" else text)
