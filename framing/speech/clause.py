"""One sentence as speech reads it: where what is said begins and ends, and which phrases could speak."""

from typing import Final

from framing.speech.items import BREAKS, COMMAS, DASHES, QUOTE, SIGN, VERB, WORD, Item
from framing.speech.lexicon import Lexicon
from framing.speech.phrases import Phrase, phrase_after

_ENDS: Final = ".!?…;"
_KEPT_FIRST: Final = "([$€£"
_KEPT_LAST: Final = ")]%"
_LOOK_AHEAD: Final = 24
"""Items behind a verb within which "that" or a quotation opens what is said: "told them in Kyiv on Monday that"."""
_LEADING: Final = ("grammar.conjunction", "grammar.helper")
_MAX_LEAD: Final = 6
"""Words before the subject of a sentence: "And then also"."""


class Clause:
    """A sentence's items with the questions that the rules ask of them."""

    def __init__(self, items: list[Item], lexicon: Lexicon) -> None:
        self.items = items
        self.lexicon = lexicon
        self.end = len(items)
        """Behind the last item that is not the sentence's final sign."""
        while self.end and items[self.end - 1].is_sign(_ENDS):
            self.end -= 1

    def stripped(self, begin: int, end: int) -> Phrase | None:
        """A stretch without the signs at its ends; ``None`` where nothing else is there."""
        while begin < end and self.items[begin].kind == SIGN and not self.items[begin].is_sign(_KEPT_FIRST):
            begin += 1
        while end > begin and self.items[end - 1].kind == SIGN and not self.items[end - 1].is_sign(_KEPT_LAST):
            end -= 1
        return (begin, end) if begin < end else None

    def is_quoted(self, content: Phrase) -> bool:
        return any(item.kind == QUOTE for item in self.items[content[0] : content[1]])

    def is_named(self, phrase: Phrase) -> bool:
        first, *rest = self.items[slice(*phrase)]
        is_name = first.is_capital and not first.has("grammar.article")
        return is_name or first.has("pronoun", "role") or any(item.is_capital or item.has("role") for item in rest)

    def announces(self) -> bool:
        """Whether a sentence ends with a colon: what is said stands behind it."""
        return bool(self.items) and self.items[-1].is_sign(":")

    def is_adjunct(self, begin: int) -> bool:
        """Whether only a circumstance stands between a verb and its sentence's end: he said on Monday."""
        if begin >= self.end:
            return True
        first = self.items[begin]
        return first.kind == SIGN or first.has("grammar.preposition", "grammar.conjunction", "grammar.time")

    def is_circumstance(self, content: Phrase) -> bool:
        """Whether a stretch before an attribution only says when, where or why."""
        return self.items[content[0]].has("grammar.preposition") and not self.is_quoted(content)

    def is_time(self, place: int) -> bool:
        """Whether words of time with an article stand at an item: this week, le soir."""
        behind = self.items[place + 1 : min(self.end, place + 2)]
        return (
            place < self.end and self.items[place].has("grammar.article") and any(i.has("grammar.time") for i in behind)
        )

    def subject_behind(self, begin: int) -> Phrase | None:
        """The first name behind a verb that hangs on no preposition: spoke after the meeting Keller."""
        is_free = True
        for place in range(begin, self.end):
            item = self.items[place]
            if item.kind != WORD or item.has(VERB):
                return None
            if item.has("grammar.preposition"):
                is_free = False
            elif item.is_capital and is_free:
                return phrase_after(self.items, place, self.end)
            elif not item.has("grammar.article"):
                is_free = True
        return None

    def skip_time(self, place: int, bound: int) -> int:
        """Where the subject ends before words of time: Peskov last week said."""
        while place > bound and self.items[place - 1].has("grammar.time"):
            place -= 1
            if place > bound and self.items[place - 1].has("grammar.preposition", "grammar.article"):
                place -= 1
        return place

    def main_subject(self, place: int) -> Phrase | None:
        """The first noun phrase that opens the sentence or follows a comma before an item."""
        lead = next((n for n, item in enumerate(self.items) if not item.has(*_LEADING)), 0)
        for begin in range(place):
            if begin <= min(lead, _MAX_LEAD) or self.items[begin - 1].is_sign(COMMAS):
                found = phrase_after(self.items, begin, place)
                if found is not None and self.is_named(found):
                    return found
        return None

    def place_after(self, end: int) -> Phrase | None:
        """Who speaks by where they speak, as Russian and Ukrainian have it: reported in the Kremlin."""
        if end < self.end and self.items[end].has("grammar.preposition"):
            found = phrase_after(self.items, end + 1, self.end)
            return found if found is not None and self.is_named(found) else None
        return None

    def opener(self, begin: int) -> int | None:
        """The item behind a verb that opens what is said: "that", or a quotation."""
        for place in range(begin, min(self.end, begin + _LOOK_AHEAD)):
            item = self.items[place]
            before = self.items[place - 1]
            if item.has("grammar.that", "grammar.whether"):
                return place
            if item.kind == QUOTE and (place == begin or before.kind == SIGN or before.has("grammar.conjunction")):
                return place  # else it is a title: told "Good Morning America" that
            if item.has(VERB) or item.is_sign(";"):
                return None
        return None

    def open_content(self, begin: int) -> Phrase | None:
        """What stands behind a verb, without the listener and the circumstances."""
        opener = self.opener(begin)
        is_addressing = self.items[begin - 1].has("grammar.addressing")
        if opener is not None and opener > begin:
            item, between = self.items[opener], self.items[begin:opener]
            is_near = all(other.kind == SIGN or other.has("grammar.conjunction") for other in between)
            is_parted = item.has("grammar.that", "grammar.whether") or between[-1].is_sign(",:" + DASHES)
            if is_near or (is_parted and (is_addressing or between[0].has("grammar.preposition", "grammar.time"))):
                begin = opener
        elif opener is None and is_addressing:
            begin = self._behind_listener(begin)
        return self.stripped(begin, self._quotation_end(begin))

    def without_circumstance(self, content: Phrase) -> Phrase | None:
        """What is said without when and where: "said on Thursday he"; ``None``: "said in a statement" says nothing."""
        place, end = content
        if self.items[place].has("grammar.preposition"):
            place += 1
        while place < end and self.items[place].has("grammar.time"):
            place += 1
        if place == content[0]:
            return content
        if self.items[place - 1].has("grammar.preposition"):
            listener = phrase_after(self.items, place, end, is_named=True)
            place = listener[1] if listener is not None else end
        place += place < end and self.items[place].is_sign(",")
        is_clause = place < end and (
            self.items[place].has("pronoun", "grammar.article") or self.items[place].is_capital
        )
        return (place, end) if is_clause else None

    def _quotation_end(self, begin: int) -> int:
        """Where what is said ends: with a quotation that has a comma before its closing mark, or the sentence."""
        for place in range(begin, self.end - 1):
            item, behind = self.items[place], self.items[place + 1]
            if item.kind == QUOTE and item.key in BREAKS and place == begin and behind.kind == WORD:
                is_joined = behind.has("grammar.conjunction") and self.right_quotation(place + 2) is not None
                return self.end if is_joined else place + 1
            if item.kind == QUOTE and (
                (item.key == "," and behind.has("grammar.preposition")) or behind.is_sign(DASHES)
            ):
                return place + 1
        return self.end

    def _behind_listener(self, begin: int) -> int:
        """Where what is said begins without "that": he told the reporters Russia would stay."""
        place = begin
        while place < self.end and self.items[place].has("grammar.article"):
            place += 1
        if place < self.end and self.items[place].is_capital:
            while place < self.end and self.items[place].is_capital:
                place += 1
        else:
            place += 1
        return place if place < self.end and self.items[place].kind == WORD else begin

    def right_quotation(self, begin: int) -> Phrase | None:
        """The second half of a quotation that its attribution divides."""
        for place in range(begin, min(self.end, begin + _LOOK_AHEAD)):
            if self.items[place].kind == QUOTE:
                before = self.items[place - 1]
                is_near = place == begin and not before.has("grammar.addressing")  # told "Fox and Friends"
                is_parted = is_near or before.is_sign(",:" + DASHES) or before.has("grammar.conjunction")
                return self.stripped(place, self.end) if is_parted else None
            if self.items[place].has(VERB):
                return None
        return None

    def right_clause(self, begin: int) -> Phrase | None:
        """The second half of a clause that its attribution divides: If they refuse, he said, we leave."""
        if begin + 1 >= self.end or not self.items[begin].is_sign(COMMAS):
            return None
        first = self.items[begin + 1]
        if first.has("grammar.conjunction", "grammar.preposition", "pronoun.relative") or self.lexicon.is_participle(
            first.key
        ):
            return None
        return self.stripped(begin, self.end)

    def subordinate(self, content: Phrase) -> Phrase:
        """What is said in a clause that opens its sentence: When he said A, they left."""
        for place in range(content[0] + 1, content[1] - 1):
            item = self.items[place]
            if (item.is_sign(",") or item.key == ",") and phrase_after(self.items, place + 1, content[1]) is not None:
                return content[0], place + (item.kind == QUOTE)
        return content
