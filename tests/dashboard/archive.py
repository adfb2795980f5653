"""A small published home for the dashboard's tests, written through the warehouse's own door."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from flows.analysis.findings import analyse_findings
from flows.analysis.trends import analyse_trends
from warehouse.home import Home, create_home
from warehouse.publication import publish
from warehouse.records import Article, Fetch, Poll, Record, Revision, Sighting
from warehouse.score_records import CodeScoreRow, Score
from warehouse.store import Warehouse, open_warehouse

NOON = time(12, tzinfo=UTC)
UNMEASURED = "unmeasured"
COUNTS = ("n_outlet", "n_quoted", "n_reported", "n_rejected", "n_scare")
LAYER, SCORER, CODEBOOK = "frames", "1", "c0ffee0123456789"


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """One outlet with one feed."""

    outlet_id: str
    name: str
    outlet_class: str = "private"
    country: str = "ZZ"
    error: str | None = None
    """Why its last poll fails; ``None``: it answers."""

    @property
    def feed_url(self) -> str:
        return f"https://{self.outlet_id}.example/rss.xml"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """n measured articles of one outlet and day, the first k of which carry the frames."""

    outlet_id: str
    day: date
    n: int
    k: int
    n_unmeasured: int = 0
    frames: tuple[str, ...] | None = None
    """The frames that are carried; ``None``: all."""
    voice: str = "outlet"
    """The voice of the two sentences, of ten, that carry them."""
    language: str = "en"
    """Of the measured articles."""
    unmeasured_language: str | None = None
    """Of the others; ``None``: not identified."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event."""

    title: str
    day: date
    certainty: str = "confirmed"


@dataclass(frozen=True, kw_only=True)
class World:
    """All that one home holds."""

    newsrooms: tuple[Newsroom, ...] = ()
    batches: tuple[Batch, ...] = ()
    happenings: tuple[Happening, ...] = ()
    frames: tuple[str, ...] = ("Deadlock", "Momentum")
    """The first two are each other's mirror; the others have none."""
    serves: dict[str, str] = field(default_factory=dict)
    """Whom a frame serves; a frame that is left out serves none."""
    no_cues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Frames that are not measured, by language."""
    sides: tuple[str, ...] = ()
    """The sides of the codebook's actors, in their order."""
    poll_days: tuple[date, ...] = ()
    lost: dict[str, int] = field(default_factory=dict)
    """Sightings per state that brought no article, for each outlet and polled day."""


def publish_world(root: Path, world: World, kind: str = "live") -> Home:
    """Write what the home does not hold yet, and publish it."""
    home = create_home(root, kind)
    with open_warehouse(home, "test") as warehouse:
        with warehouse.transaction():
            _register(warehouse, world)
            warehouse.save(_records(world))
        analyse_trends(warehouse)
        analyse_findings(warehouse)
    publish(home)
    return home


def _register(warehouse: Warehouse, world: World) -> None:
    warehouse.replace("outlet", [_outlet(n) for n in world.newsrooms], ["outlet_id"])
    warehouse.replace("feed", [_feed(n) for n in world.newsrooms], ["feed_url"])
    warehouse.replace("event", [_event(h) for h in world.happenings], ["event_id"])
    if world.frames:
        since = datetime(2025, 11, 1, tzinfo=UTC)
        version = {"codebook_version": CODEBOOK}
        content = json.dumps({"actors": [{"side": side} for side in (*world.sides, "other")]})
        codebook = {"layer": LAYER, "scorer_version": SCORER, "content": content, "registered_utc": since}
        warehouse.merge("codebook", [version | codebook], ["codebook_version"])
        hashes = [version | {"language": "", "cue_hash": UNMEASURED}]
        hashes += [version | {"language": code, "cue_hash": _cues(code)} for code in _languages(world)]
        warehouse.merge("cue_hash", hashes, ["cue_hash"])
        warehouse.merge("active_codebook", [version | {"activated_utc": since}], ["codebook_version"])
        warehouse.merge("frame", [_frame(i, label, world) for i, label in enumerate(world.frames, 1)], ["frame_id"])


def _records(world: World) -> Iterable[Record]:
    for day in world.poll_days:
        for newsroom in world.newsrooms:
            yield from _poll(newsroom, day, world.lost)
    for batch in world.batches:
        for number in range(batch.n + batch.n_unmeasured):
            carried = None if number >= batch.n else number < batch.k
            yield from _article(batch, number, carried, world)


def _poll(newsroom: Newsroom, day: date, lost: dict[str, int]) -> Iterable[Record]:
    at = datetime.combine(day, NOON)
    yield Poll(
        poll_id=_key("poll", newsroom.outlet_id, day),
        feed_url=newsroom.feed_url,
        outlet_id=newsroom.outlet_id,
        polled_utc=at,
        fetch_status="unreachable" if newsroom.error else "ok",
        http_status=None if newsroom.error else 200,
        etag=None,
        last_modified=None,
        body_sha256=None,
        feed_format=None,
        n_items=None if newsroom.error else 5,
        n_new=None if newsroom.error else 5,
        elapsed_ms=12,
        error=newsroom.error,
    )
    if not newsroom.error:
        for state, n in lost.items():
            for number in range(n):
                yield _sighting(newsroom.outlet_id, at, f"{state}-{number}", state, None)


def _article(batch: Batch, number: int, carried: bool | None, world: World) -> Iterable[Record]:
    at = datetime.combine(batch.day, NOON)
    key = _key(batch.outlet_id, batch.day, number)
    url = f"https://{batch.outlet_id}.example/{key}"
    yield Article(article_id=key, outlet_id=batch.outlet_id, url=url, first_seen_utc=at)
    yield Fetch(
        fetch_id=key,
        url=url,
        final_url=url,
        outlet_id=batch.outlet_id,
        fetched_utc=at,
        fetch_status="ok",
        http_status=200,
        content_type="text/html",
        n_bytes=1000,
        body_sha256=None,
        elapsed_ms=5,
        error=None,
    )
    yield _sighting(batch.outlet_id, at, key, "stored", key)
    language = batch.unmeasured_language if carried is None else batch.language
    yield _revision(key, at, language)
    score = {"revision_id": key, "layer": LAYER, "scorer_version": SCORER}
    score["cue_hash"] = UNMEASURED if carried is None else _cues(batch.language)
    relevant = None if carried is None else True
    yield Score(**score, language=language, relevant=relevant, n_sentences=10, scored_utc=at)
    for label in world.frames:
        found = carried and (batch.frames is None or label in batch.frames)
        if label in world.no_cues.get(batch.language, ()):
            found = None
        share = None if found is None else 0.2 * found
        sentences = dict.fromkeys(COUNTS, None if found is None else 0)
        if found:
            sentences[f"n_{batch.voice}"] = 2
        yield CodeScoreRow(**score, kind="frame", code_id=label.lower(), carried=found, share=share, **sentences)


def _revision(key: str, at: datetime, language: str | None) -> Revision:
    return Revision(
        revision_id=key,
        article_id=key,
        fetch_id=key,
        seen_utc=at,
        verdict="article",
        title="Talks",
        text="A text on the talks.",
        text_sha256=key,
        n_words=5,
        authors=[],
        published_utc=at - timedelta(hours=1),
        published_rule="meta",
        published_raw=str(at),
        language=language,
        language_confidence=0.99 if language else 0.4,
        extractor="test",
    )


def _sighting(outlet_id: str, at: datetime, item: str, state: str, article_id: str | None) -> Sighting:
    return Sighting(
        sighting_id=_key(outlet_id, at, item),
        outlet_id=outlet_id,
        feed_url=f"https://{outlet_id}.example/rss.xml",
        poll_id=_key("poll", outlet_id, at.date()),
        item_key=item,
        item_key_rule="guid",
        url=f"https://{outlet_id}.example/{item}",
        page_url=f"https://{outlet_id}.example/{item}",
        title="Talks",
        summary=None,
        published_raw=None,
        published_utc=at - timedelta(hours=1),
        first_seen_utc=at,
        state=state,
        reason=None if state in ("stored", "pending") else "test",
        state_utc=at,
        article_id=article_id,
    )


def _outlet(newsroom: Newsroom) -> dict[str, object]:
    return {
        "outlet_id": newsroom.outlet_id,
        "name": newsroom.name,
        "home": f"https://{newsroom.outlet_id}.example/",
        "country": newsroom.country,
        "languages": ["en"],
        "outlet_class": newsroom.outlet_class,
        "class_source": "invented for a test",
        "mirrors": [],
        "keep": "on-topic",
        "is_watched": True,
    }


def _feed(newsroom: Newsroom) -> dict[str, object]:
    return {
        "feed_url": newsroom.feed_url,
        "outlet_id": newsroom.outlet_id,
        "language": "en",
        "verified": "unverified",
        "verified_source": "invented for a test",
        "is_watched": True,
    }


def _event(happening: Happening) -> dict[str, object]:
    return {
        "event_id": _key(happening.title, happening.day),
        "title": happening.title,
        "event_time_utc": datetime.combine(happening.day, time(20, tzinfo=UTC)),
        "tz_note": "invented",
        "certainty": happening.certainty,
        "source": "invented for a test",
        "added_by": "test",
        "is_watched": True,
    }


def _frame(position: int, label: str, world: World) -> dict[str, object]:
    labels = world.frames
    mirror = labels[2 - position].lower() if len(labels) > 1 and position <= 2 else None
    return {
        "codebook_version": CODEBOOK,
        "position": position,
        "frame_id": label.lower(),
        "code": f"F{position:02}",
        "label": label,
        "definition": f"The talks are told as: {label}.",
        "is_not": "A mere mention.",
        "serves": world.serves.get(label, "none"),
        "serves_reason": "Either side says it.",
        "mirror": mirror,
        "no_mirror": None if mirror else "It accuses nobody.",
    }


def _languages(world: World) -> list[str]:
    return sorted({batch.language for batch in world.batches} | {"en"})


def _cues(language: str) -> str:
    return f"cues-{language}"


def _key(*parts: object) -> str:
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]
