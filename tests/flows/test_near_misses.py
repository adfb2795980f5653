"""Articles that a word, a link or a related story made look like something else."""

import pytest

from flows.pages.identity import page_address
from flows.pages.page import read_page
from tests.flows.verdict_pages import article, json_ld, page, paragraphs
from tests.site.stories import TALKS

URL = "https://wire.example/world/story-1"
PAID = '{"@type": "NewsArticle", "headline": "Talks", "isAccessibleForFree": %s, "articleBody": "%s"}'
RELATED = ",".join(f'{{"@type": "NewsArticle", "url": "/r{n}", "headline": "Related {n}"}}' for n in range(5))
OWN = '{"@type": "NewsArticle", "headline": "Talks", "datePublished": "2025-12-02T10:00:00Z"}'
OLD = '{"@type": "NewsArticle", "headline": "Old", "datePublished": "2019-12-02T10:00:00Z"}'
VIDEO = json_ld('{"@type": "VideoObject"}') + '<meta property="og:type" content="article">'
BLOCKED = "Роскомнадзор сообщил, что доступ ограничен к сайту, который публиковал проект мирного плана. Абзац {n}."
GERMAN = "Ohne ihre Zustimmung dürfe keine Grenze verschoben werden, auch bedürfe es ihrer Zustimmung zum Plan {n}."
FRENCH = "La partie russe a quitté la table sans engagement, et il vous reste quelques semaines, dit l'émissaire {n}."
RUSSIAN = "Вы соглашаетесь с тем, что переговоры зашли в тупик, и нужно ли ваше согласие на новый раунд {n}?"
STATEMENT = '<p>The ministry said so at midnight in a statement on its <a href="/x">official website</a>.</p>'
HEADER = "<header>Subscribe for full access. Already a subscriber?</header>"
NEAR_MISSES = {
    "related": (article("Talks", head=json_ld(f"[{OWN},{RELATED}]")), URL),
    "video": (article("Talks", n=2, head=VIDEO, more='<iframe src="https://youtube.example/youtube"></iframe>'), URL),
    "slug": (article("Talks", n=2), "https://wire.example/no-deal-without-kyivs-consent"),
    "captcha": (article("Сайт", BLOCKED, 3, '<form><div class="g-recaptcha"></div></form>'), URL),
    "german": (article("Kiew", GERMAN, 3), URL),
    "french": (article("Genève", FRENCH, 3), URL),
    "russian": (article("Ответы", RUSSIAN, 3), URL),
    "metered": (article("Talks", n=8, more=STATEMENT, head=json_ld(PAID % ("false", TALKS * 8))), URL),
    "short end": (
        article(
            "Talks", n=8, more="<div>Advertisement</div><p>He left.</p>", head=json_ld(PAID % ("false", TALKS * 8))
        ),
        URL,
    ),
    "header": (page("Talks", f"{HEADER}<article><h1>Talks</h1>{paragraphs(TALKS, 2)}{STATEMENT}</article>"), URL),
    "free": (
        article("Talks", n=2, more="<div>Already a subscriber?</div>", head=json_ld(PAID % ("true", ""))),
        URL,
    ),
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_an_article_stays_one(name):
    """What the talks speak of, and what stands around a text, is no wall and no list."""
    markup, url = NEAR_MISSES[name]
    found = read_page(markup.encode(), "text/html", url)

    assert (str(found.verdict), found.evidence) == ("article", found.evidence)


def test_a_live_blog_is_no_list_of_its_entries():
    """Its entries are postings of their own, and link to themselves."""
    entries = ",".join(f'{{"@type": "BlogPosting", "url": "#p{n}"}}' for n in range(6))
    head = json_ld(f'[{{"@type": "LiveBlogPosting"}},{entries}]')

    assert str(read_page(article("Talks", head=head).encode(), "text/html", URL).verdict) == "live_blog"


@pytest.mark.parametrize(
    ("head", "years"),
    [
        (json_ld(f'{{"@type": "ItemList", "itemListElement": [{OLD}]}}') + json_ld(OWN), [2025]),
        (json_ld(f'{{"@type": "WebPage", "hasPart": {OLD}, "mainEntity": {OWN}}}'), [2025]),
        (json_ld(f"[{OLD},{OWN}]"), [2025, 2019]),
        (json_ld(OWN).replace("+json", "+json; charset=utf-8"), [2025]),
    ],
)
def test_the_pages_own_date_comes_first(head, years):
    """Stories that it lists have dates of their own."""
    dates = read_page(article("Talks", head=head).encode(), "text/html", URL).dates

    assert [date.time_utc.year for date in dates] == years


def test_the_exact_time_of_a_time_element():
    """As microdata states it."""
    time = '<time itemprop="datePublished" datetime="2025-12-02T15:30:00+03:00">2 Dec</time>'
    (date,) = read_page(article("Talks", more=time).encode(), "text/html", URL).dates

    assert (date.rule, date.time_utc.hour, date.is_exact) == ("meta", 12, True)


def test_a_section_is_no_storys_address():
    """A canonical link that all stories of a section share."""
    asked = "https://wire.example/news/talks-end"

    assert page_address(asked, asked, "/news") == asked
    assert page_address(f"{asked}/amp", None, "/news/talks-end") == asked
