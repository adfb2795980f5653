"""The shipped cues: sentences that carry each frame, neutral ones that carry none. All sentences are ours."""

import pytest

from framing.registry_files import load_registry
from framing.scoring import annotate

BOOK = load_registry().codebook

CARRIED = {
    "en": {
        "deadlock": "No compromise was found after five hours.",
        "momentum": "Both sides spoke of tremendous progress.",
        "land_for_peace": "The draft asks Ukraine to cede parts of Donbas.",
        "capitulation": "Critics call the paper the Kremlin's wish list.",
        "sovereignty_law": "Any settlement must respect territorial integrity.",
        "europe_spoiler": "European governments try to sabotage the peace process, he said.",
        "excluded_parties": "The deal was made behind Kyiv's back.",
        "kyiv_obstacle": "Zelensky hasn't even read the plan, he complained.",
        "moscow_obstacle": "Moscow is playing for time.",
        "deal_making": "The envoy, a real estate developer, is a dealmaker.",
        "guarantees_nato": "The security guarantees resemble Article 5.",
        "sanctions_assets": "Frozen Russian assets could back a reparations loan.",
        "root_causes": "The root causes of the conflict must be removed.",
        "inevitability": "If Europe wants a war, we are ready right now.",
    },
    "ru": {
        "deadlock": "Компромисс по территориям пока не найден.",
        "momentum": "Разговор был полезным и конструктивным.",
        "land_for_peace": "Территориальные уступки обсуждались отдельно.",
        "capitulation": "Это была бы капитуляция.",
        "sovereignty_law": "Речь идёт о территориальной целостности Украины.",
        "europe_spoiler": "Европа срывает мирный процесс, а партия войны ликует.",
        "excluded_parties": "Сделку готовят за спиной Украины.",
        "kyiv_obstacle": "Киевский режим не хочет переговоров.",
        "moscow_obstacle": "Кремль затягивает переговоры.",
        "deal_making": "Обсуждалось экономическое сотрудничество.",
        "guarantees_nato": "Гарантии безопасности и вступление в НАТО остаются спорными.",
        "sanctions_assets": "Замороженные российские активы останутся под арестом.",
        "root_causes": "Нужно устранить первопричины кризиса.",
        "inevitability": "Если Европа хочет воевать, мы готовы прямо сейчас.",
    },
    "uk": {
        "deadlock": "Переговори зайшли у глухий кут, компромісу не знайдено.",
        "momentum": "Розмова була конструктивною.",
        "land_for_peace": "Територіальні поступки не обговорювали.",
        "capitulation": "Це була б капітуляція.",
        "sovereignty_law": "Потрібен справедливий мир і повага до територіальної цілісності.",
        "europe_spoiler": "Партія війни в Європі зриває переговори.",
        "excluded_parties": "Нічого про Україну без України.",
        "kyiv_obstacle": "Корупційний скандал послабив позицію української делегації.",
        "moscow_obstacle": "Росія затягує переговори.",
        "deal_making": "Ішлося про економічне співробітництво.",
        "guarantees_nato": "Гарантії безпеки мають бути схожі на п’яту статтю.",
        "sanctions_assets": "Заморожені російські активи підуть на відбудову.",
        "root_causes": "Москва знову говорить про першопричини.",
        "inevitability": "Третя світова війна стала б катастрофою.",
    },
    "fr": {
        "deadlock": "Aucun compromis n'a été trouvé.",
        "momentum": "Les discussions ont été constructives.",
        "land_for_peace": "Les concessions territoriales restent le point le plus difficile.",
        "capitulation": "Ce serait une capitulation.",
        "sovereignty_law": "Une paix juste et durable suppose le respect du droit international.",
        "europe_spoiler": "Le camp de la guerre s'agite à Bruxelles.",
        "excluded_parties": "On négocie sans les Européens à la table.",
        "kyiv_obstacle": "Le régime de Kiev ne répond pas.",
        "moscow_obstacle": "Le Kremlin cherche à gagner du temps.",
        "deal_making": "Il a été question de coopération économique.",
        "guarantees_nato": "Les garanties de sécurité restent floues.",
        "sanctions_assets": "Les avoirs russes gelés serviraient de gage.",
        "root_causes": "Moscou insiste sur les causes profondes du conflit.",
        "inevitability": "Les succès de l'armée russe pèsent sur la table.",
    },
    "de": {
        "deadlock": "Ein Durchbruch ist nicht in Sicht.",
        "momentum": "Die Gespräche seien konstruktiv gewesen.",
        "land_for_peace": "Über Gebietsabtretungen wurde lange gestritten.",
        "capitulation": "Kritiker sprechen von einem Diktatfrieden.",
        "sovereignty_law": "Die territoriale Integrität der Ukraine gilt.",
        "europe_spoiler": "Kriegstreiber säßen in Brüssel, hieß es.",
        "excluded_parties": "Entschieden wird über die Köpfe der Europäer hinweg.",
        "kyiv_obstacle": "Der Korruptionsskandal schwächt die ukrainische Delegation.",
        "moscow_obstacle": "Der Kreml stellt Maximalforderungen.",
        "deal_making": "Der Immobilienunternehmer gilt als Dealmaker.",
        "guarantees_nato": "Sicherheitsgarantien und ein NATO-Beitritt sind umstritten.",
        "sanctions_assets": "Das eingefrorene russische Vermögen bleibt in Belgien.",
        "root_causes": "Moskau verweist auf die Grundursachen des Krieges.",
        "inevitability": "Die Gebietsgewinne der Armee sprechen für sich.",
    },
}

NEUTRAL = {
    "en": (
        "Putin received Witkoff and Kushner in the Kremlin on Tuesday evening.",
        "The peace talks between the delegations of the United States and Ukraine will go on in Miami.",
        "Ukraine's president travelled to Paris, where he met Macron.",
        "The plan has 28 points and was handed over in Kyiv by the army secretary.",
        "A ceasefire was among the subjects, a Kremlin aide told reporters.",
    ),
    "ru": (
        "Путин принял Уиткоффа и Кушнера в Кремле.",
        "Переговоры делегаций США и Украины продолжатся в Майами.",
        "План состоит из 28 пунктов, сообщил помощник президента.",
    ),
    "uk": (
        "Путін прийняв Віткоффа і Кушнера в Кремлі.",
        "Переговори делегацій США та України триватимуть у Маямі.",
        "План має 28 пунктів, повідомив радник президента.",
    ),
    "fr": (
        "Poutine a reçu Witkoff et Kushner au Kremlin.",
        "Les négociations entre les délégations américaine et ukrainienne se poursuivront à Miami.",
        "Le plan de paix compte 28 points, a dit un conseiller.",
    ),
    "de": (
        "Putin hat Witkoff und Kushner im Kreml empfangen.",
        "Die Verhandlungen der Delegationen gehen in Miami weiter.",
        "Der Friedensplan hat 28 Punkte, sagte ein Berater.",
    ),
}

OF_EITHER_SIDE = (
    ("en", "Moscow refuses any compromise.", "Kyiv refuses any compromise."),
    ("en", "Putin is dragging his feet and drags out the talks.", "Zelensky drags out the talks."),
    ("en", "Russia does not want peace.", "Ukraine does not want peace."),
    ("en", "Critics spoke of the Moscow regime.", "Critics spoke of the Kyiv regime."),
    ("ru", "Россия отказывается от компромисса.", "Украина отказывается от компромисса."),
    ("ru", "Москва затягивает дело.", "Киев затягивает дело."),
    ("uk", "Росія відмовляється від компромісу.", "Україна відмовляється від компромісу."),
    ("fr", "Moscou refuse tout compromis.", "Kiev refuse tout compromis."),
    ("de", "Moskau lehnt jeden Kompromiss ab.", "Kiew lehnt jeden Kompromiss ab."),
)


def carried(text, language):
    return {score.code_id for score in annotate("", text, language, BOOK).of_kind("frame") if score.carried}


@pytest.mark.parametrize(
    ("language", "frame_id"), [(language, frame_id) for language in CARRIED for frame_id in CARRIED[language]]
)
def test_a_sentence_that_speaks_in_the_frame_carries_it(language, frame_id):
    assert frame_id in carried(CARRIED[language][frame_id], language)


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in NEUTRAL.items() for text in texts]
)
def test_a_neutral_report_carries_no_frame(language, text):
    assert carried(text, language) == set()


@pytest.mark.parametrize(("language", "of_moscow", "of_kyiv"), OF_EITHER_SIDE)
def test_a_reproach_is_found_whichever_side_it_is_made_to(language, of_moscow, of_kyiv):
    """Swapping the names swaps the frame and nothing else."""
    assert carried(of_moscow, language) == {"moscow_obstacle"}
    assert carried(of_kyiv, language) == {"kyiv_obstacle"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Putin calls Zelensky illegitimate."),
        ("en", "Putin said the corruption scandal in Kyiv hangs over the talks with Moscow."),
        ("de", "Putin nennt Selenskyj illegitim."),
        ("de", "Selenskyj sei illegitim, sagte Putin."),
        ("de", "Moskau sagt, der Korruptionsskandal in Kiew belaste die Gespräche."),
        ("fr", "Poutine juge Zelensky illégitime."),
        ("fr", "Moscou dit que le scandale de corruption à Kiev pèse sur les pourparlers."),
        ("ru", "Путин назвал Зеленского нелегитимным."),
        ("ru", "В Москве считают, что коррупционный скандал в Киеве мешает переговорам."),
        ("uk", "Путін назвав Зеленського нелегітимним."),
        ("uk", "У Москві кажуть, що корупційний скандал у Києві заважає переговорам."),
    ],
)
def test_a_reproach_of_lacking_right_or_of_corruption_blames_whom_it_is_made_to(language, text):
    assert carried(text, language) == {"kyiv_obstacle"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A corruption scandal in Kyiv costs the minister his job."),
        ("de", "Ein Korruptionsskandal in Kiew kostet den Minister sein Amt."),
        ("fr", "Un scandale de corruption à Kiev coûte son poste au ministre."),
        ("ru", "Коррупционный скандал в Киеве стоил министру поста."),
        ("uk", "Корупційний скандал у Києві коштував міністрові посади."),
    ],
)
def test_a_corruption_case_without_a_link_to_the_talks_blames_nobody(language, text):
    assert carried(text, language) == set()


def test_the_samples_cover_the_codebook():
    frame_ids = {frame.frame_id for frame in BOOK.frames}

    assert {language: set(samples) for language, samples in CARRIED.items()} == dict.fromkeys(BOOK.languages, frame_ids)
