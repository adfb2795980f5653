"""What stands in the place of a story: walls of robots and of consent, teasers, pages that are not there."""

from tests.hostile.markup import document, furnished, html, json_ld, paragraphs
from tests.hostile.stories import words_of
from tests.site import Page

CLOUDFLARE = document(
    "Just a moment...",
    '<div class="main-wrapper" role="main"><div class="main-content"><h1 class="zone-name-title">news.example</h1>'
    '<h2 id="challenge-running">Verifying you are human. This may take a few seconds.</h2><noscript><div '
    'id="challenge-error-title"><div class="h2">Enable JavaScript and cookies to continue</div></div></noscript><div '
    'id="challenge-body-text" class="core-msg spacer">news.example needs to review the security of your connection '
    'before proceeding.</div></div></div><script src="/cdn-cgi/challenge-platform/h/g/orchestrate/jsch/v1"></script>'
    '<div class="footer" role="contentinfo"><div class="ray-id">Ray ID: <code>8f3a6c1d2e4b5a70</code></div>'
    '<div class="text-center">Performance &amp; security by Cloudflare</div></div>',
    head='<meta http-equiv="refresh" content="390"><meta name="robots" content="noindex,nofollow">',
)

DATADOME = document(
    "news.example",
    '<p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={"rt":"c","cid":'
    '"AHrlqAAAAAMA","hsh":"2211F522B61E269B869FA6EAFFB5E1","t":"bv","s":44001,"host":"geo.captcha-delivery.example"}'
    '</script><script data-cfasync="false" src="https://ct.captcha-delivery.example/c.js"></script>',
)

AKAMAI = document(
    "Access Denied",
    '<h1>Access Denied</h1><p>You don\'t have permission to access "http://news.example/story" on this server.</p>'
    "<p>Reference #18.5e3d1702.1764672000.1c2d3e4f</p><p>https://errors.edgesuite.example/18.5e3d1702.1764672000</p>",
)

PERIMETERX = document(
    "Access to this page has been denied",
    '<div class="px-captcha-container"><div class="px-captcha-header">Before we continue...</div><div '
    'class="px-captcha-message">Press &amp; Hold to confirm you are a human (and not a bot).</div><div id="px-captcha">'
    '</div><div class="px-captcha-refid">Reference ID 5f0c4e2a-cf5b-11f0-a1b2-6d6f64656c21</div></div><script>window.'
    "_pxAppId='PXaBcDeF1';window._pxJsClientSrc='/aBcDeF1/init.js';</script>",
)

CAPTCHA_RU = document(
    "Вы не робот?",
    '<div class="CheckboxCaptcha"><h1>Подтвердите, что запросы отправляли вы, а не робот</h1><p>Нам очень жаль, но '
    "запросы с вашего устройства похожи на автоматические. Почему это могло произойти?</p><form action='/checkcaptcha' "
    'method="POST"><input type="submit" class="CheckboxCaptcha-Button" value="Я не робот"></form><p>Если у вас '
    "возникли проблемы, пожалуйста, воспользуйтесь формой обратной связи.</p></div>",
    "ru",
)

CONSENTS = {
    "en": (
        "Before you continue",
        "We value your privacy",
        "We and our 834 partners store and access information on a device, such as cookies, and process personal data, "
        "such as unique identifiers and standard information sent by a device, for personalised advertising and "
        "content, advertising and content measurement, audience research and services development.",
        "With your permission we and our partners may use precise geolocation data and identification through device "
        "scanning. You may click to consent to our and our 834 partners' processing as described above. Alternatively "
        "you may access more detailed information and change your preferences before consenting, or to refuse consent.",
        "Please note that some processing of your personal data may not require your consent, but you have a right to "
        "object to such processing. Your preferences will apply to this website only. You can change your preferences "
        "or withdraw your consent at any time by returning to this site and clicking the privacy button.",
        ("Accept all", "Reject all", "Manage options"),
    ),
    "de": (
        "Willkommen",
        "Weiter mit Werbung lesen oder Pur-Abo",
        "Besuchen Sie uns wie gewohnt mit Werbung und Tracking. Ihre Zustimmung ist jederzeit widerrufbar. Details zum "
        "Tracking finden Sie in der Datenschutzerklärung und im Privacy Center.",
        "Wir und unsere bis zu 193 Partner verarbeiten personenbezogene Daten wie IP-Adresse, Kennungen und "
        "Browserdaten, um Informationen auf einem Gerät zu speichern und abzurufen, für personalisierte Werbung und "
        "Inhalte, Messung von Werbeleistung, Zielgruppenforschung sowie die Entwicklung von Angeboten.",
        "Mit einem Klick auf Zustimmen willigen Sie in die beschriebene Verarbeitung ein. Oder lesen Sie mit dem "
        "Pur-Abo ohne Werbetracking für 4,99 Euro im Monat. Sie haben das Pur-Abo schon? Hier anmelden.",
        ("Akzeptieren und weiter", "Pur-Abo abschließen", "Einstellungen verwalten"),
    ),
    "fr": (
        "Votre vie privée",
        "Le respect de votre vie privée est notre priorité",
        "Avec votre accord, nos 612 partenaires et nous utilisons des cookies ou technologies similaires pour stocker, "
        "consulter et traiter des données personnelles telles que votre visite sur ce site, les adresses IP et les "
        "identifiants de cookie.",
        "Certains partenaires ne demandent pas votre consentement et se fondent sur leur intérêt légitime. Vous pouvez "
        "à tout moment retirer votre consentement ou vous opposer au traitement en cliquant sur En savoir plus ou dans "
        "notre politique de confidentialité.",
        "Nos partenaires et nous traitons les données suivantes : publicités et contenu personnalisés, mesure de "
        "performance des publicités et du contenu, études d'audience et développement de services, données de "
        "géolocalisation précises et identification par analyse de l'appareil.",
        ("Tout accepter", "Continuer sans accepter", "Paramétrer"),
    ),
    "ru": (
        "Согласие",
        "Мы заботимся о ваших данных",
        "Продолжая пользоваться сайтом, вы даёте согласие на обработку персональных данных и файлов cookie: сведений о "
        "местоположении, типе и версии браузера, типе устройства и разрешении экрана, источнике, откуда пришёл "
        "пользователь, и страницах, которые он открывает.",
        "Мы и наши партнёры обрабатываем эти сведения для показа рекламы, измерения её эффективности, изучения "
        "аудитории и развития сервисов. Вы можете отозвать согласие в любой момент в настройках или отказаться от "
        "обработки, если она основана на законном интересе.",
        "Если вы не хотите, чтобы ваши данные обрабатывались, покиньте сайт или измените настройки браузера. Подробнее "
        "в политике конфиденциальности и в перечне партнёров.",
        ("Принять все", "Отклонить", "Настроить"),
    ),
}


def consent(language: str, mark: str = "") -> Page:
    """A page that is nothing but the question for consent."""
    title, heading, *texts, buttons = CONSENTS[language]
    choices = "".join(f"<button>{button}</button>" for button in buttons)
    body = f'<div class="cmp-wall"><h1>{heading}</h1>{paragraphs(texts)}<div>{choices}</div>{mark}</div>'
    return html(document(title, body, language))


TEASERS = {
    "en": (
        "Subscribe to continue reading",
        "Already a subscriber? Sign in. From 1 euro for the first month, then 9.99.",
    ),
    "de": ("Weiterlesen mit Abo", "Diesen Artikel lesen Sie nur mit einem Abo. Schon Abonnent? Hier anmelden."),
    "fr": (
        "Cet article est réservé aux abonnés",
        "Il vous reste 85% de cet article à lire. Déjà abonné ? Se connecter.",
    ),
    "ru": ("Материал доступен по подписке", "Чтобы дочитать, оформите подписку. Уже подписаны? Войдите."),
    "uk": ("Матеріал доступний за передплатою", "Щоб дочитати, оформіть передплату. Вже маєте передплату? Увійдіть."),
}


def teaser(name: str, language: str, says_so: bool = True) -> Page:
    """The first paragraph and a locked door; ``says_so``: structured data states that it is not free."""
    title, texts = words_of(name, language)
    offer, details = TEASERS[language]
    facts = {"headline": title, "isAccessibleForFree": False, "datePublished": "2025-12-02T09:00:00+00:00"}
    main = (
        f'<article><h1>{title}</h1>{paragraphs(texts[:1])}<div class="paywall"><h2>{offer}</h2><p>{details}</p>'
        f'<a class="button" href="/subscribe">{offer}</a></div></article>'
    )
    return html(furnished(title, main, language, json_ld("NewsArticle", **facts) if says_so else ""))


NOT_FOUND = {
    "en": ("Page not found", "Sorry, the page you are looking for does not exist. It may have been moved or deleted. "
           "Check the address, use the search, or go back to the front page, where you will find our latest stories."),
    "ru": ("Страница не найдена", "К сожалению, запрашиваемая вами страница не существует. Возможно, она была удалена "
           "или перемещена. Проверьте адрес, воспользуйтесь поиском или вернитесь на главную страницу."),
    "uk": ("Сторінку не знайдено", "На жаль, такої сторінки не існує. Можливо, її видалено або переміщено. Перевірте "
           "адресу, скористайтеся пошуком або поверніться на головну сторінку, де є найсвіжіші новини."),
    "fr": ("Page introuvable", "Désolé, la page que vous cherchez n'existe pas ou n'existe plus. Vérifiez l'adresse, "
           "utilisez la recherche ou revenez à la page d'accueil, où vous trouverez toute l'actualité du jour."),
    "de": ("Seite nicht gefunden", "Die gewünschte Seite gibt es leider nicht oder nicht mehr. Prüfen Sie die Adresse, "
           "nutzen Sie die Suche oder gehen Sie zurück zur Startseite, wo Sie die neuesten Nachrichten finden."),
}  # fmt: skip


def soft_404(language: str) -> Page:
    """What is not there, and says so with 200."""
    heading, text = NOT_FOUND[language]
    return html(furnished(heading, f'<section class="error"><h1>{heading}</h1><p>{text}</p></section>', language))


HEADLINES = (
    (
        "Envoys of Moscow and Kyiv to meet again on Friday",
        "The peace plan is the only item on the agenda, says Witkoff.",
    ),
    ("Kremlin: no date yet for a summit", "A ceasefire comes later, the spokesman says after talks with Ukraine."),
    ("Zelensky visits three capitals in two days", "Guarantees for Ukraine are discussed in Paris, London and Berlin."),
    ("Rail strike enters its second week", "Commuters turn to buses; the mediator calls both sides in for Monday."),
    ("What the draft says on the nuclear plant", "Russia and Ukraine both claim its output. A look at article nine."),
    ("Harvest fails in the south", "Farmers ask for help after the driest autumn in forty years."),
    ("Old bridge to reopen in May", "Three years late and twice the price, the council says."),
    ("Opinion: a pause is not a peace", "What the neighbours of Russia fear from a quick settlement."),
    ("Grain prices fall after report on talks", "Traders bet on an open sea lane from Odesa by spring."),
    ("Museum shows the treaties of two centuries", "From Vienna to Dayton: why some settlements last."),
    ("Hackers take ferry company offline", "No passenger data was lost, the company says."),
    ("Coach resigns after fourth defeat", "The board will look for a successor over the winter break."),
)


def index(title: str, is_home: bool = False) -> Page:
    """Headlines with a line each, as a section or a front page shows them."""
    cards = "".join(
        f'<div class="card"><a href="/news/{n}"><h3>{head}</h3></a><p>{line} <a href="/news/{n}">More</a></p></div>'
        for n, (head, line) in enumerate(HEADLINES)
    )
    kind = "WebSite" if is_home else "CollectionPage"
    return html(furnished(title, f"<h1>{title}</h1>{cards}", head=json_ld(kind, name=title)))


def video(name: str) -> Page:
    """A player, a title and a line below it."""
    title, texts = words_of(name)
    line = "Watch: our correspondent on the talks between Russia and Ukraine and the peace plan. Length 2:14."
    facts = {"name": title, "description": line, "uploadDate": "2025-12-02T09:00:00Z", "duration": "PT2M14S"}
    main = (
        f'<div class="player"><video src="/clip.mp4" poster="/still.jpg" controls></video></div><h1>{title}</h1>'
        f"<p>{line}</p><p>{texts[0]}</p>"
    )
    head = json_ld("VideoObject", **facts) + '<meta property="og:type" content="video.other">'
    return html(furnished(title, main, head=head))


def live_blog(name: str) -> Page:
    """Entries with their times, newest first."""
    title, texts = words_of(name)
    hours = [f"{20 - n}:{(7 * n) % 60:02d}" for n in range(len(texts))]
    entries = "".join(
        f'<section class="entry"><time datetime="2025-12-02T{hour}:00Z">{hour}</time><h2>Update {hour}</h2>'
        f"<p>{text}</p></section>"
        for hour, text in zip(hours, texts, strict=True)
    )
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Update {hour}",
            "datePublished": f"2025-12-02T{hour}:00Z",
            "articleBody": t,
        }
        for hour, t in zip(hours, texts, strict=True)
    ]
    facts = {
        "headline": title,
        "coverageStartTime": "2025-12-02T08:00:00Z",
        "coverageEndTime": "2025-12-02T21:00:00Z",
        "liveBlogUpdate": updates,
    }
    main = f"<article><h1>{title}: live</h1>{entries}</article>"
    return html(furnished(f"{title}: live", main, head=json_ld("LiveBlogPosting", **facts)))
