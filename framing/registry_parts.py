"""Turning the parts of a language (languages/en.speech.toml ...) into cues, and the examples beside them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from framing import checks
from framing.checks import ID, Key, Kind, check_table, guess, show
from framing.codebook import PARTS, LanguagePart, PartTable
from framing.records import CueExamples
from framing.registry_languages import check_cues

_MARKS_LENGTH: Final = 3  # the opening mark, a space, the closing one


def _is_cue_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, (str, dict)) and item for item in value)


def _are_marks(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, str) and len(pair) == _MARKS_LENGTH and pair[1] == " " for pair in value
    )


_CUES: Final = Kind(_is_cue_list, "a list of cues, each alone or with its examples", '["..."]')
_MARKS: Final = Kind(_are_marks, "a list of pairs of quotation marks with a space between the two", '["« »"]')
_SHARE: Final = Kind(
    lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1,
    "a share between 0 and 1",
    "0.05",
)
_CUE_KEYS: Final = (
    Key("cue", checks.TEXT),
    Key("yes", checks.SENTENCES, is_required=False),
    Key("no", checks.SENTENCES, is_required=False),
)
_TABLE_KEYS: Final = (Key("cues", _CUES), Key("min_share", _SHARE, default=0.0))


def split_name(stem: str) -> tuple[str, str]:
    """``("en", "speech")`` of the file en.speech.toml; ``("en", "")`` of en.toml itself."""
    language, _, part = stem.partition(".")
    return language, part


def read_part(
    where: str, stem: str, tables: Mapping[str, Any], known: Mapping[str, Sequence[str]], faults: list[str]
) -> tuple[LanguagePart, tuple[CueExamples, ...]] | None:
    """
    Read one part of a language; ``None`` when it has faults, which are appended.

    Args:
        stem: The file's name without its ending: language, full stop, part.
        known: The ids that a group's tables may have; a group that is not in it may name its tables freely.
    """
    n_before = len(faults)
    language, part = split_name(stem)
    if not checks.LANGUAGE.holds(language) or part not in PARTS:
        likely = guess(part, list(PARTS)) or f"Known parts: {', '.join(PARTS)}."
        faults.append(
            f"{where}: the file name must be a language and one of its parts, e.g. languages/uk.speech.toml. {likely}"
        )
        return None
    groups = PARTS[part]
    keys = (Key("marks", _MARKS, default=[]), *(Key(group, checks.ROWS, is_required=False) for group in groups))
    row = check_table(where, tables, keys, faults)
    read = [
        entry
        for group in groups
        for name, table in (row.get(group) or {}).items()
        if (entry := _read_table(where, language, (group, name), table, known, faults)) is not None
    ]
    if len(faults) > n_before:
        return None
    found = LanguagePart(language=language, part=part, marks=tuple(row["marks"]), tables=tuple(t for t, _ in read))
    return found, tuple(example for _, examples in read for example in examples)


def _read_table(
    where: str,
    language: str,
    table_id: tuple[str, str],
    table: Any,
    known: Mapping[str, Sequence[str]],
    faults: list[str],
) -> tuple[PartTable, list[CueExamples]] | None:
    group, name = table_id
    place = f"{where}, [{group}.{name}]"
    n_before = len(faults)
    if group in known and name not in known[group]:
        remedy = guess(name, known[group]) or f"Known: {', '.join(known[group])}."
        faults.append(f"{place}: nothing of this name is declared. {remedy} Rename the table, or declare it.")
    elif not ID.fullmatch(name):
        faults.append(f"{place}: the name {name!r} may hold only a-z, 0-9 and _. Rename the table.")
    if not isinstance(table, dict):
        faults.append(f"{place}: this is {show(table)}, not a table. Write [{group}.{name}].")
        return None
    row = check_table(place, table, _TABLE_KEYS, faults)
    entries: list[dict[str, Any]] = [
        {"cue": entry} if isinstance(entry, str) else check_table(f"{place} cue {n}", entry, _CUE_KEYS, faults)
        for n, entry in enumerate(row.get("cues") or (), 1)
    ]
    if len(faults) > n_before:
        return None
    cues = tuple(entry["cue"] for entry in entries)
    check_cues(place, cues, faults)
    examples = [
        CueExamples(
            where=place,
            language=language,
            kind=group,
            code_id=name,
            cue=entry["cue"],
            yes=tuple(entry.get("yes") or ()),
            no=tuple(entry.get("no") or ()),
        )
        for entry in entries
    ]
    return PartTable(group=group, name=name, cues=cues, min_share=float(row["min_share"])), examples
