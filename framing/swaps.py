"""Exchanging actors in a text: what stands for whom, in each language."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from typing import Any, Final, TypeAlias

from framing import checks
from framing.checks import Key, check_table
from framing.tokens import Token, tokenise

_PAIR: Final = re.compile(r"([^=>*]*[^=>*\s])(\*?) ([=>]) ([^=>*]*[^=>*\s])(\*?)")
_KEYS: Final = (Key("carrier", checks.TEXT), Key("filler", checks.TEXT), Key("pairs", checks.TEXTS))
MAX_READINGS: Final = 64
"""Texts tried for one template: three forms with four readings each; cues name two actors at most."""

Entry: TypeAlias = tuple[str, str, bool, bool]
"""``(form, its counterpart, whether both are beginnings of words, whether it goes both ways)``."""
Piece: TypeAlias = tuple[int, int, tuple[str, ...], bool]
"""``(start, end, what may stand there instead, whether it can be told and taken back)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSwaps:
    """What is exchanged in one language, as swaps.toml says it."""

    language: str
    carrier: str
    filler: str
    pairs: tuple[Entry, ...]


def read_swaps(where: str, tables: Mapping[str, Any], faults: list[str]) -> tuple[LanguageSwaps, ...]:
    """Read swaps.toml; faults are appended, and their tables left out."""
    read = []
    for language, table in tables.items():
        n_before = len(faults)
        if not checks.LANGUAGE.holds(language) or not isinstance(table, dict):
            faults.append(f"{where}: {language!r} must be a table named by {checks.LANGUAGE.wanted}, e.g. [uk].")
            continue
        row = check_table(f"{where}, [{language}]", table, _KEYS, faults)
        found = [(text, _PAIR.fullmatch(text)) for text in row.get("pairs") or ()]
        for text, match in found:
            if match is None or match[2] != match[5]:
                faults.append(f"{where}, [{language}]: {text!r} is not a pair. Write 'A = B', 'A > B' or 'a* = b*'.")
        if len(faults) == n_before:
            pairs = tuple((m[1], m[4], bool(m[2]), m[3] == "=") for _, m in found if m is not None)
            read.append(LanguageSwaps(language=language, carrier=row["carrier"], filler=row["filler"], pairs=pairs))
    return tuple(read)


def readings(text: str, swaps: LanguageSwaps) -> tuple[str, ...]:
    """
    The text with its actors exchanged, once for each way to read its forms.

    Returns:
        At least one text and at most ``MAX_READINGS``; the text itself where it names nobody who is exchanged.
    """
    pieces = list(_pieces(text, swaps))
    choices = product(*(options for _, _, options, _ in pieces))
    return tuple(dict.fromkeys(_put(text, pieces, choice) for choice in islice(choices, MAX_READINGS)))


def exchange(text: str, swaps: LanguageSwaps) -> tuple[str | None, tuple[tuple[int, int], ...]]:
    """
    The text with its actors exchanged, where that can be done in one way and taken back.

    Returns:
        The other text, ``None`` where a form has several counterparts or none that leads back; and the
        characters of all forms that were found, end exclusive.
    """
    pieces = list(_pieces(text, swaps))
    spans = tuple((start, end) for start, end, _, _ in pieces)
    if not all(is_certain for _, _, _, is_certain in pieces):
        return None, spans
    other = _put(text, pieces, tuple(options[0] for _, _, options, _ in pieces))
    return (other if readings(other, swaps) == (text,) else None), spans


def forms(swaps: LanguageSwaps) -> tuple[str, ...]:
    """Every form of one word that is exchanged, as it is written; of beginnings of words, only the beginning."""
    return tuple(dict.fromkeys(form for form, _, _, _ in _directed(swaps) if " " not in form))


def _directed(swaps: LanguageSwaps) -> Iterator[Entry]:
    for form, other, is_stem, is_mutual in swaps.pairs:
        yield form, other, is_stem, is_mutual
        if is_mutual:
            yield other, form, is_stem, is_mutual


@cache  # a handful of languages
def _table(
    swaps: LanguageSwaps,
) -> tuple[dict[tuple[str, ...], list[tuple[str, str, bool, bool]]], int, tuple[int, ...]]:
    """Entries by their folded words; the most words of one, and the lengths of the beginnings, longest first."""
    entries: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in _directed(swaps):
        words = tuple(key for _, _, key in tokenise(entry[0]))
        entries[(*words, "*") if entry[2] else words].append(entry)
    stems = {len(words[0]) for words in entries if words[-1] == "*"}
    return dict(entries), max(map(len, entries)), tuple(sorted(stems, reverse=True))


def _pieces(text: str, swaps: LanguageSwaps) -> Iterator[Piece]:
    """What is exchanged, in order and without overlap; of several beginnings at one word the longest."""
    tokens = tokenise(text)
    _, most, _ = _table(swaps)
    position = 0
    while position < len(tokens):
        for length in range(min(most, len(tokens) - position), 0, -1):
            piece = _piece(text, tokens[position : position + length], swaps)
            if piece is not None:
                yield piece
                position += length
                break
        else:
            position += 1


def _piece(text: str, tokens: list[Token], swaps: LanguageSwaps) -> Piece | None:
    entries, _, stems = _table(swaps)
    start, end = tokens[0][0], tokens[-1][1]
    words = tuple(key for _, _, key in tokens)
    written = " ".join(text[start:end] for start, end, _ in tokens)
    found = list(entries.get(words, ()))
    if not found and len(words) == 1:
        found = [
            (form + words[0][length:], other + words[0][length:], True, is_mutual)
            for length in stems
            for form, other, _, is_mutual in entries.get((words[0][:length], "*"), ())
        ]
    found = [entry for entry in found if _style(written, entry[0]) is not None]
    if not found:
        return None
    options = tuple(dict.fromkeys(_restyle(written, form, other) for form, other, _, _ in found))
    return start, end, options, len(options) == 1 and found[0][3]


def _spaced(form: str) -> str:
    """Apostrophes and hyphens do not tell forms apart, as in cues."""
    return " ".join(form[start:end] for start, end, _ in tokenise(form))


def _style(written: str, form: str) -> str | None:
    """How a form is written: as declared, small, with a first capital, in capitals; ``None``: in no such way."""
    form = _spaced(form)
    if written == form:
        return "declared"
    if form.isupper():
        return None
    styles = {"small": form.lower(), "first": form[:1].upper() + form[1:].lower(), "capitals": form.upper()}
    return next((name for name, styled in styles.items() if written == styled), None)


def _restyle(written: str, form: str, other: str) -> str:
    style = _style(written, form)
    if other.isupper() or style == "declared":
        return other
    if style == "small":
        return other.lower()
    return other.upper() if style == "capitals" else other[:1].upper() + other[1:].lower()


def _put(text: str, pieces: list[Piece], choice: tuple[str, ...]) -> str:
    out, at = [], 0
    for (start, end, _, _), option in zip(pieces, choice, strict=True):
        out += [text[at:start], option]
        at = end
    return "".join([*out, text[at:]])
