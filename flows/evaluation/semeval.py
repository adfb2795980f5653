"""SemEval-2023 task 3 (policy frames) and SemEval-2025 task 10 (narratives, roles of actors)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from flows.evaluation.corpora import (
    CorpusError,
    LabelledDocument,
    choose_files,
    read_lines,
    strip_ending,
)

NO_NARRATIVE: Final = "Other"
"""What the corpus calls a text without any narrative of its list; an answer of nothing is this answer."""
ROLES: Final = ("Protagonist", "Antagonist", "Innocent")
_WAR: Final = "URW: "
_ABOUT_THE_WAR: Final = re.compile(r"[_-](UA|URW)[_-]")
"""How the corpus names texts on the war, also those without a narrative; the others are on the climate."""
_NAMES: Final = Path(__file__).with_name("labels.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A named actor in a text and the role the text gives to it."""

    document_id: str
    name: str
    start: int
    end: int
    """Characters of the document's text, end exclusive."""
    role: str


@lru_cache
def label_names(kind: str) -> dict[str, str]:
    """The corpus's name of each code: policy or narrative."""
    names: dict[str, str] = tomllib.loads(_NAMES.read_text(encoding="utf-8"))[kind]
    return names


def read_frames(data: Path) -> list[LabelledDocument]:
    """The articles of ``semeval2023_t3``, all languages; a frame nobody knows is an error."""
    known = set(label_names("policy").values())
    documents = []
    for path in choose_files(data, "semeval2023_t3/frames_*.jsonl*", "policy frames"):
        for line in read_lines(path, {"id": str, "lang": str, "text": str, "frames": list}):
            labels = tuple(line["frames"])
            _require(labels, known, path, line["id"])
            documents.append(
                LabelledDocument(document_id=line["id"], language=line["lang"], text=line["text"], labels=labels)
            )
    return documents


def read_narratives(data: Path) -> list[LabelledDocument]:
    """The documents on the war; labels without their prefix, ``Other`` alone where there is no narrative."""
    known = set(label_names("narrative").values())
    documents = []
    for language, path in _by_language(data, "docs", "narratives"):
        for line in read_lines(path, {"doc": str, "text": str, "coarse": list}):
            if not _ABOUT_THE_WAR.search(line["doc"]):
                continue
            labels = tuple(label.removeprefix(_WAR) for label in line["coarse"] if label.startswith(_WAR))
            _require(labels, known, path, line["doc"])
            documents.append(
                LabelledDocument(
                    document_id=strip_ending(line["doc"]),
                    language=language,
                    text=line["text"],
                    labels=labels or (NO_NARRATIVE,),
                )
            )
    return documents


def read_roles(data: Path) -> list[tuple[LabelledDocument, tuple[Mention, ...]]]:
    """Every document with mentions, on whatever subject; offsets are checked against the mention's text."""
    found = []
    for language, path in _by_language(data, "st1", "roles"):
        texts = _texts(data, language)
        mentions: dict[str, list[Mention]] = {}
        for line in read_lines(path, {"doc": str, "mention": str, "start": int, "end": int, "main": str}):
            text = texts.get(line["doc"])
            if text is None or text[line["start"] : line["end"]] != line["mention"] or line["main"] not in ROLES:
                raise CorpusError(
                    f"{path}: the mention at {line['start']} of {line['doc']} is not in that document's text, or its "
                    f"role is none of {', '.join(ROLES)}. Offsets count characters of the text in docs_*.jsonl.gz."
                )
            document_id = strip_ending(line["doc"])
            mentions.setdefault(line["doc"], []).append(
                Mention(
                    document_id=document_id,
                    name=line["mention"],
                    start=line["start"],
                    end=line["end"],
                    role=line["main"],
                )
            )
        for name, those in mentions.items():
            document = LabelledDocument(document_id=strip_ending(name), language=language, text=texts[name], labels=())
            found.append((document, tuple(those)))
    return found


def _texts(data: Path, language: str) -> dict[str, str]:
    for other, path in _by_language(data, "docs", "the texts of the mentions"):
        if other == language:
            return {line["doc"]: line["text"] for line in read_lines(path, {"doc": str, "text": str})}
    return {}


def _by_language(data: Path, stem: str, wanted: str) -> list[tuple[str, Path]]:
    """The files of one kind with the language their name ends in."""
    paths = choose_files(data, f"semeval2025_t10/{stem}_*_??.jsonl*", wanted)
    return [(path.name.partition(".")[0].rpartition("_")[2].lower(), path) for path in paths]


def _require(labels: Sequence[str], known: set[str], path: Path, document_id: str) -> None:
    unknown = sorted(set(labels) - known)
    if unknown:
        raise CorpusError(
            f"{path}: {document_id}: label {unknown[0]!r} is not known. Correct the file; the known ones are "
            f"{', '.join(sorted(known))}."
        )
