"""Coding a gold sample: what a coder has to judge, in an order of their own, and keeping what they say."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from framing.corpus.agreement import Agreement, krippendorff_alpha
from warehouse.home import open_home
from warehouse.judgements import Judgement, Judgements, Sample, SampleUnit, open_judgements

WAIT_S = 5.0
"""For another who writes: a person at a page waits no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One coder's part of the newest sample, in one language or in all."""

    sample: Sample
    units: tuple[SampleUnit, ...]
    """In the coder's own order."""
    said: dict[str, Judgement]
    """The coder's last word by unit."""

    @property
    def left(self) -> list[SampleUnit]:
        """What is still to be judged."""
        return [unit for unit in self.units if unit.unit_id not in self.said]


def read_languages(root: Path) -> dict[str, int] | None:
    """Units of the newest sample by language; ``None``: no sample was drawn."""
    home = open_home(root)
    if not home.judgements.exists():
        return None
    with open_judgements(home, "label", WAIT_S) as judgements:
        sample = newest(judgements)
        if sample is None:
            return None
        units = judgements.units(sample.sample_id)
    return {language: sum(unit.language == language for unit in units) for language in _languages(units)}


def read_work(root: Path, coder: str, languages: Sequence[str]) -> Work:
    """
    What this coder has judged and has still to judge.

    Raises:
        JudgementError: The name is another spelling of one that is known, or there is no sample.
        WarehouseLockedError: Somebody else writes for longer than ``WAIT_S``.
    """
    with open_judgements(open_home(root), "label", WAIT_S) as judgements:
        judgements.require_coder(coder)
        sample = judgements.sample()
        units = [unit for unit in judgements.units(sample.sample_id) if unit.language in languages]
        said = {one.unit_id: one for one in judgements.latest(sample.sample_id) if one.coder == coder}
    order = sorted(units, key=lambda unit: _place(coder, unit))
    return Work(sample=sample, units=tuple(order), said=said)


def keep(root: Path, judgement: Judgement, now: datetime) -> None:
    """
    Append one judgement.

    Raises:
        JudgementError: Another spelling of the coder's name has come in since.
        WarehouseLockedError: Somebody else writes for longer than ``WAIT_S``. Nothing was written.
    """
    with open_judgements(open_home(root), "label", WAIT_S) as judgements:
        judgements.require_coder(judgement.coder)
        judgements.add([judgement], now)


def read_agreement(root: Path) -> dict[str, Agreement]:
    """Krippendorff's alpha of all coders on the newest sample, by frame; unsure is no answer."""
    with open_judgements(open_home(root), "label", WAIT_S) as judgements:
        sample = judgements.sample()
        frames = {unit.unit_id: unit.frame_id for unit in judgements.units(sample.sample_id)}
        answers: dict[str, dict[str, list[str]]] = {}
        for one in judgements.latest(sample.sample_id):
            if one.carried != "unsure":
                answers.setdefault(frames[one.unit_id], {}).setdefault(one.unit_id, []).append(one.carried)
    return {frame: krippendorff_alpha(list(units.values())) for frame, units in sorted(answers.items())}


def newest(judgements: Judgements) -> Sample | None:
    """The sample drawn last, if any was."""
    rows = judgements.sql.execute("select count(*) from sample").fetchone()
    return judgements.sample() if rows and rows[0] else None


def surroundings(text: dict[str, Any] | None, unit: SampleUnit) -> tuple[str, str]:
    """What stands before and after the sentence in its part; empty where the archive has the text no more."""
    if text is None:
        return "", ""
    whole = (text["title"] if unit.part == "title" else text["text"]) or ""
    if whole[unit.sentence_start : unit.sentence_end] != unit.sentence:
        return "", ""
    return whole[max(0, unit.sentence_start - AROUND) : unit.sentence_start], whole[
        unit.sentence_end : unit.sentence_end + AROUND
    ]


AROUND = 300
"""Characters on each side, so that coders see who speaks."""


def _languages(units: Sequence[SampleUnit]) -> list[str]:
    return sorted({unit.language for unit in units})


def _place(coder: str, unit: SampleUnit) -> str:
    """An order that differs from coder to coder, so that fatigue does not fall on the same sentences, and stays."""
    return hashlib.sha256(f"{coder}\0{unit.unit_id}".encode()).hexdigest()
