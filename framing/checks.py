"""Checking one table of a registry file against a list of the keys it may have."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final
from urllib.parse import urlsplit

ID: Final = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value must be: the test, the words for it and an example to copy."""

    holds: Callable[[Any], bool]
    wanted: str
    example: str


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table."""

    name: str
    kind: Kind
    allowed: tuple[str, ...] = ()
    """The values to choose from; for a list, the values of its items. Empty: any of the kind."""
    default: Any = None
    """A key with a default may be left out."""
    is_required: bool = True


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_url(value: Any) -> bool:
    if not _is_text(value) or any(character.isspace() for character in value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that cannot be one
        return False


def _is_moment(value: Any) -> bool:
    return isinstance(value, datetime.datetime) and value.tzinfo is not None


def _is_day(value: Any) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _listing(holds: Callable[[Any], bool], least: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(holds, value))


def _matching(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


TEXT: Final = Kind(_is_text, "a text in quotes", '"..."')
LETTERS: Final = Kind(lambda value: isinstance(value, str), "a text in quotes, which may be empty", '""')
TEXTS: Final = Kind(_listing(_is_text, 1), "a list of texts with at least one entry", '["..."]')
HOSTS: Final = Kind(
    _listing(_matching(r"(?i)[a-z0-9-]+(\.[a-z0-9-]+)+"), 0), "a list of host names", '["news.example"]'
)
NAMES: Final = Kind(_listing(_is_text, 0), "a list of names", '["..."]')
URL: Final = Kind(_is_url, "an address that begins with http:// or https://", '"https://wire.example/"')
COUNTRY: Final = Kind(_matching("[A-Z]{2}"), "a country in two capitals (ISO 3166-1)", '"UA"')
LANGUAGE: Final = Kind(_matching("[a-z]{2,3}"), "a language in small letters (ISO 639)", '"uk"')
LANGUAGES: Final = Kind(
    _listing(_matching("[a-z]{2,3}"), 1), "a list of languages in small letters (ISO 639)", '["uk"]'
)
COUNT: Final = Kind(
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 1,
    "a whole number of at least 1",
    "2",
)
MINUTES: Final = Kind(
    lambda value: isinstance(value, int) and not isinstance(value, bool) and 10 <= value <= 24 * 60,
    "a whole number of minutes from 10 to 1440, a day",
    "60",
)
SWITCH: Final = Kind(lambda value: isinstance(value, bool), "true or false, without quotes", "true")
DAY: Final = Kind(_is_day, "a date without quotes", "2025-11-01")
MOMENT: Final = Kind(_is_moment, "a time with its offset, without quotes", "2025-12-02T19:30:00+03:00")
TABLES: Final = Kind(
    _listing(lambda value: isinstance(value, dict), 1),
    "one or more [[tables]]",
    '[[feeds]], then url = "..."',
)
CUES: Final = Kind(
    _listing(lambda value: isinstance(value, dict), 1),
    "a list of cues, each with the sentences it must and must not be found in",
    '[{ cue = "...", yes = ["..."], no = ["..."] }]',
)
SENTENCES: Final = Kind(_listing(_is_text, 1), "a list of sentences with at least one entry", '["..."]')
TABLE: Final = Kind(lambda value: isinstance(value, dict) and bool(value), "a table with keys", "[{}]")
ROWS: Final = Kind(TABLE.holds, "one or more tables", "[{}.<id>]")


def check_table(where: str, table: Mapping[str, Any], keys: Sequence[Key], faults: list[str]) -> dict[str, Any]:
    """
    Check one table and fill in defaults.

    Args:
        where: The file, and the table in it, as the messages shall name it.
        table: What the TOML reader gave.
        keys: The keys it may have.
        faults: Every fault found is appended: place, finding, way out.

    Returns:
        The values by key, only those that are right or have a default; complete when no fault was added.
    """
    names = [key.name for key in keys]
    for name in table:
        if name not in names:
            remedy = guess(name, names) or f"Known keys: {', '.join(names)}."
            faults.append(f"{where}: unknown key {name!r}. {remedy} Rename it or delete it.")
    values = {}
    for key in keys:
        if key.name not in table:
            if key.is_required and key.default is None:
                faults.append(f"{where}: the key {key.name!r} is missing. Add it: {_model_line(key)}.")
            values[key.name] = key.default
        elif fault := _check_value(key, table[key.name]):
            faults.append(f"{where}: {fault}")
        else:
            values[key.name] = table[key.name]
    return values


def _check_value(key: Key, value: Any) -> str | None:
    if not key.kind.holds(value):
        return f"{key.name!r} is {show(value)}, not {key.kind.wanted}. Write it so: {_model_line(key)}."
    for item in value if isinstance(value, list) else [value]:
        if key.allowed and item not in key.allowed:
            remedy = guess(item, key.allowed) or "Choose one of them."
            return f"{key.name!r} is {item!r}, which is none of {', '.join(key.allowed)}. {remedy}"
    return None


def _model_line(key: Key) -> str:
    """The key with a value that would be right, to copy."""
    if key.kind in (TABLE, ROWS, TABLES):
        return key.kind.example.format(key.name)
    if not key.allowed:
        return f"{key.name} = {key.kind.example}"
    example = f'["{key.allowed[0]}"]' if key.kind.example.startswith("[") else f'"{key.allowed[0]}"'
    return f"{key.name} = {example} (or {', '.join(key.allowed[1:])})"


def guess(wrong: str, known: Sequence[str]) -> str:
    """The sentence that proposes the likely meant name, or nothing."""
    close = get_close_matches(wrong, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else ""


def show(value: Any) -> str:
    """A value as a message quotes it, short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
