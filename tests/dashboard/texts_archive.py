"""A small published home of real texts, scored by the shipped codebook, for the pages that show sentences."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.score import score_records
from flows.world import World
from framing.codebook import Codebook
from framing.records import Feed, Outlet
from framing.registry_files import load_registry
from framing.scorer_version import SCORER_VERSION
from warehouse.catalogue import activate_codebook, register_codebook, register_outlets
from warehouse.home import Home, create_home
from warehouse.publication import publish
from warehouse.records import Article, Record, Revision
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


def publish_texts(root: Path, texts: list[Text]) -> Home:
    """Score the texts as the pipeline would, and publish them; each outlet name is an outlet."""
    home = create_home(root)
    names = sorted({text.outlet_name for text in texts})
    ids = {name: f"outlet_{number}" for number, name in enumerate(names)}
    with open_warehouse(home, "test") as warehouse, warehouse.transaction():
        for number, text in enumerate(texts):
            warehouse.save(_records(number, text, ids[text.outlet_name]))
    with open_warehouse(home, "test") as warehouse:
        register_outlets(warehouse, tuple(_outlet(ids[name], name) for name in names))
        register_codebook(warehouse, BOOK, SCORER_VERSION, SEEN)
        activate_codebook(warehouse, BOOK.version, SEEN)
    publish(home)
    return home


def _records(number: int, text: Text, outlet_id: str) -> list[Record]:
    key = f"a{number}"
    revision = Revision(
        revision_id=key,
        article_id=key,
        fetch_id=key,
        seen_utc=SEEN,
        verdict="article",
        title=text.title,
        text=text.body,
        text_sha256=key,
        n_words=len(text.body.split()),
        authors=[],
        published_utc=text.published,
        published_rule="meta" if text.published else None,
        published_raw=None,
        language=text.language,
        language_confidence=0.99,
        extractor="test",
    )
    row = {"revision_id": key, "title": text.title, "text": text.body, "language": text.language}
    row["published_utc"] = text.published
    row["cue_hash"] = _cue_hash(BOOK, text.language)
    return [
        Article(article_id=key, outlet_id=outlet_id, url=text.url, first_seen_utc=SEEN),
        revision,
        *score_records(row, BOOK, World(clock=lambda: SEEN)),
    ]


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
