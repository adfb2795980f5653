"""A sentence as words, signs and quotations: what the rules of speech look at."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from framing.speech.lexicon import Lexicon
from framing.speech.marks import COVER

WORD: Final = "word"
SIGN: Final = "sign"
QUOTE: Final = "quote"
DASHES: Final = "—–-"
"""A hyphen with spaces around it is a dash; one inside a word is part of it."""

COMMAS: Final = "," + DASHES
BREAKS: Final = ",?!.…—–-"
"""What a quotation ends with where its sentence goes on with who said it."""
PARTICLE: Final = "particle"
"""Tag of the rest of a verb behind its gap: fügte er hinzu."""
VERB: Final = "verb"
"""Tag of the items that are verbs of saying in their sentence."""
_NO_TAGS: Final[frozenset[str]] = frozenset()
_CLOSING: Final = "\"'”’»“‹› "
_SIGNS: Final = _CLOSING + "‘„«…. "
_MARKS: Final = 8
"""Characters at a quotation's ends among which its marks stand."""
_ITEM: Final = re.compile(
    rf"{COVER}+|\d+(?:[.,/]\d+)+|[^\W_]+(?:[.\-‑&][^\W_]+)*(?:['’](?:[^\W_]{{1,2}}(?!\w)|(?=\w)))?|[^\w\s]"
)


class Item(NamedTuple):
    """One word, one sign, or one quotation whatever its length."""

    start: int
    end: int
    kind: str
    key: str
    """The folded word (don't is dont, Trump's is trump), or the sign; of a quotation what its closing mark follows."""
    tags: frozenset[str]
    """The tables of the lexicon that the word stands in."""
    is_capital: bool
    """Whether it begins with a capital; of a quotation its first word."""

    def has(self, *names: str) -> bool:
        """Whether the word stands in one of these tables."""
        return not self.tags.isdisjoint(names)

    def is_sign(self, signs: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind == SIGN and self.key in signs


def read_items(text: str, covered: str, start: int, end: int, lexicon: Lexicon) -> list[Item]:
    """
    Cut a sentence into its items.

    Args:
        text: The whole string.
        covered: The same with its quotations covered.
        start: Where the sentence begins.
        end: Where it ends, exclusive.
        lexicon: Whose tables tag the words.
    """
    items: list[Item] = []
    known = lexicon.known
    done = start
    for found in _ITEM.finditer(covered, start, end):
        begun, done_now = found.span()
        if begun < done:
            continue
        word = found[0]
        if word[0] == COVER:
            inside = text[begun : min(done_now, begun + _MARKS)].lstrip(_SIGNS)
            last = text[max(begun, done_now - _MARKS) : done_now].rstrip(_CLOSING)[-1:]
            item = Item(begun, done_now, QUOTE, last, _NO_TAGS, not inside[:1].islower())
        elif word[0].isalnum():
            key, tags = known[word]
            if covered[done_now : done_now + 1] == "." and done_now < end - 1 and _keeps_stop(word, tags):
                done_now += 1
            item = Item(begun, done_now, WORD, key, tags, word[0].isupper())
        else:
            item = Item(begun, done_now, SIGN, word, _NO_TAGS, False)
        items.append(item)
        done = done_now
    return items


def _keeps_stop(word: str, tags: frozenset[str]) -> bool:
    """Whether a full stop behind a word belongs to it: Gov., U.S., J."""
    return "grammar.abbreviation" in tags or (word[-2:-1] in ("", ".") and word[-1].isupper())


def place_of(items: Sequence[Item], character: int) -> int:
    """The number of the first item that ends behind a character."""
    return bisect_left(items, character + 1, key=lambda item: item.end)
