"""Commands about the registry: is it sound, what is watched, and why."""

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from rich.padding import Padding
from rich.text import Text

from flows.commands.options import FormatOption, HomeOption
from flows.commands.printing import Format, out, print_in, wide
from framing.codebook import CANDIDATES
from framing.errors import ParleyError
from framing.examples import failing_examples
from framing.records import Frame, Outlet, Tag
from framing.registry_files import Registry, load_registry
from warehouse.checking import failed_checks
from warehouse.home import HomeError, default_root, open_home
from warehouse.reading import open_current, require_these_views

_KINDS: Final = {
    "frame": ("Frames", "How the talks are told, and whom that telling serves."),
    "signal": ("Signals", "Small facts about how the talks are run. They serve nobody."),
    "topic": ("Topics", "What a text about the talks is about; each may be told in any frame."),
    "policy": (
        "Policy frames",
        "From which side of public life a text tells its story, whatever its subject. They serve nobody.",
    ),
    "narrative": (
        "Candidate narratives",
        "Story lines of information warfare around the war. A candidate speaks in their words; "
        "whether it tells, quotes or refutes them is for a reader to say.",
    ),
}
"""Each kind of code: its heading in the list, and what it says of a text."""


def check(home: HomeOption = None) -> None:
    """Validate the registry and, where something is published, the warehouse."""
    root = home or default_root()
    registry = registry_of(home)
    codebook = registry.codebook
    n_cues = sum(len(cues) for entry in codebook.cues for _, cues in entry.frame)
    out.print(
        f"Registry: {len(registry.outlets)} outlets, {len(codebook.frames)} frames, {n_cues} frame cues in "
        f"{', '.join(codebook.languages)}, {len(codebook.actors)} actors, {len(registry.events)} events: no fault.",
        highlight=False,
    )
    faults = failing_examples(registry.examples)
    if faults:
        raise ParleyError("\n".join(faults))
    out.print(f"Examples: all {sum(len(e.yes) + len(e.no) for e in registry.examples):,} hold.", highlight=False)
    if (root / "parley.duckdb").exists():
        opened = open_home(root)
        with open_current(opened) as connection:
            require_these_views(connection, opened.current)
            faults = failed_checks(connection)
        if faults:
            raise ParleyError("\n".join(faults))
        out.print("Warehouse: all checks pass.")


def registry_of(home: Path | None) -> Registry:
    """
    The registry, overlaid by that of a home.

    Raises:
        HomeError: A home was named and is not there: its overlay would be missed in silence.
    """
    if home is not None and not home.is_dir():
        raise HomeError(
            f"{home}: there is no such folder. Leave --home out to use the registry that comes with Parley."
        )
    return load_registry((home or default_root()) / "registry")


def outlets(home: HomeOption = None, output: FormatOption = Format.TABLE) -> None:
    """List the outlets that are watched, their class, and on whose word they have it."""
    registry = registry_of(home)
    rows = [_outlet_row(outlet) for outlet in registry.outlets]
    if output is not Format.TABLE:
        print_in(output, rows)
        return
    for outlet_class in sorted({row["outlet_class"] for row in rows}):
        alike = [row for row in rows if row["outlet_class"] == outlet_class]
        out.print(f"\n[bold]{outlet_class}[/] ({len(alike)})")
        for row in alike:
            about = f"{row['country']}, {row['languages']}; feeds: {row['feeds']}"
            _print_entry(f"{row['name']} ({row['outlet_id']})", about, f"class: {row['class_source']}")


def frames(home: HomeOption = None, output: FormatOption = Format.TABLE) -> None:
    """List the frames and all other codes by kind: what they mean, whom they serve, and why."""
    codebook = registry_of(home).codebook
    rules = {(rule.kind, rule.code_id): rule for rule in codebook.swap_rules}
    rows = [*map(_frame_row, codebook.frames), *map(_tag_row, codebook.tags)]
    for row in rows:
        rule = rules[row["kind"], row["id"]]
        row |= {"swap": rule.swap, "swap_none": rule.reason}
    if output is not Format.TABLE:
        print_in(output, rows)
        return
    for kind, alike in groupby(rows, key=itemgetter("kind")):
        _print_kind(kind, list(alike))


def _print_kind(kind: str, rows: list[dict[str, Any]]) -> None:
    name, meaning = _KINDS[kind]
    wide.print(f"\n[bold]{name}[/] ({len(rows)}, kind {kind})", highlight=False)
    wide.print(meaning, markup=False, highlight=False)
    for row in rows:
        serves = f"serves {row['serves']}: {row['why']}" if row["serves"] else None
        mirror = f"mirror: {row['mirror']}" if row["mirror"] else None
        swap = f"with exchanged actors: {row['swap'] or 'nothing is asked. ' + row['swap_none']}"
        label = row["label"].replace("_", " ")  # the policy frames are named as their corpus writes them
        _print_entry(f"{row['code']} {label} ({row['id']})", row["definition"], serves, mirror, swap)


def _print_entry(heading: str, *lines: str | None) -> None:
    """A heading and indented lines, wrapped to the terminal; never read as markup."""
    wide.print(heading, style="cyan", markup=False, highlight=False)
    for line in lines:
        if line:
            wide.print(Padding(Text(line), (0, 0, 0, 4)))


def _outlet_row(outlet: Outlet) -> dict[str, Any]:
    return {
        "outlet_id": outlet.outlet_id,
        "name": outlet.name,
        "country": outlet.country,
        "languages": " ".join(outlet.languages),
        "outlet_class": outlet.outlet_class,
        "feeds": ", ".join(f"{feed.language} {feed.verified}" for feed in outlet.feeds),
        "class_source": outlet.class_source,
    }


def _frame_row(frame: Frame) -> dict[str, Any]:
    why = f"{frame.serves_reason} {frame.no_mirror or ''}".strip()
    return _code_row("frame", frame.frame_id, frame) | {"serves": frame.serves, "mirror": frame.mirror, "why": why}


def _tag_row(tag: Tag) -> dict[str, Any]:
    return _code_row(tag.kind, tag.tag_id, tag) | {"serves": None, "mirror": None, "why": None}


def _code_row(kind: str, code_id: str, words: Frame | Tag) -> dict[str, Any]:
    return {
        "code": words.code,
        "kind": kind,
        "candidate": kind in CANDIDATES,
        "id": code_id,
        "label": words.label,
        "definition": words.definition,
        "is_not": words.is_not,
    }
