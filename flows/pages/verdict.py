"""What a page is, by its facts: an article, or one of the things that stand where an article should."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flows.pages.links import MIN_HEADLINES
from flows.pages.signals import PageSignals
from flows.pages.words import CAPTCHA, proof_in, vendor_of_headers

Evidence = dict[str, str | int | float | bool | list[str]]


class Verdict(StrEnum):
    """What a page was taken for."""

    ARTICLE = "article"
    LIVE_BLOG = "live_blog"
    TEASER = "teaser"
    CONSENT = "consent"
    BOT_WALL = "bot_wall"
    SOFT_404 = "soft_404"
    INDEX = "index"
    VIDEO = "video"
    TOO_SHORT = "too_short"
    NOT_HTML = "not_html"
    UNREADABLE = "unreadable"
    """The extractor failed, or ran out of its time."""


ARTICLES = frozenset({Verdict.ARTICLE, Verdict.LIVE_BLOG})
"""What is stored and scored."""
MIN_CHARACTERS = 150
"""Below this a text is a caption or a notice: the shortest of 181 real article pages gives 354."""
SIGNS_NEEDED = 2
"""One word proves nothing: articles speak of cookies, robots and missing pages too."""
OUTWEIGHS = 300
"""Characters of other text that one sign outweighs: a wall explains itself at the length of its own words; of
two signs beside 600 characters of other text, the text is what the page is about."""
MAX_SIGNS = 5
"""More words of one kind say nothing new."""
MIN_CONSENT_SHARE = 0.25
"""A consent form speaks of little else; a banner that was extracted with a short article is less of it."""
OTHER_STORY = 0.01
"""The page's titles hold no word of the feed's."""
SAME_STORY = 0.5
"""They hold half of them: headlines are edited, and sites add their names."""
MAX_TEASER = 1_500
"""What a paywall leaves to be read: of 181 real pages, the two teasers have 467 and 539; the shortest that is
stated not to be free and is whole has 2,578."""
MAX_BRIEF = 600
"""A teaser's first paragraphs; where less than that is cut off, one word of a paywall is enough."""
WHOLE_SHARE = 0.9
"""Of articleBody, where the page shows as much of it: an article that is not free and was given whole."""
TOLD_SHARE = 0.4
"""Of the words that the page itself counts in its article. Captions and boxes make it count more than is text."""
MAX_VIDEO = 1_000
"""What stands below a video; of 181 real pages, two that call themselves videos carry articles of 1,465 and 3,751."""
MAX_PLAYER = 400
"""Below a player on a page that does not say what it is: a description is a sentence or two."""
MAX_LINKED_SHARE = 0.25
"""Of a text. On 181 real pages at most 0.18 of an article's text are headlines of others."""
MAX_CARD_SHARE = 0.5
"""Of a text: headlines of others, and the teasers under them."""
MIN_CARDS = 3
MIN_LISTED = 5
"""Outer JSON-LD nodes that are articles: a page has one, some two."""
MIN_ENTRIES = 5
"""Times on a page that says it is live. Fewer are the article's own dates."""
LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and the facts that spoke for it, fit for JSON."""

    verdict: Verdict
    evidence: Evidence


def judge(signals: PageSignals) -> Judgement:
    """
    Judge one page that was answered with status 200.

    Walls come first, for they may carry any text; then what says itself that it is no whole article; then what
    is too short; what is left is an article.
    """
    found = (
        _wall(signals)
        or _missing(signals)
        or _teaser(signals)
        or _video(signals)
        or _index(signals)
        or (Judgement(Verdict.TOO_SHORT, {}) if signals.n_characters < MIN_CHARACTERS else None)
        or _live_blog(signals)
        or Judgement(Verdict.ARTICLE, _spoken_for(signals))
    )
    return Judgement(found.verdict, found.evidence | {"characters": signals.n_characters} | _told(signals))


def judge_refusal(http_status: int | None, headers: Iterable[tuple[str, str]]) -> Judgement | None:
    """
    Judge an answer without a page by status and headers; ``None``: they say nothing of what stands there.

    A 403 is a wall whoever sends it. Of others, a vendor's header makes a wall of a client's error, but only a
    proof makes one of a server's error: vendors' machines also say that the newsroom's are down.
    """
    sent = tuple(headers)
    proof, vendor = proof_in(sent), vendor_of_headers(sent)
    evidence: Evidence = {"http_status": http_status or 0}
    evidence |= {"header": proof} if proof else {}
    evidence |= {"vendor": vendor} if vendor else {}
    if http_status == 402:
        return Judgement(Verdict.TEASER, evidence)
    is_refusal = http_status in (401, 405) and vendor is not None
    return Judgement(Verdict.BOT_WALL, evidence) if http_status == 403 or proof or is_refusal else None


def _wall(signals: PageSignals) -> Judgement | None:
    if signals.proof:
        return Judgement(Verdict.BOT_WALL, {"header": signals.proof})
    bot = _signs(signals, "bot")
    is_generic = signals.vendor == CAPTCHA and signals.n_characters >= MIN_CHARACTERS  # forms for comments hold them
    if signals.vendor and not is_generic and (bot or signals.n_characters < MIN_CHARACTERS):
        bot["vendor"] = signals.vendor
        if signals.n_characters < MIN_CHARACTERS:
            return Judgement(Verdict.BOT_WALL, bot)
    consent = _signs(signals, "consent")
    is_form = {"title", "address"} & consent.keys() or _plain_share(signals) <= 1 - MIN_CONSENT_SHARE
    if is_form and _outweighs(signals, consent) and _count(consent) >= _count(bot):
        return Judgement(Verdict.CONSENT, consent)
    return Judgement(Verdict.BOT_WALL, bot) if _outweighs(signals, bot) else None


def _missing(signals: PageSignals) -> Judgement | None:
    if signals.is_sent_home:
        return Judgement(Verdict.SOFT_404, {"redirect": "to the front page"})
    signs = _signs(signals, "not_found")
    if signs and signals.is_noindex:
        signs["noindex"] = True
    return Judgement(Verdict.SOFT_404, signs) if _outweighs(signals, signs) else None


def _signs(signals: PageSignals, kind: str) -> Evidence:
    """What speaks for a wall, a form or a missing page: words, title and address; a foreign title beside them."""
    signs: Evidence = {}
    is_same = signals.title_match is not None and signals.title_match >= SAME_STORY
    if signals.phrases.get(kind):
        signs["words"] = list(signals.phrases[kind][:MAX_SIGNS])
    if signals.title_phrases.get(kind) and not is_same:
        signs["title"] = list(signals.title_phrases[kind][:MAX_SIGNS])
    if signals.address == kind:
        signs["address"] = kind
    if signs and signals.title_match is not None and signals.title_match < OTHER_STORY:
        signs["title_match"] = signals.title_match
    return signs


def _count(signs: Evidence) -> int:
    """One for each word, vendor and fact; two for what the title or the address says."""
    words = signs.get("words")
    n_words = len(words) if isinstance(words, list) else 0
    n_heavy = len({"title", "address"} & signs.keys())
    n_others = len(signs) - n_heavy - ("words" in signs)
    return min(MAX_SIGNS, n_words + 2 * n_heavy + n_others)


def _outweighs(signals: PageSignals, signs: Evidence) -> bool:
    """Are the signs enough, and more than the rest of the text? An article that calls itself one needs two more."""
    is_own = signals.about.is_article and (signals.title_match or 0.0) >= SAME_STORY
    n_signs = _count(signs) - (2 if is_own else 0)
    return n_signs >= SIGNS_NEEDED and signals.n_plain < OUTWEIGHS * n_signs


def _plain_share(signals: PageSignals) -> float:
    return signals.n_plain / signals.n_characters if signals.n_characters else 0.0


def _teaser(signals: PageSignals) -> Judgement | None:
    """
    Is the rest for those who pay: by its own statement, or by words where a short text ends?

    What machines are handed behind a paywall stays there: the outlet did not publish it to its readers.
    """
    if signals.is_hidden:
        return Judgement(Verdict.TEASER, {"is_free": False, "text_from": "articleBody"})
    if signals.n_characters >= MAX_TEASER:
        return None
    evidence: Evidence = {}
    if signals.phrases_below:
        evidence["words"] = list(signals.phrases_below[:MAX_SIGNS])
    if signals.about.is_free is False and not _is_whole(signals):
        return Judgement(Verdict.TEASER, evidence | {"is_free": False})
    is_said_free = signals.about.is_free and not signals.is_cut_off and not _is_short_of(signals)
    if not evidence or is_said_free:
        return None
    if len(signals.phrases_below) >= SIGNS_NEEDED:
        return Judgement(Verdict.TEASER, evidence)
    if signals.is_cut_off or signals.n_passwords or signals.n_characters < MAX_BRIEF or _is_short_of(signals):
        return Judgement(Verdict.TEASER, evidence | {"cut_off": signals.is_cut_off, "passwords": signals.n_passwords})
    return None


def _is_whole(signals: PageSignals) -> bool:
    """Does the page show all of the article that it states, and offer nothing more for money?"""
    told = signals.about.n_body_characters
    has_more = signals.phrases_below or signals.is_cut_off or signals.n_characters < MAX_BRIEF
    return not has_more and 0 < WHOLE_SHARE * told <= signals.n_characters


def _is_short_of(signals: PageSignals) -> bool:
    """Is the text much shorter than the page counts its article? Five letters a word."""
    told = max((signals.about.n_words or 0) * 5, signals.about.n_body_characters)
    return signals.n_characters < TOLD_SHARE * told


def _video(signals: PageSignals) -> Judgement | None:
    evidence: Evidence = {"players": signals.n_players}
    about = signals.about
    is_article = about.is_article or signals.og_type == "article"
    if "VideoObject" in about.types and not is_article:
        evidence["json_ld"] = "VideoObject"
    if signals.og_type.startswith("video"):
        evidence["og_type"] = signals.og_type
    if len(evidence) > 1 and signals.n_characters < MAX_VIDEO:
        return Judgement(Verdict.VIDEO, evidence)
    has_player = signals.n_players > 0 and not is_article
    limit = MAX_PLAYER if has_player else MIN_CHARACTERS
    return Judgement(Verdict.VIDEO, evidence) if signals.n_players and signals.n_characters < limit else None


def _index(signals: PageSignals) -> Judgement | None:
    """A list of articles: by its address, its own statement, or a text that consists of others' headlines."""
    links, about = signals.links, signals.about
    evidence: Evidence = {"headlines": links.n_headlines}
    listed = sorted(LISTS & set(about.types))
    if signals.is_home and links.n_headlines:
        return Judgement(Verdict.INDEX, evidence | {"address": "front page"})
    if about.n_articles >= MIN_LISTED and not about.is_of_page and "LiveBlogPosting" not in about.types:
        return Judgement(Verdict.INDEX, evidence | {"json_ld_articles": about.n_articles})
    if about.is_article or links.n_headlines < MIN_HEADLINES:
        return None
    if listed:
        return Judgement(Verdict.INDEX, evidence | {"json_ld": listed})
    if links.linked_share > MAX_LINKED_SHARE and links.n_in_text >= MIN_CARDS:
        return Judgement(Verdict.INDEX, evidence | {"linked_share": round(links.linked_share, 2)})
    if links.card_share > MAX_CARD_SHARE and links.n_cards >= MIN_CARDS:
        return Judgement(Verdict.INDEX, evidence | {"card_share": round(links.card_share, 2)})
    return None


def _live_blog(signals: PageSignals) -> Judgement | None:
    if "LiveBlogPosting" in signals.about.types:
        return Judgement(Verdict.LIVE_BLOG, {"json_ld": "LiveBlogPosting"})
    words = signals.title_phrases.get("live")
    if words and signals.n_times >= MIN_ENTRIES:
        return Judgement(Verdict.LIVE_BLOG, {"title": list(words), "times": signals.n_times})
    return None


def _spoken_for(signals: PageSignals) -> Evidence:
    """What the page has for an article's sake."""
    evidence: Evidence = {"json_ld": list(signals.about.types[:MAX_SIGNS])} if signals.about.is_article else {}
    return evidence | ({"og_type": signals.og_type} if signals.og_type == "article" else {})


def _told(signals: PageSignals) -> Evidence:
    """Facts that stand beside every verdict, where they are known."""
    evidence: Evidence = {}
    if signals.title_match is not None:
        evidence["title_match"] = round(signals.title_match, 2)
    if signals.about.article_body:
        evidence["article_body"] = len(signals.about.article_body)
    if signals.about.n_words:
        evidence["word_count"] = signals.about.n_words
    return evidence
