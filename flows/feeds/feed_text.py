"""The text of an article that its feed carries."""

import re
from collections.abc import Iterable

from lxml import etree, html

MIN_FULL_TEXT = 1_200
"""Characters. The longest teaser in the corpora's news feeds (CNN, Korea Times, Guardian ...) has about 900."""
MIN_PARAGRAPHS = 3
"""A teaser is one paragraph, with a byline or a notice two."""
MIN_GAIN = 1.5
"""A content that is no longer than the summary beside it, times this, is the summary again."""
MAX_MARKUP = 1_000_000
"""Characters of one item; a book is no article."""
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[[^\]]{0,20}\]|→|>>)\s*$")
"""How a teaser ends, however long it is."""
UNREAD = ("script", "style", "noscript", "template", "figure", "figcaption", "iframe", "form", "button", "svg")
BLOCKS = {"p", "div", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "blockquote", "pre"}
BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer"}


def plain(markup: str) -> str:
    """Markup in titles and summaries is for display; the words are what counts."""
    return " ".join(re.sub(r"<[^<>]*>", " ", markup).split())


def full_text(contents: Iterable[str], summary: str) -> str | None:
    """
    The article, where an item carries it.

    Args:
        contents: Markup or plain text of the item's contents.
        summary: Markup of its summary or description, which some feeds give the whole article.

    Returns:
        Paragraphs, one a line; ``None`` where there is no more than a teaser. Whether the page says the
        same is for the reader of both to compare.
    """
    teaser = len(plain(summary))
    best = max((paragraphs(content) for content in contents), key=_length, default=[])
    if _length(best) < MIN_GAIN * teaser:
        best = max(best, paragraphs(summary), key=_length)
    text = "\n".join(best)
    is_article = len(text) >= MIN_FULL_TEXT and len(best) >= MIN_PARAGRAPHS and not CUT_OFF.search(text)
    return text if is_article else None


def paragraphs(markup: str) -> list[str]:
    """The paragraphs of a piece of markup, or of plain text with line breaks; without pictures and scripts."""
    if len(markup) > MAX_MARKUP:
        return []
    if "<" not in markup:
        return [line for line in (" ".join(line.split()) for line in markup.splitlines()) if line]
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    etree.strip_elements(root, *UNREAD, with_tail=False)
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            pieces.append("\n")
        if event == "start" and isinstance(element.tag, str):  # comments have a function there
            pieces.append(_inline(element.text))
        if event == "end":
            pieces.append(_inline(element.tail))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def _inline(text: str | None) -> str:
    """A line break inside a paragraph's text is a blank."""
    return (text or "").replace("\n", " ")


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))
