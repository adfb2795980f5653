"""What the tables of a tone part mean: the part that their words give to who does it and to whom it is done to."""

from dataclasses import dataclass
from typing import Final

from framing.matching import Match

ANTAGONIST: Final = "Antagonist"
PROTAGONIST: Final = "Protagonist"
INNOCENT: Final = "Innocent"


@dataclass(frozen=True, slots=True)
class Direction:
    """What the words of a table make of who does it and of whom it is done to."""

    doer: str | None
    target: str | None
    is_passive: bool = False
    """Y was attacked by X: before the word stands the target."""
    is_noun: bool = False
    """The name right behind is who does it: удары России по Украине, der Angriff Russlands auf die Ukraine."""
    is_last: bool = False
    """The verb closes the clause, X before Y before it: Russland hat die Ukraine angegriffen."""


DIRECTIONS: Final = {
    "harm": Direction(ANTAGONIST, INNOCENT),
    "harmed": Direction(ANTAGONIST, INNOCENT, is_passive=True),
    "harming": Direction(ANTAGONIST, INNOCENT, is_noun=True),
    "harm_last": Direction(ANTAGONIST, INNOCENT, is_last=True),
    "help": Direction(PROTAGONIST, INNOCENT),
    "help_last": Direction(PROTAGONIST, INNOCENT, is_last=True),
    "blame": Direction(None, ANTAGONIST),
    "blamed": Direction(None, ANTAGONIST, is_passive=True),
    "blame_last": Direction(None, ANTAGONIST, is_last=True),
    "praise": Direction(None, PROTAGONIST),
    "praised": Direction(None, PROTAGONIST, is_passive=True),
    "misdeed": Direction(ANTAGONIST, None),
    "deed": Direction(PROTAGONIST, None),
    "suffering": Direction(INNOCENT, None),
}
"""By table of the group lean."""
DESCRIBING: Final[dict[str, str | None]] = {
    "lean.antagonist": ANTAGONIST,
    "lean.protagonist": PROTAGONIST,
    "lean.innocent": INNOCENT,
    "tone.positive": None,
    "tone.negative": None,
}
"""Words that say what somebody is; direction does not matter."""
TABLES: Final = {
    "lean": (*DIRECTIONS, *(label.partition(".")[2] for label in DESCRIBING if label.startswith("lean."))),
    "tone": ("positive", "negative"),
    "link": ("by", "against", "in", "not", "and", "title"),
}
"""The tables that a tone part may have in the groups whose tables mean something here."""
VALENCE: Final = {ANTAGONIST: -1, PROTAGONIST: 1, INNOCENT: 0, "tone.positive": 1, "tone.negative": -1}


def direction_of(cue: Match) -> Direction | None:
    """Who does what to whom by a word; ``None``: it describes."""
    return DIRECTIONS.get(cue.label.removeprefix("lean."))


def undirected(cue: Match) -> tuple[str | None, int]:
    """The role and the valence of a word whomever it is said of: what it adds to the air of a sentence."""
    direction = direction_of(cue)
    if direction is None:
        role = DESCRIBING[cue.label]
    else:
        role = direction.target if direction.is_passive else direction.doer or direction.target
    return role, VALENCE.get(role or cue.label, 0)
