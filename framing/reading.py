"""Reading a text: its sentences, each with every cue of the codebook found in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from framing.codebook import Codebook
from framing.cues import Cue, parse_cue
from framing.matching import CueIndex, Match
from framing.sentences import split_sentences
from framing.tokens import has_word


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what was found in it."""

    part: str
    """title or text: which string the offsets count in."""
    start: int
    end: int
    frames: tuple[tuple[str, Match], ...] = ()
    """``(frame_id, match)``, ascending by start."""
    topics: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    """The sides of the actors it names."""


def read_sentences(title: str, text: str, language: str | None, codebook: Codebook) -> tuple[Sentence, ...]:
    """
    Split a text and find all cues in it, in one pass.

    Args:
        title: One sentence, if it holds a word.
        text: Any length; paragraphs separated by line breaks.
        language: ISO 639-1; without cues for it the sentences come back bare.
        codebook: Whose cues to look for.

    Returns:
        The title, then the sentences of the text.
    """
    index = _compile(codebook, language) if codebook.cues_for(language) else None
    spans = [("text", text, start, end) for start, end in split_sentences(text, language)]
    if has_word(title):
        stripped = title.strip()
        start = title.index(stripped)
        spans.insert(0, ("title", title, start, start + len(stripped)))
    return tuple(
        _sort_matches(Sentence(part, start, end), index.find(string, start, end) if index else [])
        for part, string, start, end in spans
    )


def _sort_matches(sentence: Sentence, matches: list[Match]) -> Sentence:
    found: dict[str, list[tuple[str, Match]]] = {"frame": [], "topic": [], "side": []}
    for match in matches:
        kind, _, name = match.label.partition(".")
        found[kind].append((name, match))
    return Sentence(
        sentence.part,
        sentence.start,
        sentence.end,
        tuple(found["frame"]),
        frozenset(name for name, _ in found["topic"]),
        frozenset(name for name, _ in found["side"]),
    )


@lru_cache(maxsize=16)
def _compile(codebook: Codebook, language: str) -> CueIndex:
    """A codebook has a handful of languages and changes rarely; compiling takes some milliseconds."""
    return CueIndex(_labelled_cues(codebook, language))


def _labelled_cues(codebook: Codebook, language: str) -> Iterator[tuple[str, Cue]]:
    cues = codebook.cues_for(language)
    if cues is not None:
        for kind, lists in (("frame", cues.frames), ("topic", cues.topics)):
            for name, texts in lists:
                for text in texts:
                    yield f"{kind}.{name}", parse_cue(text)
    for actor in codebook.actors:
        for text in actor.aliases:
            yield f"side.{actor.side}", parse_cue(text)
