"""The suite that asks whether both sides are answered alike."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows.evaluation.corpora import LabelledDocument
from flows.evaluation.semeval import read_frames, read_narratives
from framing.codebook import Codebook
from framing.evaluation.halves import TUNED, half_of
from framing.evaluation.reports import Figure, GroupReport
from framing.evaluation.symmetry import Outcome, largest, summarise, templates, try_sentences, try_templates
from framing.sentences import split_sentences

_NOT_MEASURED = "swaps.toml has no table for this language: symmetry is not measured in it."


def symmetry(data: Path, half: str, languages: Sequence[str], codebook: Codebook) -> list[GroupReport]:
    """Templates of every cue, and the sentences of the SemEval corpora that are there, with their actors exchanged."""
    documents = _documents(data)
    reports = []
    for language in codebook.languages:
        if languages and language not in languages:
            continue
        outcomes = try_templates(codebook, language)
        n_templates = sum(1 for _ in templates(codebook, language))
        notes = (
            (f"{len(outcomes):,} of {n_templates:,} templates name somebody who is exchanged.",)
            if n_templates
            else (_NOT_MEASURED,)
        )
        reports.append(_report(f"{language} templates", None, n_templates, outcomes, notes, codebook))
        own = [one for one in documents if one.language == language and half_of(one.document_id) == half]
        if own and n_templates:
            reports.append(_corpus_report(own, language, half, codebook))
    return reports


def _corpus_report(documents: Sequence[LabelledDocument], language: str, half: str, codebook: Codebook) -> GroupReport:
    sentences = (one.text[start:end] for one in documents for start, end in split_sentences(one.text, language))
    outcomes, n_naming, n_exchanged = try_sentences(sentences, language, codebook)
    notes = (
        f"{n_naming:,} sentences name an actor; in {n_exchanged:,} of them every name could be exchanged.",
        "n: exchanged sentences that carry the code. Reported, without a bound: the sentences are not matched pairs.",
    )
    return _report(f"{language} sentences", half, len(documents), outcomes, notes, codebook)


def _report(
    group: str, half: str | None, n_documents: int, outcomes: list[Outcome], notes: tuple[str, ...], codebook: Codebook
) -> GroupReport:
    rows = summarise(outcomes, codebook)
    if half not in (None, TUNED):
        rows = tuple(replace(row, example=None) for row in rows)
    left_out = tuple(
        f"Nothing asked of {row.kind} {row.code_id} (n {row.n}): {row.reason}" for row in rows if row.swap is None
    )
    return GroupReport(
        suite="symmetry",
        group=group,
        half=half,
        n_documents=n_documents,
        n_items=len(outcomes),
        n_unmeasured=0,
        figures=(Figure(name="largest asymmetry", value=largest(rows), low=None, high=None),),
        notes=notes + left_out,
        symmetry=rows,
    )


def _documents(data: Path) -> list[LabelledDocument]:
    """The documents of both corpora, each text once; none where the folder has none."""
    found = [
        *(read_frames(data) if any(data.glob("semeval2023_t3/frames_*.jsonl*")) else ()),
        *(read_narratives(data) if any(data.glob("semeval2025_t10/docs_*.jsonl*")) else ()),
    ]
    return list({(one.language, one.document_id): one for one in found}.values())
