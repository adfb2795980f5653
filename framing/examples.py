"""The registry's examples: sentences in which a cue must, and must not, be found."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from framing.cues import parse_cue
from framing.matching import CueIndex
from framing.records import CueExamples

_LABEL: Final = "cue"


def failing_examples(examples: Iterable[CueExamples]) -> list[str]:
    """
    Try every example of the registry.

    Args:
        examples: All cues of each table they belong to: a ``no`` holds against the whole table, or
            a sentence that one cue passes over would carry the frame through its neighbour unseen.

    Returns:
        One sentence group per fault: file and table, finding, way out; none when all hold.
    """
    tables: dict[tuple[str, str, str, str], list[CueExamples]] = {}
    for example in examples:
        tables.setdefault((example.where, example.language, example.kind, example.code_id), []).append(example)
    return [fault for table in tables.values() for fault in _faults(table)]


def _faults(table: list[CueExamples]) -> Iterator[str]:
    cues = {entry.cue: CueIndex([(_LABEL, parse_cue(entry.cue))]) for entry in table}
    for entry in table:
        for sentence in entry.yes:
            if not cues[entry.cue].find(sentence):
                yield (
                    f"{entry.where}: the cue {entry.cue!r} is not found in its example {sentence!r}. "
                    "Mend the cue, or the sentence under 'yes'."
                )
        for sentence in entry.no:
            for cue in _finding(cues, sentence):
                yield (
                    f"{entry.where}: {sentence!r} stands under 'no' of the cue {entry.cue!r}, but the cue {cue!r} "
                    "is found in it. Narrow that cue, or change the sentence."
                )


def _finding(cues: Mapping[str, CueIndex], sentence: str) -> Iterator[str]:
    return (cue for cue, index in cues.items() if index.find(sentence))
