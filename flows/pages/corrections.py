"""What a page says of its own corrections."""

import re
import tomllib
from functools import cache
from pathlib import Path

from lxml import etree, html

from framing.tokens import tokenise

TABLE = Path(__file__).with_name("corrections.toml")
MAX_NOTE = 600
"""Characters. A longer block is not a note; it may be the whole article in one element."""
MIN_WORDS = 3
"""Behind a label. Less says nothing of what was changed: "Update: 14:05"."""
# Blocks that hold no other block: the text of each is read once.
_BLOCKS = etree.XPath(
    "//p | //li[not(p or div)] | //small | //aside[not(.//p or .//div)] "
    "| //div[not(p or div or section or article or ul or ol or table or aside)]"
)
_LABEL_END = r"\s*(?:\([^()]{0,40}\)|[^:\n]{0,30}\d[^:\n]{0,15})?\s*[:.—–-]\s"
"""A date may stand between the label and its colon: "Correction (2 December):"."""


def correction_note(tree: html.HtmlElement) -> str | None:
    """
    The notes in which a page says that it was corrected, clarified or amended.

    Returns:
        The notes as written, one a line, in the order of the page; ``None``: there is none.
    """
    texts = dict.fromkeys(text for text in map(_text, _BLOCKS(tree)) if len(text) <= MAX_NOTE)
    spoken = _folded("\n".join(texts))
    has_phrase = any(phrase in spoken for phrase in _phrases())  # one look for all blocks: nearly no page has any
    return "\n".join(text for text in texts if _is_labelled(text) or (has_phrase and _has_phrase(text))) or None


def is_correction(text: str) -> bool:
    """Does a paragraph say that the article was changed?"""
    return _is_labelled(text) or _has_phrase(text)


def _text(block: html.HtmlElement) -> str:
    return " ".join(block.text_content().split())


def _is_labelled(text: str) -> bool:
    label = _table()[0].match(text)
    return label is not None and sum(not key.isdigit() for _, _, key in tokenise(text, label.end())) >= MIN_WORDS


def _has_phrase(text: str) -> bool:
    return _table()[1].search(_folded(text)) is not None


@cache
def _table() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for all labels, over the text as it is, and one for all phrases, over its folded form."""
    labels = {re.escape(label) for language in _languages() for label in language["labels"]}
    longest_first = sorted(labels, key=lambda label: (-len(label), label))
    return (
        re.compile(rf"[\W_]{{0,3}}(?:{'|'.join(longest_first)}){_LABEL_END}", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, _phrases()))})\b"),
    )


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(sorted({_folded(phrase) for language in _languages() for phrase in language["phrases"]}))


@cache
def _languages() -> tuple[dict[str, list[str]], ...]:
    return tuple(tomllib.loads(TABLE.read_text(encoding="utf-8")).values())


def _folded(text: str) -> str:
    """Lower case, without soft hyphens, ё as е; cutting every page into words would take ten times as long."""
    return text.casefold().replace("\u00ad", "").replace("ё", "е")
