"""Which words of a sentence are verbs of saying, and which only look like them."""

from collections.abc import Sequence
from typing import Final

from framing.cues import Gap
from framing.matching import Match
from framing.speech.items import BREAKS, PARTICLE, QUOTE, SIGN, VERB, WORD, Item, place_of
from framing.speech.lexicon import POSSESSIVE, Lexicon
from framing.speech.phrases import Phrase

_DENYING: Final = "saying.denying"
_NEAR: Final = 5
"""Items before a verb among which its quotation ends: "A," a voice over states."""


def find_verbs(items: list[Item], matches: Sequence[Match], lexicon: Lexicon) -> list[tuple[str, Phrase]]:
    """
    Choose among the matches of a sentence, and tag the items of those that are verbs of saying.

    Args:
        items: A sentence; the chosen ones get the tag ``VERB``.
        matches: Of the tables saying and according, ascending.
        lexicon: Knows the participles.

    Returns:
        ``(label, phrase)``: group and name of the table, and the items of verb or phrase.
    """
    verbs: list[tuple[str, Phrase]] = []
    for match in matches:
        verb = _verb(items, match, lexicon)
        if verb is None or (verbs and _is_object(items, verbs[-1], verb, lexicon)):
            continue
        verbs.append(verb)
    for _, (begin, end) in verbs:
        for place in range(begin, end):
            items[place] = items[place]._replace(tags=items[place].tags | {VERB})
    return verbs


def _verb(items: list[Item], match: Match, lexicon: Lexicon) -> tuple[str, Phrase] | None:
    begin, last = place_of(items, match.start), place_of(items, match.end - 1)
    if (
        last >= len(items)
        or items[begin].start != match.start
        or (items[last].end != match.end and not items[last].has("pronoun"))
    ):
        return None  # runs into the next sentence, or is part of a hyphenated word
    if any(item.kind == SIGN for item in items[begin : last + 1]):
        return None  # its gap runs over a comma
    first, end = items[begin], _verb_end(items, match, begin, last + 1)
    for place in range(end, last + 1):
        items[place] = items[place]._replace(tags=items[place].tags | {PARTICLE})
    if match.label.startswith("saying") and begin:
        is_by = lexicon.is_participle(first.key) and items[begin - 1].has("grammar.preposition")
        if items[begin - 1].has("grammar.unsaid") and (not is_by or items[begin - 1].has("grammar.linking")):
            return None  # but "by saying"
        if first.is_capital and not _is_headline(items):
            return None
        if items[begin - 1].has(POSSESSIVE) and items[begin - 1].is_capital and not first.has("grammar.helper"):
            return None  # "Trump's plan"
    if match.label.startswith("saying") and first.has("grammar.noun") and not _is_beside_speech(items, begin, end):
        return None
    return match.label, (begin, end)


def _is_object(
    items: Sequence[Item], verb: tuple[str, Phrase], following: tuple[str, Phrase], lexicon: Lexicon
) -> bool:
    """Whether a word right behind a verb is what that verb turns down: he rejected claims that A."""
    (label, (_, end)), (other, (begin, _)) = verb, following
    is_next = begin == end and label == _DENYING and other.startswith("saying")
    return is_next and not lexicon.is_participle(items[begin].key)


def _verb_end(items: Sequence[Item], match: Match, begin: int, end: int) -> int:
    """Where the verb of a match ends: before its gap, and before what only leads on to what is said."""
    gap = next((place for place, element in enumerate(match.cue.elements) if isinstance(element, Gap)), None)
    if gap is not None:
        end = min(end, begin + gap)
    while end > begin + 1 and items[end - 1].has("grammar.that"):
        end -= 1
    return end


def _is_beside_speech(items: Sequence[Item], begin: int, end: int) -> bool:
    """Whether "that" or a quotation stands right beside a word that is a noun as often as a verb."""
    after = end + 1 if end < len(items) and items[end].kind == SIGN else end
    if begin and items[begin - 1].has("pronoun", "role"):
        return True  # polls show, they call: a subject stands before it
    return any(item.kind == QUOTE and item.key in BREAKS for item in items[max(0, begin - _NEAR) : begin]) or (
        after < len(items) and (items[after].kind == QUOTE or items[after].has("grammar.that"))
    )


def _is_headline(items: Sequence[Item]) -> bool:
    """Whether verbs have capitals too; not where a quotation leaves nothing but "City Advocate Trish James said"."""
    if any(item.kind == QUOTE and item.key in BREAKS for item in items):
        return False
    words = [item for item in items if item.kind == WORD]
    return 2 * sum(item.is_capital for item in words) > len(words)
