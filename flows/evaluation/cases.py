"""Written cases: whose voice a cue stands in, and which texts are about the talks."""

import csv
import io
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flows.evaluation.corpora import CorpusError, choose_files, missing, read_lines, read_text
from framing.tokens import has_word

VOICES: Final = ("outlet", "quoted", "reported", "rejected", "scare")
_CASE_KEYS: Final = {"language", "frame", "text", "voices"}
_OPTIONAL_KEYS: Final = {"kind", "speaker"}
_HEADLINES: Final = "ruwa_headlines.csv.gz"
_RELEVANCE: Final = "relevance_*.jsonl*"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCase:
    """One text and the voices that the hits of one code in it must have."""

    case_id: str
    """File and number."""
    series: str
    """What the file's name ends in: the first cases, the second ..."""
    language: str
    kind: str
    code_id: str
    text: str
    voices: tuple[str, ...]
    speaker: str | None
    """The surname as the text writes it; ``None``: not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelevanceCase:
    """One text, and whether it is about the talks."""

    document_id: str
    language: str
    series: str
    title: str
    text: str
    is_relevant: bool


def read_voice_cases(data: Path) -> list[VoiceCase]:
    """
    The cases of all files ``voice_cases_*.toml``, in order.

    Raises:
        CorpusError: There is no such file, or a case is not in the documented form.
    """
    return [
        _voice_case(case, path, number)
        for path in choose_files(data, "voice_cases_*.toml", "voice cases")
        for number, case in enumerate(_tables(path), 1)
    ]


def _tables(path: Path) -> list[dict[str, Any]]:
    try:
        found = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{path}: not TOML ({error}). Correct that line.") from error
    cases = found.get("case")
    if not isinstance(cases, list) or not cases or not all(isinstance(case, dict) for case in cases):
        raise CorpusError(f"{path}: holds no case. Each stands under [[case]]; docs/evaluation.md has the form.")
    return cases


def _voice_case(case: dict[str, Any], path: Path, number: int) -> VoiceCase:
    where = f"{path}: case {number}"
    wrong = sorted((_CASE_KEYS - case.keys()) | (case.keys() - _CASE_KEYS - _OPTIONAL_KEYS))
    if wrong:
        raise CorpusError(
            f"{where}: {wrong[0]!r} is missing or unknown. Needed are {', '.join(sorted(_CASE_KEYS))}; "
            f"{' and '.join(sorted(_OPTIONAL_KEYS))} may be given."
        )
    strings = [value for key, value in case.items() if key != "voices"]
    voices = case["voices"]
    if not all(isinstance(value, str) and value for value in strings) or not isinstance(voices, list):
        raise CorpusError(f"{where}: all values are strings, and voices is a list of them. Correct the case.")
    unknown = [voice for voice in voices if voice not in VOICES]
    if unknown or not voices:
        raise CorpusError(f"{where}: voices must be one or more of {', '.join(VOICES)}. Found: {voices}.")
    return VoiceCase(
        case_id=f"{path.stem} {number}",
        series=path.stem.removeprefix("voice_cases_"),
        language=case["language"],
        kind=case.get("kind", "frame"),
        code_id=case["frame"],
        text=case["text"],
        voices=tuple(sorted(set(voices))),
        speaker=case.get("speaker"),
    )


def read_relevance_cases(data: Path) -> list[RelevanceCase]:
    """
    Texts of ``relevance_*.jsonl``, and the war headlines of 2021 and 2022, none of which is about the talks.

    Raises:
        CorpusError: There is neither, or one is not in its documented form.
    """
    cases = [case for path in sorted(data.glob(_RELEVANCE)) for case in _read_texts(path)]
    if (data / _HEADLINES).is_file():
        cases += _read_headlines(data / _HEADLINES)
    if not cases:
        raise missing(data, f"{_HEADLINES} or {_RELEVANCE}", "texts about the talks or not")
    return cases


def _read_texts(path: Path) -> list[RelevanceCase]:
    series = path.name.partition(".")[0].removeprefix("relevance_")
    return [
        RelevanceCase(
            document_id=line["id"],
            language=line["language"],
            series=series,
            title=str(line.get("title") or ""),
            text=line["text"],
            is_relevant=line["relevant"],
        )
        for line in read_lines(path, {"id": str, "language": str, "text": str, "relevant": bool})
    ]


def _read_headlines(path: Path) -> list[RelevanceCase]:
    rows = csv.DictReader(io.StringIO(read_text(path), newline=""))
    if not {"src", "title", "desc"} <= set(rows.fieldnames or ()):
        raise CorpusError(f"{path}: the first line must name the columns src, title and desc. Correct it.")
    return [
        RelevanceCase(
            document_id=row["src"],
            language="en",
            series="war headlines",
            title=row["title"] or "",
            text=row["desc"] or "",
            is_relevant=False,
        )
        for row in rows
        if has_word(f"{row['title'] or ''} {row['desc'] or ''}")
    ]
