"""The cue language: what a linguist writes in the registry, and how it is read."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Final, TypeAlias

from framing.errors import ParleyError
from framing.tokens import bare, tokenise

MAX_GAP: Final = 8
MAX_GAPS: Final = 2
MAX_ELEMENTS: Final = 12
MAX_LENGTH: Final = 400  # characters of one cue; a longer list of alternatives is better written as two cues
MIN_STEM: Final = 2


class CueError(ParleyError):
    """A cue that cannot be read. The message says how to write it."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or the beginning of one."""

    key: str
    """Folded, see framing.tokens."""
    is_stem: bool = False
    is_caps: bool = False
    """Matches only where the text writes it in capitals: US, not us."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several runs of words."""

    options: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``most`` words of any kind."""

    most: int


Element: TypeAlias = Word | Alternatives | Gap


@dataclass(frozen=True, slots=True)
class Cue:
    """A readable pattern over words; equal cues have equal ``elements``."""

    text: str
    """As the registry writes it."""
    elements: tuple[Element, ...]


def words_of(cue: Cue) -> Iterator[Word]:
    """All words a cue may hold."""
    for element in cue.elements:
        if isinstance(element, Word):
            yield element
        elif isinstance(element, Alternatives):
            yield from chain.from_iterable(element.options)


# What people paste from regular expressions, the first that fits wins: (pattern, what to write instead).
_REGEX_HABITS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"\\w[*+]|\[[^\].][^\]]*\][*+]"), "Write a star for any ending: 'guarant*'."),
    (re.compile(r"\.\{[^}]*\}|\.[*+]|\\[sSwW]"), "Write a gap of a few words: 'sabotag* [..4] plan'."),
    (re.compile(r"\?"), "Write both forms: '(guarantee|guarantees)'."),
    (re.compile(r"[\^$]|\\b"), "Leave it out: a word without a star matches only the whole word."),
    (re.compile(r"\\"), "Write plain words; apostrophes and hyphens need no backslash."),
    (re.compile(r"[+{}]"), "Write plain words, 'stem*', '(one|other)' or '[..3]'."),
)
_LOOKALIKES: Final = frozenset({"LATIN", "CYRILLIC", "GREEK"})
_PIECES: Final = re.compile(r"\([^()]*\)(?=\s|$)|\[[^\[\]]*\](?=\s|$)|\S+")
_GAP: Final = re.compile(r"\[\.\.(\d{1,3})\]")
# Letters and digits with apostrophes and hyphens inside, commas and points only between digits.
_PLAIN: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f'’ʼ`´‐‑-]|(?<=\d)[.,](?=\d))+\*?")


@cache  # a registry is read once a run, and its cues hardly ever change
def parse_cue(text: str) -> Cue:
    """
    Read one cue.

    Elements stand between spaces: ``word`` (that word), ``stem*`` (a word that begins so), ``(a|b c|d*)``
    (one of these), ``[..3]`` (up to three words in between). An element in capitals (US, НАТО) matches only
    capitals, everything else ignores case. Hyphens, apostrophes and digit groups split words here as they
    do in texts, so ``hasn't`` and ``800,000`` may be written as usual.

    Args:
        text: One line from a registry file.

    Returns:
        The cue. It can be matched in time linear in the text: gaps and alternatives are bounded.

    Raises:
        CueError: The text is not a cue; the message names the place and the way to write it.
    """
    if not text.strip():
        raise CueError("An empty cue matches nothing. Delete it, or write a word.")
    if len(text) > MAX_LENGTH:
        raise CueError(f"The cue {text[:30]!r}... has {len(text)} characters, more than {MAX_LENGTH}. Split it in two.")
    _refuse_regex(text)
    elements = tuple(e for piece in _PIECES.findall(text) for e in _read_piece(piece, text))
    _check_shape(elements, text)
    return Cue(text, elements)


def _refuse_regex(text: str) -> None:
    for pattern, remedy in _REGEX_HABITS:
        if found := pattern.search(text):
            raise CueError(f"The cue {text!r} holds {found[0]!r}: raw regular expressions are not cues. {remedy}")


def _read_piece(piece: str, cue: str) -> tuple[Element, ...]:
    if piece.startswith("["):
        return (_read_gap(piece, cue),)
    if piece.startswith("("):
        return (_read_alternatives(piece, cue),)
    return _read_words(piece, cue)


def _read_gap(piece: str, cue: str) -> Gap:
    found = _GAP.fullmatch(piece)
    if found is None or not 1 <= int(found[1]) <= MAX_GAP:
        raise CueError(
            f"The cue {cue!r} holds {piece!r}, which is not a gap. "
            f"Write '[..3]' for up to three words, at most '[..{MAX_GAP}]', with a space on both sides."
        )
    return Gap(int(found[1]))


def _read_alternatives(piece: str, cue: str) -> Alternatives:
    if not piece.endswith(")") or "(" in piece[1:]:
        raise CueError(
            f"The cue {cue!r} holds {piece!r}: brackets stand alone between spaces and not inside "
            "each other. Write '(one|other word|stem*)'."
        )
    options = []
    for option in piece[1:-1].split("|"):
        if not option.strip():
            raise CueError(f"The cue {cue!r} has an empty alternative in {piece!r}. Delete the extra '|'.")
        options.append(tuple(word for part in option.split() for word in _read_words(part, cue)))
    return Alternatives(tuple(options))


def _read_words(piece: str, cue: str) -> tuple[Word, ...]:
    if not _PLAIN.fullmatch(piece):
        raise CueError(
            f"The cue {cue!r} holds {piece!r}, which is not a word. Write plain words, 'stem*' with the star "
            "at the end, '(one|other)' or '[..3]', with spaces between them."
        )
    is_stem = piece.endswith("*")
    tokens = tokenise(piece)
    if not tokens:
        raise CueError(f"The cue {cue!r} holds {piece!r}, which has no letter or digit. Delete it.")
    words = []
    for number, (start, end, key) in enumerate(tokens, 1):
        raw = bare(piece[start:end])
        scripts = {unicodedata.name(character, "").split(" ")[0] for character in raw} & _LOOKALIKES
        if len(scripts) > 1:
            raise CueError(
                f"The cue {cue!r} holds {raw!r}, which mixes {' and '.join(sorted(scripts))} letters that "
                "look alike. Type the word anew in one alphabet."
            )
        n_letters = sum(character.isalpha() for character in raw)
        words.append(Word(key, is_stem and number == len(tokens), n_letters > 1 and raw.isupper()))
    if words[-1].is_stem and len(words[-1].key) < MIN_STEM:
        raise CueError(
            f"The cue {cue!r} holds the stem {piece!r}, which would match very many words. "
            f"Give at least {MIN_STEM} letters before the star."
        )
    return tuple(words)


def _check_shape(elements: tuple[Element, ...], cue: str) -> None:
    gaps = [isinstance(element, Gap) for element in elements]
    if gaps[0] or gaps[-1]:
        raise CueError(f"The cue {cue!r} begins or ends with a gap, which says nothing. Delete that gap.")
    if sum(gaps) > MAX_GAPS:
        raise CueError(f"The cue {cue!r} has {sum(gaps)} gaps, at most {MAX_GAPS} are read. Split it in two.")
    if any(a and b for a, b in pairwise(gaps)):
        raise CueError(f"The cue {cue!r} has two gaps side by side. Write one with the sum, e.g. '[..6]'.")
    if len(elements) > MAX_ELEMENTS:
        raise CueError(f"The cue {cue!r} has {len(elements)} elements, at most {MAX_ELEMENTS} are read.")
