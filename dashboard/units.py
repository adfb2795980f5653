"""What the rows of a breakdown stand for: outlets, classes, languages or countries, and how they are called."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel import Locale
from streamlit.delta_generator import DeltaGenerator

from dashboard import data

KINDS = {"Outlets": "outlet", "Classes": "class", "Languages": "language", "Countries": "country"}
"""Names of the four breakdowns, and their names in ``frame_use``."""

NOT_IDENTIFIED = "-"
"""The language of a text whose language is not identified, in ``frame_use``."""

FEW = 2
"""Up to so many outlets, a number is theirs and not their language's or class's."""

_ENGLISH = Locale("en")


def choose_kind(place: DeltaGenerator, key: str, kinds: Sequence[str]) -> str:
    """What the rows stand for, as a key of ``KINDS``; at first the first one offered."""
    return str(place.radio("Rows are", kinds, horizontal=True, key=key, bind="query-params"))


def names(archive: data.Archive, by_what: str, units: Iterable[str]) -> dict[str, str]:
    """Name of each unit, for people; a code nobody named stays as it is."""
    if by_what == "outlet":
        labels = data.outlets(archive)
        return {unit: labels.get(unit, unit) for unit in units}
    name = {"language": language, "country": country}.get(by_what, str)
    return {unit: name(unit) for unit in units}


def language(code: str | None) -> str:
    """English name of a language by its ISO 639-1 code."""
    if code in (None, NOT_IDENTIFIED):
        return "language not identified"
    return str(_ENGLISH.languages.get(code, code))


def country(code: str) -> str:
    """English name of a country by its ISO 3166-1 code, and of the European Union by EU."""
    return str(_ENGLISH.territories.get(code, code))


def counted(n: int, noun: str) -> str:
    """``1 outlet``, ``2 outlets``."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def extent(n_outlets: int, n_articles: int) -> str:
    """``3 outlets, 45 articles``."""
    return f"{counted(n_outlets, 'outlet')}, {counted(n_articles, 'article')}"


def missing(one: Mapping[str, Any]) -> list[str]:
    """How many articles of a row of ``breakdowns.volume`` are in no share, and why; empty: none."""
    parts = ((one["n_unmeasured"], "not measured"), (one["n_unscored"], "not scored yet"))
    return [f"{n:,} {why}" for n, why in parts if n]


def whose(n_outlets: int, n_articles: int, noun: str) -> str:
    """The extent of a unit, and, where only one or two outlets are behind it, that it is theirs."""
    whom = "its own" if n_outlets == 1 else "theirs"
    return extent(n_outlets, n_articles) + (f": {whom}, not the {noun}'s" if n_outlets <= FEW else "")
