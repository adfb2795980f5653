"""The words of speech in one language: verbs of saying, and the words that sentences are built of."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from framing.codebook import Codebook, LanguagePart
from framing.cues import parse_cue, words_of
from framing.matching import CueIndex, Match
from framing.tokens import Token, fold

POSSESSIVE: Final = "possessive"
"""Tag of Trump's: what follows is a noun."""
_POSSESSIVE_ENDS: Final = ("'s", "’s")
# An apostrophe ends a word (qu'il are two), but short endings stay: didn't, Trump's.
_APOSTROPHE: Final = re.compile("['’]")
_PARTING: Final = re.compile("[,;:\n]")
"""What no verb in two parts has in its gap."""
_SPEAKING: Final = ("saying", "according")
_HELPER: Final = "grammar.helper"
_MEMO_LENGTH: Final = 40  # characters; longer "words" are rubbish and not worth the memory
_MEMO_SIZE: Final = 16_384  # distinct words remembered: nearly all that a text has; more only fills memory


class WordSet:
    """Words and stems of a registry table, to be asked for one word at a time."""

    def __init__(self, cues: Iterable[str]) -> None:
        words = [word for cue in cues for word in words_of(parse_cue(cue))]
        self._whole = frozenset(word.key for word in words if not word.is_stem)
        self._stems = tuple(word.key for word in words if word.is_stem)

    def __contains__(self, word: str) -> bool:
        return (key := fold(word)) in self._whole or (bool(self._stems) and key.startswith(self._stems))


class Lexicon:
    """A language's speech part, compiled."""

    def __init__(self, part: LanguagePart) -> None:
        self.marks = part.marks
        self._index = CueIndex(
            (f"{group}.{name}", parse_cue(cue))
            for group in _SPEAKING
            for name, cues in part.cues(group)
            for cue in cues
        )
        self._sets = {
            f"{group}.{name}": WordSet(cues)
            for group in ("pronoun", "role", "grammar", *_SPEAKING)
            for name, cues in part.cues(group)
        }
        self._none = WordSet(())
        self._endings = _endings(part, "ending")
        self._adverbs = _endings(part, "adverb")
        self._participles = _endings(part, "participle")
        self._tags: dict[str, frozenset[str]] = {}
        self.known = _Words(self._read)
        """Key and tags of a word as the text writes it."""

    def words(self, name: str) -> WordSet:
        """One table of words, ``grammar.that``; empty where the language has none."""
        return self._sets.get(name, self._none)

    def tags(self, key: str) -> frozenset[str]:
        """The tables that a folded word stands in, and the groups of these: grammar.that, grammar."""
        found = self._tags.get(key)
        if found is None:
            if len(self._tags) >= _MEMO_SIZE:
                self._tags.clear()
            found = frozenset(name for name, words in self._sets.items() if key in words)
            found |= {name.partition(".")[0] for name in found}
            if not found and "-" in key:  # dit-il, из-за
                first, *_, last = (self.tags(word) for word in key.split("-"))
                found = frozenset(tag for tag in last if tag.startswith("pronoun") or tag in first)
            if self._adverbs and key.endswith(self._adverbs) and "role" not in found:
                found |= {_HELPER}
            self._tags[key] = found
        return found

    def _read(self, word: str) -> tuple[str, frozenset[str]]:
        """Key and tags of a word: an apostrophe's ending counts only where the tables have it."""
        key = fold(word)
        tags = self.tags(key)
        if not tags and _APOSTROPHE.search(word):
            key = fold(_APOSTROPHE.sub("", word))
            tags = self.tags(key)
            if not tags:
                key = fold(_APOSTROPHE.split(word, maxsplit=1)[0])
                tags = self.tags(key)
        return key, tags | {POSSESSIVE} if word[-2:] in _POSSESSIVE_ENDS else tags

    def base(self, key: str) -> str:
        """A folded name without what declension hangs on it."""
        ending = next((ending for ending in self._endings if key.endswith(ending) and len(key) > len(ending) + 2), "")
        return key[: len(key) - len(ending)]

    def is_participle(self, key: str) -> bool:
        """Whether a folded verb has the ending of a form without a subject of its own."""
        return bool(self._participles) and key.endswith(self._participles)

    def sayings(self, covered: str, tokens: Sequence[Token] | None = None) -> list[Match]:
        """
        All verbs of saying and phrases like "according to", ascending, none inside another.

        Args:
            covered: A text, with its quotations covered.
            tokens: Its words, where they are known.
        """
        found: list[Match] = []
        matches = self._index.find(covered) if tokens is None else self._index.find_among(tokens, covered)
        for match in sorted(matches, key=lambda match: (match.start, -match.end)):
            if (not found or match.start >= found[-1].end) and _PARTING.search(covered, match.start, match.end) is None:
                found.append(match)
        return found


class _Words(dict[str, tuple[str, frozenset[str]]]):
    """What is known of words; a word that is asked for the first time is read."""

    def __init__(self, read: Callable[[str], tuple[str, frozenset[str]]]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, word: str) -> tuple[str, frozenset[str]]:
        known = self._read(word)
        if len(self) >= _MEMO_SIZE:
            self.clear()
        if len(word) <= _MEMO_LENGTH:
            self[word] = known
        return known


def _endings(part: LanguagePart, name: str) -> tuple[str, ...]:
    """The endings of a table, the longest first."""
    endings = {fold(cue) for table, cues in part.cues("grammar") if table == name for cue in cues}
    return tuple(sorted(endings, key=lambda ending: (-len(ending), ending)))


@lru_cache(maxsize=16)
def lexicon_of(codebook: Codebook, language: str | None) -> Lexicon | None:
    """A language's lexicon, or ``None`` where it has no speech part."""
    part = codebook.part(language, "speech")
    return None if part is None else Lexicon(part)
