"""The layer of generic policy frames that ships: complete in every language, and answering to planted texts."""

import pytest

from framing.scoring import annotate
from tests.framing.test_examples import REGISTRY
from tests.framing.test_narrative_layer import PLAIN as NEWS

CODEBOOK = REGISTRY.codebook
LANGUAGES = ("de", "en", "fr", "ru", "uk")
IDS = tuple(tag.tag_id for tag in CODEBOOK.tags if tag.kind == "policy")
SHARES = {0.05, 0.1, 0.2}

RARE = {"morality", "fairness_and_equality", "quality_of_life", "cultural_identity", "public_opinion"}
"""What plain news of the talks does not tell."""

NOTHING = {
    "en": "The cat slept under the table. Nobody came in all morning. At noon the clock struck twelve.",
    "fr": "Le chat dormait sous la table. Personne ne vint de la matinée. À midi l’horloge sonna douze coups.",
    "de": "Die Katze schlief unter dem Tisch. Den ganzen Morgen kam niemand. Am Mittag schlug die Uhr zwölf.",
    "ru": "Кошка спала под столом. Всё утро никто не приходил. В полдень часы пробили двенадцать.",
    "uk": "Кішка спала під столом. Цілий ранок ніхто не приходив. Опівдні годинник пробив дванадцяту.",
}

TOLD = {
    "en": {
        "economic": "Exporters fear for their profits. Wages fall behind prices.",
        "capacity_and_resources": "The warehouses stand empty. Spare parts are scarce, the power grid is overloaded.",
        "morality": "To abandon the wounded is shameful. Only cowards call that virtue.",
        "fairness_and_equality": "She speaks of racism at work. Older applicants suffer discrimination, too.",
        "legality_constitutionality_and_jurisprudence": "The judge dismissed the claim. The plaintiff will take it to "
        "a higher court.",
        "policy_prescription_and_evaluation": "The ministry proposes new guidelines. Critics call the moratorium "
        "ineffective.",
        "crime_and_punishment": "Burglars emptied the flat. One of the thieves was arrested.",
        "security_and_defense": "Two battalions of the army hold the front line. Artillery fired all night.",
        "health_and_safety": "The clinic vaccinates every infant. Its surgeon treats infections, too.",
        "quality_of_life": "Teachers meet pupils in unheated schools. Families share one apartment.",
        "cultural_identity": "The museum shows folklore and old poetry. Its festival keeps the tradition alive.",
        "public_opinion": "Two thirds of respondents disapprove. A petition speaks of growing discontent.",
        "political": "Voters go to the polls in May. The opposition has no candidate yet.",
        "external_regulation_and_reputation": "The ambassador was received at the summit. Both allies signed a treaty.",
    },
    "fr": {
        "economic": "Les exportations reculent. Les salaires suivent mal les prix.",
        "capacity_and_resources": "Les stocks sont vides. Les munitions et le carburant manquent partout.",
        "morality": "Abandonner les siens est une honte. Seuls les hypocrites y voient une vertu.",
        "fairness_and_equality": "Elle dénonce le racisme au travail. Les inégalités se creusent.",
        "legality_constitutionality_and_jurisprudence": "La juge rejette la demande. L’avocat saisira la cour d’appel.",
        "policy_prescription_and_evaluation": "Le ministère présente des mesures et une feuille de route. "
        "Le moratoire reste inefficace.",
        "crime_and_punishment": "Des cambrioleurs ont vidé la maison. L’un des suspects est en prison.",
        "security_and_defense": "Deux bataillons de l’armée tiennent la ligne. L’artillerie a tiré toute la nuit.",
        "health_and_safety": "L’hôpital soigne les malades. L’épidémie recule peu à peu.",
        "quality_of_life": "Les familles se serrent dans un logement. Les élèves ont froid à l’école.",
        "cultural_identity": "Le musée expose des chansons et du folklore. Le festival garde la tradition vivante.",
        "public_opinion": "Une pétition circule. Le mécontentement gagne l’opinion publique.",
        "political": "Les électeurs votent en mai. L’opposition n’a pas de candidat.",
        "external_regulation_and_reputation": "L’ambassadeur fut reçu au sommet. Les alliés ont signé un traité.",
    },
    "de": {
        "economic": "Die Exporte gehen zurück. Die Löhne bleiben hinter den Preisen.",
        "capacity_and_resources": "Die Vorräte sind erschöpft. Es fehlt an Treibstoff und Ersatz, ein Mangel an allem.",
        "morality": "Die Verwundeten zurückzulassen ist eine Schande. Nur Heuchler nennen das anständig.",
        "fairness_and_equality": "Sie spricht von Rassismus im Betrieb. Ältere werden benachteiligt.",
        "legality_constitutionality_and_jurisprudence": "Das Gericht wies die Klage ab. Der Anwalt geht in Berufung.",
        "policy_prescription_and_evaluation": "Das Haus empfiehlt neue Richtlinien. Die Reform sei wirkungslos.",
        "crime_and_punishment": "Einbrecher räumten die Halle leer. Ein Verdächtiger wurde verhaftet.",
        "security_and_defense": "Zwei Brigaden der Armee halten die Linie. Die Artillerie schoss die ganze Nacht.",
        "health_and_safety": "Die Klinik impft jedes Kleinkind. Ärzte behandeln dort auch Infekte.",
        "quality_of_life": "Die Wohnung ist eng. Rentner frieren, und die Schule bleibt ungeheizt.",
        "cultural_identity": "Das Museum zeigt alte Dichter. Das Volksfest hält die Tradition lebendig.",
        "public_opinion": "Eine Petition findet Zulauf. Der Unmut wächst, tausende demonstrieren.",
        "political": "Die Wähler stimmen im Mai ab. Die Opposition hat keinen Kandidaten.",
        "external_regulation_and_reputation": "Der Botschafter kam zum Gipfel. Die Verbündeten schlossen ein Abkommen.",
    },
    "ru": {
        "economic": "Экспорт падает. Зарплаты отстают от цен.",
        "capacity_and_resources": "Запасы исчерпаны. Топлива и боеприпасов не хватает.",
        "morality": "Бросить раненых — позор. Только лицемеры зовут это добродетелью.",
        "fairness_and_equality": "Она говорит о расизме на работе. Пожилых притесняют, неравенство растёт.",
        "legality_constitutionality_and_jurisprudence": "Суд отклонил иск. Адвокат подаст апелляцию.",
        "policy_prescription_and_evaluation": "Ведомство рекомендует ввести квоты. Реформа пока неэффективна.",
        "crime_and_punishment": "Воры вынесли всё. Одного подозреваемого задержали.",
        "security_and_defense": "Два батальона армии держат рубеж. Артиллерия стреляла всю ночь.",
        "health_and_safety": "Клиника прививает младенцев. Врачи лечат там и инфекции.",
        "quality_of_life": "Семьи теснятся в одной квартире. Школьники мёрзнут без отопления.",
        "cultural_identity": "Музей показывает фольклор. Фестиваль хранит традиции и песни.",
        "public_opinion": "Петицию подписали тысячи. Недовольство растёт, рейтинг падает.",
        "political": "Избиратели голосуют в мае. У оппозиции нет кандидата.",
        "external_regulation_and_reputation": "Посла приняли на саммите. Союзники подписали мирный договор.",
    },
    "uk": {
        "economic": "Експорт падає. Зарплати відстають від цін.",
        "capacity_and_resources": "Запаси вичерпано. Бракує пального та добрив.",
        "morality": "Покинути поранених — ганьба. Лише лицеміри звуть це чеснотою.",
        "fairness_and_equality": "Вона говорить про расизм на роботі. Нерівність зростає.",
        "legality_constitutionality_and_jurisprudence": "Суд відхилив позов. Адвокат подасть апеляцію.",
        "policy_prescription_and_evaluation": "Відомство рекомендує запровадити квоти. Реформа поки неефективна.",
        "crime_and_punishment": "Грабіжники винесли все. Одного підозрюваного затримали.",
        "security_and_defense": "Два батальйони війська тримають рубіж. Артилерія стріляла всю ніч.",
        "health_and_safety": "Клініка вакцинує немовлят. Медики лікують там і хворих на грип.",
        "quality_of_life": "Родини туляться в одній квартирі. Школярі мерзнуть без опалення.",
        "cultural_identity": "Музей показує фольклор. Фестиваль береже традиції та пісні.",
        "public_opinion": "Петицію підписали тисячі. Невдоволення зростає, рейтинг падає.",
        "political": "Виборці голосують у травні, почалося голосування. Опозиція не має кандидата.",
        "external_regulation_and_reputation": "Посла прийняли на саміті. Союзники підписали мирний договір.",
    },
}


def carried(text, language):
    return {score.code_id for score in annotate("", text, language, CODEBOOK).of_kind("policy") if score.carried}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_frame_has_cues_in_every_language_and_one_of_three_shares(language):
    tables = CODEBOOK.layer(language, "policy")

    assert len(IDS) == 14
    assert tuple(table.name for table in tables) == IDS
    assert {table.min_share for table in tables} <= SHARES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_frame_shows_by_example_what_it_takes_and_leaves(language):
    shown = [
        entry.code_id
        for entry in REGISTRY.examples
        if (entry.language, entry.kind) == (language, "policy") and entry.yes and entry.no
    ]

    assert {name: shown.count(name) for name in IDS} == dict.fromkeys(IDS, 2)


@pytest.mark.parametrize(("language", "frame"), [(code, name) for code in LANGUAGES for name in IDS])
def test_a_planted_text_carries_its_frame_and_hardly_another(language, frame):
    """Two sentences among three that say nothing; of the neighbours at most one is heard as well."""
    found = carried(f"{NOTHING[language]} {TOLD[language][frame]}", language)

    assert frame in found
    assert len(found) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_about_nothing_public_carries_no_frame(language):
    scores = annotate("", NOTHING[language], language, CODEBOOK).of_kind("policy")

    assert {(score.code_id, score.carried, score.hits) for score in scores} == {(name, False, ()) for name in IDS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_news_of_the_talks_is_diplomacy_and_none_of_the_rare_frames(language):
    found = carried(NEWS[language], language)

    assert found & {"external_regulation_and_reputation", "security_and_defense"}
    assert not found & RARE


def test_an_everyday_word_in_passing_is_a_hit_and_no_frame():
    text = f"{NOTHING['en']} " * 5 + "Families slept."

    (score,) = [s for s in annotate("", text, "en", CODEBOOK).of_kind("policy") if s.code_id == "quality_of_life"]

    assert (score.carried, len(score.hits)) == (False, 1)


@pytest.mark.parametrize("language", ["pl", None])
def test_a_language_without_the_layer_is_not_measured(language):
    scores = annotate("", "Koszty rosną.", language, CODEBOOK).of_kind("policy")

    assert {(score.carried, score.share, score.hits) for score in scores} == {(None, None, ())}
    assert len(scores) == len(IDS)
