"""The facts of a page that speak for what it is: counts, words and its own statements. No judgement."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree, html

from flows.pages.json_ld import SelfDescription, describe_itself
from flows.pages.links import Links, count_links
from flows.pages.words import KINDS, fold_words, phrases_in, proof_in, vendor_of_headers, vendor_of_markup
from framing.tokens import tokenise

LITTLE_TEXT = 1_500
"""Letters and digits. Longer texts are no walls, forms or notices (the longest we wrote has 1,100), and looking for
their words on the 140 longer of 181 real pages would cost three times as much as all the rest."""
MIN_SPOKEN = 80
"""Letters and digits. With less than a sentence or two extracted, all that is visible is looked through."""
MAX_WALL_TEXT = 600
MAX_WALL_MARKUP = 200_000
"""Letters and digits, and characters. Vendors' walls say a sentence or two and come as one small page; ordinary
pages hold their scripts too."""
MIN_LINE = 20
"""Letters and digits. A shorter line may stand anywhere."""
BELOW = 800
"""Characters behind the end of the text: where a page says what the rest costs. Beyond stand footers."""
VISIBLE = 20_000
"""Characters of a page that are looked through."""
CONSENT_ADDRESS = re.compile(
    r"//(?:[^/.]+\.)*(?:consent|guce|cmp|privacy-mgmt|cookie-?consent)\.|//[^/]+/(?:[^?]*/)?(?:cookie-?)?(?:collect)?consent(?:\.\w+)?(?:[/?]|$)"
)
NOT_FOUND_ADDRESS = re.compile(r"//[^/]+/(?:.*/)?(?:404|(?:page-)?not-?found|error-?404|error)(?:\.\w+)?/?(?:\?|$)")
CAPTCHA_ADDRESS = re.compile(r"//[^/]+/(?:.*/)?(?:show)?captcha\b|/cdn-cgi/challenge")
HOME_PATH = re.compile(r"/?(?:(?:[a-z]{2}(?:-[a-z]{2})?)/?|(?:index|default|home)(?:\.\w+)?)?", re.IGNORECASE)
"""A front page: the root, that of a language, or what old servers call it."""
CODE_404 = re.compile(r"^\W*(?:(?:http|error|fehler|erreur|ошибка|помилка)\W*)*404\W*(?:error|fehler)?\W*(?:$|[|—–:-])")
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[[^\]]{0,20}\]|→)\s*$")
TITLE_END = re.compile(r"\s*[|·»]\s*|\s+[—–-]\s+")
"""Between a headline and the name of the site."""
MIN_TITLE_SHARE = 0.6
"""Of a headline: a wall's title is its phrase, a headline that holds the phrase goes on."""
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n")
PLAYER = etree.XPath(
    "count(//video | //iframe[contains(@src,'youtube') or contains(@src,'youtu.be') or contains(@src,'vimeo') "
    "or contains(@src,'dailymotion') or contains(@src,'rutube') or contains(@src,'player') or contains(@src,'video')])"
)
PASSWORDS = etree.XPath("count(//input[@type='password'])")
TIMES = etree.XPath("count(//time)")
HEADINGS = etree.XPath("//h1")
TEXTS = etree.XPath("//body//text()[not(parent::script or parent::style or parent::template)]", smart_strings=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSignals:
    """What one page shows; characters are letters and digits."""

    n_characters: int
    """Of the extracted text."""
    n_plain: int
    """Of its sentences that hold no word of walls, consent forms or missing pages; all where there is much text."""
    is_cut_off: bool
    """Does the text end in an ellipsis or the like?"""
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By kind, in the text; in all that is visible where next to nothing was extracted."""
    title_phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """That make up most of a title; of live blogs, anywhere in one."""
    phrases_below: tuple[str, ...] = ()
    """Of paywalls, in the text or right behind its end."""
    vendor: str | None = None
    """Whose wall the markup or the headers belong to."""
    proof: str | None = None
    """A header that is sent with walls only."""
    title_match: float | None = None
    """Share of the words of the feed's title that the page's titles hold; ``None``: one of them has none."""
    is_hidden: bool = False
    """Is it stated not to be free, and its text in JSON-LD alone, where readers do not see it?"""
    is_noindex: bool = False
    is_home: bool = False
    is_sent_home: bool = False
    """Was another page asked for?"""
    address: str | None = None
    """What the address says: consent, not_found or bot."""
    og_type: str = ""
    n_players: int = 0
    n_passwords: int = 0
    n_times: int = 0
    links: Links = field(default_factory=Links)
    """Not counted where the page calls itself an article."""
    about: SelfDescription = field(default_factory=SelfDescription)


def read_signals(
    tree: html.HtmlElement,
    markup: str,
    text: str,
    url: str,
    asked_url: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
    title: str | None = None,
) -> PageSignals:
    """
    Gather the facts.

    Args:
        tree: The page; not changed.
        markup: The same as text.
        text: As extracted.
        url: Where the page was found in the end.
        asked_url: Where it was asked for.
        headers: Of the answer.
        title: As the feed has it.
    """
    n_characters = count_characters(text)
    titles = _titles(tree)
    phrases, phrases_below = _spoken(tree, text, n_characters)
    robots, og_type = _metas(tree)
    about = describe_itself(tree, url)
    is_home = _is_home(url) and not urlsplit(url).query
    return PageSignals(
        n_characters=n_characters,
        n_plain=_plain_characters(text) if phrases else n_characters,
        is_cut_off=CUT_OFF.search(text) is not None,
        phrases=phrases,
        title_phrases=_title_phrases(titles),
        phrases_below=phrases_below,
        vendor=_vendor(markup, headers) if n_characters < MAX_WALL_TEXT else None,
        proof=proof_in(headers),
        title_match=_title_match(title, titles),
        is_hidden=about.is_free is False and bool(about.article_body) and not _is_visible(text, tree),
        is_noindex="noindex" in robots,
        is_home=is_home,
        is_sent_home=is_home and asked_url is not None and not _is_home(asked_url),
        address=_address(url),
        og_type=og_type,
        n_players=int(PLAYER(tree)),
        n_passwords=int(PASSWORDS(tree)),
        n_times=int(TIMES(tree)),
        links=Links() if about.is_article else count_links(tree, text),
        about=about,
    )


def count_characters(text: str) -> int:
    """Letters and digits; signs say nothing."""
    return sum(map(str.isalnum, text))


def _spoken(tree: html.HtmlElement, text: str, n_characters: int) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """``(phrases by kind, phrases of paywalls in the text or right behind its end)``; none where there is much text."""
    if n_characters >= LITTLE_TEXT:
        return {}, ()
    visible = fold_words(" ".join(TEXTS(tree))[:VISIBLE])
    spoken = fold_words(text) if n_characters >= MIN_SPOKEN else visible
    return _phrases(spoken), phrases_in("paywall", _end_and_below(text, visible))


def _titles(tree: html.HtmlElement) -> tuple[str, ...]:
    """The page's title and headings, folded."""
    stated = [tree.findtext(".//title") or "", *(heading.text_content() for heading in HEADINGS(tree)[:3])]
    stated += [m.get("content") or "" for m in tree.iter("meta") if m.get("property") == "og:title"]
    return tuple(dict.fromkeys(folded for one in stated if (folded := fold_words(one))))


def _phrases(folded: str) -> dict[str, tuple[str, ...]]:
    return {kind: found for kind in KINDS if (found := phrases_in(kind, folded))}


def _title_phrases(titles: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    headlines = [part for title in titles for part in TITLE_END.split(title)]
    found: dict[str, tuple[str, ...]] = {}
    for kind, phrases in _phrases("\n".join(titles)).items():
        whole = tuple(p for p in phrases if any(p in h and len(p) >= MIN_TITLE_SHARE * len(h) for h in headlines))
        found |= {kind: whole} if whole else {}
    if any(CODE_404.match(title) for title in titles):
        found["not_found"] = (*found.get("not_found", ()), "404")
    live = phrases_in("live", "\n".join(titles))
    return found | ({"live": live} if live else {})


def _plain_characters(text: str) -> int:
    sentences = (sentence for sentence in SENTENCE_END.split(text) if sentence)
    return sum(
        count_characters(sentence)
        for sentence in sentences
        if not any(phrases_in(kind, fold_words(sentence)) for kind in ("bot", "consent", "not_found"))
    )


def _is_visible(text: str, tree: html.HtmlElement) -> bool:
    """Does the end of a text stand on the page? The extractor also reads articleBody, where the page has little."""
    return _place_of_end(text, fold_words(" ".join(TEXTS(tree)))) is not None


def _place_of_end(text: str, visible: str) -> int | None:
    """
    Where the last telling line of a text ends on the page; ``None``: nowhere.

    By letters and digits, for markup puts blanks before a full stop; by one line, for an ad may stand before it.
    """
    lines = ["".join(filter(str.isalnum, fold_words(line))) for line in text.splitlines()]
    end = next((line for line in reversed(lines) if len(line) >= MIN_LINE), "")[-60:]
    places = [found.end() for found in re.finditer(r"[\W_]*+".join(map(re.escape, end)), visible)] if end else []
    return places[-1] if places else None


def _vendor(markup: str, headers: Iterable[tuple[str, str]]) -> str | None:
    of_markup = vendor_of_markup(markup.lower()) if len(markup) <= MAX_WALL_MARKUP else None
    return of_markup or vendor_of_headers(headers)


def _end_and_below(text: str, visible: str) -> str:
    """The last quarter of a text and what the page goes on with; the page's beginning where there is no text."""
    folded = fold_words(text)
    place = _place_of_end(text, visible) if folded else 0
    below = visible[place : place + BELOW] if place is not None else ""
    return f"{folded[-max(200, len(folded) // 4) :]}\n{below}"


def _title_match(title: str | None, titles: tuple[str, ...]) -> float | None:
    wanted = set(_keys(title or ""))
    if not wanted or not titles:
        return None
    return max(len(wanted & set(_keys(one))) / len(wanted) for one in titles)


def _keys(text: str) -> Iterator[str]:
    return (key for _, _, key in tokenise(text))


def _metas(tree: html.HtmlElement) -> tuple[str, str]:
    """``(robots, og:type)``."""
    found = {"robots": "", "og:type": ""}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name in found:
            found[name] = (meta.get("content") or "").lower()
    return found["robots"], found["og:type"]


def _is_home(url: str) -> bool:
    return HOME_PATH.fullmatch(urlsplit(url).path) is not None


def _address(url: str) -> str | None:
    lower = url.lower()
    if CONSENT_ADDRESS.search(lower):
        return "consent"
    if CAPTCHA_ADDRESS.search(lower):
        return "bot"
    return "not_found" if NOT_FOUND_ADDRESS.search(lower) else None
