"""Whose text it is, by its own word: credits to news agencies in bylines, datelines and credit lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

_N_LAST_LINES: Final = 3
"""Lines in which credits stand; further up agencies are quoted."""
_MAX_LINE: Final = 80
"""Characters of a line that holds nothing but a credit."""
_MAX_DATELINE: Final = 120
"""Characters from the beginning."""
_DASH: Final = "\\-\u2010\u2011\u2012\u2013\u2014\u2015"
"""For classes of characters."""
_DESK: Final = re.compile(r"[\w.]{1,12}")
"""What may stand beside an agency in a credit line: a desk's or an editor's sign, a host name."""
_JOINT: Final = re.compile(rf"[/,;&+|()\[\]©]|(?:^|\s)[{_DASH}]+(?:\s|$)|\s(?:and|und|et|и|та|і)\s")
_CAPITALISED: Final = r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w.]*"
"""A word of the outlet's own name, as in "Le Monde avec AFP"."""
_LAST_BRACKET: Final = re.compile(r"\(([^()]{2,60})\)\W{0,2}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A news agency whose texts others print."""

    agency_id: str
    name: str
    names: tuple[str, ...]
    """As they stand in credits, capitals as written."""
    outlet_id: str | None = None
    """The outlet that is the agency's own site, where one is watched."""
    sign_offs: tuple[str, ...] = ()
    """Words that only this agency ends its reports with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditWords:
    """How texts in one language lead to the agency they credit."""

    language: str
    in_text: tuple[str, ...]
    in_line: tuple[str, ...]
    between: tuple[str, ...]


@dataclass(frozen=True)
class Credits:
    """All agencies, and the words of credits in all languages: a text may credit in another language than its own."""

    agencies: tuple[Agency, ...] = ()
    words: tuple[CreditWords, ...] = ()

    @cached_property
    def version(self) -> str:
        """Changes with every name and word."""
        return sha256(repr((self.agencies, self.words)).encode()).hexdigest()[:12]

    def find(self, text: str, authors: Sequence[str] = ()) -> tuple[str, ...]:
        """
        Tell which agencies a text gives as its source.

        Credits are: an agency in the byline; in the dateline (``KYIV, Nov 24 (Reuters) -``, ``МОСКВА, 24 ноября.
        /ТАСС/.``); in a line or in brackets at the end (``(dpa)``, ``Avec AFP``); after words such as *this report
        comes from* in the first or the last lines. What is quoted in between, and who took the photo, is none.

        Args:
            text: The article, paragraphs separated by line breaks.
            authors: Bylines as the page names them.

        Returns:
            Ids, ascending; none where no agency is credited, which does not mean that none wrote it.
        """
        if not self.agencies:
            return ()
        lines = [line.strip() for line in text.replace("\u2019", "'").splitlines() if line.strip()]
        ends = lines[-_N_LAST_LINES:]
        bracket = _LAST_BRACKET.search(lines[-1]) if lines else None
        names = [
            *(name for author in authors for name in self._pieces(author) if name in self._ids),
            *(name for line in lines[:1] for name in self._in_dateline(line)),
            *(name for line in ends for name in self._in_line(line, _MAX_LINE)),
            *(self._in_line(bracket[1], _MAX_LINE) if bracket else ()),
            *(found["name"] for line in {*lines[:1], *ends} for found in self._in_text.finditer(line)),
        ]
        signed = (a.agency_id for a in self.agencies if any(words in line for words in a.sign_offs for line in ends))
        return tuple(sorted({*(self._ids[name] for name in names), *signed}))

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {name: agency.agency_id for agency in self.agencies for name in agency.names}

    @cached_property
    def _name(self) -> str:
        """The longest first: Interfax-Ukraine is not Interfax."""
        return rf"(?<![\w{_DASH}])(?P<name>{_any_of(self._ids)})(?![\w{_DASH}])"

    @cached_property
    def _between(self) -> str:
        return rf"(?:(?i:{_any_of(word for words in self.words for word in words.between)})\s*)*[\"«„“]?"

    @cached_property
    def _in_text(self) -> re.Pattern[str]:
        phrases = _any_of(phrase for words in self.words for phrase in words.in_text)
        return re.compile(rf"(?<!\w)(?i:{phrases})\s*{self._between}{self._name}")

    @cached_property
    def _lead(self) -> re.Pattern[str]:
        phrases = _any_of(phrase for words in self.words for phrase in (*words.in_line, *words.in_text))
        return re.compile(rf"\W*(?:{_CAPITALISED}\s+){{0,3}}?(?i:{phrases})(?!\w)\s*{self._between}")

    @cached_property
    def _dateline(self) -> re.Pattern[str]:
        in_brackets = self._name.replace("<name>", "<bracketed>")
        after_dash = self._name.replace("<name>", "<bare>")
        return re.compile(
            rf"[(/]\s*{in_brackets}\s*(?:[)]\s*[{_DASH}:.]|/)"
            rf"|(?:\A|[{_DASH}.,]\s+){after_dash}\s*(?:\s[{_DASH}]\s|:|\.(?:\s|\Z))"
        )

    def _in_dateline(self, line: str) -> Iterable[str]:
        for found in self._dateline.finditer(line[:_MAX_DATELINE]):
            yield found["bracketed"] or found["bare"]

    def _in_line(self, line: str, max_length: int) -> Iterable[str]:
        """The agencies of a line that holds nothing but a credit."""
        if len(line) > max_length or not any(name in line for name in self._ids):
            return
        pieces = self._pieces(line)
        known = [piece for piece in pieces if piece in self._ids]
        if all(piece in known or _DESK.fullmatch(piece) for piece in pieces):
            yield from known

    def _pieces(self, line: str) -> list[str]:
        """What stands between commas, strokes and brackets, after the words that lead to a credit."""
        lead = self._lead.match(line)
        pieces = (piece.strip(' .\t"«»„“”') for piece in _JOINT.split(line[lead.end() :] if lead else line))
        return [piece for piece in pieces if piece]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(
        r"\s+".join(map(re.escape, word.split())) for word in sorted(set(words), key=lambda w: (-len(w), w))
    )
