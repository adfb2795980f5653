"""A warehouse of scored articles with a planted shift, for tests of what is found in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tests.warehouse.rows import SAMPLE_KEY, register
from warehouse.findings import DERIVED
from warehouse.records import Article, Revision
from warehouse.score_records import CodeScoreRow, Score
from warehouse.store import Warehouse

FIRST_DAY = date(2030, 1, 1)
EVENT_DAY = FIRST_DAY + timedelta(days=20)
FRAMES = ("deadlock", "momentum")
CLASSES = {"red": "state-controlled", "blue": "private"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One scored article."""

    name: str
    outlet_id: str
    day: date
    carried: tuple[str, ...] = ()
    """Frames, in the outlet's own voice."""

    @property
    def at(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


def archive(seed: int = 1, days: int = 40, a_day: int = 10) -> list[Scored]:
    """Two outlets, two classes; one frame of one of them goes from a tenth to three fifths after the event."""
    random = np.random.default_rng(seed)
    found = []
    for outlet_id in CLASSES:
        for number in range(days):
            day = FIRST_DAY + timedelta(days=number)
            share = {"deadlock": 0.6 if outlet_id == "red" and day > EVENT_DAY else 0.1, "momentum": 0.2}
            for place in range(a_day):
                carried = tuple(frame for frame in FRAMES if random.random() < share[frame])
                name = f"{outlet_id}-{number}-{place}"
                found.append(Scored(name=name, outlet_id=outlet_id, day=day, carried=carried))
    return found


def prepare(warehouse: Warehouse, events: dict[str, date]) -> None:
    """Outlets, an active codebook of two frames, and events."""
    register(warehouse)
    (outlet,) = warehouse.rows("select * from core.outlet")
    outlets = [outlet | {"outlet_id": name, "outlet_class": kind} for name, kind in CLASSES.items()]
    warehouse.merge("outlet", outlets, ("outlet_id",))
    (frame,) = warehouse.rows("select * from core.frame")
    warehouse.merge("frame", [frame | {"frame_id": "momentum", "position": 2}], ("codebook_version", "frame_id"))
    set_events(warehouse, events)


def set_events(warehouse: Warehouse, events: dict[str, date]) -> None:
    words = dict.fromkeys(("title", "tz_note", "certainty", "source", "added_by"), "x") | {"is_watched": True}
    rows = [
        {"event_id": name, "event_time_utc": datetime(day.year, day.month, day.day, 9, tzinfo=UTC), **words}
        for name, day in events.items()
    ]
    warehouse.replace("event", rows, ("event_id",))


def store(warehouse: Warehouse, stories: Iterable[Scored]) -> None:
    """Store articles as reading and scoring would."""
    warehouse.save(record for story in stories for record in _records(story))


def join(warehouse: Warehouse, names: list[str]) -> None:
    """Say that these articles are one text, the first of them being its origin."""
    rows = [{"article_id": name, "cluster_id": names[0]} for name in names]
    warehouse.replace("cluster_member", rows, ("article_id",))


def contents(warehouse: Warehouse) -> dict[str, list[dict[str, object]]]:
    """All that is derived, in a fixed order."""
    return {table: warehouse.rows(f"select * from core.{table} order by all") for table in DERIVED}


def _records(story: Scored) -> list[Article | Revision | Score | CodeScoreRow]:
    revision_id = f"r-{story.name}"
    key = {"revision_id": revision_id, **SAMPLE_KEY}
    return [
        Article(article_id=story.name, outlet_id=story.outlet_id, url=story.name, first_seen_utc=story.at),
        Revision(
            revision_id=revision_id,
            article_id=story.name,
            fetch_id="f",
            seen_utc=story.at,
            verdict="article",
            title="A title",
            text="A text.",
            text_sha256="0",
            n_words=2,
            authors=[],
            published_utc=story.at,
            published_rule="feed",
            published_raw="",
            language="en",
            language_confidence=1.0,
            extractor="none",
        ),
        Score(**key, language="en", relevant=True, n_sentences=2, scored_utc=story.at),
        *(
            CodeScoreRow(
                **key,
                kind="frame",
                code_id=frame,
                carried=frame in story.carried,
                share=0.5 if frame in story.carried else 0.0,
                n_outlet=int(frame in story.carried),
                n_quoted=0,
                n_reported=0,
                n_rejected=0,
                n_scare=0,
            )
            for frame in FRAMES
        ),
    ]
