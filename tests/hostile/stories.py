"""Real stories on the talks in five languages, each case's a little different, and stories beside the topic."""

from zlib import crc32

from tests.hostile.markup import article
from tests.site import Page

CITIES = {
    "en": ("Geneva", "Istanbul", "Abu Dhabi", "Vienna", "Berlin", "Miami", "Budapest", "Helsinki"),
    "de": ("Genf", "Istanbul", "Abu Dhabi", "Wien", "Berlin", "Miami", "Budapest", "Helsinki"),
    "fr": ("Genève", "Istanbul", "Abou Dhabi", "Vienne", "Berlin", "Miami", "Budapest", "Helsinki"),
    "ru": ("Женева", "Стамбул", "Абу-Даби", "Вена", "Берлин", "Майами", "Будапешт", "Хельсинки"),
    "uk": ("Женева", "Стамбул", "Абу-Дабі", "Відень", "Берлін", "Маямі", "Будапешт", "Гельсінкі"),
}

TITLES = {
    "en": "Kremlin and Kyiv weigh peace plan after round {n} of talks ({city})",
    "de": "Kreml und Kiew prüfen den Friedensplan nach Gesprächsrunde {n} ({city})",
    "fr": "Le Kremlin et Kiev étudient le plan de paix après la session {n} ({city})",
    "ru": "Кремль и Киев изучают мирный план после раунда {n} переговоров ({city})",
    "uk": "Кремль і Київ вивчають мирний план після раунду {n} переговорів ({city})",
}

STORIES = {
    "en": (
        "Envoys of Russia and Ukraine ended round {n} of their talks late on Tuesday without a ceasefire, but both "
        "sides said the peace plan drafted in Washington stays on the table. The meeting, hosted in {city}, lasted "
        "seven hours, two more than the hosts had planned.",
        "The Kremlin called the exchange useful and blunt. Its spokesman told reporters that Moscow would study the "
        "wording on the line of contact, and that no decision would be taken before Putin had seen every annex of the "
        "document. He would not say how long that might take.",
        "In Kyiv, the president's office struck a different tone. Zelensky said in his evening address that Ukraine "
        "would negotiate over guarantees and over the order of the steps, and would not sign a paper that left a "
        "single village outside the law. His delegation, he added, had {n} open questions and an answer to each.",
        "Witkoff, who carried messages between the two rooms, described the mood as workmanlike. Nobody had shouted, "
        "nobody had walked out, and the interpreters had been the only people to complain about the coffee, he joked "
        "on the steps of the hotel before his car left for the airport.",
        "Diplomats who saw the draft say that three articles remain contested. The first sets out who monitors a "
        "ceasefire along a front of more than a thousand kilometres. The second concerns the nuclear plant on the "
        "river, whose output both Russia and Ukraine claim. The third is the calendar: Moscow wants a summit first "
        "and silence of the guns later, Kyiv the reverse.",
        "European capitals, which had asked for a seat, followed the negotiations from a distance. A minister in "
        "Warsaw said that a settlement reached above the heads of its neighbours would be a pause and not a peace. "
        "Talks at the level of experts are to resume on Friday; a date for the principals has not been set.",
    ),
    "de": (
        "Die Gesandten Russlands und der Ukraine haben Runde {n} ihrer Gespräche am späten Dienstag ohne Waffenruhe "
        "beendet, doch beide Seiten wollen über den in Washington entworfenen Friedensplan weiter verhandeln. Das "
        "Treffen ({city}) dauerte sieben Stunden, zwei mehr als geplant.",
        "Der Kreml nannte den Austausch nützlich und offen. Moskau werde die Formulierungen zur Frontlinie prüfen, "
        "sagte der Sprecher vor Journalisten, und nichts werde entschieden, bevor Putin jeden Anhang gelesen habe. Wie "
        "lange das dauern könne, ließ er offen.",
        "In Kiew klang es anders. Selenskyj sagte in seiner Abendansprache, die Ukraine werde über Garantien und über "
        "die Reihenfolge der Schritte verhandeln, aber kein Papier unterschreiben, das auch nur ein Dorf außerhalb des "
        "Rechts lasse. Seine Delegation habe {n} offene Fragen und auf jede eine Antwort.",
        "Witkoff, der zwischen den beiden Räumen vermittelte, beschrieb die Stimmung als sachlich. Niemand habe "
        "geschrien, niemand sei gegangen, nur die Dolmetscher hätten sich über den Kaffee beklagt, scherzte er vor der "
        "Abfahrt zum Flughafen.",
        "Umstritten sind nach Angaben von Diplomaten drei Artikel: wer eine Waffenruhe an einer mehr als tausend "
        "Kilometer langen Front überwacht, wem das Kernkraftwerk am Fluss untersteht, das Russland und die Ukraine "
        "beanspruchen, und der Zeitplan. Moskau will erst einen Gipfel und dann das Schweigen der Waffen, Kiew das "
        "Umgekehrte. Die Verhandlungen der Fachleute sollen am Freitag weitergehen.",
    ),
    "fr": (
        "Les émissaires de la Russie et de l'Ukraine ont achevé tard mardi la session {n} de leurs pourparlers sans "
        "cessez-le-feu, mais les deux camps disent vouloir négocier encore sur le plan de paix rédigé à Washington. La "
        "réunion ({city}) a duré sept heures, deux de plus que prévu.",
        "Le Kremlin a jugé l'échange utile et franc. Moscou étudiera les formules sur la ligne de contact, a dit son "
        "porte-parole, et rien ne sera décidé avant que Poutine ait lu chaque annexe du document. Il n'a pas voulu "
        "dire combien de temps cela prendrait.",
        "À Kiev, le ton était autre. Dans son allocution du soir, Zelensky a déclaré que l'Ukraine négocierait les "
        "garanties et l'ordre des étapes, sans signer un papier qui laisserait un seul village hors du droit. Sa "
        "délégation a, selon lui, {n} questions ouvertes et une réponse à chacune.",
        "Witkoff, qui portait les messages d'une salle à l'autre, a décrit une ambiance de travail. Personne n'a crié, "
        "personne n'est parti, et seuls les interprètes se sont plaints du café, a-t-il plaisanté sur les marches de "
        "l'hôtel.",
        "Trois articles restent disputés, selon des diplomates : qui surveille un cessez-le-feu sur un front de plus "
        "de mille kilomètres, à qui revient la centrale que la Russie et l'Ukraine réclament, et le calendrier. Moscou "
        "veut un sommet d'abord et le silence des armes ensuite, Kiev l'inverse. Les négociations entre experts "
        "doivent reprendre vendredi.",
    ),
    "ru": (
        "Представители России и Украины поздно вечером во вторник завершили раунд {n} переговоров без соглашения о "
        "прекращении огня, однако обе стороны заявили, что мирный план, составленный в Вашингтоне, остаётся на столе. "
        "Встреча ({city}) продолжалась семь часов, на два часа дольше, чем рассчитывали хозяева.",
        "В Кремле назвали разговор полезным и откровенным. Москва изучит формулировки о линии соприкосновения, сказал "
        "журналистам пресс-секретарь, и никаких решений не будет, пока Путин не прочитает каждое приложение. Сколько "
        "на это уйдёт времени, он не уточнил.",
        "В Киеве тон был иным. Зеленский сказал в вечернем обращении, что Украина готова вести переговоры о гарантиях "
        "и порядке шагов, но не подпишет бумагу, которая оставит хотя бы одно село вне закона. У его делегации, по его "
        "словам, {n} открытых вопросов и ответ на каждый.",
        "Уиткофф, который носил послания из одной комнаты в другую, описал обстановку как рабочую. Никто не кричал, "
        "никто не ушёл, и только переводчики жаловались на кофе, пошутил он на ступенях гостиницы.",
        "Спорными, по словам дипломатов, остаются три статьи: кто наблюдает за прекращением огня на фронте длиной "
        "более тысячи километров, кому подчиняется атомная станция, на которую претендуют Россия и Украина, и "
        "календарь. Москва хочет сначала саммита, а потом тишины, Киев наоборот. Переговоры экспертов о мирном плане "
        "должны возобновиться в пятницу.",
    ),
    "uk": (
        "Представники Росії та України пізно ввечері у вівторок завершили раунд {n} переговорів без угоди про "
        "припинення вогню, проте обидві сторони заявили, що мирний план, складений у Вашингтоні, лишається на столі. "
        "Зустріч ({city}) тривала сім годин, на дві довше, ніж розраховували господарі.",
        "У Кремлі назвали розмову корисною і відвертою. Москва вивчить формулювання про лінію зіткнення, сказав "
        "журналістам речник, і жодних рішень не буде, доки Путін не прочитає кожен додаток. Скільки часу на це піде, "
        "він не уточнив.",
        "У Києві тон був інший. Зеленський сказав у вечірньому зверненні, що Україна готова вести переговори про "
        "гарантії та порядок кроків, але не підпише папір, який лишить бодай одне село поза законом. Його делегація, "
        "за його словами, має {n} відкритих питань і відповідь на кожне.",
        "Віткофф, який носив послання з однієї кімнати до іншої, описав атмосферу як робочу. Ніхто не кричав, ніхто не "
        "пішов, і лише перекладачі скаржилися на каву, пожартував він на сходах готелю.",
        "Спірними, за словами дипломатів, лишаються три статті: хто спостерігає за припиненням вогню на фронті "
        "завдовжки понад тисячу кілометрів, кому підпорядкована атомна станція, на яку претендують Росія та Україна, і "
        "календар. Москва хоче спершу саміту, а потім тиші, Київ навпаки. Переговори експертів про мирний план мають "
        "відновитися в п'ятницю.",
    ),
}


def words_of(name: str, language: str = "en") -> tuple[str, list[str]]:
    """Title and paragraphs of a case's own version of the story."""
    place = crc32(name.encode())
    facts = {"n": 3 + place % 900, "city": CITIES[language][place % 8]}
    return TITLES[language].format(**facts), [text.format(**facts) for text in STORIES[language]]


def story(name: str, language: str = "en", head: str = "", within: str = "", after: str = "") -> Page:
    """A case's own version of the story, as a page."""
    title, texts = words_of(name, language)
    return article(title, texts, language, head, within, after)


WEATHER = (
    "Rain fell on the northern coast for the fourth day in a row, and the ferries stayed in port until the evening "
    "tide came in. The harbour master counted eleven vessels at anchor, among them two that carry timber and one that "
    "had been on its way to the yard.",
    "Farmers inland welcomed the water after a dry autumn. The reservoir above the town rose by forty centimetres, the "
    "waterworks said, and the hosepipe ban that has been in place since August may be lifted before the holidays.",
    "Forecasters expect the front to move off during the night. Winds will ease from the west, and by Thursday the sun "
    "should be out along the whole coast, with frost in the valleys. Schools that had closed are to open again.",
)

SHORT = (
    "Russia and Ukraine will hold new talks on a ceasefire on Friday, the Kremlin and the office of President Zelensky "
    "said within minutes of each other on Wednesday.",
    "The peace plan will be the only item on the agenda, Witkoff told reporters. Kyiv is to send the same delegation "
    "as last week; Moscow has yet to name its negotiators. It would be the third round this month.",
)

CONSENT_LAW = (
    "The constitutional court on Wednesday struck down the banner rule that makes readers click Accept or Reject "
    "before a page may be read. Consent that is given to be rid of a window is no consent, the judges wrote, and "
    "cookies that follow a reader from one site to the next need more than a button.",
    "Publishers had argued that advertising pays for the news and that legitimate interest covers the measuring of "
    "audiences. The court was not persuaded. Partners who store and access information on a device must be named one "
    "by one, it held, and a person must be able to withdraw consent as easily as it was given.",
    "The privacy authority welcomed the ruling, and said it would give the trade six months. A spokeswoman for the "
    "newspaper publishers called it a blow to small local titles, which lack the staff to rebuild their pages.",
    "For readers little will change at first. The choice between a subscription and tracking, which many papers offer, "
    "was not before the court; a case on it is to be heard in spring. Lawyers expect the government to redraft the "
    "telecommunications act in the meantime, and to take the settings out of the hands of each single site.",
)

DAYS_404 = (
    "Not found: that is the entry beside 1,304 names on the list that the mothers of the missing bring to every round "
    "of talks between Russia and Ukraine. On Wednesday, day 404 of their vigil, the page was read aloud in front of "
    "the hotel where the envoys of the Kremlin and of Kyiv discuss the peace plan.",
    "The ceasefire that both delegations negotiate would bring an exchange of all prisoners within thirty days. "
    "Whether it covers those whom neither Moscow nor Kyiv has ever confirmed is a point still open, a diplomat said.",
    "Halyna, who asked that her family name not be printed, has looked for her son since the second winter of the war. "
    "The address that Russia's ministry gave her does not exist, she said; the letter came back with a stamp that it "
    "could not be delivered and that the page of the register had been removed.",
    "Witkoff stopped on his way in and took a copy. He told the women that the list would lie on the table before the "
    "map does. Zelensky's envoy said that Ukraine would sign no settlement that forgets them; the Kremlin's said that "
    "Russia had handed over everything it knows.",
)

BLOCKED_SITES = (
    "Readers who wanted to follow the peace talks between Russia and Ukraine on Tuesday night often saw only one line: "
    "checking your browser before you access the site. A fault at a company that shields half the web from robots took "
    "down news pages on three continents for almost two hours.",
    "The Kremlin's site asked visitors to verify they are human; the page of the Ukrainian president offered a puzzle "
    "with traffic lights. Both were back before the envoys of Moscow and Kyiv left the table, and neither side spoke "
    "of an attack. Enable JavaScript and cookies to continue, the machines insisted, and nothing continued.",
    "The company blamed a file that had grown too large. Its engineers had first suspected that somebody wanted to "
    "disturb the negotiations over a ceasefire, the head of its security team wrote, and it took them forty minutes to "
    "see that the fault was their own.",
    "In the press room the outage had its comic side. With the wires down, Witkoff read the communiqué on the peace "
    "plan from a sheet of paper, and reporters from Russia, Ukraine and the United States copied it by hand.",
)

WATCHED_VIDEO = (
    "A video of eleven seconds has become the most watched moment of the peace talks. It shows the envoys of Russia "
    "and Ukraine in the corridor of the hotel, with no table between them, and the man from Kyiv offering the man from "
    "Moscow a glass of water.",
    "The Kremlin said that it does not comment on films. Zelensky's office said that good manners are no concession, "
    "and that the ceasefire would be decided in the room and not in the corridor. Witkoff, who stands at the edge of "
    "the picture, told reporters that he had missed it.",
    "Lip readers disagree on what is said. Two of three asked by this newspaper read the words as thank you; the third "
    "reads a remark on the heating. The delegations went on to negotiate the monitoring clause of the peace plan for "
    "another four hours, and parted after midnight.",
    "The clip was taken by a waiter, who has been moved to another floor. Talks between Russia and Ukraine resume on "
    "Friday, without telephones.",
)
