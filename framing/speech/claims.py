"""What has been found in one sentence so far, and how one finding limits another."""

from dataclasses import dataclass
from typing import Final

from framing.speech.clause import Clause
from framing.speech.items import COMMAS, QUOTE, SIGN, WORD
from framing.speech.phrases import Phrase

MIN_CLAUSE: Final = 2
"""Words that what stands before ", he said" must have to be what he said."""


@dataclass(slots=True)
class Claim:
    """One verb of saying with its subject and what is said, as numbers of items."""

    label: str
    """Group and name of the verb's table; empty: a colon stands for the verb."""
    cue: Phrase
    speaker: Phrase | None
    contents: list[Phrase]


class Claims:
    """The claims of a sentence, in the order of their verbs."""

    def __init__(self, clause: Clause) -> None:
        self.found: list[Claim] = []
        self._clause = clause

    def bound(self, place: int) -> int:
        """Where the clause of a verb may begin: behind what opened the last claim's content."""
        starts = [content[0] for claim in self.found for content in claim.contents if content[0] <= place < content[1]]
        return max(starts, default=0)

    def left_content(self, end: int, min_words: int = MIN_CLAUSE) -> Phrase | None:
        """What stands before an attribution that ends its sentence."""
        begin = 0
        for claim in self.found:
            tails = [claim.cue[1], *([claim.speaker[1]] if claim.speaker else [])]
            if not any(content[0] > claim.cue[0] for content in claim.contents):
                begin = max(begin, *tails)
        last = end - 1 if end and self._clause.items[end - 1].kind == SIGN else end
        if last and self._clause.items[last - 1].kind == QUOTE:
            parted = (place for place in range(begin, last - 1) if self._clause.items[place].is_sign(":;"))
            begin = max(parted, default=begin)
        content = self._clause.stripped(begin, end)
        if content is None:
            return None
        n_words = sum(item.kind == WORD for item in self._clause.items[content[0] : content[1]])
        return content if self._clause.is_quoted(content) or n_words >= min_words else None

    def cut_all(self, place: int) -> None:
        for claim in self.found:
            claim.contents = [self._cut(part, place) for part in claim.contents]

    def part_from_last(self, speaker: Phrase) -> None:
        """End what was said before where a second main clause begins: he said A, but they said B."""
        place = speaker[0]
        if place and self._clause.items[place - 1].has("grammar.conjunction"):
            place -= 1
        if place and (self._clause.items[place - 1].is_sign(COMMAS + ";") or self._clause.items[place - 1].key == ","):
            self.cut_all(place)

    def _cut(self, content: Phrase, place: int) -> Phrase:
        """A content without what begins at a verb that goes on with another one."""
        if not content[0] < place < content[1]:
            return content
        end = place
        while end > content[0] + 1 and (
            self._clause.items[end - 1].kind == SIGN or self._clause.items[end - 1].has("grammar.conjunction")
        ):
            end -= 1
        return content[0], end
