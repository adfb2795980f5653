"""Language identification: right, or honest about not knowing; never one of ours by mistake."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.languages import identify_language

MEASURED = ("en", "ru", "uk", "fr", "de")
OURS = [
    ("en", "Putin and Witkoff hold five-hour talks in Kremlin"),
    ("en", "No breakthrough in Moscow talks"),
    ("ru", "Путин принял Уиткоффа в Кремле"),
    ("ru", "Песков: переговоры по Украине продолжаются"),
    ("uk", "Зеленський провів переговори з Віткоффом"),
    ("uk", "Сибіга: без України рішень не буде"),
    ("fr", "Guerre en Ukraine : aucun compromis trouvé à Moscou"),
    ("fr", "Poutine reçoit Witkoff au Kremlin"),
    ("de", "Kein Durchbruch bei Gesprächen in Moskau"),
    ("de", "Putin empfängt Witkoff im Kreml"),
    (
        "ru",
        "Ушаков заявил, что встреча была полезной, однако компромисс по территориям пока не найден. "
        "Стороны условились продолжить контакты, сообщил он журналистам после переговоров в Кремле.",
    ),
    (
        "uk",
        "Президент України повідомив, що переговори у Женеві були конструктивними, а мирний план "
        "доопрацьовано. Наступну зустріч делегацій заплановано на кінець тижня, сказав він.",
    ),
    (
        "en",
        "The envoys left Moscow without a word to the press. Officials in Kyiv said they expected to be told "
        "about the meeting within a day, and that nothing had been agreed about the east of the country.",
    ),
]
FOREIGN = [
    (
        "bg",
        "Президентът на Русия Владимир Путин се срещна с пратеника на САЩ Стив Уиткоф в Москва. Срещата "
        "продължи пет часа, но страните не постигнаха компромис за териториите, заявиха от Кремъл.",
    ),
    ("bg", "Путин се срещна с Уиткоф в Кремъл"),
    (
        "hu",
        "Orbán Viktor szerint a béketárgyalások fontos szakaszba érkeztek, és Magyarország támogatja a tervet.",
    ),
    ("hu", "Orbán: közel a béke Ukrajnában"),
    (
        "sr",
        "Председник Русије Владимир Путин састао се са изаслаником САД у Москви. Разговори су трајали пет "
        "сати, али компромис није постигнут, саопштио је Кремљ после састанка.",
    ),
    ("sr", "Путин се састао са Виткофом у Москви"),
    ("pl", "Prezydent Zełenski spotkał się z Macronem w Paryżu, rozmawiali o planie pokojowym."),
    ("pl", "Rozmowy pokojowe w Moskwie bez przełomu"),
    ("es", "Putin recibe a Witkoff en el Kremlin para hablar del plan de paz para Ucrania, sin avances."),
    ("es", "Putin recibe a Witkoff en el Kremlin"),
]


@pytest.mark.parametrize(("language", "text"), OURS)
def test_our_languages_are_recognised(language, text):
    assert identify_language(text, [language])[0] == language


@pytest.mark.parametrize(("language", "text"), [pair for pair in OURS if len(pair[1]) > 100])
@pytest.mark.parametrize("prior", MEASURED)
def test_an_article_is_believed_over_the_outlets_habit(language, text, prior):
    """A Russian-language feed that serves Ukrainian text is measured as Ukrainian."""
    assert identify_language(text, [prior])[0] == language


@pytest.mark.parametrize(("language", "text"), FOREIGN)
@pytest.mark.parametrize("prior", [(), *[(own,) for own in MEASURED]])
def test_other_languages_are_never_taken_for_ours(language, text, prior):
    assert identify_language(text, prior)[0] in (language, None)


def test_a_long_text_without_telltale_letters_is_not_that_language():
    """Russian without ы and э is not Russian, however much it looks like it."""
    line = "Президент России говорил о мире. "

    assert identify_language(line * 2, ["ru"])[0] == "ru"
    assert identify_language(line * 9, ["ru"])[0] != "ru"
    assert identify_language(line * 9, ["ru"], telltale={})[0] == "ru"


@pytest.mark.parametrize("text", ["", "Путин", "12:30", "😀" * 200, "\ud800"])
def test_too_little_text_has_no_language(text):
    assert identify_language(text, ["en"]) == (None, 0.0)


@given(st.text())
def test_any_text_gets_a_probability(text):
    language, confidence = identify_language(text, ["en", "ru"])

    assert 0 <= confidence <= 1
    assert language is None or len(language) >= 2


def test_threads_agree():
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda pair: identify_language(pair[1], []), OURS * 20))

    assert answers == [identify_language(text, []) for _, text in OURS] * 20
