"""Finding what stands in quotation marks, and covering it up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from framing.tokens import Token

MAX_DEPTH: Final = 4
"""Quotations inside quotations that are followed; nobody writes more, and a page of opening marks stays linear."""
MAX_UNCLOSED: Final = 2_000
"""Characters that an unclosed quotation may run to the end of its paragraph; beyond, the mark was a slip."""
COVER: Final = "\x1a"
"""What quoted characters are replaced by: neither a word nor white space, so no cue is found in them."""
DASH: Final = "—"
"""The pair "— —" says that a dash opens speech in this language; see framing.speech.dashes."""

_APOSTROPHES: Final = "'‘’"
_DOUBLE: Final = '"'
_DOUBLED: Final = "''(?!')|``|‘‘|’’(?!’)"
"""Two single marks that stand for a double one: typed so by agencies and old newspaper systems."""
_BREAK: Final = re.compile(r"\n\s{0,20}")  # between paragraphs
_BEFORE_OPENING: Final = "([{—–-/"
_NEVER_FIRST: Final = ".,;:!?)"


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between two marks."""

    start: int
    end: int
    """Characters with the marks, end exclusive."""
    depth: int
    """Marks around it."""
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class _Marks:
    """A language's marks, ready to be searched."""

    pattern: re.Pattern[str]
    closers: dict[str, str]
    """All that close what an opening mark opens."""
    closing: frozenset[str]


@lru_cache(maxsize=32)
def _compile(pairs: tuple[str, ...]) -> _Marks:
    closers: dict[str, str] = {}
    for pair in pairs:
        if pair[0] != DASH:
            closers[pair[0]] = closers.get(pair[0], "") + pair[2]
    closing = frozenset("".join(closers.values()))
    signs = closing | set(closers)
    plain = "".join(map(re.escape, sorted(signs - set(_APOSTROPHES)))) or COVER
    inside = "".join(sorted(signs & set(_APOSTROPHES)))
    # An apostrophe between two letters is none of ours, nor one that a digit follows ('90s).
    words = rf"|(?<!\w)[{inside}](?=\w)(?!\d)|(?<=[\w.,!?…])[{inside}](?!\w)" if inside else ""
    doubled = rf"|(?:{_DOUBLED})" if _DOUBLE in signs else ""
    return _Marks(re.compile(rf"\n{doubled}|[{plain}]{words}"), closers, closing)


def find_marked(text: str, pairs: tuple[str, ...]) -> tuple[Marked, ...]:
    """
    Find all quotations in marks, nested ones too.

    A quotation that is not closed in its paragraph goes on in the next if that begins with the same opening
    mark, as is the custom; else it ends with its paragraph if that is near, and is none if it is not.

    Args:
        text: Any string; paragraphs are lines.
        pairs: A language's marks: opening one, space, closing one.

    Returns:
        Ascending by start, outer before inner. Time is linear in the text.
    """
    reader = _Reader(text, _compile(pairs))
    return tuple(sorted(reader.read(), key=lambda marked: (marked.start, -marked.end)))


class _Reader:
    """One pass over the marks of a text, with those that are still open."""

    def __init__(self, text: str, marks: _Marks) -> None:
        self._text = text
        self._marks = marks
        self._open: list[tuple[str, int]] = []
        self._found: list[Marked] = []
        self._resumes = False
        """Whether the mark at the head of this paragraph only repeats one that is open."""

    def read(self) -> list[Marked]:
        for match in self._marks.pattern.finditer(self._text):
            sign, (place, end) = match[0], match.span()
            sign = _DOUBLE if len(sign) > 1 else sign
            if sign == "\n":
                self._end_paragraph(place)
                continue
            if self._resumes:
                self._resumes = False
                continue
            level = self._closed_level(sign, place, end)
            if level is not None:
                self._found.append(Marked(self._open[level][1], end, level))
                del self._open[level:]
            elif sign in self._marks.closers and (sign not in self._marks.closing or self._looks_opening(place, end)):
                self._begin(sign, place)
        self._end_paragraph(len(self._text))
        return self._found

    def _closed_level(self, sign: str, place: int, end: int) -> int | None:
        """Which of the open quotations a mark closes."""
        is_repeated = any(sign == opener for opener, _ in self._open)  # “A“ is a slip, but a frequent one
        if not self._open or not (sign in self._marks.closing or is_repeated):
            return None
        if sign in self._marks.closers and self._looks_opening(place, end):
            return None
        levels = [
            level
            for level, (opener, _) in enumerate(self._open)
            if sign in self._marks.closers[opener] or sign == opener
        ]
        return levels[-1] if levels else None

    def _looks_opening(self, place: int, end: int) -> bool:
        """Whether a mark that could do either stands as an opening one does: behind a space, before a word."""
        before, after = self._text[place - 1 : place] if place else "", self._text[end : end + 1]
        is_behind_gap = not before or before.isspace() or before in _BEFORE_OPENING
        return is_behind_gap and bool(after) and not after.isspace() and after not in _NEVER_FIRST

    def _begin(self, sign: str, place: int) -> None:
        """Open a quotation; where the same mark is open already, that one was a slip."""
        same = [level for level, (opener, _) in enumerate(self._open) if opener == sign]
        if same:
            del self._open[same[0] :]
        if len(self._open) < MAX_DEPTH:
            self._open.append((sign, place))

    def _repeats(self, sign: str, place: int) -> bool:
        """Whether a paragraph begins with a mark."""
        begun = self._marks.pattern.match(self._text, place)
        return begun is not None and (begun[0] == sign or (sign == _DOUBLE and len(begun[0]) > 1))

    def _end_paragraph(self, place: int) -> None:
        """Keep what the next paragraph goes on with; let everything else end here."""
        self._resumes = False
        if not self._open:
            return
        sign, begun = self._open[0]
        following = _BREAK.match(self._text, place)
        if following is not None and self._repeats(sign, following.end()):
            del self._open[1:]
            self._resumes = True
            return
        if place - begun <= MAX_UNCLOSED and sign not in _APOSTROPHES:
            self._found.append(Marked(begun, place, 0, is_closed=False))
        self._open.clear()


def cover(text: str, marked: tuple[Marked, ...]) -> str:
    """The text with everything quoted replaced, character by character, so that offsets stay."""
    pieces: list[str] = []
    done = 0
    for quotation in marked:
        if quotation.depth == 0 and quotation.start >= done:
            pieces += (text[done : quotation.start], COVER * (quotation.end - quotation.start))
            done = quotation.end
    return "".join((*pieces, text[done:]))


def uncovered(tokens: Sequence[Token], covered: str) -> list[Token] | None:
    """
    The words of a text that its covered form still holds: the same as if that were cut again, in half the time.

    Args:
        tokens: Of the text.
        covered: See ``cover``.

    Returns:
        In order; ``None`` where a word is covered in part.
    """
    free = [token for token in tokens if covered[token[0]] != COVER]
    whole = [token for token in tokens if covered[token[1] - 1] != COVER]
    return free if free == whole else None
