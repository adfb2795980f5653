"""The feed's own text of an article beside what its page gives."""

from dataclasses import replace

from flows.pages.page import Page
from flows.pages.verdict import Verdict
from framing.tokens import tokenise

SHINGLE = 8
"""Words. Shorter runs are shared by texts that have nothing to do with each other."""
STANDS_IN = frozenset({Verdict.TEASER, Verdict.CONSENT, Verdict.BOT_WALL, Verdict.TOO_SHORT})
"""The page hides or misses the article that the feed carries; a missing page or a list speaks against the feed."""
OWN_PAGE = frozenset({Verdict.TEASER, Verdict.TOO_SHORT})
"""Of these the page is still the article's: its title, dates and address hold."""


def with_feed_text(content: Page, full_text: str | None) -> Page:
    """
    The article as page and feed give it together.

    Args:
        content: The page as judged.
        full_text: Of the article in the feed; ``None``: it carries none.

    Returns:
        The page, with the share of the feed's text that it holds; where it gives no article the feed's text
        in its place, as an article.
    """
    if full_text is None:
        return content
    if content.is_article:
        return replace(content, feed_overlap=overlap(full_text, content.text))
    if content.verdict not in STANDS_IN:
        return content
    shared = overlap(full_text, content.text) if content.text else None
    page = content if content.verdict in OWN_PAGE else Page(verdict=content.verdict)
    return replace(page, verdict=Verdict.ARTICLE, text=full_text, text_source="feed", feed_overlap=shared)


def overlap(part: str, whole: str) -> float:
    """Share of one text's runs of eight words that another holds, in [0, 1]; each run counts once."""
    wanted = _shingles(part)
    return len(wanted & _shingles(whole)) / len(wanted)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = [key for _, _, key in tokenise(text)]
    return {tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
