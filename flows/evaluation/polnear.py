"""PolNeAR: news articles with their attributions, in brat's stand-off format."""

import lzma
import re
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.evaluation.corpora import CorpusError, choose_file
from framing.evaluation.quotations import Attribution
from framing.evaluation.spans import Span

ARCHIVE: Final = "polnear_train_dev.tar.xz"
SECTIONS: Final = ("dev", "train")
_LINE: Final = re.compile(r"[TE]\d+\t")
"""A span or an event; all else are annotators' notes, some of which run over several lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedText:
    """One article with its gold attributions."""

    document_id: str
    section: str
    """dev or train, as the corpus divides itself."""
    text: str
    attributions: tuple[Attribution, ...]


def read_polnear(data: Path) -> list[AttributedText]:
    """
    All articles that somebody annotated, in order.

    Where several people annotated one article the first file by name counts, so that each article counts once.

    Raises:
        CorpusError: The archive is missing or broken, or an annotation is not in brat's form.
    """
    path = choose_file(data, ARCHIVE, "texts and attributions")
    texts: dict[tuple[str, str], str] = {}
    annotations: dict[tuple[str, str], str] = {}
    for name, content in _members(path):
        section, folder, file = name.split("/")[-3:]
        if folder == "text" and file.endswith(".txt"):
            texts[section, file.removesuffix(".txt")] = content
        elif folder == "attributions" and file.endswith(".ann"):
            annotations[section, file.removesuffix(".ann")] = content
    first: dict[tuple[str, str], str] = {}
    for section, name in sorted(annotations):
        first.setdefault((section, name.rpartition("_")[0]), name)
    unknown = sorted(key for key in first if key not in texts)
    if unknown:
        raise CorpusError(f"{path}: no text for the annotation of {unknown[0][1]}. Add it under {unknown[0][0]}/text/.")
    return [
        AttributedText(
            document_id=document_id,
            section=section,
            text=texts[section, document_id],
            attributions=_read_brat(annotations[section, name], f"{path}: {section}/attributions/{name}.ann"),
        )
        for (section, document_id), name in first.items()
    ]


def _members(path: Path) -> list[tuple[str, str]]:
    """Name and content of the texts and annotations in the archive."""
    try:
        with tarfile.open(path) as archive:
            return [
                (member.name, content.read().decode("utf-8"))
                for member in archive
                if member.name.count("/") >= 2 and (content := archive.extractfile(member)) is not None
            ]
    except (OSError, EOFError, tarfile.TarError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read ({error}). Fetch the archive anew.") from error


def _read_brat(content: str, where: str) -> tuple[Attribution, ...]:
    """The attributions with a content, from lines ``T1<tab>Source 43 54<tab>...`` and ``E1<tab>Attribution:T4 ...``."""
    spans: dict[str, Span] = {}
    events: list[dict[str, list[str]]] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not _LINE.match(line):
            continue
        try:
            if line.startswith("T"):
                key, place = line.split("\t")[:2]
                pieces = place.split(" ", 1)[1].split(";")
                spans[key] = tuple((int(start), int(end)) for start, end in (piece.split() for piece in pieces))
            else:
                event: dict[str, list[str]] = {}
                for part in line.split("\t")[1].split():
                    role, target = part.split(":")
                    event.setdefault(role.rstrip("0123456789"), []).append(target)
                events.append(event)
        except (ValueError, IndexError) as error:
            raise CorpusError(
                f"{where}: line {number} is not brat's form ({error}). See docs/evaluation.md."
            ) from error
    try:
        found = [{role: _join(spans, keys) for role, keys in event.items()} for event in events]
    except KeyError as error:
        raise CorpusError(f"{where}: {error} is named but not there. Add its line, or correct the name.") from error
    return tuple(
        Attribution(content=parts["Content"], source=parts.get("Source"), cue=parts.get("Cue"))
        for parts in found
        if "Content" in parts
    )


def _join(spans: dict[str, Span], keys: list[str]) -> Span:
    return tuple(sorted(piece for key in keys for piece in spans[key]))
