"""Who a mention stands for: a person's full name, a pronoun's person, an actor of the registry."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from framing.codebook import Codebook
from framing.cues import parse_cue
from framing.matching import CueIndex
from framing.speech.items import Item
from framing.speech.lexicon import Lexicon
from framing.speech.phrases import Phrase, phrase_before
from framing.tokens import fold

MAX_NAME: Final = 4
"""Words of a name; longer runs of capitals are headlines."""
_CAPITALS: Final = "".join(chr(point) for point in range(0x41, 0x530) if chr(point).isupper())
_WORD: Final = rf"[{_CAPITALS}](?:\w|['’\-‑](?=\w))*"
_RUN: Final = re.compile(rf"(?<!\w){_WORD}(?:(?:(?<=[{_CAPITALS}])\. | ){_WORD})*")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SENTENCE_ENDS: Final = '.!?…\n"”»“'  # with the empty string: the beginning of the text
_REACH: Final = 4  # characters before a name in which the last sentence ends
_MEMORY: Final = 1_500
"""Characters that a pronoun looks back for a person who has not spoken."""
_NOT_NAMES: Final = (
    *(
        f"grammar.{name}"
        for name in ("preposition", "conjunction", "that", "helper", "article", "abbreviation", "time")
    ),
    *("pronoun", "role", "saying", "according"),
)
"""What no part of a name is, even with a capital: Gov., But, President."""


class Names:
    """The names of a text, full ones by their last word, and where sentences begin with one."""

    def __init__(self, text: str, lexicon: Lexicon, codebook: Codebook) -> None:
        self._lexicon = lexicon
        self._actors = _actor_index(codebook)
        self._counts: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        self._full: dict[str, tuple[str, ...]] = {}
        """The most frequent of these, once it has been asked for: a family can have thousands of members."""
        self._starts: list[int] = []
        self._subjects: list[tuple[str, ...]] = []
        for found in _RUN.finditer(text):
            names = [self.without_place(name) for name in self._cut(found[0])]
            for name in names:
                if 2 <= len(name) <= MAX_NAME:
                    self._counts[lexicon.base(fold(name[-1]))][name] += 1
            if names and text[max(0, found.start() - _REACH) : found.start()].rstrip(" \t")[-1:] in _SENTENCE_ENDS:
                self._starts.append(found.start())
                self._subjects.append(names[-1])

    def full(self, name: Sequence[str]) -> tuple[str, ...]:
        """The most frequent full name with the same last word, else the name itself."""
        last = self._lexicon.base(fold(name[-1]))
        full = self._full.get(last)
        if full is None:
            known: Mapping[tuple[str, ...], int] = self._counts.get(last, {})
            full = max(known, key=lambda other: (known[other], len(other)), default=())
            self._full[last] = full
        return full if len(full) > len(name) else tuple(name)

    def without_place(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """A name without the state that its office is of: президент Украины Владимир Зеленский."""
        while len(name) > 2 and self._actors.find(name[0]):
            name = name[1:]
        return name

    def subject_between(self, start: int, end: int) -> tuple[str, ...] | None:
        """The last person with a full name with whom a sentence begins in a stretch of the text."""
        for place in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._starts[place] < max(start, end - _MEMORY):
                return None
            full = self.full(self._subjects[place])
            if len(full) > 1:
                return full
        return None

    def _cut(self, run: str) -> Iterator[tuple[str, ...]]:
        """The names in a run of capitals: "But President Donald Trump" holds one."""
        name: list[str] = []
        for word in run.split(" "):
            bare = _name_word(word, self._lexicon)
            if bare is not None:
                name.append(bare)
            elif name:
                yield tuple(name)
                name = []
        if name:
            yield tuple(name)


class Speakers:
    """Resolves mentions in the order of the text."""

    def __init__(self, names: Names, codebook: Codebook) -> None:
        self._names = names
        self._actors = _actor_index(codebook)
        self._last: tuple[str | None, str | None] = None, None
        self._last_place = 0

    def resolve(self, part: str, text: str, items: Sequence[Item], phrase: Phrase) -> tuple[str | None, str | None]:
        """
        Name the speaker.

        Args:
            part: title or text.
            text: What the items count in.
            items: A sentence.
            phrase: The mention in it.

        Returns:
            ``(speaker, actor_id)``, ``None`` for what is not known. A pronoun is the person who spoke last, or
            with whom a later sentence began.
        """
        mention = items[phrase[0] : phrase[1]]
        if len(mention) == 1 and mention[0].has("pronoun"):
            if not mention[0].has("pronoun.relative"):
                return self._person(part, mention[0])
            comma = phrase[0] > 0 and items[phrase[0] - 1].is_sign(",")
            antecedent = phrase_before(items, phrase[0] - comma, 0)
            if antecedent is None or items[antecedent[0]].has("pronoun"):
                return None, None
            mention = items[antecedent[0] : antecedent[1]]
        name, may_act = self._name(text, mention)
        return self._remember(name, self._actor(name) if may_act else None, mention[0].start if part == "text" else 0)

    def _person(self, part: str, pronoun: Item) -> tuple[str | None, str | None]:
        if not pronoun.has("pronoun.person"):
            return None, None
        subject = self._names.subject_between(self._last_place, pronoun.start) if part == "text" else None
        if subject is None:
            return self._last
        name = " ".join(subject)
        return self._remember(name, self._actor(name), pronoun.start)

    def _remember(self, name: str, actor_id: str | None, place: int) -> tuple[str | None, str | None]:
        self._last, self._last_place = (name, actor_id), place
        return self._last

    def _name(self, text: str, mention: Sequence[Item]) -> tuple[str, bool]:
        """
        What a mention calls the speaker, and whether that could be an actor of the registry.

        That is the name that ends it, in its full form; else the whole phrase without its article. A spokesman for
        somebody is not that somebody.
        """
        named = [_is_name(text[item.start : item.end], item.tags) for item in mention]
        link = next((n for n, item in enumerate(mention) if item.has("grammar.linking")), len(mention))
        is_linked = link < len(mention)
        if link and named[link - 1]:
            mention, named, is_linked = mention[:link], named[:link], False  # "Paul Ryan of Wisconsin"
        begin = len(mention)
        while begin and named[begin - 1]:
            begin -= 1
        if begin < len(mention) and not is_linked:
            name = _POSSESSIVE.sub("", text[mention[begin].start : mention[-1].end])
            return " ".join(self._names.full(self._names.without_place(tuple(name.split())))), True
        first = 1 if len(mention) > 1 and mention[0].has("grammar.article") else 0
        return text[mention[first].start : mention[-1].end], not is_linked

    def _actor(self, name: str) -> str | None:
        """The actor whose name ends as this one does."""
        found = [match for match in self._actors.find(name) if match.end == len(name)]
        return min(found, key=lambda match: match.start).label if found else None


def _is_name(word: str, tags: frozenset[str]) -> bool:
    """Whether a word can be part of a person's name; РФ, USA and titles cannot."""
    return word[:1].isupper() and not (len(word) > 1 and word.isupper()) and tags.isdisjoint(_NOT_NAMES)


@lru_cache(maxsize=20_000)
def _name_word(word: str, lexicon: Lexicon) -> str | None:
    """A word without its possessive ending, where it can be part of a name."""
    bare = _POSSESSIVE.sub("", word.rstrip("."))
    return bare if _is_name(bare, lexicon.tags(fold(bare))) else None


@lru_cache(maxsize=16)
def _actor_index(codebook: Codebook) -> CueIndex:
    return CueIndex((actor.actor_id, parse_cue(alias)) for actor in codebook.actors for alias in actor.aliases)
