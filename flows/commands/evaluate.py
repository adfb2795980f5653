"""The command that measures the framing engine on labelled texts."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from flows.commands.options import HomeOption
from flows.commands.printing import out
from flows.commands.registry import registry_of
from flows.evaluation.corpora import CorpusError
from flows.evaluation.suites import SUITES
from framing.evaluation.bootstrap import COVERAGE, N_RESAMPLES, SEED
from framing.evaluation.halves import HELD_OUT, TUNED
from framing.evaluation.reports import Figure, GroupReport
from framing.evaluation.symmetry import SymmetryRow


class SuiteName(StrEnum):
    """What can be measured; one per entry of ``SUITES``."""

    RELEVANCE = "relevance"
    QUOTES = "quotes"
    VOICE = "voice"
    FRAMES = "frames"
    NARRATIVES = "narratives"
    ROLES = "roles"
    SYMMETRY = "symmetry"


class Half(StrEnum):
    """The halves of framing.evaluation.halves."""

    A = TUNED
    B = HELD_OUT


def evaluate(
    suite: Annotated[SuiteName, typer.Argument(help="What is measured; docs/evaluation.md says how.")],
    data: Annotated[Path, typer.Option("--data", help="Folder that holds the labelled texts.")],
    half: Annotated[Half, typer.Option("--half", help="A: to tune on. B: figures only.")] = Half.A,
    language: Annotated[list[str] | None, typer.Option("--language", help="Only this one; may be repeated.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write the results to this file.")] = None,
    home: HomeOption = None,
) -> None:
    """Measure the framing engine on labelled texts: figures, baselines, intervals."""
    registry = registry_of(home)
    reports = SUITES[suite.value](data, half.value, tuple(language or ()), registry.codebook)
    if not reports:
        raise CorpusError(
            f"{data}: no documents for suite {suite} in half {half} in the languages asked for. Leave --language out "
            "to see which there are."
        )
    for report in reports:
        print_group(report)
    out.print(
        f"\nCodebook {registry.codebook.version}. Bounds: {COVERAGE:.0%} percentile bootstrap over documents, "
        f"{N_RESAMPLES:,} resamples, seed {SEED}; differences are paired.",
        highlight=False,
    )
    if json_file is not None:
        write_reports(json_file, reports, registry.codebook.version)


def print_group(report: GroupReport) -> None:
    """One group: its figures, then one row per label."""
    half = f"half {report.half}" if report.half else "written cases, no halves"
    out.print(f"\n[bold]{report.suite} · {escape(report.group)} · {half}[/]", highlight=False)
    counts = f"{report.n_documents:,} documents, {report.n_items:,} items"
    if report.n_unmeasured:
        counts += f"; [yellow]not measured by the engine, counted as no answer: {report.n_unmeasured:,}[/]"
    out.print(counts, highlight=False)
    for note in report.notes:
        out.print(escape(note), highlight=False)
    table = Table("figure", "value", "low", "high")
    for figure in report.figures:
        table.add_row(escape(figure.name), *_bounds(figure))
    out.print(table)
    if report.labels:
        table = Table("label", "gold", "answered", "precision", "recall", "F1")
        for row in report.labels:
            shares = map(_decimal, (row.precision, row.recall, row.f1))
            table.add_row(escape(row.label), str(row.n_gold), str(row.n_answered), *shares)
        out.print(table)
    if report.symmetry:
        print_symmetry(report.symmetry)


def print_symmetry(rows: Sequence[SymmetryRow]) -> None:
    """One row per code, those of which nothing is asked last; an example of each that answers the sides differently."""
    table = Table("kind", "code", "asked", "n", "carried", "swapped", "asymmetry")
    for row in sorted(rows, key=lambda row: row.swap is None):
        shares = map(_decimal, (row.carried, row.swapped, row.asymmetry))
        table.add_row(row.kind, row.code_id, row.swap or "nothing", str(row.n), *shares)
    out.print(table)
    for row in rows:
        if row.example is not None and row.swap is not None:
            out.print(f"{row.kind} {row.code_id}: {escape(row.example)}", highlight=False)


def write_reports(path: Path, reports: Sequence[GroupReport], codebook_version: str) -> None:
    """
    Everything that was printed, and for half A the answer to each document, as JSON.

    Raises:
        CorpusError: The file cannot be written.
    """
    content = {
        "codebook_version": codebook_version,
        "coverage": COVERAGE,
        "n_resamples": N_RESAMPLES,
        "seed": SEED,
        "groups": [asdict(report) for report in reports],
    }
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CorpusError(f"{path}: cannot be written ({error.strerror}). Give a file in a folder of yours.") from error


def _bounds(figure: Figure) -> tuple[str, ...]:
    return tuple(map(_decimal, (figure.value, figure.low, figure.high)))


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
