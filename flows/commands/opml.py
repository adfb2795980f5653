"""Commands about lists of feeds: take them in, hand them out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import HomeOption
from flows.commands.printing import counted, out
from flows.commands.registry import registry_of
from framing.errors import ParleyError
from framing.registry_files import load_registry
from warehouse.home import create_home, default_root

if TYPE_CHECKING:  # listparser imports requests, which other commands need not wait for
    from flows.opml.outlet_import import ImportPlan


class OpmlError(ParleyError):
    """A list that cannot be read or written."""


def import_opml(
    files: Annotated[list[Path], typer.Argument(help="OPML lists, well-formed or not.")], home: HomeOption = None
) -> None:
    """
    Watch the feeds of OPML lists: outlet files in the home's registry.

    Country, class and language stay unknown where a list does not say them. Nothing that is there is overwritten.
    """
    from flows.opml.outlet_import import plan_import, write_plan
    from flows.opml.outlines import read_opml

    opened = create_home(home or default_root())
    registry = load_registry(opened.registry)
    lists = [(file.name, read_opml(_bytes(file))) for file in files]
    plan = plan_import(lists, registry, opened.registry, datetime.now(UTC).date())
    try:
        write_plan(plan, opened.registry)
    except OSError as error:
        raise OpmlError(
            f"{error.filename}: cannot be written ({error.strerror}). What stands before it in the alphabet was "
            "imported; mend this and import again: what is watched already is left out."
        ) from error
    for name, found in lists:
        if not found.outlines:
            out.print(f"{name}: no feeds in it; is it an OPML list?", style="yellow", markup=False, highlight=False)
    _print_plan(plan, opened.registry)


def export_opml(
    file: Annotated[Path, typer.Argument(help="The list to write; it must not be there yet.")],
    home: HomeOption = None,
) -> None:
    """Write all watched feeds as an OPML list, with what the registry says of them."""
    from flows.opml.outlines import write_opml

    outlets = registry_of(home).outlets
    try:
        with file.open("xb") as opened:
            opened.write(write_opml(outlets, "Feeds watched by Parley"))
    except FileExistsError as error:
        raise OpmlError(f"{file}: is there already, and was left as it is. Give another name.") from error
    except OSError as error:
        raise OpmlError(f"{file}: cannot be written ({error.strerror}). Give another place.") from error
    n_feeds = sum(len(outlet.feeds) for outlet in outlets)
    told = f"{file}: {counted(n_feeds, 'feed')} of {counted(len(outlets), 'outlet')}."
    out.print(told, markup=False, highlight=False)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise OpmlError(f"{file}: cannot be read ({error.strerror}). Nothing was imported.") from error


def _print_plan(plan: "ImportPlan", registry: Path) -> None:
    """The account: every outline is in exactly one of these numbers."""
    lines = [f"Read {counted(plan.n_read, 'feed')}; imported {plan.n_imported:,} of them."]
    counts = [
        (plan.n_watched, "watched already, left as they are"),
        (plan.n_duplicates, "named before in these lists"),
        (plan.n_switched_off, "of outlets whose file says watch = false, left so"),
        *((n, f"unusable: {reason}") for reason, n in sorted(plan.unusable.items())),
    ]
    lines += [f"  {n:,} {what}" for n, what in counts if n]
    if plan.new_files:
        are = "is" if len(plan.new_files) == 1 else "are"
        lines.append(f"{counted(len(plan.new_files), 'outlet')} {are} new, in {registry / 'outlets'}.")
    if plan.grown_files:
        had = "was there and has" if len(plan.grown_files) == 1 else "were there and have"
        lines.append(
            f"{counted(len(plan.grown_files), 'outlet')} {had} more feeds now, at the end of the outlet's file in "
            f"{registry / 'outlets'}: {', '.join(sorted(plan.grown_files))}."
        )
    if plan.n_grouped:
        lines.append(
            f"The groups of {counted(plan.n_grouped, 'feed')} stand as comments in the files; Parley has no groups."
        )
    if plan.n_imported:
        lines.append("'parley check' tries the registry; class, country and language can be filled in at any time.")
    for line in lines:
        out.print(line, markup=False, highlight=False)
