"""
Symmetry: whether a frame answers one side as it answers the other.

From every cue a sentence is made that satisfies it; its actors are exchanged; what carried the frame must then
carry the frame itself or its mirror, as its rule says. Only sentences that name somebody who is exchanged are counted:
the others are equal before and after, and would make any asymmetry look small.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from framing.codebook import KINDS, Codebook
from framing.cues import Alternatives, Cue, Element, Gap, Word, parse_cue
from framing.matching import CueIndex
from framing.scoring import annotate
from framing.swap_rules import MIRROR, SwapRule
from framing.swaps import LanguageSwaps, exchange, forms, readings
from framing.tokens import fold

OTHER: Final = "other"
"""Actors outside the sides; nobody stands against them."""
MAX_ASYMMETRY: Final = 0.02
"""What is tolerated between the sides; the acceptance of the engine."""

MIN_NAME: Final = 4
"""Letters a beginning must have to stand for a name: мер* is a measure before it is Merz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One sentence made from a cue."""

    language: str
    kind: str
    code_id: str
    cue: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One sentence before and after the exchange."""

    kind: str
    code_id: str
    before: bool
    """Whether the code is carried."""
    after: bool
    """Whether the other text carries what the rule of the code asks for, in one of its readings."""
    example: str
    """Both texts, and the cue where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SymmetryRow:
    """One code in one language."""

    kind: str
    code_id: str
    swap: str | None
    """What must be answered: same or mirror; ``None``: nothing is asked, and ``reason`` says why."""
    reason: str | None
    n: int
    """Sentences that name somebody who is exchanged."""
    carried: float
    swapped: float
    """Shares of them that carry the code, and after the exchange what the rule asks for; in [0, 1]."""
    asymmetry: float
    """What lies between the two."""
    example: str | None
    """The first sentence whose answer changed."""


def templates(codebook: Codebook, language: str) -> Iterator[Template]:
    """
    Sentences that satisfy the cues of a language's frames, signals and topics.

    Each alternative of each element is chosen once, beside the first of every other element, with all gaps
    filled to the last word; once more with all gaps empty. Beginnings of words that are exchanged are
    completed in every way swaps.toml knows, others by a word of another cue, or left as they are.
    """
    cues, swaps = codebook.cues_for(language), swaps_for(codebook, language)
    if cues is None or swaps is None:
        return
    listed = [(kind, name, parse_cue(text)) for kind in KINDS for name, texts in cues.lists(kind) for text in texts]
    completions = _completions([cue for _, _, cue in listed], swaps)
    for kind, name, cue in listed:
        for text in dict.fromkeys(_sentences(cue, completions, swaps.filler)):
            yield Template(language=language, kind=kind, code_id=name, cue=cue.text, text=text)


def swaps_for(codebook: Codebook, language: str | None) -> LanguageSwaps | None:
    """What is exchanged in a language; ``None``: swaps.toml has no table for it, so symmetry is not measured."""
    return next((entry for entry in codebook.swaps if entry.language == language), None)


def try_templates(codebook: Codebook, language: str) -> list[Outcome]:
    """What becomes of each template that names somebody who is exchanged."""
    swaps = swaps_for(codebook, language)
    outcomes = []
    for template in templates(codebook, language):
        others = readings(template.text, swaps) if swaps else (template.text,)
        if swaps is None or others == (template.text,):
            continue
        code = (template.kind, template.code_id)
        carrier, other_carrier = swaps.carrier, readings(swaps.carrier, swaps)[0]
        wanted = answer_to(code, codebook)
        after = any(wanted in carried_codes(f"{other_carrier} {text}", language, codebook) for text in others)
        outcomes.append(
            Outcome(
                kind=template.kind,
                code_id=template.code_id,
                before=code in carried_codes(f"{carrier} {template.text}", language, codebook),
                after=after,
                example=f"{template.text} -> {others[0]} (cue: {template.cue})",
            )
        )
    return outcomes


def answer_to(code: tuple[str, str], codebook: Codebook) -> tuple[str, str]:
    """What a sentence must carry once its actors are exchanged: the mirror where the rule says so, else the same."""
    mirror = next((frame.mirror for frame in codebook.frames if ("frame", frame.frame_id) == code), None)
    return (code[0], mirror) if mirror and rule_of(code, codebook).swap == MIRROR else code


def rule_of(code: tuple[str, str], codebook: Codebook) -> SwapRule:
    """The rule of a code."""
    return next(rule for rule in codebook.swap_rules if (rule.kind, rule.code_id) == code)


def carried_codes(text: str, language: str, codebook: Codebook) -> frozenset[tuple[str, str]]:
    """``(kind, id)`` of all that a text carries."""
    found = annotate("", text, language, codebook).codes
    return frozenset((score.kind, score.code_id) for score in found if score.carried)


def try_sentences(sentences: Iterable[str], language: str, codebook: Codebook) -> tuple[list[Outcome], int, int]:
    """
    Exchange the actors in sentences of a corpus.

    Returns:
        An outcome for each code that a sentence carries; how many sentences name an actor of a side; and how many
        of these could be exchanged: each such name has one counterpart, and the exchange can be taken back.
    """
    swaps = swaps_for(codebook, language)
    sides = {side for side in (actor.side for actor in codebook.actors) if side != OTHER}
    aliases = CueIndex(
        (actor.side, parse_cue(alias)) for actor in codebook.actors if actor.side in sides for alias in actor.aliases
    )
    outcomes: list[Outcome] = []
    n_naming = n_exchanged = 0
    for text in sentences:
        named = aliases.find(text)
        if swaps is None or not named:
            continue
        n_naming += 1
        other, spans = exchange(text, swaps)
        if other is None or not all(any(start < one.end and one.start < end for start, end in spans) for one in named):
            continue
        n_exchanged += 1
        outcomes += _compare(text, other, language, codebook)
    return outcomes, n_naming, n_exchanged


def _compare(text: str, other: str, language: str, codebook: Codebook) -> Iterator[Outcome]:
    before, after = (carried_codes(one, language, codebook) for one in (text, other))
    for kind, code_id in sorted(before):
        yield Outcome(
            kind=kind,
            code_id=code_id,
            before=True,
            after=answer_to((kind, code_id), codebook) in after,
            example=f"{text} -> {other}",
        )


def summarise(outcomes: Iterable[Outcome], codebook: Codebook) -> tuple[SymmetryRow, ...]:
    """One row per code that has outcomes, in codebook order."""
    by_code: defaultdict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_code[outcome.kind, outcome.code_id].append(outcome)
    return tuple(_row(rule_of(code, codebook), by_code[code]) for code in codebook.codes if code in by_code)


def _row(rule: SwapRule, outcomes: Sequence[Outcome]) -> SymmetryRow:
    before = sum(outcome.before for outcome in outcomes) / len(outcomes)
    after = sum(outcome.after for outcome in outcomes) / len(outcomes)
    return SymmetryRow(
        kind=rule.kind,
        code_id=rule.code_id,
        swap=rule.swap,
        reason=rule.reason,
        n=len(outcomes),
        carried=before,
        swapped=after,
        asymmetry=abs(before - after),
        example=next((outcome.example for outcome in outcomes if outcome.before != outcome.after), None),
    )


def largest(rows: Iterable[SymmetryRow]) -> float | None:
    """The largest asymmetry of the codes of which an answer is asked; ``None``: no such row."""
    return max((row.asymmetry for row in rows if row.swap is not None), default=None)


def _completions(cues: Sequence[Cue], swaps: LanguageSwaps) -> dict[Word, tuple[str, ...]]:
    """The words with which each stem of the cues is written out."""
    words = {word for cue in cues for element in cue.elements for word in _words(element)}
    exchanged = [(fold(form), form) for form in forms(swaps)]
    names = {key for key, _ in exchanged}
    whole = sorted(word.key for word in words if not word.is_stem and not word.is_caps and word.key not in names)
    completed = {}
    for word in words:
        if word.is_stem:
            found = (form for key, form in exchanged if len(word.key) >= MIN_NAME and key.startswith(word.key))
            named = tuple(dict.fromkeys(found))
            known = next((key for key in whole if key.startswith(word.key)), word.key)
            completed[word] = named or (known,)
    return completed


def _words(element: Element) -> Iterator[Word]:
    if isinstance(element, Alternatives):
        yield from chain.from_iterable(element.options)
    elif isinstance(element, Word):
        yield element


def _sentences(cue: Cue, completions: dict[Word, tuple[str, ...]], filler: str) -> Iterator[str]:
    choices = [_choices(element, completions, filler) for element in cue.elements]
    first = [options[0] for options in choices]
    yield _sentence("" if isinstance(element, Gap) else part for element, part in zip(cue.elements, first, strict=True))
    for place, options in enumerate(choices):
        for option in options:
            yield _sentence([*first[:place], option, *first[place + 1 :]])


def _choices(element: Element, completions: dict[Word, tuple[str, ...]], filler: str) -> list[str]:
    """Every way to write one element; of the words of a run, one is varied at a time."""
    if isinstance(element, Gap):
        return [" ".join([filler] * element.most)]
    found = []
    for run in element.options if isinstance(element, Alternatives) else ((element,),):
        spelt = [completions.get(word, (word.key.upper() if word.is_caps else word.key,)) for word in run]
        first = [ways[0] for ways in spelt]
        found += [" ".join([*first[:at], way, *first[at + 1 :]]) for at, ways in enumerate(spelt) for way in ways]
    return list(dict.fromkeys(found))


def _sentence(parts: Iterable[str]) -> str:
    text = " ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}."
