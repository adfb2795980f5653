"""What an evaluation says of one group of documents, as records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

from framing.evaluation.bootstrap import Interval, difference, interval
from framing.evaluation.metrics import Measure, Numbers, f1, precision, recall
from framing.evaluation.symmetry import SymmetryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value with the bounds of its bootstrap interval; ``None``: undefined."""

    name: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRow:
    """How one label was answered; ``None``: undefined."""

    label: str
    n_gold: int
    n_answered: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What should have been answered for one document or item, and what was."""

    document_id: str
    gold: tuple[str, ...]
    answered: tuple[str, ...] | None
    """``None``: the engine does not measure this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReport:
    """All figures of one group of documents: one language, and one part of the corpus where it has parts."""

    suite: str
    group: str
    half: str | None
    """A or B; ``None``: the suite has no halves, since its cases are written and not collected."""
    n_documents: int
    n_items: int
    """What was answered for: documents, mentions, attributions, cases."""
    n_unmeasured: int
    """Items on which the engine has no opinion; they count as answered with nothing."""
    figures: tuple[Figure, ...]
    labels: tuple[LabelRow, ...] = ()
    notes: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    """Empty for half B: of it only figures leave this package."""
    symmetry: tuple[SymmetryRow, ...] = ()
    """One row per code, of the suite symmetry alone; of half B without examples."""


def figure(measure: Measure) -> Figure:
    """A value with its interval."""
    return _figure(measure.name, interval(measure))


def compare(engine: Sequence[Measure], baselines: Mapping[str, Sequence[Measure]]) -> tuple[Figure, ...]:
    """
    Figures of the engine, of each baseline, and the paired differences.

    Args:
        engine: Its measures.
        baselines: Name to the same measures, in the same order.
    """
    figures = [figure(measure) for measure in engine]
    for name, measures in baselines.items():
        named = [replace(one, name=f"{name}: {one.name}") for one in measures]
        figures += [figure(measure) for measure in named]
        figures += [
            _figure(f"{ours.name}, above {name}", difference(ours, theirs))
            for ours, theirs in zip(engine, named, strict=True)
        ]
    return tuple(figures)


def label_rows(counts: Numbers, labels: Sequence[str]) -> tuple[LabelRow, ...]:
    """One row per label, from counts of shape (documents, labels, 3)."""
    sums = counts.sum(axis=0)
    return tuple(
        LabelRow(
            label=label,
            n_gold=int(row[0] + row[2]),
            n_answered=int(row[0] + row[1]),
            precision=_defined(float(precision(row))),
            recall=_defined(float(recall(row))),
            f1=_defined(float(f1(row))),
        )
        for label, row in zip(labels, sums, strict=True)
    )


def _figure(name: str, found: Interval) -> Figure:
    return Figure(name=name, value=_defined(found.value), low=_defined(found.low), high=_defined(found.high))


def _defined(value: float) -> float | None:
    return None if isnan(value) else value
