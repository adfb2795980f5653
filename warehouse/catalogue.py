"""The registry's copy in the warehouse: outlets, events and codebooks, for SQL to join."""

from dataclasses import asdict
from datetime import datetime

from framing.codebook import Codebook
from framing.records import Event, Outlet
from warehouse.store import Warehouse

LAYER = "event"
"""The event codebook: frames, signals and topics; further layers come with cues of their own."""


def register_outlets(warehouse: Warehouse, outlets: tuple[Outlet, ...]) -> None:
    """Make outlets and feeds in the warehouse what the registry says; those that left it stay, unwatched."""
    outlet_rows: list[dict[str, object]] = []
    feed_rows: list[dict[str, object]] = []
    for outlet in outlets:
        row = asdict(outlet)
        feeds = row.pop("feeds")
        outlet_rows.append({**row, "is_watched": True})
        feed_rows += [
            {"feed_url": feed.pop("url"), "outlet_id": outlet.outlet_id, **feed, "is_watched": True} for feed in feeds
        ]
    with warehouse.transaction():
        warehouse.replace("outlet", outlet_rows, ("outlet_id",))
        warehouse.replace("feed", feed_rows, ("feed_url",))
        _unwatch(warehouse, "outlet", "outlet_id", [outlet.outlet_id for outlet in outlets])
        _unwatch(warehouse, "feed", "feed_url", [feed.url for outlet in outlets for feed in outlet.feeds])


def register_events(warehouse: Warehouse, events: tuple[Event, ...]) -> None:
    """Make the events in the warehouse what the registry says."""
    with warehouse.transaction():
        warehouse.replace("event", [{**asdict(event), "is_watched": True} for event in events], ("event_id",))
        _unwatch(warehouse, "event", "event_id", [event.event_id for event in events])


def register_codebook(warehouse: Warehouse, codebook: Codebook, scorer_version: str, now: datetime) -> None:
    """Store a codebook whole, so that it can score again after the registry has moved on."""
    version = codebook.version
    hashes = {language: codebook.cue_hash(language) for language in codebook.languages} | {"": codebook.unmeasured_hash}
    with warehouse.transaction():
        warehouse.merge(
            "codebook",
            [
                {
                    "codebook_version": version,
                    "layer": LAYER,
                    "scorer_version": scorer_version,
                    "content": codebook.to_json(),
                    "registered_utc": now,
                }
            ],
            ("codebook_version",),
        )
        warehouse.merge(
            "cue_hash",
            [{"codebook_version": version, "language": k, "cue_hash": v} for k, v in hashes.items()],
            ("codebook_version", "language"),
        )
        warehouse.merge(
            "frame",
            [
                {"codebook_version": version, "position": place, **asdict(frame)}
                for place, frame in enumerate(codebook.frames, 1)
            ],
            ("codebook_version", "frame_id"),
        )
        tags = [{"codebook_version": version, "position": n, **asdict(tag)} for n, tag in enumerate(codebook.tags, 1)]
        warehouse.merge("tag", tags, ("codebook_version", "kind", "tag_id"))
        actors = [
            {"codebook_version": version, "position": n, "actor_id": one.actor_id, "name": one.name, "side": one.side}
            for n, one in enumerate(codebook.actors, 1)
        ]
        warehouse.merge("actor", actors, ("codebook_version", "actor_id"))


def active_codebook(warehouse: Warehouse, scorer_version: str) -> Codebook | None:
    """The codebook the views show, as registered; ``None`` before the first, or if this code scores otherwise."""
    rows = warehouse.rows(
        "select c.content from core.active_codebook as a join core.codebook as c using (codebook_version) "
        "where c.scorer_version = ?",
        [scorer_version],
    )
    return Codebook.from_json(rows[0]["content"]) if rows else None


def activate_codebook(warehouse: Warehouse, version: str, now: datetime) -> None:
    """Let the views show this codebook; nothing is written when they do already."""
    if warehouse.rows("select 1 from core.active_codebook where codebook_version = ?", [version]):
        return
    with warehouse.transaction():
        warehouse.sql.execute("delete from core.active_codebook")
        warehouse.merge("active_codebook", [{"codebook_version": version, "activated_utc": now}], ("codebook_version",))


def _unwatch(warehouse: Warehouse, table: str, key: str, kept: list[str]) -> None:
    warehouse.sql.execute(
        f"update core.{table} set is_watched = false where is_watched and not list_contains(?, {key})", [kept]
    )
