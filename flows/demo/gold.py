"""
Two fictional coders of the demo: a sample drawn as users draw theirs, judged with the error rates of plan.toml.

The demo's texts carry exactly what Parley finds in them, so what "people" see otherwise has to be planted: of the
sentences that the engine finds some do not carry the frame, of the others some do. On top of that each coder errs.
"""

import hashlib
from datetime import datetime
from typing import Any

from flows.demo.records import load_plan
from flows.gold.drawing import draw_sample
from warehouse.home import Home
from warehouse.judgements import Judgement, SampleUnit, open_judgements
from warehouse.reading import open_current


def judge_demo(home: Home, now: datetime) -> None:
    """Draw the demo's sample from the published copy and store what its two coders say; twice is once."""
    plan = load_plan()["gold"]
    with open_current(home) as connection:
        drawn = draw_sample(connection, plan["n"], plan["seed"], now, plan["languages"], plan["frames"])
    judgements = [judge(unit, coder, plan) for coder in plan["coders"] for unit in drawn.units]
    with open_judgements(home, "demo") as store:
        store.keep(drawn.sample, drawn.strata, drawn.units)
        store.add(judgements, now)


def is_carried(unit: SampleUnit, plan: dict[str, Any]) -> bool:
    """What is planted: whether a sentence carries its frame, whatever the engine and the coders say."""
    rate: float = plan["false_alarms"] if unit.machine_carried else plan["misses"]
    return unit.machine_carried != (_chance("planted", unit) < rate)


def judge(unit: SampleUnit, coder: str, plan: dict[str, Any]) -> Judgement:
    """What one coder says: the planted answer, or by mistake the other one."""
    rate: float = plan["coder_errors"]
    says = is_carried(unit, plan) != (_chance(coder, unit) < rate)
    return Judgement(unit_id=unit.unit_id, coder=coder, carried="yes" if says else "no", voice=None, note=None)


def _chance(who: str, unit: SampleUnit) -> float:
    """A number in [0, 1) that is the same each time."""
    key = f"{who}/{unit.frame_id}/{unit.revision_id}/{unit.part}/{unit.sentence_start}"
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) / 2**64
