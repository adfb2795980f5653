"""What the command line prints for people."""

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:  # reports come from modules that import Prefect, which takes two seconds
    from flows.ingest import IngestReport
    from flows.pipeline import PipelineReport

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


def distinct(names: list[str]) -> list[str]:
    """Column names told apart: a join may give the same one twice."""
    return [name if names.index(name) == place else f"{name}_{place + 1}" for place, name in enumerate(names)]


def print_rows(rows: list[dict[str, Any]]) -> None:
    """A table for people; what a cell holds is shown as it is, never as markup."""
    if not rows:
        out.print("No rows.")
        return
    table = Table(*(escape(name) for name in rows[0]))
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row.values()))
    out.print(table)


def print_ingest(report: "IngestReport") -> None:
    """One line on what came in."""
    states = ", ".join(f"{state} {n}" for state, n in sorted(report.states.items())) or "nothing new"
    out.print(
        f"Polled {report.n_feeds} feeds, {report.n_answered} answered; {report.n_items} items, {report.n_new} new; "
        f"{report.n_pages} pages fetched ({states}).",
        highlight=False,
    )


def print_report(report: "PipelineReport") -> None:
    """What one run of the pipeline did."""
    print_ingest(report.ingest)
    out.print(f"Scored {report.score.n_scored} revisions. Published {report.published}", highlight=False)
