"""Where a text names somebody: the actors of the registry, and any other name that is handed in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from framing.codebook import Codebook
from framing.cues import parse_cue
from framing.matching import CueIndex, Match
from framing.sentences import split_sentences
from framing.tokens import Token, tokenise

_MIN_STEM: Final = 4
"""Letters that a name keeps; shorter ones (НАТО, США) are compared whole."""
_MAX_ENDING: Final = 3
"""Letters a declined name may have behind its stem: Орбан-ами."""
_CYRILLIC: Final = ("Ѐ", "ӿ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a text names an actor."""

    actor_id: str
    """Of the registry; of a name that was handed in, a key of our own."""
    part: str
    """title or text: which string the offsets count in."""
    start: int
    end: int
    """Characters, end exclusive."""


def find_mentions(title: str, text: str, language: str | None, codebook: Codebook) -> tuple[Mention, ...]:
    """
    Find the registry's actors.

    Args:
        title: May be empty.
        text: May be empty; names do not reach over the end of a sentence.
        language: ISO 639-1; decides only where sentences end, since aliases hold the names of all languages.
        codebook: Whose actors to look for.

    Returns:
        Mentions of the title, then of the text, ascending, none overlapping: of two the longer one counts.
    """
    index = _compile(codebook)
    return tuple(
        mention
        for part, string in (("title", title), ("text", text))
        for start, end in split_sentences(string, language)
        for mention in actors_among(index.find(string, start, end), part)
    )


def actors_among(matches: Iterable[Match], part: str) -> list[Mention]:
    """The actors among the cues found in one sentence, ascending and without overlaps."""
    return list(
        _apart(
            Mention(actor_id=match.label.removeprefix("actor."), part=part, start=match.start, end=match.end)
            for match in matches
            if match.label.startswith("actor.")
        )
    )


@lru_cache(maxsize=16)
def _compile(codebook: Codebook) -> CueIndex:
    return CueIndex((f"actor.{actor.actor_id}", parse_cue(text)) for actor in codebook.actors for text in actor.aliases)


class NameBook:
    """The actors that are asked for in one text, and how to find them again in it."""

    def __init__(self) -> None:
        self.actor_ids: list[str] = []
        """One per place that was asked for: of the registry where it knows the name, else a key of our own."""
        self._asked: dict[int, Mention] = {}
        self._names: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)

    @classmethod
    def of(cls, text: str, places: Sequence[tuple[int, int]], known: Iterable[Mention]) -> "NameBook":
        """
        Enter the names at some places.

        Args:
            text: What the places and the mentions count in.
            places: ``(start, end)``; a name is its last word, or all its words where that is a common noun.
            known: The registry's actors in the text.
        """
        book = cls()
        by_end = {mention.end: mention for mention in known}
        for start, end in places:
            tokens = _without_genitive(tokenise(text, start, end))
            registered = by_end.get(tokens[-1][1]) if tokens else None
            if registered is not None and registered.start >= start:
                actor_id = registered.actor_id
            else:
                actor_id = book._enter(text, tokens)
            book.actor_ids.append(actor_id)
            if start < end:
                book._asked.setdefault(start, Mention(actor_id=actor_id, part="text", start=start, end=end))
        return book

    def _enter(self, text: str, tokens: Sequence[Token]) -> str:
        is_proper = bool(tokens) and text[tokens[-1][0]].isupper()
        words = tuple(key for _, _, key in (tokens[-1:] if is_proper else tokens))
        if not words:
            return ""
        shelf = self._names[words[0][:_MIN_STEM]]
        for other, actor_id in shelf:
            if len(other) == len(words) and all(map(_is_same, other, words)):
                return actor_id
        shelf.append((words, f"name:{' '.join(words)}"))
        return shelf[-1][1]

    def find(self, string: str, part: str) -> tuple[Mention, ...]:
        """
        Find the entered names in a string of the same text; the places asked for are among them.

        Returns:
            Ascending, none overlapping. A name counts only where it is written with a capital.
        """
        found = dict(self._asked) if part == "text" else {}
        tokens = tokenise(string) if self._names else []
        for place, (start, _, key) in enumerate(tokens):
            shelf = self._names.get(key[:_MIN_STEM]) if string[start].isupper() else None
            for words, actor_id in shelf or ():
                following = tokens[place : place + len(words)]
                if len(following) == len(words) and all(
                    _is_same(word, token[2]) for word, token in zip(words, following, strict=True)
                ):
                    end = following[-1][1]
                    found.setdefault(start, Mention(actor_id=actor_id, part=part, start=start, end=end))
        return _apart(found.values())


def _apart(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _without_genitive(tokens: list[Token]) -> list[Token]:
    """The words of a name without the s of 's, which is a word of its own here."""
    return tokens[:-1] if len(tokens) > 1 and len(tokens[-1][2]) == 1 else tokens


def _is_same(name: str, word: str) -> bool:
    """Whether two words are one name, in whatever case of the declension."""
    if name == word or word == f"{name}s":
        return True
    if not _CYRILLIC[0] <= name[:1] <= _CYRILLIC[1] or len(name) <= _MIN_STEM:
        return False
    stem = name[: max(_MIN_STEM, len(name) - 2)]
    return word.startswith(stem) and len(word) <= len(stem) + _MAX_ENDING
