"""The part a text gives to those it names: protagonist, antagonist or innocent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from framing.actors.directions import ANTAGONIST, INNOCENT, PROTAGONIST, undirected
from framing.actors.mentions import NameBook, find_mentions
from framing.actors.predication import predicate
from framing.actors.reading import PART, read_judged
from framing.actors.records import Lean
from framing.codebook import Codebook

ROLES: Final = (PROTAGONIST, ANTAGONIST, INNOCENT)
BASES: Final = ("mention", "actor", "sentence", "text")
"""Where the words stand that decide a role, nearest first: said of this mention, said of the actor elsewhere in the
text, standing in a sentence that names the actor, standing anywhere in the text."""
_TONE_WEIGHT: Final = 0.5
"""A word that merely judges tells half as much of the part somebody plays as a word that gives a part."""


NO_LEAN: Final = Lean(role=None, basis=None, evidence=())


@dataclass(slots=True)
class Votes:
    """What is counted for each role, and the words it rests on."""

    weights: dict[str, float] = field(default_factory=lambda: dict.fromkeys(ROLES, 0.0))
    words: dict[str, list[tuple[str, int, int]]] = field(default_factory=lambda: {role: [] for role in ROLES})

    def add(self, role: str | None, valence: int, place: tuple[str, int, int]) -> None:
        """Count one word: for its role, or at the lower weight for the side that its valence speaks for."""
        lean = role or {1: PROTAGONIST, -1: ANTAGONIST}.get(valence)
        if lean is not None:
            self.weights[lean] += 1 if role else _TONE_WEIGHT
            self.words[lean].append(place)

    def decide(self, basis: str) -> Lean:
        """The role of the highest weight; no lean where nothing counts or two roles weigh the same."""
        second, first = sorted(self.weights.values())[-2:]
        if first == second:
            return NO_LEAN
        role = max(ROLES, key=lambda one: self.weights[one])
        return Lean(role=role, basis=basis, evidence=tuple(dict.fromkeys(self.words[role])))


def roles(
    title: str, text: str, language: str | None, codebook: Codebook, mentions: Sequence[tuple[int, int]]
) -> tuple[str | None, ...] | None:
    """
    Say which part a text gives to each of the persons and bodies named at some places.

    See ``judge_mentions``, which gives the words that decide as well.

    Returns:
        Protagonist, Antagonist, Innocent or ``None`` (no word decides) per mention; ``None``: not measured.
    """
    leans = judge_mentions(title, text, language, codebook, mentions)
    return None if leans is None else tuple(lean.role for lean in leans)


def judge_mentions(
    title: str, text: str, language: str | None, codebook: Codebook, mentions: Sequence[tuple[int, int]]
) -> tuple[Lean, ...] | None:
    """
    Say which part a text gives to each of the persons and bodies named at some places, and why.

    What is said of the mention itself decides; where nothing is, what is said of the same actor elsewhere in the
    text; then the words of the sentences that name the actor, to whomever they belong; then the words of the whole
    text. Quotations count like the outlet's words: a role is what the text as a whole gives. Nothing is known of
    any name beforehand.

    Args:
        title: May be empty.
        text: Any length.
        language: ISO 639-1, or ``None`` when unknown.
        codebook: Whose tone part to use.
        mentions: ``(start, end)`` in ``text``, in characters, end exclusive; in any order.

    Returns:
        One lean per mention, in their order; ``None``: the language has no tone part, so it is not measured.

    Source:
        The three roles: SemEval-2025 task 10 (Piskorski et al., 2025). The rules are ours.
    """
    if language is None or codebook.part(language, PART) is None:
        return None
    book = NameBook.of(text, mentions, find_mentions("", text, language, codebook))
    at_mention: defaultdict[int, Votes] = defaultdict(Votes)
    of_actor: defaultdict[str, Votes] = defaultdict(Votes)
    around: defaultdict[str, Votes] = defaultdict(Votes)
    anywhere = Votes()
    for part, string in (("title", title), ("text", text)):
        for sentence in read_judged(part, string, language, codebook, book.find(string, part)):
            air = [(*undirected(cue), (part, cue.start, cue.end)) for cue in sentence.cues]
            named = [around[actor_id] for actor_id in dict.fromkeys(one.actor_id for one in sentence.mentions)]
            for votes in (anywhere, *named):
                for vote in air:
                    votes.add(*vote)
            for one in predicate(sentence):
                vote = (one.role, one.valence, (part, one.start, one.end))
                of_actor[one.mention.actor_id].add(*vote)
                if part == "text":
                    at_mention[one.mention.start].add(*vote)
    return tuple(
        _first(
            at_mention[start].decide("mention"),
            of_actor[actor_id].decide("actor"),
            around[actor_id].decide("sentence"),
            anywhere.decide("text"),
        )
        for (start, _), actor_id in zip(mentions, book.actor_ids, strict=True)
    )


def _first(*leans: Lean) -> Lean:
    return next((lean for lean in leans if lean.role is not None), NO_LEAN)
