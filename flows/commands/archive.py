"""Commands about the archive: build a home anew from it, and add to it what others crawled."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import HomeOption
from flows.commands.printing import err, out, print_rows
from flows.service.surroundings import prepare
from framing.registry_files import load_registry
from warehouse.home import create_home, default_root, open_home
from warehouse.replica import replica_of

if TYPE_CHECKING:  # reports come from modules that import Prefect, which takes two seconds
    from flows.archive.backfill import BackfillReport
    from flows.archive.replay import ReplayReport
    from warehouse.warc_reading import Unreadable

N_SHOWN = 20
"""Places that cannot be read; a damaged disk may give thousands."""

JsonOption = Annotated[bool, typer.Option("--json", help="For programs.")]


def replay(
    into: Annotated[Path, typer.Option("--into", help="The new home: an empty or a new folder.")],
    home: HomeOption = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Leave out what came before this UTC day.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """
    Build a new home from the WARC files of another, and print what would change.

    Everything is read anew with the present extractor, registry and cues; the network is not asked. The other home
    stays as it is, and its database may be gone.
    """
    old = open_home(home or default_root())
    load_registry(old.registry)
    new = replica_of(old, into)
    prepare(new)
    from flows.archive import replay as flow

    report = flow.replay(old, new, since.replace(tzinfo=UTC) if since else None)
    if as_json:
        sys.stdout.write(json.dumps(_replay_facts(report), ensure_ascii=False, default=str) + "\n")
    else:
        _print_replay(report)


def backfill(
    first: Annotated[list[Path], typer.Option("--warc", help="A WARC file, such as one of CC-NEWS.")],
    more: Annotated[list[Path] | None, typer.Argument(help="Further WARC files.", metavar="FILE...")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """
    Import the watched outlets' pages from WARC files that others crawled.

    They are judged as if Parley had fetched them when they were crawled: what is not about the talks is not kept.
    Neither robots.txt nor the network is asked; the pages were crawled under the rules of whoever crawled them.
    """
    opened = create_home(home or default_root())
    load_registry(opened.registry)
    prepare(opened)
    from flows.archive import backfill as flow

    report = flow.backfill(opened, [*first, *(more or ())])
    if as_json:
        sys.stdout.write(json.dumps(_backfill_facts(report), ensure_ascii=False) + "\n")
    else:
        _print_backfill(report)


def _replay_facts(report: "ReplayReport") -> dict[str, Any]:
    return {
        "captures": report.n_captures,
        "unclaimed": report.n_unclaimed,
        "feeds": report.ingest.n_feeds,
        "pages": report.ingest.n_pages,
        "revisits": report.ingest.n_revisits,
        "edits": report.ingest.n_edits,
        "states": dict(report.ingest.states),
        "scored": report.n_scored,
        "published": report.published,
        "unreadable": _places(report.unreadable),
        "comparison": asdict(report.comparison) if report.comparison else None,
    }


def _print_replay(report: "ReplayReport") -> None:
    ingest = report.ingest
    states = ", ".join(f"{state} {n}" for state, n in sorted(ingest.states.items())) or "none"
    out.print(
        f"Replayed {report.n_captures} captures: {ingest.n_feeds} polls, {ingest.n_pages} pages, {ingest.n_revisits} "
        f"visits, {ingest.n_edits} edits; items: {states}. Scored {report.n_scored} revisions.",
        highlight=False,
    )
    if report.n_unclaimed:
        out.print(f"{report.n_unclaimed} pages belong to no item that was replayed.", highlight=False)
    _print_unreadable(report.unreadable)
    out.print(f"Published {report.published}", highlight=False)
    told = report.comparison
    if told is None:
        out.print("The old home was never published, or its copies are gone: there is nothing to compare with.")
        return
    out.print(
        f"Articles before {told.n_articles_before}, after {told.n_articles_after}; revisions before "
        f"{told.n_revisions_before}, after {told.n_revisions_after}, of which {told.n_revisions_alike} are the same.",
        highlight=False,
    )
    print_rows([{"change": c.what, "n": c.n, "in articles": c.n_articles} for c in told.changes])
    for change in told.changes:
        if change.n:
            out.print(f"{change.what}, the first {len(change.examples)} of {change.n}:", highlight=False)
            print_rows(change.examples)


def _backfill_facts(report: "BackfillReport") -> dict[str, Any]:
    return {
        "read": report.n_read,
        "matched": report.n_matched,
        "known": report.n_known,
        "states": dict(report.ingest.states),
        "unreadable": _places(report.unreadable),
    }


def _print_backfill(report: "BackfillReport") -> None:
    states = ", ".join(f"{state} {n}" for state, n in sorted(report.ingest.states.items())) or "nothing new"
    out.print(
        f"Read {report.n_read} answers, {report.n_matched} of them pages of watched outlets; {report.n_known} were "
        f"imported before ({states}).",
        highlight=False,
    )
    _print_unreadable(report.unreadable)
    if report.ingest.states:
        out.print("'parley score' and 'parley publish' show them; so does the next run of 'parley run'.")


def _print_unreadable(unreadable: Sequence["Unreadable"]) -> None:
    for one in unreadable[:N_SHOWN]:
        err.print(
            f"{one.place.file}, byte {one.place.offset}: {one.finding}.", style="yellow", markup=False, highlight=False
        )
    if len(unreadable) > N_SHOWN:
        err.print(f"... and {len(unreadable) - N_SHOWN} further places; --json lists them all.", style="yellow")


def _places(unreadable: Sequence["Unreadable"]) -> list[dict[str, Any]]:
    return [{"file": o.place.file, "offset": o.place.offset, "finding": o.finding} for o in unreadable]
