"""Reading a text: its sentences, each with every cue of the codebook found in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from framing.actors.reading import GROUPS, tone_cues
from framing.codebook import KINDS, LAYERS, Codebook
from framing.cues import Cue, parse_cue
from framing.matching import CueIndex, Match
from framing.sentences import split_sentences
from framing.tokens import tokenise

_CODED: Final = frozenset((*KINDS, *LAYERS))
_JUDGING: Final = frozenset((*GROUPS, "actor"))
_JUDGED: Final = ("actor", "label")
_OPENING: Final = 3
"""Sentences of a text among which a repeated headline stands: some pages print it inside the body."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what was found in it."""

    part: str
    """title or text: which string the offsets count in."""
    start: int
    end: int
    codes: tuple[tuple[str, str, Match], ...] = ()
    """``(kind, id, match)``, ascending by start: frames, signals, topics and the codes of the layers."""
    gate: frozenset[str] = frozenset()
    """What of the relevance gate's it holds: settlement, negotiation."""
    sides: frozenset[str] = frozenset()
    """The sides of the actors it names."""
    judging: tuple[Match, ...] = ()
    """
    Actors, and the words of the tone part, ascending by start; see ``framing.actors.reading.judged_from``. Empty
    where nobody is named and nothing labelled: such a sentence judges nobody.
    """


def read_sentences(title: str, text: str, language: str | None, codebook: Codebook) -> tuple[Sentence, ...]:
    """
    Split a text and find all cues in it, in one pass.

    Args:
        title: One sentence, if it holds a word.
        text: Any length; paragraphs separated by line breaks.
        language: ISO 639-1; without cues for it the sentences come back bare.
        codebook: Whose cues to look for.

    Returns:
        The title, then the sentences of the text; one that opens the text and repeats the title is left
        out, or the headline would count twice wherever a page prints it inside the body.
    """
    index = _compile(codebook, language) if codebook.cues_for(language) else None
    sides = {actor.actor_id: actor.side for actor in codebook.actors}
    headline = _words(title, 0, len(title))
    spans = [
        ("text", text, start, end)
        for place, (start, end) in enumerate(split_sentences(text, language))
        if place >= _OPENING or not headline or _words(text, start, end) != headline
    ]
    if headline:
        stripped = title.strip()
        start = title.index(stripped)
        spans.insert(0, ("title", title, start, start + len(stripped)))
    return tuple(
        _sort_matches(Sentence(part, start, end), index.find(string, start, end) if index else [], sides)
        for part, string, start, end in spans
    )


def _words(text: str, start: int, end: int) -> list[str]:
    return [key for _, _, key in tokenise(text, start, end)]


def _sort_matches(sentence: Sentence, matches: list[Match], sides: Mapping[str, str]) -> Sentence:
    if not matches:
        return sentence
    found = [(*match.label.partition(".")[::2], match) for match in matches]
    kinds = {kind for kind, _, _ in found}
    return Sentence(
        sentence.part,
        sentence.start,
        sentence.end,
        tuple((kind, name, match) for kind, name, match in found if kind in _CODED),
        frozenset(name for kind, name, _ in found if kind == "gate"),
        frozenset(sides[name] for kind, name, _ in found if kind == "actor"),
        tuple(match for kind, _, match in found if kind in _JUDGING) if not kinds.isdisjoint(_JUDGED) else (),
    )


@lru_cache(maxsize=16)
def _compile(codebook: Codebook, language: str) -> CueIndex:
    """A codebook has a handful of languages and changes rarely; compiling takes some milliseconds."""
    return CueIndex(_labelled_cues(codebook, language))


def _labelled_cues(codebook: Codebook, language: str) -> Iterator[tuple[str, Cue]]:
    cues = codebook.cues_for(language)
    if cues is not None:
        for kind in (*KINDS, "gate"):
            for name, texts in cues.lists(kind):
                for text in texts:
                    yield f"{kind}.{name}", parse_cue(text)
    for kind in LAYERS:
        for table in codebook.layer(language, kind):
            for text in table.cues:
                yield f"{kind}.{table.name}", parse_cue(text)
    yield from tone_cues(codebook, language)
