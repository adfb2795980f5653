"""Stories of many outlets, put straight into a warehouse, for tests of what only shows across articles."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flows.analysis.reuse import analyse_reuse
from framing.registry_files import load_registry
from tests.conftest import NOW
from warehouse.records import Article, DateCandidateRow, Record, Revision
from warehouse.store import Warehouse

CREDITS = load_registry().credits
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One story as one outlet tells it."""

    outlet_id: str
    text: str
    at: datetime = NOW
    name: str = "story"
    revision: int = 0
    authors: list[str] = field(default_factory=list)

    @property
    def article_id(self) -> str:
        return f"{self.outlet_id}-{self.name}"

    @property
    def revision_id(self) -> str:
        return f"{self.article_id}-{self.revision}"


def words(seed: str, n: int) -> str:
    """``n`` words that no other seed gives."""
    return " ".join(hashlib.sha256(f"{seed} {number}".encode()).hexdigest()[:6] for number in range(n))


def store(warehouse: Warehouse, told: Iterable[Told]) -> None:
    """Store outlets, articles and revisions as reading would."""
    stories = list(told)
    warehouse.merge("outlet", [_outlet(outlet_id) for outlet_id in {t.outlet_id for t in stories}], ("outlet_id",))
    warehouse.save(record for story in stories for record in _records(story))


def analyse(warehouse: Warehouse, told: Iterable[Told], at_once: int = 1_000_000) -> None:
    """Store stories and analyse them, ``at_once`` a time."""
    stories = list(told)
    for start in range(0, len(stories), at_once):
        store(warehouse, stories[start : start + at_once])
        analyse_reuse(warehouse, CREDITS)


def clusters(warehouse: Warehouse) -> dict[str, str]:
    rows = warehouse.rows("select article_id, cluster_id from core.article_cluster")
    return {row["article_id"]: row["cluster_id"] for row in rows}


def contents(warehouse: Warehouse) -> list[list[dict[str, object]]]:
    """All that is derived, in a fixed order."""
    tables = ("signature", "reuse", "passage", "cluster_member")
    return [warehouse.rows(f"select * from core.{table} order by all") for table in tables]


def _outlet(outlet_id: str) -> dict[str, object]:
    return {
        "outlet_id": outlet_id,
        "name": outlet_id.title(),
        "home": f"http://{outlet_id}.example/",
        "country": "UA",
        "languages": ["en"],
        "outlet_class": "private",
        "class_source": "a test",
        "mirrors": [],
        "keep": "on-topic",
        "is_watched": True,
    }


def _records(story: Told) -> list[Record]:
    is_first = story.revision == 0
    return [
        Article(
            article_id=story.article_id,
            outlet_id=story.outlet_id,
            url=f"http://{story.outlet_id}.example/{story.name}",
            first_seen_utc=story.at + HOUR,
        ),
        Revision(
            revision_id=story.revision_id,
            article_id=story.article_id,
            fetch_id="f",
            seen_utc=story.at + HOUR,
            verdict="article",
            title=story.name,
            text=story.text,
            text_sha256=hashlib.sha256(story.text.encode()).hexdigest(),
            n_words=len(story.text.split()),
            authors=story.authors,
            published_utc=story.at,
            published_rule="feed",
            published_raw="",
            language="en",
            language_confidence=1.0,
            extractor="none",
            previous_revision_id=None if is_first else f"{story.article_id}-{story.revision - 1}",
        ),
        DateCandidateRow(
            revision_id=story.revision_id,
            position=0,
            rule="feed",
            raw="",
            time_utc=story.at,
            is_exact=True,
            is_chosen=True,
        ),
    ]
