"""Noun phrases beside a verb of saying: who could be its subject."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from framing.speech.items import DASHES, QUOTE, SIGN, WORD, Item

Phrase: TypeAlias = tuple[int, int]
"""Numbers of items, end exclusive."""

MAX_WORDS: Final = 14
"""Items that a phrase is followed for; what is longer is a clause."""
MAX_APPOSITIONS: Final = 3
MAX_ADJECTIVES: Final = 4
"""Words before a name: "former longtime Kremlin"."""
MAX_APPOSITION: Final = 30
"""Items between the two commas of "Peskov, the Kremlin's spokesman since 2012, said"."""


def is_inside(item: Item) -> bool:
    """Whether a word can stand inside a noun phrase, not at its edge."""
    return item.kind == WORD and not item.has(
        "grammar.preposition",
        "grammar.conjunction",
        "grammar.that",
        "grammar.helper",
        "grammar.time",
        "verb",
        "pronoun",
    )


def phrase_before(items: Sequence[Item], end: int, bound: int) -> Phrase | None:
    """
    The noun phrase that ends right before an item.

    Args:
        items: A sentence.
        end: The item behind the phrase.
        bound: The first item that may belong to it.
    """
    behind = end
    for _ in range(MAX_APPOSITIONS):
        end = _skip_apposition(items, end, bound)
    if end <= bound or items[end - 1].kind != WORD:
        return None
    if items[end - 1].has("pronoun"):
        return end - 1, end
    begin = end
    bound = max(bound, end - MAX_WORDS)
    while begin > bound:
        item = items[begin - 1]
        if item.has("grammar.article") and begin < end:
            begin -= 1
            if not _is_linked(items, begin, bound):
                break
        elif is_inside(item) or (begin < end and _is_linked(items, begin, bound)):
            begin -= 1
        else:
            break
    if end < behind and begin > bound and items[begin - 1].is_sign(",") and not items[begin].is_capital:
        named = phrase_before(items, begin - 1, bound)  # "Peskov, a spokesman, the voice of the Kremlin, said"
        if named is not None and items[named[1] - 1].is_capital:
            return named
    return (begin, end) if begin < end else None


def phrase_after(items: Sequence[Item], begin: int, bound: int, *, is_named: bool = False) -> Phrase | None:
    """
    The noun phrase that begins at an item, if one does.

    Args:
        items: A sentence.
        begin: Where it would begin: with a name, an article, a role, a pronoun, or an adjective before a name.
        bound: The first item that cannot belong to it.
        is_named: Whether a phrase must stand here, so that any word may open it: "according to statistics".
    """
    if begin >= bound or items[begin].kind != WORD:
        return None
    first = items[begin]
    if first.has("pronoun") and not (
        first.has("grammar.article") and begin + 1 < bound and is_inside(items[begin + 1])
    ):
        return begin, begin + 1
    if not (
        first.is_capital or first.has("grammar.article", "role") or is_named or _leads_to_name(items, begin, bound)
    ):
        return None
    if first.has("grammar.preposition", "grammar.conjunction", "grammar.that", "grammar.time") and not first.has(
        "grammar.article"
    ):
        return None
    end = begin + 1
    bound = min(bound, begin + MAX_WORDS)
    is_name = first.is_capital and not first.has("grammar.article", "role")
    while end < bound and _goes_on(items, end, bound, is_name=is_name):
        end += 1
    while end > begin + 1 and items[end - 1].has("grammar.linking"):
        end -= 1
    return begin, end


def _goes_on(items: Sequence[Item], end: int, bound: int, *, is_name: bool) -> bool:
    """Whether an item still belongs to the phrase before it; a name needs no "in Geneva" behind it."""
    item, before = items[end], items[end - 1]
    if item.has("grammar.article") and before.has("grammar.linking"):
        return True  # de la défense
    if is_inside(item) and not item.has("grammar.linking"):
        return not item.has("grammar.article") or before.has("grammar.linking", "grammar.article")
    is_link = item.has("grammar.linking") and end + 1 < bound and items[end + 1].kind == WORD
    return is_link and not (is_name and before.is_capital)


def _leads_to_name(items: Sequence[Item], begin: int, bound: int) -> bool:
    """Whether a word is an adjective before a name or role: former governor, veteran Republicans."""
    for item in items[begin : min(bound, begin + MAX_ADJECTIVES)]:
        if not is_inside(item):
            return False
        if item.is_capital or item.has("role"):
            return True
    return False


def follows_preposition(items: Sequence[Item], phrase: Phrase, bound: int) -> bool:
    """Whether a phrase hangs on a preposition, and so is no subject: "on Monday"."""
    return phrase[0] > bound and items[phrase[0] - 1].has("grammar.preposition")


def _is_linked(items: Sequence[Item], begin: int, bound: int) -> bool:
    """Whether a preposition before ``begin`` ties the phrase to a noun before it: spokesman for the ministry."""
    return begin - 2 >= bound and items[begin - 1].has("grammar.linking") and is_inside(items[begin - 2])


def _skip_apposition(items: Sequence[Item], end: int, bound: int) -> int:
    """Where a noun phrase ends whose apposition or bracket ends at ``end``."""
    if end <= bound or items[end - 1].kind != SIGN:
        return end
    sign = items[end - 1].key
    opener = "(" if sign == ")" else DASHES if sign in DASHES else sign if sign == "," else ""
    if not opener:
        return end
    for place in range(end - 2, max(bound, end - MAX_APPOSITION) - 1, -1):
        if items[place].kind == QUOTE:
            break
        if items[place].is_sign(opener):
            return place
    return end
