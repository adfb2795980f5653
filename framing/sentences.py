"""Cutting a text into sentences."""

import re
from collections.abc import Iterator
from typing import Final

from sentencex import get_sentence_boundaries

from framing.tokens import has_word

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Half a pair is no character; the splitter, which takes UTF-8, would refuse the whole text for it."""

# The splitter's search for closing quotes is quadratic in the length of what it is given (1 MB of unclosed
# quotes: 48 s), so it never sees more than this; no real sentence is as long.
MAX_CHUNK: Final = 4_000  # characters
_FALLBACK: Final = "en"  # the rules for a text whose language is unknown

# Where the splitter breaks too early: after a lone capital (initials, "M. Macron") and these abbreviations,
# which always have something behind them.
_INITIAL: Final = re.compile(r"(?:^|[\s(«„“\"'’-])[^\W\d_]\.\s*$")
_OPEN_ABBREVIATIONS: Final = {
    "de": ("Art", "Abs", "Nr", "bzw", "ca", "Mio", "Mrd"),
    "en": ("Art", "Gov", "Lt", "Maj", "Sgt", "Rep", "Sen", "vs"),
    "fr": ("MM", "Mme", "Mmes", "Mgr", "art", "av"),
    "ru": ("т.е", "т.к", "т. е", "т. к", "ст", "им", "ул", "янв", "фев", "апр", "авг", "сент", "окт", "дек"),
    "uk": ("т.зв", "т. зв", "ст", "ім", "вул", "див"),
}
_OPEN: Final = {
    language: re.compile(rf"(?:^|[\s(«„“\"'’-])(?:{'|'.join(map(re.escape, names))})\.\s*$")
    for language, names in _OPEN_ABBREVIATIONS.items()
}
_TAIL: Final = 14  # characters behind which an abbreviation can be recognised
_LINE: Final = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_ENDINGS: Final = tuple(".!?…。！？।؟»”\"')]")


def split_sentences(text: str, language: str | None) -> tuple[tuple[int, int], ...]:
    """
    Find the sentences of a text.

    A sentence never crosses a line break (paragraphs are lines) and holds at least one letter or digit. A
    quotation of several sentences inside one sentence stays whole. Time is linear in the text.

    Args:
        text: Any string.
        language: ISO 639-1; decides abbreviations. ``None`` means unknown.

    Returns:
        ``(start, end)`` in characters, end exclusive, ascending, without white space around them.

    Source:
        The rules are those of sentencex (Wikimedia); the repairs for initials and abbreviations are ours.
    """
    spans = []
    for line in _LINE.finditer(text):
        for start, end in _join_open(text, _cut(text, line.start(), line.end(), language), language):
            stripped = text[start:end].strip()
            if has_word(stripped):
                first = start + text[start:end].index(stripped)
                spans.append((first, first + len(stripped)))
    return tuple(spans)


def _cut(text: str, start: int, end: int, language: str | None) -> Iterator[tuple[int, int, bool]]:
    """Pieces of one line as the splitter sees them, and whether the piece ends only because a chunk does."""
    while start < end:
        stop = min(start + MAX_CHUNK, end)
        if stop < end:
            stop = max(text.rfind(" ", start, stop) + 1, 0) or stop
        chunk = _SURROGATE.sub("\ufffd", text[start:stop])
        for boundary in get_sentence_boundaries(language or _FALLBACK, chunk):
            last = start + boundary["end_index"]
            is_chunk_end = last == stop < end and not chunk.rstrip().endswith(_ENDINGS)
            yield start + boundary["start_index"], last, is_chunk_end
        start = stop


def _join_open(text: str, pieces: Iterator[tuple[int, int, bool]], language: str | None) -> Iterator[tuple[int, int]]:
    """Put pieces together again where the break between them is none."""
    begun: int | None = None
    end = 0
    for start, end, is_chunk_end in pieces:
        begun = start if begun is None else begun
        if not (is_chunk_end or _is_open(text[max(begun, end - _TAIL) : end], language)):
            yield begun, end
            begun = None
    if begun is not None:
        yield begun, end


def _is_open(tail: str, language: str | None) -> bool:
    """Whether a piece that ends so must go on."""
    initial = _INITIAL.search(tail)
    if initial is not None:
        letter = initial[0].rstrip()[-2]
        if letter.isupper() and not (language == "en" and letter == "I"):  # "World War I."
            return True
    abbreviations = _OPEN.get(language or _FALLBACK)
    return abbreviations is not None and abbreviations.search(tail) is not None
