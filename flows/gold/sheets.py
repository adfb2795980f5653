"""Coders' sheets: CSV files out, with columns to fill in, and back."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from flows.gold.drawing import Line
from framing.errors import ParleyError
from warehouse.judgements import ANSWERS, VOICES, Judgement

TO_FILL: Final = ("carried", "voice", "note")
"""The columns that are handed out empty."""
COLUMNS: Final = (*(field.name for field in fields(Line)), *TO_FILL)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula; the texts are of others."""
_DELIMITERS: Final = (",", ";", "\t")
"""Spreadsheets save CSV as their country writes lists."""
N_SHOWN: Final = 20
"""Faults named one by one; a wrong file has one on each line."""


class SheetError(ParleyError):
    """A sheet cannot be written, or read as judgements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet that was read."""

    judgements: tuple[Judgement, ...]
    n_empty: int
    """Units that the coder has not judged yet."""


def require_free(path: Path) -> None:
    """
    Raises:
        SheetError: There is a file already, which may hold a coder's work, or no folder for one.
    """
    if path.exists():
        raise SheetError(
            f"{path}: this file is there already and may hold judgements. Give another name with --out. "
            "Nothing was written."
        )
    if not path.absolute().parent.is_dir():
        raise SheetError(f"{path}: there is no folder {path.parent}. Make it, or give another name with --out.")


def write_sheet(path: Path, lines: Sequence[Line]) -> None:
    """
    Write a new sheet, one line per unit, as spreadsheets read it.

    Raises:
        SheetError: There is a file already, or none can be written here.
    """
    require_free(path)
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows({name: _harmless(value) for name, value in asdict(line).items()} for line in lines)
    except OSError as error:
        raise SheetError(
            f"{path}: cannot be written ({error.strerror}). Give another name with --out, and the same --seed: the "
            "same sample is drawn."
        ) from error


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_sheet(path: Path, coder: str, known: Mapping[str, object]) -> Sheet:
    """
    Read what a coder filled in; all of it or, where one line is wrong, none.

    Args:
        path: CSV with a header; needs unit_id and carried, may have voice and note, and any other columns.
        coder: Whose judgements these are.
        known: The units of all samples, by id.

    Raises:
        SheetError: Names each line that is wrong.
    """
    judgements: dict[str, Judgement] = {}
    faults: list[str] = []
    n_empty = 0
    for number, row in _rows(path):
        fault = _fault(row, known, judgements)
        if fault:
            faults.append(f"{path}, line {number}: {fault}")
        elif not row["carried"]:
            n_empty += 1
        else:
            judgements[row["unit_id"]] = Judgement(
                unit_id=row["unit_id"],
                coder=coder,
                carried=row["carried"],
                voice=row.get("voice") or None,
                note=row.get("note") or None,
            )
    if faults:
        more = [f"... and {len(faults) - N_SHOWN} more."] if len(faults) > N_SHOWN else []
        raise SheetError(
            "\n".join([*faults[:N_SHOWN], *more, "Mend the file and import it again. Nothing was imported."])
        )
    return Sheet(judgements=tuple(judgements.values()), n_empty=n_empty)


def _fault(row: Mapping[str, str], known: Mapping[str, object], seen: Mapping[str, object]) -> str | None:
    """What is wrong with a line and how to mend it; ``None``: nothing."""
    unit, carried, voice = row["unit_id"], row["carried"], row.get("voice", "")
    if unit not in known:
        return f"no sample of this home has a unit {unit!r}. Leave the column unit_id as it was handed out."
    if unit in seen:
        return f"unit {unit} was judged on a line above already. Keep one of the two."
    if not carried and (voice or row.get("note")):
        return "has a voice or a note, but nothing in carried. Write yes, no or unsure there, or empty the others."
    if carried and carried not in ANSWERS:
        return f"carried is {carried!r}. Write {_either(ANSWERS)}, or leave it empty: not judged yet."
    if voice and voice not in VOICES:
        return f"voice is {voice!r}. Write {_either(VOICES)}, or leave it empty."
    if voice and carried == "no":
        return f"voice is {voice!r}, but carried is no. A frame that is not there has no voice: empty one of the two."
    return None


def _either(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The line on which each row begins, and its cells without white space around them; empty rows are left out."""
    text = _text(path)
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in ("unit_id", "carried") if name not in names]
        if missing:
            raise SheetError(
                f"{path}, line 1: there is no column {' and no column '.join(missing)}. The first line must name the "
                f"columns, as parley sample wrote them: {', '.join(COLUMNS)}. Nothing was imported."
            )
        first = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = dict.fromkeys(names, "") | {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
                yield first, row | {name: row[name].lower() for name in ("carried", "voice") if name in row}
            first = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(
            f"{path}, line {reader.line_num}: not CSV ({error}). Save the sheet as CSV in UTF-8. Nothing was imported."
        ) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SheetError(f"{path}: cannot be read ({error.strerror}). Give a file that parley sample wrote.") from error
    except UnicodeDecodeError as error:
        raise SheetError(
            f"{path}: not UTF-8 (byte {error.start}). Save the sheet as CSV in UTF-8. Nothing was imported."
        ) from error
