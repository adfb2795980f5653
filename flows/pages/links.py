"""Where a page's text stands among its links: in a body of its own, or on cards that lead elsewhere."""

from dataclasses import dataclass
from itertools import islice

from lxml import etree, html

MIN_HEADLINE = 25
MIN_HEADLINE_WORDS = 4
"""Characters and words. A shorter link is a name, a section or "read more", not a headline."""
MIN_HEADLINES = 5
"""With fewer a page is no list. Related stories inside an article are fewer, or do not get into its text."""
MIN_PARAGRAPH = 40
"""Characters. Less is a label or a byline."""
NEIGHBOURS = 2
"""Between a card's headline and its teaser stands at most a line with time or author, beside it a picture's link."""
LINKS = etree.XPath("//a[@href and not(starts-with(@href, '#'))]")
PARAGRAPHS = etree.XPath("//p[not(ancestor::footer or ancestor::form)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """How a page links. Characters are those between blanks and blanks alike."""

    n_headlines: int = 0
    """Links with the length of a headline, each text once."""
    n_in_text: int = 0
    """Lines of the extracted text that are such links."""
    linked_share: float = 0.0
    """Share of the extracted text, in characters, that these lines make up."""
    n_cards: int = 0
    """Paragraphs of the extracted text that stand below a headline's link: teasers."""
    card_share: float = 0.0
    """Share of the extracted text that these and the linked lines make up."""


def count_links(tree: html.HtmlElement, text: str) -> Links:
    """
    Count headlines that lead elsewhere, and how much of a text consists of them and their teasers.

    A paragraph is a card's where a headline's link stands right before it, or all of the card is one link: the
    paragraphs of a body follow each other.
    """
    headlines: dict[str, list[html.HtmlElement]] = {}
    for link in LINKS(tree):
        label = " ".join(link.text_content().split())
        if len(label) >= MIN_HEADLINE and label.count(" ") >= MIN_HEADLINE_WORDS - 1:
            headlines.setdefault(label, []).append(link)
            for heading in link.iter("h2", "h3", "h4"):  # a whole card may be one link
                headlines.setdefault(" ".join(heading.text_content().split()), []).append(link)
    lines = [line for line in (" ".join(line.split()).removeprefix("- ") for line in text.splitlines()) if line]
    total = sum(map(len, lines))
    if not total or len(headlines) < MIN_HEADLINES:
        return Links(n_headlines=len(headlines))
    linked = [line for line in lines if line in headlines]
    teasers = _teasers(tree, {id(link) for links in headlines.values() for link in links})
    cards = [line for line in lines if line in teasers and line not in headlines]
    return Links(
        n_headlines=len(headlines),
        n_in_text=len(linked),
        linked_share=sum(map(len, linked)) / total,
        n_cards=len(cards),
        card_share=(sum(map(len, linked)) + sum(map(len, cards))) / total,
    )


def _teasers(tree: html.HtmlElement, headline_links: set[int]) -> set[str]:
    """The texts of paragraphs that stand on cards."""
    texts: set[str] = set()
    for paragraph in PARAGRAPHS(tree):
        text = " ".join(paragraph.text_content().split())
        if len(text) < MIN_PARAGRAPH:
            continue
        if _is_linked(paragraph, headline_links) or _is_below(paragraph, headline_links):
            texts.add(text)
    return texts


def _is_linked(paragraph: html.HtmlElement, headline_links: set[int]) -> bool:
    return any(id(link) in headline_links for link in islice(paragraph.iterancestors("a"), 1))


def _is_below(paragraph: html.HtmlElement, headline_links: set[int]) -> bool:
    """Does a headline's link stand before it: as a neighbour, or as one of the box that holds it alone?"""
    parent = paragraph.getparent()
    for element in (paragraph, *([parent] if parent is not None else [])):
        for before in islice(element.itersiblings(preceding=True), NEIGHBOURS):
            if before.tag == "p" and len(before.text_content()) >= MIN_PARAGRAPH:
                return False
            if any(id(link) in headline_links for link in islice(before.iter("a"), NEIGHBOURS)):
                return True
    return False
