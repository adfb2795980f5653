"""Scoring answers that are labels: sets of them for a document, or one for each mention."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from framing.evaluation.baselines import best_constant_micro, best_constant_samples, majority
from framing.evaluation.halves import TUNED
from framing.evaluation.metrics import (
    Measure,
    Numbers,
    count,
    count_by_document,
    indicate,
    macro_f1,
    micro_f1,
    per_document,
    samples_f1,
    share,
)
from framing.evaluation.reports import Answer, GroupReport, compare, figure, label_rows

MIN_DOCUMENTS: Final = 10
"""Labels of fewer documents are left out of the narratives' macro-F1: one document more moves their F1 by 0.1."""


def report_sets(
    suite: str,
    group: str,
    half: str | None,
    answers: Sequence[Answer],
    labels: Sequence[str],
    rule: str,
    corpus: Sequence[Sequence[str]] = (),
) -> GroupReport:
    """
    Score sets of labels.

    Args:
        suite: Name of the suite.
        group: Language, and part of the corpus where it has parts.
        half: Which half the answers are from.
        answers: One per document, at least one.
        labels: All that may be answered.
        rule: micro or samples: which F1 decides, and by which the best constant is chosen.
        corpus: The gold labels of all documents, both halves; given, the best constant on these is reported too.

    Returns:
        Micro-, macro- and samples-F1, macro-F1 over labels of ``MIN_DOCUMENTS`` documents or more, the share of
        exact sets, all of these for the best constant, and paired differences.
    """
    gold = indicate([frozenset(answer.gold) for answer in answers], labels)
    counts = count(gold, indicate([frozenset(answer.answered or ()) for answer in answers], labels))
    chosen, constant = _best_constant(gold, labels, rule)
    figures = compare(set_measures(counts), {"best constant": set_measures(constant)})
    if corpus:
        _, everywhere = _best_constant(indicate([frozenset(found) for found in corpus], labels), labels, rule)
        figures += tuple(
            figure(replace(measure, name=f"best constant on all {len(corpus)} documents: {measure.name}"))
            for measure in set_measures(everywhere)
            if measure.name == f"{rule}-F1"
        )
    return GroupReport(
        suite=suite,
        group=group,
        half=half,
        n_documents=len(answers),
        n_items=len(answers),
        n_unmeasured=sum(answer.answered is None for answer in answers),
        figures=figures,
        labels=label_rows(counts, labels),
        notes=(f"Best constant by {rule}-F1 on these documents: {', '.join(sorted(chosen))}.",),
        answers=tuple(answers) if half == TUNED else (),
    )


def _best_constant(gold: Numbers, labels: Sequence[str], rule: str) -> tuple[frozenset[str], Numbers]:
    """The constant that is best on these documents by micro- or samples-F1, and its counts on them."""
    chosen = best_constant_samples(gold, labels) if rule == "samples" else best_constant_micro(gold, labels)
    return chosen, count(gold, indicate([chosen] * len(gold), labels))


def set_measures(counts: Numbers) -> tuple[Measure, ...]:
    """The measures of answers that are sets, from counts of shape (documents, labels, 3)."""
    is_frequent = (counts[:, :, 0] + counts[:, :, 2]).sum(axis=0) >= MIN_DOCUMENTS
    is_exact = (counts[:, :, 1] + counts[:, :, 2]).sum(axis=1) == 0
    return (
        Measure(name="micro-F1", sums=counts, score=micro_f1),
        Measure(name="samples-F1", sums=samples_f1(counts), score=share),
        Measure(name="macro-F1", sums=counts, score=macro_f1),
        Measure(name=f"macro-F1, labels of {MIN_DOCUMENTS}+", sums=counts[:, is_frequent], score=macro_f1),
        Measure(name="exact sets", sums=per_document(is_exact), score=share),
    )


def report_single(
    suite: str,
    group: str,
    half: str | None,
    answers: Sequence[Answer],
    labels: Sequence[str],
    others: dict[str, Sequence[str]] | None = None,
) -> GroupReport:
    """
    Score items that have one label each.

    Args:
        suite: Name of the suite.
        group: Language, and part of the corpus where it has parts.
        half: Which half the answers are from.
        answers: One per item, at least one; several may bear the id of one document, and resampling keeps these
            together.
        labels: All that may be answered. An item without an answer is missed under its label.
        others: Further baselines: name to their answer for each item.

    Returns:
        Macro-F1 and accuracy, both for the majority and the further baselines too, and paired differences.
    """
    documents = [answer.document_id for answer in answers]
    gold = indicate([frozenset(answer.gold) for answer in answers], labels)
    most = majority(label for answer in answers for label in answer.gold)
    baselines = {f"majority ({most})": [most] * len(answers), **(others or {})}

    def measure(answered: Numbers) -> tuple[Measure, ...]:
        return _single_measures(count_by_document(count(gold, answered), documents), documents)

    answered = indicate([frozenset(answer.answered or ()) for answer in answers], labels)
    return GroupReport(
        suite=suite,
        group=group,
        half=half,
        n_documents=len(set(documents)),
        n_items=len(answers),
        n_unmeasured=sum(answer.answered is None for answer in answers),
        figures=compare(
            measure(answered),
            {name: measure(indicate([{label} for label in said], labels)) for name, said in baselines.items()},
        ),
        labels=label_rows(count(gold, answered), labels),
        answers=tuple(answers) if half == TUNED else (),
    )


def _single_measures(counts: Numbers, documents: Sequence[str]) -> tuple[Measure, ...]:
    right, wanted = counts[:, :, 0].sum(axis=1), (counts[:, :, 0] + counts[:, :, 2]).sum(axis=1)
    return (
        Measure(name="macro-F1", sums=counts, score=macro_f1),
        Measure(name="accuracy", sums=_pair(right, wanted), score=share),
    )


def _pair(part: Numbers, whole: Numbers) -> Numbers:
    return np.stack([part, whole], axis=-1)
