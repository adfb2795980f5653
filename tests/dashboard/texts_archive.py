"""A small published home of real texts, scored by the shipped codebook, for the pages that show sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.analysis.trends import analyse_trends
from flows.reading.revisits import edit_record
from flows.score_rows import score_rows
from framing.codebook import Codebook
from framing.editing import compare_texts
from framing.records import Feed, Outlet
from framing.registry_files import load_registry
from framing.scorer_version import SCORER_VERSION
from warehouse.catalogue import activate_codebook, register_codebook, register_outlets
from warehouse.home import Home, create_home
from warehouse.publication import publish
from warehouse.records import Article, Fetch, Record, Revision
from warehouse.store import open_warehouse

SEEN = datetime(2025, 12, 20, tzinfo=UTC)
BOOK = load_registry().codebook


@dataclass(frozen=True, kw_only=True)
class Text:
    """One article."""

    title: str
    body: str
    language: str = "en"
    outlet_name: str = "The Courier"
    published: datetime | None = datetime(2025, 12, 3, 9, tzinfo=UTC)
    url: str = "https://courier.example/1"
    text_source: str = "page"
    dates_apart_h: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a visit found in place of a text, a day after it was first seen."""

    before: Text
    after: Text
    stated: tuple[datetime | None, datetime | None] = (None, None)
    """The dates of change that the page states before and after."""
    note: str | None = None
    """The correction note after."""


def publish_texts(root: Path, texts: Sequence[Text], changes: Sequence[Change] = ()) -> Home:
    """Score the texts as the pipeline would, and publish them; each outlet name is an outlet."""
    home = create_home(root)
    names = sorted({text.outlet_name for text in (*texts, *(change.before for change in changes))})
    ids = {name: f"outlet_{number}" for number, name in enumerate(names)}
    with open_warehouse(home, "test") as warehouse, warehouse.transaction():
        for number, text in enumerate(texts):
            warehouse.save(_records(number, text, ids[text.outlet_name]))
        for number, change in enumerate(changes, len(texts)):
            warehouse.save(_changed(number, change, ids[change.before.outlet_name]))
    with open_warehouse(home, "test") as warehouse:
        register_outlets(warehouse, tuple(_outlet(ids[name], name) for name in names))
        register_codebook(warehouse, BOOK, SCORER_VERSION, SEEN)
        activate_codebook(warehouse, BOOK.version, SEEN)
        analyse_trends(warehouse)
    publish(home)
    return home


def _records(number: int, text: Text, outlet_id: str) -> list[Record]:
    key = f"a{number}"
    revision = _revision(key, key, text, SEEN)
    return [
        Article(article_id=key, outlet_id=outlet_id, url=text.url, first_seen_utc=SEEN),
        _fetch(key, outlet_id, text.url, SEEN, "first"),
        revision,
        *_scores(revision),
    ]


def _changed(number: int, change: Change, outlet_id: str) -> list[Record]:
    """Both revisions with their scores, and the edit between them as a visit would store it."""
    key = f"a{number}"
    first, *_ = (record for record in _records(number, change.before, outlet_id) if isinstance(record, Revision))
    seen = SEEN + timedelta(days=1)
    before = replace(first, modified_utc=change.stated[0], modified_raw=_raw(change.stated[0]))
    after = replace(
        _revision(f"{key}-2", key, change.after, seen),
        previous_revision_id=key,
        modified_utc=change.stated[1],
        modified_raw=_raw(change.stated[1]),
        correction_note=change.note,
    )
    difference = compare_texts(before.text, after.text, before.language, (before.title or "", after.title or ""))
    return [
        Article(article_id=key, outlet_id=outlet_id, url=change.before.url, first_seen_utc=SEEN),
        _fetch(key, outlet_id, change.before.url, SEEN, "first"),
        _fetch(f"{key}-2", outlet_id, change.before.url, seen, "revisit"),
        before,
        after,
        edit_record(before, after, difference, before.modified_utc),
        *_scores(before),
        *_scores(after),
    ]


def _raw(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _fetch(key: str, outlet_id: str, url: str, at: datetime, purpose: str) -> Fetch:
    return Fetch(
        fetch_id=key,
        url=url,
        final_url=url,
        outlet_id=outlet_id,
        fetched_utc=at,
        fetch_status="ok",
        http_status=200,
        content_type="text/html",
        n_bytes=1000,
        body_sha256=f"sha-of-{key}",
        elapsed_ms=5,
        error=None,
        purpose=purpose,
        warc_file=f"2025/12/{key}.warc.gz",
        warc_offset=4711,
    )


def _revision(revision_id: str, article_id: str, text: Text, seen: datetime) -> Revision:
    return Revision(
        revision_id=revision_id,
        article_id=article_id,
        fetch_id=revision_id,
        seen_utc=seen,
        verdict="article",
        title=text.title,
        text=text.body,
        text_sha256=revision_id,
        n_words=len(text.body.split()),
        authors=[],
        published_utc=text.published,
        published_rule="meta" if text.published else None,
        published_raw=None,
        language=text.language,
        language_confidence=0.99,
        extractor="test",
        text_source=text.text_source,
        date_disagrees=text.dates_apart_h > 24,
        date_spread_h=text.dates_apart_h,
    )


def _scores(revision: Revision) -> list[Record]:
    language = revision.language or ""
    row = {"revision_id": revision.revision_id, "title": revision.title, "text": revision.text, "language": language}
    row |= {"published_utc": revision.published_utc, "cue_hash": _cue_hash(BOOK, language)}
    return score_rows(row, BOOK, SEEN)


def _cue_hash(codebook: Codebook, language: str) -> str:
    return codebook.cue_hash(language) if language in codebook.languages else codebook.unmeasured_hash


def _outlet(outlet_id: str, name: str) -> Outlet:
    feed = Feed(
        url=f"https://{outlet_id}.example/rss.xml", language="en", verified="unverified", verified_source="a test"
    )
    return Outlet(
        outlet_id=outlet_id,
        name=name,
        home=f"https://{outlet_id}.example/",
        country="ZZ",
        languages=("en",),
        outlet_class="private",
        class_source="a test",
        feeds=(feed,),
    )
