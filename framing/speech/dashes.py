"""Finding speech that a dash opens: a paragraph that begins with one, as in Russian, Ukrainian and French."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from framing.speech.lexicon import Lexicon
from framing.speech.marks import DASH, Marked
from framing.tokens import fold

_PARAGRAPH: Final = re.compile(r"^[^\S\n]*([—–-][^\S\n]\S[^\n]*)", re.MULTILINE)
_PARTED: Final = re.compile(r"[.,!?…][^\S\n]{0,3}[—–][^\S\n]{1,3}(?=(\S))")
"""A sign and a dash: where speech and attribution meet; the letter behind tells which one follows."""
_BEFORE_VERB: Final = re.compile(r"[,!?…][^\S\n]{1,3}$")
_WORD_BEFORE: Final = re.compile(r"(?<!\w)(\w{1,15})[^\S\n]$")
_LONGEST: Final = 17  # characters in which one helping verb stands
_REACH: Final = 8  # characters before a verb in which the sign that ends the speech stands


_ASIDE: Final = re.compile(
    r"(?<=[,!?…])[^\S\n]{1,3}(?:(?P<dash>[—–])[^\S\n]{1,3})?(?P<words>[^\W\d_][\w'’ \-]{2,80})"
    r"[.,](?(dash)[^\S\n]{1,3}[—–])[^\S\n]{1,3}(?=\w)"
)
"""What could be an attribution inside of marks: between two commas, or between two dashes."""
_HELPING: Final = ("grammar.helper",)
_LEADING_ON: Final = ("grammar.that", "grammar.whether")
_SPEAKING: Final = ("role", "pronoun")


def find_dashed(text: str, lexicon: Lexicon) -> tuple[Marked, ...]:
    """
    Find speech behind dashes.

    A paragraph that begins with a dash is speech. It is broken by an attribution behind a sign and a second
    dash (", — said X.") or, as in French, by a verb of saying behind a comma; the speech goes on behind
    the next sign and dash.

    Args:
        text: Any string; paragraphs are lines.
        lexicon: Says with the pair "— —" whether the language has the custom.

    Returns:
        Ascending, each with the dash that opens it. Time is linear in the text.
    """
    if not any(pair[0] == DASH for pair in lexicon.marks):
        return ()
    return tuple(
        Marked(start, end, 0)
        for paragraph in _PARAGRAPH.finditer(text)
        for start, end in _speech(text, paragraph.start(1), paragraph.end(1), lexicon)
    )


def _speech(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The stretches of one paragraph that are speech."""
    verbs = [start + match.start for match in lexicon.sayings(text[start:end])]
    breaks = [(found.start() + 1, found.end(), found[1]) for found in _PARTED.finditer(text, start, end)]
    for place in verbs:
        place = _skip_helpers(text, start, place, lexicon)
        sign = _BEFORE_VERB.search(text, max(start, place - _REACH), place)
        if sign is not None:
            breaks.append((sign.start() + 1, place, ""))
    begun: int | None = start
    for stop, following, letter in sorted(breaks):
        if begun is not None and not letter.isupper():
            yield begun, stop
            begun = None
        elif begun is None and letter:
            begun = stop + text[stop:following].index(text[stop:following].strip())
    if begun is not None:
        yield begun, begun + len(text[begun:end].rstrip())


def _skip_helpers(text: str, start: int, place: int, lexicon: Lexicon) -> int:
    """Where a verb of several words begins: a déclaré."""
    while (word := _WORD_BEFORE.search(text, max(start, place - _LONGEST), place)) is not None:
        if word[1] not in lexicon.words("grammar.helper"):
            break
        place = word.start(1)
    return place


def divide_marked(text: str, marked: tuple[Marked, ...], lexicon: Lexicon) -> tuple[Marked, ...]:
    """
    Part quotations whose marks hold their own attribution: «A, — said X, — B», « A, a dit X, B ».

    Args:
        text: The original.
        marked: As ``find_marked`` gives them.
        lexicon: Says with the pair "— —" whether the language has the custom.

    Returns:
        The same, with two stretches in the place of such a quotation, each with one of its marks.
    """
    if not any(pair[0] == DASH for pair in lexicon.marks):
        return marked
    parted: list[Marked] = []
    for quotation in marked:
        aside = None if quotation.depth else _aside(text, quotation, lexicon)
        if aside is None:
            parted.append(quotation)
        else:
            parted += (
                replace(quotation, end=aside[0]),
                replace(quotation, start=aside[1]),
            )
    return tuple(parted)


def _aside(text: str, quotation: Marked, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where an attribution inside of marks begins and ends: between two commas or dashes."""
    for found in _ASIDE.finditer(text, quotation.start, quotation.end - 1):
        words = found["words"].split()
        while len(words) > 1 and lexicon.tags(fold(words[0])).issuperset(_HELPING):
            del words[0]
        verb, *rest = words
        is_said = "saying" in lexicon.tags(fold(verb)) and rest and lexicon.tags(fold(rest[0])).isdisjoint(_LEADING_ON)
        if is_said and any(word[0].isupper() or not lexicon.tags(fold(word)).isdisjoint(_SPEAKING) for word in rest):
            return found.span()
    return None


def join_marked(dashed: tuple[Marked, ...], marked: tuple[Marked, ...]) -> tuple[Marked, ...]:
    """
    Put speech behind dashes and quotations in marks together.

    Args:
        dashed: Ascending, none overlapping.
        marked: As ``find_marked`` gives them.

    Returns:
        All of them, ascending; marks inside speech are one level deeper, and what crosses its edge is left out.
    """
    if not dashed:
        return marked
    joined = list(dashed)
    number = 0
    for quotation in marked:
        while number < len(dashed) and dashed[number].end <= quotation.start:
            number += 1
        if number == len(dashed) or quotation.end <= dashed[number].start:
            joined.append(quotation)
        elif dashed[number].start <= quotation.start and quotation.end <= dashed[number].end:
            joined.append(Marked(quotation.start, quotation.end, quotation.depth + 1, quotation.is_closed))
    return tuple(sorted(joined, key=lambda one: (one.start, -one.end)))
