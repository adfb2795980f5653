"""What is measured of the actors of one text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """The part a text gives to one actor, and the words that say so."""

    role: str | None
    """Protagonist, Antagonist or Innocent; ``None``: no word decides it."""
    basis: str | None
    """One of ``framing.actors.roles.BASES``; ``None`` where there is no role."""
    evidence: tuple[tuple[str, int, int], ...]
    """``(part, start, end)`` of the words that speak for the role, in the order of the text, end exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """The judging words that the outlet itself says of one actor."""

    n_positive: int
    n_words: int
    """Positive and negative together."""
    balance: float | None
    """(positive - negative) / all, in [-1, 1]; ``None``: the outlet says no judging word of the actor."""
    evidence: tuple[tuple[str, int, int, int], ...]
    """``(part, start, end, valence)`` of each word, in the order of the text; valence 1 or -1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What one text makes of one actor that it names or lets speak."""

    actor_id: str
    n_mentions: int
    share_mentions: float | None
    """Of all mentions of the registry's actors, in [0, 1]; ``None``: the text names none of them."""
    n_quoted_words: int | None
    """Words given to the actor, in direct and indirect speech; ``None``: speech is not measured."""
    share_quoted_words: float | None
    """Of all words given to anybody, named or not, in [0, 1]; ``None``: not measured, or nobody speaks."""
    tone: Tone | None
    """In the outlet's own words; ``None``: not measured, for want of a tone part or of speech."""
    lean: Lean | None
    """The part the text as a whole gives, quotations included, from what is said of the actor; ``None``: not
    measured."""
    own_lean: Lean | None
    """The part that the outlet's own words give; ``None``: not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelHit:
    """A word whose choice takes a side: "regime" for a government, "operation" for a war."""

    label_id: str
    part: str
    """title or text: which string the offsets count in."""
    start: int
    end: int
    """Characters, end exclusive."""
    is_outlet: bool | None
    """Whether it stands in the outlet's own words; ``None``: speech is not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """All that a text says of the registry's actors."""

    portraits: tuple[Portrait, ...]
    """Of every actor named or speaking, in the order of the registry."""
    labels: tuple[LabelHit, ...] | None
    """In the order of the text; ``None``: not measured in the language."""
