"""Turning the checked tables of each kind of registry file into records."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from framing import checks
from framing.checks import ID, Key, check_table, guess, show
from framing.codebook import Gate
from framing.records import Actor, Event, Feed, Frame, Outlet, Tag
from framing.registry_languages import check_cues
from framing.swap_rules import KEYS as SWAP_KEYS
from framing.swap_rules import without_rule

OUTLET_CLASSES: Final = (
    "state-controlled",
    "state-aligned",
    "public-service",
    "private",
    "exile",
    "aggregator",
    "primary",
    "unknown",
)
_OUTLET_KEYS: Final = (
    Key("name", checks.TEXT),
    Key("home", checks.URL),
    Key("country", checks.COUNTRY),
    Key("languages", checks.LANGUAGES),
    Key("outlet_class", checks.TEXT, OUTLET_CLASSES),
    Key("class_source", checks.TEXT),
    Key("feeds", checks.TABLES),
    Key("keep", checks.TEXT, ("on-topic", "everything"), default="on-topic"),
    Key("watch", checks.SWITCH, default=True),
    Key("mirrors", checks.HOSTS, default=[]),
    Key("aliases", checks.NAMES, default=[]),
    Key("owner", checks.TEXT, is_required=False),
    Key("owner_source", checks.TEXT, is_required=False),
)
_FEED_KEYS: Final = (
    Key("url", checks.URL),
    Key("language", checks.LANGUAGE),
    Key("verified", checks.TEXT, ("fetched", "listed", "unverified")),
    Key("verified_source", checks.TEXT),
    Key("interval_minutes", checks.MINUTES, is_required=False),
)
_GATE_KEYS: Final = (
    Key("min_party_sentences", checks.COUNT),
    Key("min_talk_sentences", checks.COUNT),
    Key("min_settlement_sentences", checks.COUNT),
    Key("title_weight", checks.COUNT),
)
_TAG_KEYS: Final = (
    Key("code", checks.TEXT),
    Key("label", checks.TEXT),
    Key("definition", checks.TEXT),
    Key("is_not", checks.TEXT),
    *SWAP_KEYS,
)
_EVENT_KEYS: Final = (
    Key("title", checks.TEXT),
    Key("time", checks.MOMENT),
    Key("tz_note", checks.TEXT),
    Key("certainty", checks.TEXT, ("confirmed", "claimed", "contested")),
    Key("source", checks.TEXT),
    Key("added_by", checks.TEXT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is watched: the name of the talks, since when, and who takes part."""

    name: str
    since: datetime.date
    sides: tuple[str, ...]
    """The sides an actor may stand on; actors outside them are ``other``."""
    required_parties: tuple[str, ...]
    """The sides that a text about the talks cannot leave out."""
    shipped_outlets: bool
    """Whether the outlets that come with Parley are watched, or only those of the user's own folder."""
    shipped_languages: bool
    """Whether the cues that come with Parley are used, or only those of the user's own folder."""


def read_watch(where: str, table: Mapping[str, Any], faults: list[str]) -> tuple[Watch, Gate] | None:
    """Read watch.toml; ``None`` when it has faults, which are appended."""
    n_before = len(faults)
    sides = table.get("sides")
    known = tuple(sides) if sides is not None and checks.TEXTS.holds(sides) else ()
    keys = (
        Key("name", checks.TEXT),
        Key("since", checks.DAY),
        Key("sides", checks.TEXTS),
        Key("required_parties", checks.TEXTS, known),
        Key("shipped_outlets", checks.SWITCH, default=True),
        Key("shipped_languages", checks.SWITCH, default=True),
        Key("gate", checks.TABLE),
    )
    watch = check_table(where, table, keys, faults)
    gate_table = watch.get("gate") or {}
    gate_keys = (Key("table_sides", checks.TEXTS, known), *_GATE_KEYS)
    gate = check_table(f"{where}, [gate]", gate_table, gate_keys, faults) if gate_table else {}
    if len(faults) > n_before:
        return None
    parties = tuple(watch["required_parties"])
    return (
        Watch(
            name=watch["name"],
            since=watch["since"],
            sides=tuple(watch["sides"]),
            required_parties=parties,
            shipped_outlets=watch["shipped_outlets"],
            shipped_languages=watch["shipped_languages"],
        ),
        Gate(
            **gate
            | {
                "required_parties": parties,
                "table_sides": tuple(gate["table_sides"]),
                "since": watch["since"].isoformat(),
            }
        ),
    )


def read_outlet(where: str, outlet_id: str, table: Mapping[str, Any], faults: list[str]) -> Outlet | None:
    """Read one outlets/*.toml; ``None`` when it has faults, or says ``watch = false``."""
    n_before = len(faults)
    if not ID.fullmatch(outlet_id):
        faults.append(
            f"{where}: the file name {outlet_id!r} is the outlet's id and may hold only a-z, 0-9 and _. "
            "Rename the file."
        )
    outlet = check_table(where, table, _OUTLET_KEYS, faults)
    feeds = [
        check_table(f"{where}, [[feeds]] {number}", feed, _FEED_KEYS, faults)
        for number, feed in enumerate(outlet.get("feeds") or (), 1)
    ]
    if (outlet["owner"] is None) != (outlet["owner_source"] is None):
        faults.append(
            f"{where}: 'owner' and 'owner_source' stand together or not at all. "
            "Name the source and the day it was read, or leave both out: unknown stays unknown."
        )
    if len(faults) > n_before or not outlet["watch"]:
        return None
    del outlet["watch"]
    return Outlet(
        **outlet
        | {
            "outlet_id": outlet_id,
            "languages": tuple(outlet["languages"]),
            "mirrors": tuple(outlet["mirrors"]),
            "aliases": tuple(outlet["aliases"]),
            "feeds": tuple(Feed(**feed) for feed in feeds),
        }
    )


def read_frames(where: str, tables: Mapping[str, Any], sides: Sequence[str], faults: list[str]) -> tuple[Frame, ...]:
    """Read frames.toml: the frames without faults, in the order of the file."""
    keys = (
        Key("code", checks.TEXT),
        Key("label", checks.TEXT),
        Key("definition", checks.TEXT),
        Key("is_not", checks.TEXT),
        Key("serves", checks.TEXT, (*sides, "none") if sides else ()),
        Key("serves_reason", checks.TEXT),
        Key("mirror", checks.TEXT, is_required=False),
        Key("no_mirror", checks.TEXT, is_required=False),
        *SWAP_KEYS,
    )
    rows = _read_rows(where, "frame", tables, keys, faults)
    frames = tuple(Frame(frame_id=frame_id, **without_rule(row)) for frame_id, row in rows)
    found = tables.get("frame")
    _check_mirrors(where, frames, list(found) if isinstance(found, dict) else [], faults)
    return frames


def read_tags(where: str, kind: str, tables: Mapping[str, Any], faults: list[str]) -> tuple[Tag, ...]:
    """Read signals.toml or topics.toml: the tags without faults, in the order of the file; there may be none."""
    return tuple(
        Tag(kind=kind, tag_id=tag_id, **without_rule(row))
        for tag_id, row in _read_rows(where, kind, tables, _TAG_KEYS, faults, may_be_empty=True)
    )


def read_actors(where: str, tables: Mapping[str, Any], sides: Sequence[str], faults: list[str]) -> tuple[Actor, ...]:
    """Read actors.toml: the actors without faults, in the order of the file."""
    keys = (
        Key("name", checks.TEXT),
        Key("side", checks.TEXT, (*sides, "other") if sides else ()),
        Key("aliases", checks.TEXTS),
    )
    rows = _read_rows(where, "actor", tables, keys, faults)
    for actor_id, table in (tables["actor"] if checks.ROWS.holds(tables.get("actor")) else {}).items():
        if isinstance(table, dict) and checks.TEXTS.holds(table.get("aliases")):
            check_cues(f"{where}, [actor.{actor_id}] aliases", table["aliases"], faults)
    return tuple(Actor(actor_id=actor_id, **row | {"aliases": tuple(row["aliases"])}) for actor_id, row in rows)


def read_events(where: str, tables: Mapping[str, Any], faults: list[str]) -> tuple[Event, ...]:
    """Read events.toml: the events without faults, sorted by time."""
    events = []
    for event_id, row in _read_rows(where, "event", tables, _EVENT_KEYS, faults):
        time = row.pop("time").astimezone(datetime.UTC)
        events.append(Event(event_id=event_id, event_time_utc=time, **row))
    return tuple(sorted(events, key=lambda event: (event.event_time_utc, event.event_id)))


def _read_rows(
    where: str,
    kind: str,
    tables: Mapping[str, Any],
    keys: Sequence[Key],
    faults: list[str],
    may_be_empty: bool = False,
) -> list[tuple[str, dict[str, Any]]]:
    """The ``[kind.<id>]`` tables of a file that have no fault."""
    found = check_table(where, tables, (Key(kind, checks.ROWS, is_required=not may_be_empty),), faults).get(kind) or {}
    rows = []
    for row_id, table in found.items():
        n_before = len(faults)
        if not ID.fullmatch(row_id):
            faults.append(f"{where}: the id {row_id!r} may hold only a-z, 0-9 and _. Rename [{kind}.{row_id}].")
        if not isinstance(table, dict):
            faults.append(f"{where}: {kind}.{row_id} is {show(table)}, not a table. Write [{kind}.{row_id}].")
            continue
        row = check_table(f"{where}, [{kind}.{row_id}]", table, keys, faults)
        if len(faults) == n_before:
            rows.append((row_id, row))
    return rows


def _check_mirrors(where: str, frames: Sequence[Frame], ids: Sequence[str], faults: list[str]) -> None:
    mirrors = {frame.frame_id: frame.mirror for frame in frames}
    for frame in frames:
        place = f"{where}, [frame.{frame.frame_id}]"
        if (frame.mirror is None) == (frame.no_mirror is None):
            found = "neither 'mirror' nor" if frame.mirror is None else "both 'mirror' and"
            faults.append(
                f"{place}: has {found} 'no_mirror'. Name the frame that says the same of the other side, "
                "or say why there is none: exactly one of the two."
            )
        elif frame.mirror is not None and frame.mirror not in ids:
            remedy = guess(frame.mirror, ids) or f"Known: {', '.join(ids)}."
            faults.append(f"{place}: the mirror {frame.mirror!r} is no frame. {remedy}")
        elif frame.mirror in mirrors and mirrors[frame.mirror] != frame.frame_id:
            faults.append(
                f"{place}: its mirror {frame.mirror!r} does not name it back. "
                f"Write mirror = {frame.frame_id!r} in [frame.{frame.mirror}], or no_mirror here."
            )
