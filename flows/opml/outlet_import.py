"""From lists of feeds to outlet files of the user's registry: what is new, and where it belongs."""

import datetime
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.opml.outlet_files import feed_tables, outlet_table
from flows.opml.outlet_places import Places, feed_key, web_address
from flows.opml.outlines import FeedList, Outline
from framing.registry_files import Registry
from framing.registry_tables import read_outlet


@dataclass(slots=True, kw_only=True)
class ImportPlan:
    """What an import comes to; nothing is written yet."""

    n_read: int = 0
    """All that the lists name; each is in exactly one of the numbers below."""
    n_imported: int = 0
    n_watched: int = 0
    """Feeds that the registry watches already."""
    n_duplicates: int = 0
    """Named before, in the same list or another."""
    n_switched_off: int = 0
    """Feeds of outlets whose file says ``watch = false``."""
    n_grouped: int = 0
    """Imported feeds that stood in groups, which became comments."""
    unusable: Counter[str] = field(default_factory=Counter)
    """By reason."""
    new_files: dict[str, str] = field(default_factory=dict)
    """Text by outlet id."""
    grown_files: dict[str, str] = field(default_factory=dict)
    """Outlets that were there: their text with feeds added at its end."""


def plan_import(
    lists: Iterable[tuple[str, FeedList]], registry: Registry, overlay: Path, day: datetime.date
) -> ImportPlan:
    """
    Sort the feeds of lists into outlets.

    Feeds of one registrable domain are one outlet. Where a watched outlet lives at that domain, the feed is
    added to its file, for one newsroom must not be counted twice.

    Args:
        lists: With their names.
        registry: What is watched now.
        overlay: The user's registry folder.
        day: Today, for the record.
    """
    plan = ImportPlan()
    places = Places(registry, overlay)
    fresh: dict[str, list[tuple[str, Outline]]] = {}
    seen: set[str] = set()
    for name, found in lists:
        plan.n_read += len(found.outlines) + found.n_unread
        if found.n_unread:
            plan.unusable["in an outline that is no markup"] += found.n_unread
        for outline in found.outlines:
            url = web_address(outline.url)
            key = feed_key(url or "")
            if url is None:
                plan.unusable["no web address"] += 1
            elif key in places.watched:
                plan.n_watched += 1
            elif key in seen:
                plan.n_duplicates += 1
            else:
                seen.add(key)
                fresh.setdefault(places.outlet_of(url, outline), []).append((name, outline))
    for outlet_id, feeds in fresh.items():
        _place(plan, places, outlet_id, feeds, day)
    return plan


def _place(
    plan: ImportPlan, places: Places, outlet_id: str, feeds: list[tuple[str, Outline]], day: datetime.date
) -> None:
    """Feeds of one outlet into the plan: added to its file, or as a file of their own."""
    if outlet_id in places.switched_off:
        plan.n_switched_off += len(feeds)
        return
    before = places.text_of(outlet_id)
    text = (before if before is not None else outlet_table(feeds, day)) + feed_tables(feeds, day)
    faults: list[str] = []
    read_outlet(outlet_id, outlet_id, _parsed(text, faults), faults)
    if faults:
        plan.unusable[f"its settings have faults: {faults[0]}"] += len(feeds)
        return
    (plan.new_files if before is None else plan.grown_files)[outlet_id] = text
    plan.n_imported += len(feeds)
    plan.n_grouped += sum(bool(outline.groups) for _, outline in feeds)


def _parsed(text: str, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.append(f"feeds cannot be added at the end of the file ({error}); add them by hand.")
        return {}


def write_plan(plan: ImportPlan, overlay: Path) -> None:
    """
    Write what was planned: new files, and outlets that were there with feeds at the end of their file.

    Raises:
        FileExistsError: A file of that name was made meanwhile; it is left as it is.
        OSError: The folder cannot be written.
    """
    folder = overlay / "outlets"
    folder.mkdir(parents=True, exist_ok=True)
    for outlet_id, text in plan.new_files.items():
        with (folder / f"{outlet_id}.toml").open("x", encoding="utf-8") as file:
            file.write(text)
    for outlet_id, text in plan.grown_files.items():
        fresh = folder / f".{outlet_id}.toml.new"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(folder / f"{outlet_id}.toml")
