"""Finding all cues of a language in one pass over the words of a sentence."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from framing.cues import Alternatives, Cue, Gap, Word
from framing.tokens import Token, bare, tokenise

_MEMO_SIZE: Final = 16_384  # distinct words remembered per index: nearly all that a text has; more only fills memory
_NONE: Final[frozenset[int]] = frozenset()

WordNumbers: TypeAlias = frozenset[int]
"""Which of the words written in the cues one word of a text is."""


@dataclass(frozen=True, slots=True)
class Match:
    """One cue found in a text."""

    label: str
    """What the cue was filed under, e.g. ``frame.deadlock``."""
    cue: Cue
    start: int
    end: int
    """Characters of the original string, end exclusive."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A word or alternatives, compiled: the numbers that may come first, and for each what must follow."""

    first: WordNumbers
    rests: dict[int, tuple[tuple[int, ...], ...]]


_Step: TypeAlias = _Choice | Gap


class CueIndex:
    """
    Cues compiled for searching.

    Every distinct word or stem of the cues has a number. A word of a text is looked up once (a dictionary
    of whole words, one of stems per stem length) and becomes the set of numbers it fits, nearly always the
    empty one; cues are then compared as numbers. So the cost of a word does not grow with the number of cues.
    """

    def __init__(self, labelled: Iterable[tuple[str, Cue]]) -> None:
        """
        Compile cues.

        Args:
            labelled: ``(label, cue)``; matches come back in this order where they start at the same word.
        """
        self._cues: tuple[tuple[str, Cue], ...] = tuple(labelled)
        self._numbers: dict[Word, int] = {}
        self._words: defaultdict[str, list[int]] = defaultdict(list)
        self._stems: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._steps = tuple(self._compile(cue) for _, cue in self._cues)
        # What else a sentence must hold, whatever the order: rules out most cues before they are compared.
        self._needs = tuple(
            tuple(step.first for step in steps[1:] if isinstance(step, _Choice)) for steps in self._steps
        )
        self._are_words = tuple(map(_is_word, self._steps))
        # And what must stand right behind its first word, whichever that is: rules out most of the rest.
        self._behind = tuple(map(_second, self._steps))
        self._caps = {number: word for word, number in self._numbers.items() if word.is_caps}
        self._lengths = tuple(sorted(self._stems))
        self._begun_by: defaultdict[int, list[int]] = defaultdict(list)
        for position, steps in enumerate(self._steps):
            if isinstance(steps[0], _Choice):
                for number in steps[0].first:
                    self._begun_by[number].append(position)
        self._known = _Memo(self._look_up)
        self._starts: dict[WordNumbers, tuple[int, ...]] = {}

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Match]:
        """
        Find every cue in one sentence.

        Args:
            text: The whole string.
            start: Where the sentence begins in it.
            end: Where it ends; ``None`` means the end of the text.

        Returns:
            Matches ascending by start. Of overlapping matches of one and the same cue only the leftmost,
            longest is given; different cues may overlap.
        """
        return self.find_among(tokenise(text, start, end), text)

    def find_among(self, tokens: Sequence[Token], text: str) -> list[Match]:
        """
        Find every cue among words that have been cut already.

        Args:
            tokens: The words of one sentence, as ``tokenise`` gives them.
            text: The whole string.
        """
        words = list(map(self._known.__getitem__, [key for _, _, key in tokens]))
        words.append(_NONE)  # so that there is always something behind a word
        known = [(position, word) for position, word in enumerate(words) if word]
        if self._caps:
            known = [(position, self._in_caps(text, tokens[position], word)) for position, word in known]
            for position, word in known:
                words[position] = word
        present = _NONE.union(*[word for _, word in known])
        starting = self._starts
        taken: dict[int, int] = {}
        matches = []
        for position, word in known:
            for index in starting[word] if word in starting else self._starting(word):
                behind = self._behind[index]
                if self._are_words[index]:
                    stop: int | None = position + 1
                elif (behind is not None and behind.isdisjoint(words[position + 1])) or any(
                    map(present.isdisjoint, self._needs[index])
                ):
                    continue
                else:
                    stop = _longest_end(self._steps[index], words, position)
                if stop is not None and position >= taken.get(index, 0):
                    taken[index] = stop
                    label, cue = self._cues[index]
                    matches.append(Match(label, cue, tokens[position][0], tokens[stop - 1][1]))
        return matches

    def _compile(self, cue: Cue) -> tuple[_Step, ...]:
        steps: list[_Step] = []
        for element in cue.elements:
            if isinstance(element, Gap):
                steps.append(element)
                continue
            options = element.options if isinstance(element, Alternatives) else ((element,),)
            rests: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
            for option in options:
                first, *rest = (self._number(word) for word in option)
                rests[first].append(tuple(rest))
            steps.append(_Choice(frozenset(rests), {first: tuple(runs) for first, runs in rests.items()}))
        return tuple(steps)

    def _number(self, word: Word) -> int:
        if word not in self._numbers:
            self._numbers[word] = len(self._numbers)
            shelf = self._stems[len(word.key)] if word.is_stem else self._words
            shelf[word.key].append(self._numbers[word])
        return self._numbers[word]

    def _in_caps(self, text: str, token: Token, numbers: WordNumbers) -> WordNumbers:
        """The same without the words that cues ask for in capitals, where the text has them in small letters."""
        if self._caps.keys().isdisjoint(numbers):
            return numbers
        letters = bare(text[token[0] : token[1]])
        return frozenset(n for n in numbers if n not in self._caps or _is_caps(letters, self._caps[n]))

    def _starting(self, word: WordNumbers) -> tuple[int, ...]:
        """The cues that may begin with this word, in order; there are fewer such sets than words."""
        if word not in self._starts:
            self._starts[word] = tuple(sorted({i for number in word for i in self._begun_by.get(number, ())}))
        return self._starts[word]

    def _look_up(self, key: str) -> WordNumbers:
        found = set(self._words.get(key, ()))
        for length in self._lengths:
            if length > len(key):
                break
            found.update(self._stems[length].get(key[:length], ()))
        return frozenset(found) if found else _NONE


class _Memo(dict[str, WordNumbers]):
    """The numbers of words; only one that is asked for the first time costs more than a dictionary's own lookup."""

    def __init__(self, look_up: Callable[[str], WordNumbers]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, key: str) -> WordNumbers:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        self[key] = numbers = self._look_up(key)
        return numbers


def _is_word(steps: Sequence[_Step]) -> bool:
    """Whether a cue is one word, or a choice between single words: it ends behind the word it begins with."""
    first, *rest = steps
    return not rest and isinstance(first, _Choice) and all(runs == ((),) for runs in first.rests.values())


def _second(steps: Sequence[_Step]) -> WordNumbers | None:
    """The words of which one must stand right behind a cue's first word; ``None``: it depends, or there is a gap."""
    if len(steps) < 2 or not isinstance(steps[0], _Choice) or not isinstance(steps[1], _Choice):
        return None
    return steps[1].first if all(runs == ((),) for runs in steps[0].rests.values()) else None


def _is_caps(letters: str, word: Word) -> bool:
    return (letters[: len(word.key)] if word.is_stem else letters).isupper()


def _longest_end(steps: Sequence[_Step], words: Sequence[WordNumbers], position: int) -> int | None:
    """The farthest word at which a cue can end when it starts at ``position``; exclusive."""
    ends = {position}
    for step in steps:
        if isinstance(step, Gap):
            ends = {end + skipped for end in ends for skipped in range(step.most + 1)}
        else:
            ends = {stop for end in ends if end < len(words) and words[end] for stop in _stops(step, words, end)}
        if not ends:
            return None
    return max(ends)


def _stops(choice: _Choice, words: Sequence[WordNumbers], position: int) -> list[int]:
    """Where a choice that starts at ``position`` can end."""
    here = words[position]
    if choice.first.isdisjoint(here):
        return []
    return [
        position + 1 + len(rest)
        for number in choice.first & here
        for rest in choice.rests[number]
        if position + len(rest) < len(words)
        and all(wanted in words[position + step] for step, wanted in enumerate(rest, 1))
    ]
