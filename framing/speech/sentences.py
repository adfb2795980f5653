"""Cutting a text whose quotations are covered into sentences: a quotation is one word of its sentence."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from framing.speech.lexicon import Lexicon
from framing.speech.marks import COVER
from framing.tokens import fold

_CANDIDATE: Final = re.compile(rf"(?<=[.!?…:;{COVER})\]])[^\S\n]+|[^\S\n]*\n\s*")
_WORD_BEFORE: Final = re.compile(r"(?:^|[^\w.])([\w.]{1,6})\.$")
_FIRST_WORD: Final = re.compile(r"\w+")
_OPENERS: Final = ("grammar.article", "grammar.preposition", "grammar.conjunction", "pronoun")
_ENDS: Final = ".!?…"
_CLOSING: Final = "\"'”’»“‹›)]"
_ASKING: Final = "!?…"
_NEAR: Final = 60  # characters behind an asking quotation within which its verb of saying stands
_SHORT: Final = re.compile(r"(?:[^\W_][\w.'’-]*[^\S\n]){1,4}(\w+)\.(?!\w)")
"""A sentence of a few words that could be no more than "Peskov said"."""
_TAIL: Final = 8  # characters before a full stop in which an abbreviation shows


def split_covered(text: str, covered: str, verb_starts: Sequence[int], lexicon: Lexicon) -> list[tuple[int, int]]:
    """
    Find the sentences.

    Args:
        text: The original.
        covered: The same with its quotations covered; see framing.speech.marks.
        verb_starts: Where verbs of saying begin, ascending: "Why?" asked Smith is one sentence.
        lexicon: Knows the abbreviations.

    Returns:
        ``(start, end)``, ascending; line breaks always end a sentence.
    """
    spans = []
    begun = 0
    for gap in _CANDIDATE.finditer(covered):
        if "\n" in gap[0] or _ends(text, covered, gap.span(), verb_starts, lexicon):
            if gap.start() > begun:
                spans.append((begun, gap.start()))
            begun = gap.end()
    if len(text.rstrip()) > begun:
        spans.append((begun, len(text.rstrip())))
    return spans


def _ends(text: str, covered: str, gap: tuple[int, int], verb_starts: Sequence[int], lexicon: Lexicon) -> bool:
    place, following = gap[0] - 1, covered[gap[1] : gap[1] + 1]
    sign = covered[place]
    if sign in ":;" or not following or following.islower():
        return False
    if sign in ")]":
        sign = covered[place - 1 : place]
    if sign == COVER:
        return _quotation_ends(text, covered, gap, verb_starts)
    if sign != ".":
        return sign in _ENDS
    word = _WORD_BEFORE.search(covered[max(0, place - _TAIL) : place + 1])
    if word is None:
        return True
    if "." in word[1]:  # "the U.S. The talks" ends, "the U.S. Chamber of Commerce" does not
        next_word = _FIRST_WORD.match(covered, gap[1])
        return next_word is not None and not lexicon.tags(fold(next_word[0])).isdisjoint(_OPENERS)
    return not ((len(word[1]) == 1 and word[1].isupper()) or word[1] in lexicon.words("grammar.abbreviation"))


def _quotation_ends(text: str, covered: str, gap: tuple[int, int], verb_starts: Sequence[int]) -> bool:
    """Whether a sentence ends with its quotation: that itself ends, and no "asked Smith" follows a question."""
    inside = text[max(0, gap[0] - 4) : gap[0]].rstrip(_CLOSING).rstrip()[-1:]
    if inside not in _ENDS or not inside:
        return False
    if covered[gap[1]] == COVER:
        return True
    if inside not in _ASKING:
        said = _SHORT.match(covered, gap[1])  # “We wait.” Peskov said.
        return said is None or verb_starts[bisect_left(verb_starts, said.start(1)) :][:1] != [said.start(1)]
    nearest = bisect_left(verb_starts, gap[1])
    if nearest == len(verb_starts):
        return True
    between = covered[gap[1] : verb_starts[nearest]]
    return len(between) > _NEAR or any(sign in between for sign in ".!?;\n" + COVER)
