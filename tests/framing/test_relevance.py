"""The gate: texts about the talks pass, texts that merely look like it do not. All texts are ours."""

import dataclasses
import re

import pytest

from framing.codebook import Codebook
from framing.registry_files import load_registry
from framing.relevance import is_relevant

BOOK = load_registry().codebook

ABOUT_THE_TALKS = {
    ("en", "five hours in the Kremlin"): (
        "Putin receives Witkoff in the Kremlin",
        "The Russian president spoke with the American envoy for five hours. A Kremlin aide said no compromise "
        "on the peace plan for Ukraine had been found. Kyiv has been told of the outcome, President Zelensky "
        "said, and the negotiations with the United States would go on in Miami.",
    ),
    ("en", "a brief with all in the title"): (
        "Russia and Ukraine agree to new round of peace talks",
        "The delegations will arrive on Sunday, officials said.",
    ),
    ("en", "an opinion"): (
        "What a truce would cost",
        "A ceasefire that freezes the front line would reward Moscow. Ukraine would keep its army, yet lose its "
        "depth. Those who press Kyiv to accept the 28-point plan should say what Russia gives in return.",
    ),
    ("ru", "Kremlin aide"): (
        "Ушаков рассказал о встрече Путина с Уиткоффом",
        "Разговор в Кремле длился пять часов. Компромисс по территориям пока не найден, заявил помощник "
        "президента России. Стороны обсудили мирный план по Украине, который подготовили США. Зеленский "
        "сообщил, что Киев ждёт итогов переговоров американцев с Москвой.",
    ),
    ("uk", "Geneva"): (
        "Зеленський: делегації України та США продовжать переговори",
        "Президент заявив, що мирний план доопрацьовано в Женеві. Росія поки не відповіла на пропозиції. "
        "У Кремлі сказали, що Путін готовий обговорювати припинення вогню лише на своїх умовах.",
    ),
    ("fr", "Paris"): (
        "Ukraine : les Européens veulent peser sur le plan de paix",
        "Emmanuel Macron a reçu Volodymyr Zelensky à Paris. Le plan de paix américain a été discuté avec Kiev. "
        "Moscou refuse pour l'instant un cessez-le-feu, a rappelé le président. La Russie n'a pas répondu.",
    ),
    ("de", "Berlin"): (
        "Selenskyj in Berlin: Gespräche über Friedensplan",
        "Die Unterhändler der USA und der Ukraine haben in Berlin über den Friedensplan beraten. Russland war "
        "nicht vertreten. Der Kreml erklärte, eine Waffenruhe komme für Moskau nicht in Frage.",
    ),
}

LOOKALIKES = {
    ("en", "Gaza, the same envoys"): (
        "Witkoff and Kushner push for second phase of Gaza ceasefire",
        "The American envoys held talks with Israeli officials on Sunday. Negotiations with Hamas go through "
        "mediators from Qatar and Egypt. The ceasefire has held for a week. Witkoff and Kushner, who also "
        "negotiate with Moscow about a peace plan for Ukraine, are expected back in Miami.",
    ),
    ("en", "battlefield"): (
        "Russian forces enter outskirts of Pokrovsk",
        "Russia sent more infantry into the city overnight, the Ukrainian general staff said. Ukrainian drones "
        "hit an ammunition depot. Russia's defence ministry said its troops had taken two villages. Kyiv denied "
        "it. Several civilians were wounded.",
    ),
    ("en", "gas for Beijing"): (
        "Putin and Xi hold talks on gas pipeline",
        "The Russian president met with his Chinese counterpart in Beijing. The talks on the price of gas have "
        "lasted for years. Negotiations on Power of Siberia 2 will go on, the Kremlin said. The two also touched "
        "on a settlement of the war in Ukraine.",
    ),
    ("en", "football"): (
        "Ukraine beat Iceland to reach World Cup play-offs",
        "Ukraine scored twice in the last minutes in Warsaw. The team has played abroad since Russia's invasion. "
        "Coach Rebrov said he was in talks with the federation about a new contract. Russia remains banned.",
    ),
    ("en", "arms control"): (
        "How Washington and Moscow counted their warheads",
        "The first talks between the United States and the Soviet Union began in 1969. Negotiations with Moscow "
        "led to limits that America kept for decades. The summit of 1985 is remembered in Russia, too. The treaty "
        "ends in February, in the shadow of the war in Ukraine.",
    ),
    ("en", "budget with one background sentence"): (
        "Ukraine's parliament adopts budget",
        "Ukraine will spend half of it on defence. Kyiv expects a loan from the IMF. The deputies voted late. "
        "Russia's invasion has emptied the coffers. Peace talks between Ukraine and Russia have brought no "
        "result so far.",
    ),
    ("ru", "a deal on gas"): (
        "Путин и Си обсудили поставки газа",
        "Переговоры прошли в Пекине. Россия и Китай договорились о цене. Путин назвал встречу полезной. "
        "Стороны также затронули тему Украины.",
    ),
    ("uk", "power cuts"): (
        "Росія атакувала енергетику Києва",
        "Унаслідок удару пошкоджено підстанцію. В Україні запроваджено графіки відключень. Росія випустила сто "
        "дронів. Україна збила більшість із них.",
    ),
    ("fr", "Gaza"): (
        "Gaza : les médiateurs espèrent une trêve durable",
        "Steve Witkoff a rencontré les médiateurs au Caire. Les négociations sur le cessez-le-feu continuent. "
        "L'émissaire américain doit ensuite se rendre à Moscou pour parler de l'Ukraine.",
    ),
    ("de", "budget"): (
        "Bundestag beschließt Haushalt",
        "Für die Ukraine sind elf Milliarden Euro vorgesehen. Die Verhandlungen dauerten bis in die Nacht. "
        "Die Bedrohung durch Russland wurde oft genannt. Die Ukraine braucht mehr Flugabwehr, hieß es.",
    ),
}


@pytest.mark.parametrize("case", ABOUT_THE_TALKS, ids=" ".join)
def test_texts_about_the_talks_pass(case):
    assert is_relevant(*ABOUT_THE_TALKS[case], case[0], BOOK) is True


@pytest.mark.parametrize("case", LOOKALIKES, ids=" ".join)
def test_lookalikes_do_not_pass(case):
    assert is_relevant(*LOOKALIKES[case], case[0], BOOK) is False


@pytest.mark.parametrize("language", [None, "bg", "xx"])
def test_a_language_without_cues_is_not_judged(language):
    title, text = ABOUT_THE_TALKS["en", "five hours in the Kremlin"]

    assert is_relevant(title, text, language, BOOK) is None


def test_an_empty_text_is_not_about_the_talks():
    assert is_relevant("", "", "en", BOOK) is False


def test_the_numbers_of_the_gate_are_the_registrys():
    """One talk sentence is too little as shipped, and enough where the user says so."""
    title, text = LOOKALIKES["en", "budget with one background sentence"]
    gate = dataclasses.replace(BOOK.gate, min_talk_sentences=1)
    lenient = Codebook(frames=BOOK.frames, tags=BOOK.tags, actors=BOOK.actors, cues=BOOK.cues, gate=gate)

    assert is_relevant(title, text, "en", lenient) is True


SWAP = {
    "Russia": "Ukraine",
    "Russian": "Ukrainian",
    "Moscow": "Kyiv",
    "Kremlin": "Bankova",
    "Putin": "Zelensky",
}


@pytest.mark.parametrize("case", [case for case in ABOUT_THE_TALKS | LOOKALIKES if case[0] == "en"], ids=" ".join)
def test_the_parties_are_treated_alike(case):
    """Swapping the names of the two sides does not change the verdict."""
    swap = SWAP | {there: here for here, there in SWAP.items()}
    title, text = (ABOUT_THE_TALKS | LOOKALIKES)[case]
    swapped = [re.sub(r"\w+", lambda word: swap.get(word[0], word[0]), part) for part in (title, text)]

    assert is_relevant(*swapped, "en", BOOK) == is_relevant(title, text, "en", BOOK)
