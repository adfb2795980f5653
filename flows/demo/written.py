"""Stories that are written out word for word, for effects that need a text of their own."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from flows.demo.records import FOLDER

Line = tuple[str, str]
"""The frame that a sentence carries, or an empty string, and the sentence."""

LANGUAGE: Final = "en"
"""All of them are in this language, and so must be the outlets that print them."""
_PARAGRAPH: Final = 3  # sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One story of bank/stories.toml."""

    name: str
    headlines: tuple[str, ...]
    lines: tuple[Line, ...]
    edited_lines: tuple[Line, ...]
    """After the edits; the same where there are none."""
    edited_headline: str
    """After the edits; the same as the first where it does not change."""

    def run_of(self, share: float) -> tuple[Line, ...]:
        """The sentences in a row that come nearest to a share of the story's words."""
        wanted = share * count_words(self.lines)
        n = len(self.lines)
        runs = (self.lines[a:b] for a in range(n) for b in range(a + 1, n + 1))
        return min(runs, key=lambda run: abs(count_words(run) - wanted))


@cache
def load_written() -> dict[str, Written]:
    """Read all stories, by name."""
    content = tomllib.loads((FOLDER / "bank" / "stories.toml").read_text(encoding="utf-8"))
    stories = {}
    for name, story in content.items():
        lines = [(frame, sentence) for frame, sentence in story["sentences"]]
        edited = list(lines)
        for position, frame, sentence in story.get("edits", ()):
            edited[position] = (frame, sentence)
        stories[name] = Written(
            name=name,
            headlines=tuple(story["headlines"]),
            lines=tuple(lines),
            edited_lines=tuple(edited),
            edited_headline=story.get("edited_headline", story["headlines"][0]),
        )
    return stories


def to_paragraphs(lines: Sequence[Line]) -> tuple[str, ...]:
    """Three sentences each: the same text gives the same paragraphs wherever it is printed."""
    sentences = [sentence for _, sentence in lines]
    return tuple(" ".join(sentences[a : a + _PARAGRAPH]) for a in range(0, len(sentences), _PARAGRAPH))


def count_frames(lines: Iterable[Line]) -> dict[str, int]:
    """Frame -> number of sentences that carry it."""
    return dict(Counter(frame for frame, _ in lines if frame))


def count_words(lines: Iterable[Line]) -> int:
    """Between white space."""
    return sum(len(sentence.split()) for _, sentence in lines)
