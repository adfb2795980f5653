"""Turning a language file of the registry into cues, and the examples beside them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from framing import checks
from framing.checks import Key, check_table, guess, show
from framing.codebook import GATE_CUES, KINDS, CueLists, LanguageCues
from framing.cues import CueError, parse_cue
from framing.records import CueExamples

_CUE_KEYS: Final = (
    Key("cue", checks.TEXT),
    Key("yes", checks.SENTENCES),
    Key("no", checks.SENTENCES),
)


def read_language(
    where: str, language: str, tables: Mapping[str, Any], known: Mapping[str, Sequence[str]], faults: list[str]
) -> tuple[LanguageCues, tuple[CueExamples, ...]] | None:
    """
    Read one languages/*.toml; ``None`` when it has faults, which are appended.

    Args:
        known: The ids that may have cues, by kind: frame, signal and topic.
    """
    n_before = len(faults)
    if not checks.LANGUAGE.holds(language):
        faults.append(f"{where}: the file name must be {checks.LANGUAGE.wanted}, e.g. languages/uk.toml.")
    keys = (
        Key("name", checks.TEXT),
        Key("telltale", checks.LETTERS, default=""),
        Key("frame", checks.ROWS),
        Key("signal", checks.ROWS, is_required=False),
        Key("topic", checks.ROWS, is_required=False),
        Key("gate", checks.ROWS),
    )
    row = check_table(where, tables, keys, faults)
    lists: dict[str, CueLists] = {}
    examples: list[CueExamples] = []
    for kind in (*KINDS, "gate"):
        ids = GATE_CUES if kind == "gate" else known[kind]
        found = row.get(kind) or {}
        read = _read_cue_tables(where, language, kind, found, ids, faults)
        if kind == "gate" and found:
            faults += [_missing_gate(where, name) for name in GATE_CUES if name not in found]
        lists[kind] = tuple((name, tuple(entry.cue for entry in entries)) for name, entries in read)
        examples += [entry for _, entries in read for entry in entries]
    if len(faults) > n_before:
        return None
    cues = LanguageCues(language=language, name=row["name"], telltale=row["telltale"], **lists)
    return cues, tuple(examples)


def _missing_gate(where: str, name: str) -> str:
    return (
        f"{where}: the table [gate.{name}] is missing: without it texts in this language would pass for being about "
        f"something else. Add it: [gate.{name}], then cues = {checks.CUES.example}."
    )


def check_cues(where: str, cues: Sequence[str], faults: list[str]) -> None:
    """Append a fault for each cue that cannot be read or stands twice in one list."""
    seen: dict[object, str] = {}
    for text in cues:
        try:
            cue = parse_cue(text)
        except CueError as error:
            faults.append(f"{where}: {error}")
            continue
        if cue.elements in seen:
            faults.append(f"{where}: the cue {text!r} says the same as {seen[cue.elements]!r}. Delete one.")
        seen.setdefault(cue.elements, text)


def _read_cue_tables(
    where: str, language: str, kind: str, tables: Mapping[str, Any], known: Sequence[str], faults: list[str]
) -> list[tuple[str, list[CueExamples]]]:
    """The cues of each ``[kind.<id>]`` table, with their examples."""
    home = "the relevance gate" if kind == "gate" else f"{kind}s.toml"
    read = []
    for name, table in tables.items():
        place = f"{where}, [{kind}.{name}]"
        if kind == "topic" and name in GATE_CUES:
            faults.append(f"{where}: [topic.{name}] is part of the relevance gate. Rename the table: [gate.{name}].")
        elif known and name not in known:
            end = "." if kind == "gate" else f", or add [{kind}.{name}] to {kind}s.toml."
            remedy = guess(name, known) or f"Known: {', '.join(known)}."
            faults.append(f"{where}: cues for {name!r}, but {home} has no such {kind}. {remedy} Rename the table{end}")
        elif not isinstance(table, dict):
            faults.append(f"{where}: {kind}.{name} is {show(table)}, not a table. Write [{kind}.{name}].")
        else:
            found = check_table(place, table, (Key("cues", checks.CUES),), faults).get("cues") or ()
            n_before = len(faults)
            rows = [check_table(f"{place} cue {n}", row, _CUE_KEYS, faults) for n, row in enumerate(found, 1)]
            if len(faults) == n_before:
                check_cues(place, [row["cue"] for row in rows], faults)
                read.append((name, [_examples(place, language, kind, name, row) for row in rows]))
    return read


def _examples(where: str, language: str, kind: str, code_id: str, row: Mapping[str, Any]) -> CueExamples:
    return CueExamples(
        where=where,
        language=language,
        kind=kind,
        code_id=code_id,
        cue=row["cue"],
        yes=tuple(row["yes"]),
        no=tuple(row["no"]),
    )
