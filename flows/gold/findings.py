"""What follows from the judgements of a sample: how far coders agree, and how common each frame is by their word."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from framing.corpus.agreement import MIN_UNITS, Agreement, krippendorff_alpha
from framing.corpus.prevalence import MIN_GOLD, GoldItem, Prevalence, design_based, rogan_gladen
from warehouse.judgements import Judgement, SampleStratum, SampleUnit

ALL: Final = "all"
"""In the place of a language: all that were drawn from, each with its weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One frame in one language, or in all."""

    frame_id: str
    language: str
    n_sentences: int
    """From which the sample was drawn."""
    n_drawn: int
    n_coders: int
    n_decided: int
    """Drawn sentences of which more coders say yes than no, or more no than yes."""
    n_split: int
    """As many yes as no: a further coder should decide. They are left out of the corrected share."""
    n_unsure: int
    """Judgements; they count neither for agreement nor for the share."""
    gold: Mapping[str, bool]
    """By unit what was decided: does it carry the frame?"""
    agreement: Agreement
    naive: float
    """Sentences that carry the frame by the engine's word / all sentences: counted, not estimated."""
    prevalence: Prevalence | None
    """The share by the coders' word; ``None``: too few judgements. Its method is rogan-gladen where it rests on other
    languages than this one."""

    @property
    def lacks(self) -> str | None:
        """What is missing, in words; ``None``: nothing."""
        wants = []
        if self.agreement.alpha is None:
            wants.append(_why_no_alpha(self.agreement))
        if self.prevalence is None:
            wants.append(_why_no_share(self.n_decided))
        return "; ".join(wants) or None


def _why_no_alpha(agreement: Agreement) -> str:
    if agreement.n_units < MIN_UNITS:
        return f"{agreement.n_units} sentences judged twice, alpha needs {MIN_UNITS}"
    return "all judgements are the same, so there is no alpha"


def _why_no_share(n_decided: int) -> str:
    if n_decided < MIN_GOLD:
        return f"{n_decided} sentences decided, a corrected share needs {MIN_GOLD}"
    return "what was decided does not suffice: sentences are needed that the engine finds, and others that it does not"


def find(
    strata: Sequence[SampleStratum], units: Sequence[SampleUnit], judgements: Sequence[Judgement]
) -> tuple[Finding, ...]:
    """
    Agreement and corrected share of each frame, in each language and in all.

    Args:
        strata: Of one sample, those of which nothing was drawn among them.
        units: Of the same sample.
        judgements: The last word of each coder on each unit.

    Returns:
        By frame, then language; the row of all languages first, where there are several.
    """
    said: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        said[judgement.unit_id].append(judgement)
    frames: defaultdict[str, list[SampleStratum]] = defaultdict(list)
    for stratum in sorted(strata, key=lambda stratum: stratum.stratum):
        frames[stratum.frame_id].append(stratum)
    found = []
    for frame_id, of_frame in sorted(frames.items()):
        frame = _Frame(of_frame, [unit for unit in units if unit.frame_id == frame_id], said)
        languages = sorted({stratum.language for stratum in of_frame})
        found += [_find(frame, ALL, languages)] if len(languages) > 1 else []
        found += [_find(frame, language, [language]) for language in languages]
    return tuple(found)


class _Frame:
    """One frame's part of a sample, and what was decided of it."""

    def __init__(
        self,
        strata: Sequence[SampleStratum],
        units: Sequence[SampleUnit],
        said: Mapping[str, Sequence[Judgement]],
    ) -> None:
        self.strata = strata
        self.units = units
        self.heard = {unit.unit_id: said.get(unit.unit_id, ()) for unit in units}
        self.answers = {
            unit: [one.carried for one in of_unit if one.carried != "unsure"] for unit, of_unit in self.heard.items()
        }
        balance = {unit: given.count("yes") - given.count("no") for unit, given in self.answers.items()}
        self.gold = {unit: more_yes > 0 for unit, more_yes in balance.items() if more_yes}
        self.n_decided = Counter(unit.stratum for unit in units if unit.unit_id in self.gold)

    def is_covered(self, language: str) -> bool:
        """Whether something was decided of each stratum of a language: else nothing is known of all of it."""
        mine = [stratum for stratum in self.strata if stratum.language == language]
        return all(self.n_decided[stratum.stratum] for stratum in mine if stratum.n_units)

    def items(self, languages: Sequence[str]) -> dict[str, GoldItem]:
        """
        What was decided in these languages, by unit.

        What was drawn and not decided is taken to be missing at random within its stratum.
        """
        n_units = {stratum.stratum: stratum.n_units for stratum in self.strata}
        return {
            unit.unit_id: GoldItem(
                stratum=unit.stratum,
                inclusion=self.n_decided[unit.stratum] / n_units[unit.stratum],
                gold=self.gold[unit.unit_id],
                engine=unit.machine_carried,
            )
            for unit in self.units
            if unit.unit_id in self.gold and unit.language in languages
        }


def _find(frame: _Frame, name: str, languages: Sequence[str]) -> Finding:
    units = [unit for unit in frame.units if unit.language in languages]
    strata = [stratum for stratum in frame.strata if stratum.language in languages]
    heard = [one for unit in units for one in frame.heard[unit.unit_id]]
    n_sentences = sum(stratum.n_units for stratum in strata)
    n_found = sum(stratum.n_units for stratum in strata if stratum.machine_carried)
    answered = [unit.unit_id for unit in units if frame.answers[unit.unit_id]]
    return Finding(
        frame_id=strata[0].frame_id,
        language=name,
        n_sentences=n_sentences,
        n_drawn=len(units),
        n_coders=len({one.coder for one in heard}),
        n_decided=sum(unit.unit_id in frame.gold for unit in units),
        n_split=sum(unit not in frame.gold for unit in answered),
        n_unsure=sum(one.carried == "unsure" for one in heard),
        gold={unit.unit_id: frame.gold[unit.unit_id] for unit in units if unit.unit_id in frame.gold},
        agreement=krippendorff_alpha([frame.answers[unit] for unit in sorted(answered)]),
        naive=n_found / n_sentences,
        prevalence=_correct(frame, languages, n_found, n_sentences),
    )


def _correct(frame: _Frame, languages: Sequence[str], n_found: int, n_sentences: int) -> Prevalence | None:
    """By the design, where each stratum was judged; else by the engine's errors in the languages that were."""
    if all(frame.is_covered(language) for language in languages):
        by_design = design_based(n_found / n_sentences, n_sentences, list(frame.items(languages).values()))
        if by_design is not None:
            return by_design
    judged = [language for language in sorted({unit.language for unit in frame.units}) if frame.is_covered(language)]
    return rogan_gladen(n_found, n_sentences, _level(frame.items(judged)))


def _level(items: Mapping[str, GoldItem]) -> list[tuple[bool, bool]]:
    """
    ``(gold, engine)`` of a part of the decided sentences that is as if all had been drawn with one chance.

    Sensitivity and specificity cannot be read off a sample that was drawn by the engine's answer. So each sentence
    stays with a probability that makes up for its stratum's; a hash of its id decides, so that it is the same each
    time.
    """
    least = min((item.inclusion for item in items.values()), default=1.0)
    return [(item.gold, item.engine) for unit, item in sorted(items.items()) if _chance(unit) < least / item.inclusion]


def _chance(unit_id: str) -> float:
    return int.from_bytes(hashlib.sha256(unit_id.encode()).digest()[:8]) / 2**64
