"""What follows from the judgements of a sample: how far coders agree, and how common each frame is by their word."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from framing.corpus.agreement import MIN_UNITS, Agreement, krippendorff_alpha
from framing.corpus.prevalence import MIN_GOLD, GoldItem, Prevalence, design_based
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
    agreement: Agreement
    naive: float
    """Sentences that carry the frame by the engine's word / all sentences: counted, not estimated."""
    prevalence: Prevalence | None
    """The share by the coders' word; ``None``: too few judgements."""

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
    return "nothing decided of what the engine finds, or of what it does not find"


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
    cells: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for stratum in strata:
        cells[stratum.frame_id, ALL].add(stratum.language)
        cells[stratum.frame_id, stratum.language].add(stratum.language)
    wanted = [cell for cell in cells if cell[1] != ALL or len(cells[cell]) > 1]

    def is_in(cell: tuple[str, str]) -> Callable[[SampleStratum | SampleUnit], bool]:
        return lambda row: row.frame_id == cell[0] and row.language in cells[cell]

    return tuple(
        _find(cell, list(filter(is_in(cell), strata)), list(filter(is_in(cell), units)), said)
        for cell in sorted(wanted, key=lambda cell: (cell[0], cell[1] != ALL, cell[1]))
    )


def _find(
    cell: tuple[str, str],
    strata: Sequence[SampleStratum],
    units: Sequence[SampleUnit],
    said: Mapping[str, Sequence[Judgement]],
) -> Finding:
    heard = {unit.unit_id: said.get(unit.unit_id, ()) for unit in units}
    answers = {unit: [one.carried for one in of_unit if one.carried != "unsure"] for unit, of_unit in heard.items()}
    balance = {unit: given.count("yes") - given.count("no") for unit, given in answers.items()}
    gold = {unit: more_yes > 0 for unit, more_yes in balance.items() if more_yes}
    n_sentences = sum(stratum.n_units for stratum in strata)
    naive = sum(stratum.n_units for stratum in strata if stratum.machine_carried) / n_sentences
    return Finding(
        frame_id=cell[0],
        language=cell[1],
        n_sentences=n_sentences,
        n_drawn=len(units),
        n_coders=len({one.coder for of_unit in heard.values() for one in of_unit}),
        n_decided=len(gold),
        n_split=sum(bool(answers[unit]) and not more_yes for unit, more_yes in balance.items()),
        n_unsure=sum(one.carried == "unsure" for of_unit in heard.values() for one in of_unit),
        agreement=krippendorff_alpha([given for _, given in sorted(answers.items())]),
        naive=naive,
        prevalence=_correct(naive, n_sentences, strata, [unit for unit in units if unit.unit_id in gold], gold),
    )


def _correct(
    naive: float,
    n_sentences: int,
    strata: Sequence[SampleStratum],
    decided: Sequence[SampleUnit],
    gold: Mapping[str, bool],
) -> Prevalence | None:
    """
    The design-based share; ``None`` also where nothing was decided of a whole stratum, of which nothing is known then.

    What was drawn and not decided is taken to be missing at random within its stratum.
    """
    n_decided = Counter(unit.stratum for unit in decided)
    if any(stratum.n_units and not n_decided[stratum.stratum] for stratum in strata):
        return None
    n_units = {stratum.stratum: stratum.n_units for stratum in strata}
    return design_based(
        naive,
        n_sentences,
        [
            GoldItem(
                stratum=unit.stratum,
                inclusion=n_decided[unit.stratum] / n_units[unit.stratum],
                gold=gold[unit.unit_id],
                engine=unit.machine_carried,
            )
            for unit in decided
        ],
    )
