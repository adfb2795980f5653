"""The candidate narratives: complete in every language, carried by what tells them, silent over plain news."""

import json

import pytest

from flows.commands.texts import InputError, annotate_lines
from framing.registry_files import load_registry
from framing.scoring import annotate

REGISTRY = load_registry()
BOOK = REGISTRY.codebook
IDS = tuple(tag.tag_id for tag in BOOK.tags if tag.kind == "narrative")
LANGUAGES = ("de", "en", "fr", "ru", "uk")

TOLD = {
    "en": {
        "blaming_others": "Nato provoked Russia into this war.",
        "discrediting_ukraine": "The Kiev regime is riddled with neo-Nazis.",
        "russia_victim": "Anti-Russian hysteria has gripped the continent.",
        "praise_of_russia": "Russian forces successfully liberated another village.",
        "overpraising_west": "America will never abandon its unwavering commitment.",
        "war_outcomes": "The Russian army is on the brink of disaster and falling apart.",
        "discrediting_west": "The hypocrisy of the West knows no end.",
        "negative_consequences": "The sanctions backfired on Europe.",
        "distrust_media": "Western media lie about everything.",
        "war_fears": "A nuclear war is now closer than ever.",
        "hidden_plots": "It is the work of globalists and their secret agenda.",
    },
    "ru": {
        "blaming_others": "Запад сам развязал этот конфликт.",
        "discrediting_ukraine": "Киевский режим опирается на неонацистов.",
        "russia_victim": "Антироссийская истерия охватила континент.",
        "praise_of_russia": "Российские войска освободили ещё одно село.",
        "overpraising_west": "НАТО никогда не бросит союзников.",
        "war_outcomes": "Украина проиграет эту войну.",
        "discrediting_west": "Лицемерие Запада не знает границ.",
        "negative_consequences": "Санкции ударили по самой Европе.",
        "distrust_media": "Западные СМИ лгут обо всём.",
        "war_fears": "Ядерная война близка как никогда.",
        "hidden_plots": "Это дело рук глобалистов и мировой закулисы.",
    },
    "uk": {
        "blaming_others": "Захід сам спровокував цю війну.",
        "discrediting_ukraine": "Маріонеткою у Вашингтона був київський режим.",
        "russia_victim": "Антиросійська істерія охопила континент.",
        "praise_of_russia": "Російська армія непереможна.",
        "overpraising_west": "Європа ніколи не покине союзників.",
        "war_outcomes": "Росія неминуче програє, її чекає неминуча поразка.",
        "discrediting_west": "Лицемірство Заходу не має меж.",
        "negative_consequences": "Санкції обернулися проти Берліна.",
        "distrust_media": "Західні ЗМІ брешуть про все.",
        "war_fears": "Ядерна війна близька як ніколи.",
        "hidden_plots": "За цим стоїть світова закуліса.",
    },
    "fr": {
        "blaming_others": "L’Otan a voulu cette guerre.",
        "discrediting_ukraine": "Le régime de Kiev s’appuie sur des néonazis.",
        "russia_victim": "L’hystérie antirusse gagne le continent.",
        "praise_of_russia": "Les troupes russes ont libéré un autre village.",
        "overpraising_west": "L’Europe n’abandonnera jamais ses alliés.",
        "war_outcomes": "L’Ukraine va perdre cette guerre.",
        "discrediting_west": "L’hypocrisie de l’Occident est sans bornes.",
        "negative_consequences": "Les sanctions se retournent contre l’Europe.",
        "distrust_media": "Les médias occidentaux mentent sur tout.",
        "war_fears": "La guerre nucléaire est plus proche que jamais.",
        "hidden_plots": "Les mondialistes tirent les ficelles.",
    },
    "de": {
        "blaming_others": "Die Nato hat Russland provoziert.",
        "discrediting_ukraine": "Das Kiewer Regime stützt sich auf Neonazis.",
        "russia_victim": "Die antirussische Hysterie erfasst den Kontinent.",
        "praise_of_russia": "Russische Truppen befreiten ein weiteres Dorf.",
        "overpraising_west": "Europa lässt seine Verbündeten niemals im Stich.",
        "war_outcomes": "Die Ukraine wird diesen Krieg verlieren.",
        "discrediting_west": "Die Heuchelei des Westens ist grenzenlos.",
        "negative_consequences": "Die Sanktionen schaden Deutschland selbst, sie sind ein Eigentor.",
        "distrust_media": "Westliche Medien lügen über alles.",
        "war_fears": "Ein Atomkrieg ist näher denn je.",
        "hidden_plots": "Dahinter stehen Globalisten und Strippenzieher.",
    },
}

PLAIN = {
    "en": "Delegations from Kyiv and Moscow met in Istanbul on Tuesday. They spoke three hours about an exchange of "
    "prisoners. A Russian strike on Kharkiv wounded six people, the governor said. Ukrainian drones hit an oil depot "
    "near Bryansk. Nato's foreign ministers will discuss air defence on Friday. The next round has no date yet.",
    "ru": "Делегации Киева и Москвы встретились во вторник в Стамбуле. Три часа обсуждали обмен пленными. При ударе "
    "по Харькову ранены шесть человек, сообщил губернатор. Украинские дроны попали в нефтебазу под Брянском. Министры "
    "стран НАТО в пятницу обсудят противовоздушную оборону. Даты следующего раунда пока нет.",
    "uk": "Делегації Києва та Москви зустрілися у вівторок у Стамбулі. Три години вони обговорювали обмін полоненими. "
    "Унаслідок удару по Харкову поранено шість людей, повідомив голова області. Українські дрони влучили в нафтобазу "
    "під Брянськом. Міністри країн НАТО у п’ятницю обговорять протиповітряну оборону. Дати наступного раунду немає.",
    "fr": "Les délégations de Kiev et de Moscou se sont rencontrées mardi à Istanbul. Elles ont parlé deux heures d’un "
    "échange de prisonniers. Une frappe russe sur Kharkiv a blessé six personnes, selon le gouverneur. Des drones "
    "ukrainiens ont touché un dépôt près de Briansk. Les ministres de l’Otan parleront vendredi de défense aérienne.",
    "de": "Delegationen aus Kiew und Moskau trafen sich am Dienstag in Istanbul. Drei Stunden sprachen sie über einen "
    "Austausch von Gefangenen. Bei einem russischen Angriff auf Charkiw wurden sechs Menschen verletzt. Ukrainische "
    "Drohnen trafen ein Öllager bei Brjansk. Die Außenminister der Nato sprechen am Freitag über Luftabwehr.",
}


def carried(text, language, title=""):
    return {score.code_id for score in annotate(title, text, language, BOOK).of_kind("narrative") if score.carried}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_narrative_has_cues_in_every_language_and_one_threshold(language):
    tables = BOOK.layer(language, "narrative")

    assert len(IDS) == 11
    assert tuple(table.name for table in tables) == IDS
    assert {table.min_share for table in tables} == {0.04}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_narrative_shows_by_example_what_it_takes_and_leaves(language):
    shown = {
        entry.code_id
        for entry in REGISTRY.examples
        if (entry.language, entry.kind) == (language, "narrative") and entry.yes and entry.no
    }

    assert shown == set(IDS)


@pytest.mark.parametrize(("language", "narrative"), [(code, name) for code in LANGUAGES for name in IDS])
def test_what_tells_a_narrative_carries_it_and_hardly_another(language, narrative):
    """One sentence among plain news; of the neighbours at most one is heard in it as well."""
    found = carried(f"{PLAIN[language]} {TOLD[language][narrative]}", language)

    assert narrative in found
    assert len(found) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_news_carries_no_narrative(language):
    assert carried(PLAIN[language], language) == set()


def test_a_passing_sentence_in_a_long_text_is_a_hit_and_no_narrative():
    text = f"{PLAIN['en']} " * 5 + TOLD["en"]["war_fears"]

    (score,) = [s for s in annotate("", text, "en", BOOK).of_kind("narrative") if s.code_id == "war_fears"]

    assert (score.carried, len(score.hits)) == (False, 1)


@pytest.mark.parametrize("language", ["hu", None])
def test_a_language_without_cues_is_not_measured(language):
    scores = annotate("", PLAIN["en"], language, BOOK).of_kind("narrative")

    assert {(score.carried, score.share, score.hits) for score in scores} == {(None, None, ())}
    assert len(scores) == len(IDS)


def test_annotations_say_that_a_narrative_is_a_candidate():
    line = json.dumps({"id": 1, "text": TOLD["en"]["hidden_plots"], "lang": "en"})

    (answer,) = annotate_lines([line], REGISTRY)

    assert not isinstance(answer, InputError)
    assert [entry["narrative"] for entry in answer["narratives"] if entry["carried"]] == ["hidden_plots"]
    assert all(entry["candidate"] is True for entry in answer["narratives"])
    assert not any("candidate" in entry for kind in ("frames", "signals", "topics") for entry in answer[kind])
