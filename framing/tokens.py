"""Words and their folded form: what a text and a cue are both cut into before they are compared."""

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from itertools import chain
from typing import Final, TypeAlias

Token: TypeAlias = tuple[int, int, str]
"""``(start, end, key)``: the word's characters in the original string, and its folded form."""

# Letters by Unicode's book, but apostrophes on the page: o'clock must split alike whichever is typed.
_APOSTROPHES: Final = "\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02ee"
# Invisible characters that typesetting leaves inside words: soft hyphen, zero-width (non-)joiner and space.
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS: Final = "".join(
    chr(point) for point in range(0x300, 0x1F000) if unicodedata.category(chr(point)).startswith("M")
)
_LETTER: Final = f"[^\\W_{_APOSTROPHES}]"
_WORD: Final = re.compile(f"{_LETTER}+(?:[{_INVISIBLE}{_MARKS}]+{_LETTER}+)*[{_MARKS}]*")
# Ten times faster, and right wherever none of the special characters occurs, which is nearly everywhere.
_PLAIN_WORD: Final = re.compile(r"\w+")
_LINE: Final = re.compile(r"[^\n]+")  # no word holds a line break
_ODD: Final = re.compile("[^\\x00-\\x5e\\x60-\\x7f\u00a0«»\u2010-\u203a]")
"""All but ASCII without the underline, and the signs of print: no letter, nothing invisible."""
_SPECIAL: Final = frozenset(f"_{_APOSTROPHES}{_INVISIBLE}{_MARKS}")

# Stress marks are written for learners and never tell two words apart; the letters whose own mark
# matters (й, ї, é) have been composed into one character before these are dropped.
_DROPPED: Final = dict.fromkeys(map(ord, _INVISIBLE + "\u0300\u0301\u0340\u0341"))
_SHORT: Final = 200  # characters; a name or a headline is cut again rather than kept in the place of a text
_MEMO_LENGTH: Final = 40  # characters; longer "words" are rubbish and not worth the memory


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """
    Cut a stretch of text into words.

    A word is a run of letters and digits; combining marks, soft hyphens and zero-width joiners inside it
    belong to it. Everything else, apostrophes and hyphens too, stands between words.

    Args:
        text: Any string.
        start: First character to look at.
        end: Character to stop before; ``None`` means the end of the text.

    Returns:
        The words in order, with offsets into ``text`` whatever ``start`` is.
    """
    stop = len(text) if end is None else end
    if len(text) <= _SHORT:
        return _cut(text, start, stop)
    starts, tokens = _words(text)
    first, last = bisect_left(starts, start), bisect_left(starts, stop)
    if (first and tokens[first - 1][1] > start) or (last > first and tokens[last - 1][1] > stop):
        return _cut(text, start, stop)  # the stretch begins or ends inside a word
    return tokens[first:last]


@lru_cache(maxsize=4)
def _words(text: str) -> tuple[list[int], list[Token]]:
    """
    The beginnings of a whole string's words, and the words.

    One text is read several times in a row (for cues, for quotations, for voices), sentence by sentence; cutting
    and folding it once instead halves the cost of an annotation.
    """
    if _ODD.search(text) is None:
        tokens = _cut_plain(text, 0)
    else:
        tokens = list(chain.from_iterable(_cut(text, *line.span()) for line in _LINE.finditer(text)))
    return [start for start, _, _ in tokens], tokens


def _cut(text: str, start: int, stop: int) -> list[Token]:
    stretch = text[start:stop]
    if _ODD.search(stretch) is None:
        return _cut_plain(stretch, start)
    pattern = _PLAIN_WORD if _SPECIAL.isdisjoint(stretch) else _WORD
    return [(*found.span(), fold(found[0])) for found in pattern.finditer(text, start, stop)]


def _cut_plain(stretch: str, start: int) -> list[Token]:
    """Where nothing is odd lower() does what fold() does, and for all words at once."""
    words = _PLAIN_WORD.finditer(stretch.lower())
    if start:
        return [(start + found.start(), start + found.end(), found[0]) for found in words]
    return [(*found.span(), found[0]) for found in words]


def has_word(text: str) -> bool:
    """Whether the text holds at least one letter or digit that could be matched."""
    return _WORD.search(text) is not None


def fold(word: str) -> str:
    """The form in which words are compared: composed, without stress marks or case, ё as е."""
    return _fold_and_keep(word) if len(word) <= _MEMO_LENGTH else _fold(word)


def bare(word: str) -> str:
    """The word as composed letters with its case kept and the dropped characters gone."""
    return unicodedata.normalize("NFKC", word).translate(_DROPPED)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", bare(word).casefold()).replace("ё", "е")


_fold_and_keep = lru_cache(maxsize=32_768)(_fold)
