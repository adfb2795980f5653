"""What the readers of all corpora share: documents, lines of JSON, and what is wrong with a file."""

import gzip
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from framing.errors import ParleyError
from framing.tokens import has_word

MAX_TITLE: Final = 200
"""Characters; a longer first line is a paragraph and no headline."""


class CorpusError(ParleyError):
    """A labelled file is missing or not in its documented form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledDocument:
    """One text of a corpus with its gold labels, in the corpus's own names."""

    document_id: str
    language: str
    """ISO 639-1."""
    text: str
    labels: tuple[str, ...]

    def split_title(self) -> tuple[str, str]:
        """Headline and body, where the first line stands alone and is short; else no headline."""
        first, _, rest = self.text.strip().partition("\n")
        if rest[:1].strip() or len(first) > MAX_TITLE or not has_word(rest):
            return "", self.text
        return first, rest


def choose_file(data: Path, pattern: str, wanted: str) -> Path:
    """
    The one file of a corpus.

    Raises:
        CorpusError: It is not there.
    """
    path = data / pattern
    if not path.is_file():
        raise missing(data, pattern, wanted)
    return path


def choose_files(data: Path, pattern: str, wanted: str) -> tuple[Path, ...]:
    """
    All files of a corpus, in order.

    Raises:
        CorpusError: There is none.
    """
    paths = tuple(sorted(data.glob(pattern)))
    if not paths:
        raise missing(data, pattern, wanted)
    return paths


def missing(data: Path, pattern: str, wanted: str) -> CorpusError:
    """What to say where a corpus is not in the folder."""
    return CorpusError(
        f"{data}: no {pattern} with {wanted}. Give the folder that holds it as --data; docs/evaluation.md has the form."
    )


def read_lines(path: Path, keys: dict[str, type]) -> Iterator[dict[str, Any]]:
    """
    The objects of a file of JSON lines, plain or with gzip.

    Args:
        path: Blank lines are skipped.
        keys: What each object must have, and of which type.

    Raises:
        CorpusError: The file cannot be read, or a line lacks something; it is named.
    """
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            yield _check(line, f"{path}: line {number}", keys)


def _check(line: str, where: str, keys: dict[str, type]) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{where}: not JSON ({error}). Each line must be one JSON object.") from error
    for key, kind in keys.items():
        if not isinstance(found, dict) or not isinstance(found.get(key), kind):
            raise CorpusError(f'{where}: needs "{key}" of type {kind.__name__}. See docs/evaluation.md for the form.')
        if kind is list and not all(isinstance(entry, str) for entry in found[key]):
            raise CorpusError(f'{where}: "{key}" must be a list of strings. See docs/evaluation.md for the form.')
    return dict(found)


def read_text(path: Path) -> str:
    """
    A file as text, with line ends as they are: offsets count in it.

    Raises:
        CorpusError: It cannot be read, unpacked or decoded.
    """
    try:
        body = path.read_bytes()
        return (gzip.decompress(body) if path.suffix == ".gz" else body).decode("utf-8-sig")
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read ({error}). Fetch the file anew; it must be UTF-8.") from error


def strip_ending(name: str) -> str:
    """A document's name without its file ending, as ``half_of`` takes it."""
    return name.removesuffix(".txt")
