"""What a sentence says of the actors it names: which words predicate on whom, and in which direction."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from framing.actors.directions import DESCRIBING, VALENCE, Direction, direction_of
from framing.actors.mentions import Mention
from framing.matching import Match

MAX_WORDS: Final = 8
"""Words between a cue and the actor it is said of: the longest gap of the cue language."""
MAX_DESCRIBED: Final = 3
"""Words between an adjective or apposition and the name behind it: the weak and paranoid President Putin."""
_MAX_CHARACTERS: Final = 90  # of eight words; spares counting the words of what is too long anyway
_MAX_CHAIN: Final = 4  # actors that are named together and share a side
_MAX_JOINT: Final = 40  # characters between such two
_LISTED: Final = re.compile(r"\s*[,/&]\s*")
_NAME_GOES_ON: Final = re.compile(r"(?:['’]s?)?[\s-]*")
_NEGATION_WORDS: Final = 2  # words between a negation and what it negates
_MAX_NEGATION: Final = 60  # characters of a negation and these words
_END_OF_CLAUSE: Final = re.compile(r"[;:!?()]|\s[–—-]\s")
_COMMA: Final = re.compile(r"[,«»“”„\"]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Predication:
    """One word or phrase that says something of one actor."""

    mention: Mention
    table: str
    """lean.harm, tone.negative ...: where the language's tone part lists it."""
    role: str | None
    """Protagonist, Antagonist, Innocent; ``None``: it judges without giving a part in the story."""
    valence: int
    """1 speaks for the actor, -1 against it, 0 neither."""
    start: int
    end: int
    """The cue, in the string of the mention, end exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One sentence with the cues and the actors found in it."""

    text: str
    """The whole string."""
    part: str
    """title or text: which string that is."""
    cues: Sequence[Match]
    """Of the groups lean and tone, ascending; without one inside a longer one and without what is a name itself."""
    link: Mapping[str, Sequence[Match]]
    """The grammatical words by table, ascending."""
    labels: Sequence[Match]
    """Slant markers, ascending."""
    mentions: Sequence[Mention]
    """Ascending, not overlapping."""

    def between(self, start: int, end: int) -> str | None:
        """The characters between a cue and an actor, or ``None`` where they are too far apart or parted."""
        if not 0 <= end - start <= _MAX_CHARACTERS:
            return None
        words = self.text[start:end]
        return None if _END_OF_CLAUSE.search(words) or len(words.split()) > MAX_WORDS else words

    def within(self, table: str, start: int, end: int) -> Sequence[Match]:
        """The words of a grammatical table that stand in a stretch."""
        words = self.link.get(table, ())
        first = bisect_left(words, start, key=_start)
        return [word for word in words[first : bisect_left(words, end, key=_start)] if word.end <= end]

    def is_negated(self, cue: Match) -> bool:
        """Whether a negation stands close before a cue."""
        found = self.within("not", max(0, cue.start - _MAX_NEGATION), cue.start)
        return any(len(self.text[word.end : cue.start].split()) <= _NEGATION_WORDS for word in found)

    def has_deed(self, start: int, end: int) -> bool:
        """Whether a deed stands in a stretch: who condemns the invasion of Y does not condemn Y."""
        first = bisect_left(self.cues, start, key=_start)
        found = [direction_of(cue) for cue in self.cues[first : bisect_left(self.cues, end, key=_start)]]
        return any(direction is not None and direction.doer is not None for direction in found)

    def is_by(self, start: int, end: int) -> bool:
        """Whether the words in front of an actor mark it as the one who does it, and none behind them as the target."""
        last = {words[-1].start: table for table in ("against", "by") if (words := self.within(table, start, end))}
        return bool(last) and last[max(last)] == "by" and not _COMMA.search(self.text[start:end])

    def is_place(self, place: int) -> bool:
        """Whether an actor is named as the place where something happens: in Kharkiv."""
        start = self.mentions[place].start
        found = self.within("in", max(0, start - _MAX_NEGATION), start)
        return bool(found) and not self.text[found[-1].end : start].strip()

    def chain(self, place: int, step: int, *, has_titles: bool = True) -> tuple[list[Mention], int]:
        """
        An actor and those that share what is said of it, and the place of the last one that was looked at.

        Of names that make one (Russian President Putin) the last counts; names in a list (Washington and Brussels)
        all do. Before a verb at the end, two names side by side are the doer and the target, not one name.
        """
        found = [self.mentions[place]]
        for _ in range(_MAX_CHAIN):
            other = place + step
            left, right = sorted((place, other))
            if not 0 <= left < right < len(self.mentions):
                break
            if self._is_list(self.mentions[left], self.mentions[right]):
                found.append(self.mentions[other])
            elif has_titles and self._is_one_name(self.mentions[left], self.mentions[right]):
                if step > 0:
                    found[-1] = self.mentions[other]
            else:
                break
            place = other
        return found, place

    def _is_list(self, left: Mention, right: Mention) -> bool:
        if right.start - left.end > _MAX_JOINT:
            return False
        words = self.text[left.end : right.start]
        has_and = len(words.split()) <= MAX_DESCRIBED and self.within("and", left.end, right.start)
        return bool(has_and or _LISTED.fullmatch(words))

    def _is_one_name(self, left: Mention, right: Mention) -> bool:
        """Russian President Vladimir Putin; also президент России Владимир Путин, with the title in front."""
        if right.start - left.end > _MAX_JOINT:
            return False
        words = self.text[left.end : right.start]
        if _NAME_GOES_ON.fullmatch(words):
            return True
        are_names = all(word[0].isupper() for word in words.split())
        first = max(0, left.start - _MAX_JOINT) if are_names else left.end
        titles = self.within("title", first, right.start)
        return len(words.split()) <= MAX_DESCRIBED and any(
            title.start >= left.end or not self.text[title.end : left.start].strip() for title in titles
        )


def _start(mention: Mention | Match) -> int:
    return mention.start


def predicate(sentence: Judged) -> Iterator[Predication]:
    """
    Say which words of a sentence are said of which of its actors.

    A cue of harm, help, blame or praise belongs to the nearest actor before it as the one who does it and to the
    nearest behind it as the one it is done to; the passive turns this round, and so does "by" in front of the
    actor. A describing word belongs to the actor right behind it, else to the nearest before it. An actor that
    stands between hides those farther off; those named in one breath share. A negated cue says nothing.

    Returns:
        In the order of the cues.
    """
    if not sentence.mentions:
        return
    for cue in sentence.cues:
        if sentence.is_negated(cue):
            continue
        behind = bisect_left(sentence.mentions, cue.end, key=_start)
        before = bisect_left(sentence.mentions, cue.start, key=_start) - 1
        if before >= 0 and sentence.mentions[before].end > cue.start:
            # The word is part of the name: Russian civilians.
            if cue.label in DESCRIBING:
                yield from _say([sentence.mentions[before]], cue, DESCRIBING[cue.label])
            continue
        direction = direction_of(cue)
        if direction is None:
            yield from _described(sentence, cue, before, behind)
        else:
            yield from _directed(sentence, cue, before, behind, direction)


def _described(sentence: Judged, cue: Match, before: int, behind: int) -> Iterator[Predication]:
    role = DESCRIBING[cue.label]
    is_place = sentence.is_place
    gap = _gap_behind(sentence, cue, behind)
    if gap is not None and len(gap.split()) <= MAX_DESCRIBED and not _COMMA.search(gap) and not is_place(behind):
        yield from _say(sentence.chain(behind, 1)[0], cue, role)
    elif _gap_before(sentence, cue, before) is not None and not is_place(before):
        yield from _say(sentence.chain(before, -1)[0], cue, role)


def _directed(sentence: Judged, cue: Match, before: int, behind: int, direction: Direction) -> Iterator[Predication]:
    yield from _said_before(sentence, cue, before, direction)
    for place in range(before + 1, behind):
        # The cue has a gap and an actor stands in it: wird von X angegriffen, will not let Y fail.
        has_by = direction.is_passive and sentence.is_by(cue.start, sentence.mentions[place].start)
        role = direction.doer if has_by else None if direction.is_passive else direction.target
        yield from _say([sentence.mentions[place]], cue, role)
    if behind == before + 1 or direction.is_passive:  # an actor in the gap is the target, and nobody farther off
        yield from _said_behind(sentence, cue, behind, direction)


def _said_before(sentence: Judged, cue: Match, before: int, direction: Direction) -> Iterator[Predication]:
    if _gap_before(sentence, cue, before) is None:
        return
    named, place = sentence.chain(before, -1, has_titles=not direction.is_last)
    if direction.is_passive or sentence.is_place(before):
        yield from _say(named, cue, direction.target)
    elif direction.is_last and _gap_before(sentence, cue, place - 1) is not None:
        yield from _say(named, cue, direction.target)
        yield from _say(sentence.chain(place - 1, -1)[0], cue, direction.doer)
    else:
        yield from _say(named, cue, direction.doer)


def _said_behind(sentence: Judged, cue: Match, behind: int, direction: Direction) -> Iterator[Predication]:
    gap = _gap_behind(sentence, cue, behind)
    if gap is None or (direction.doer is None and sentence.has_deed(cue.end, sentence.mentions[behind].start)):
        return
    nearest, last = sentence.chain(behind, 1)
    farther = sentence.chain(last + 1, 1)[0] if _gap_behind(sentence, cue, last + 1) is not None else []
    is_genitive = (direction.is_passive or direction.is_noun) and not gap.strip()
    target = None if direction.is_passive else direction.target
    if is_genitive or sentence.is_by(cue.end, sentence.mentions[behind].start):
        # удары ВСУ по городу, an attack by X on Y
        yield from _say(nearest, cue, direction.doer)
        yield from _say(farther, cue, target)
    else:
        yield from _say(nearest, cue, target)
        # l'invasion de Y par X, an attack on Y by X
        if farther and sentence.is_by(nearest[-1].end, farther[0].start):
            yield from _say(farther, cue, direction.doer)


def _gap_before(sentence: Judged, cue: Match, before: int) -> str | None:
    return sentence.between(sentence.mentions[before].end, cue.start) if before >= 0 else None


def _gap_behind(sentence: Judged, cue: Match, behind: int) -> str | None:
    return sentence.between(cue.end, sentence.mentions[behind].start) if behind < len(sentence.mentions) else None


def _say(mentions: Iterable[Mention], cue: Match, role: str | None) -> Iterator[Predication]:
    valence = VALENCE.get(role or cue.label, 0)
    if role is None and valence == 0:
        return
    for mention in mentions:
        yield Predication(mention=mention, table=cue.label, role=role, valence=valence, start=cue.start, end=cue.end)
