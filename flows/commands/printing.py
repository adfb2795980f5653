"""What the command line prints for people."""

import csv
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

if TYPE_CHECKING:  # reports come from modules that import Prefect, which takes two seconds
    from flows.pipeline import PipelineReport
    from flows.reports import IngestReport

out = Console(soft_wrap=True)
wide = Console()
"""For running text that the terminal's width shall break."""
err = Console(stderr=True, soft_wrap=True)


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def counted(n: int, noun: str) -> str:
    """``1 outlet``, ``2 outlets``."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def print_rows(rows: list[dict[str, Any]]) -> None:
    """A table for people; what a cell holds is shown as it is, never as markup."""
    if not rows:
        out.print("No rows.")
        return
    table = Table(*(Column(escape(name), overflow="fold") for name in rows[0]))
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row.values()))
    out.print(table)


def print_in(output: Format, rows: list[dict[str, Any]], names: Sequence[str] = ()) -> None:
    """Rows for people, or for programs on plain standard output; ``names`` of the columns where there may be no row."""
    if output is Format.JSON:
        sys.stdout.write(json.dumps([_plain(row) for row in rows], default=str, ensure_ascii=False) + "\n")
    elif output is Format.CSV:
        writer = csv.DictWriter(sys.stdout, names or list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        print_rows(rows)


def _plain(value: Any) -> Any:
    """A value as JSON has it: numbers as numbers, and what is no number as null."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return None if isinstance(value, float) and not isfinite(value) else value


def print_ingest(report: "IngestReport") -> None:
    """One line on what came in."""
    out.print(describe_ingest(report), highlight=False)


def describe_ingest(report: "IngestReport") -> str:
    """One line on what came in; its words are ours."""
    states = ", ".join(f"{state} {n}" for state, n in sorted(report.states.items())) or "nothing new"
    said = (
        f"Polled {report.n_feeds} feeds, {report.n_answered} answered; {report.n_items} items, {report.n_new} new; "
        f"{report.n_pages} pages fetched ({states})."
    )
    if report.n_gaps:
        said += f" Gaps: {report.n_gaps}, items came and went unseen."
    if report.n_revisits:
        said += f" Articles visited again: {report.n_revisits}, edited: {report.n_edits}."
    return said


def print_report(report: "PipelineReport") -> None:
    """What one run of the pipeline did."""
    print_ingest(report.ingest)
    out.print(f"Scored {report.score.n_scored} revisions. Published {report.published}", highlight=False)
