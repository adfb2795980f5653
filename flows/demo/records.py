"""The records of the demo: a site, an article, the archive, and how the archive is read and written."""

import json
import tomllib
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from framing.registry_files import load_registry

FOLDER: Final = Path(__file__).parent
REGISTRY: Final = FOLDER / "registry"
"""An overlay with the fictional outlets; copied into the demo's home as its ``registry/``."""
ARTICLES_FILE: Final = Path("archive", "articles.jsonl")
TRUTH_FILE: Final = Path("truth.json")
PLAN_FILE: Final = Path("plan.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A fictional outlet as its server sees it."""

    outlet_id: str
    name: str
    host: str
    language: str
    outlet_class: str
    feed_format: str
    """rss or atom."""
    feed_charset: str
    utc_offset_hours: int
    """The zone in which the outlet writes its times; daylight saving does not fall into the archive."""
    section: str
    author: str
    pace: str
    """How many articles it publishes a day; the plan's ``paces`` say what that means."""
    feed_items: int = 60
    """Its feed names at most so many items."""
    outage: tuple[date, ...] = ()
    """UTC days on which its server answers nothing but errors."""
    silent_from: date | None = None
    """From this UTC day on it publishes nothing."""
    guids_churn_from: date | None = None
    """From this UTC day on its feed gives every item another guid each day."""

    def address(self, path: str) -> str:
        """The address of a path of this site."""
        return f"http://{self.host}{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a page says from a later moment on."""

    at: datetime
    title: str
    paragraphs: tuple[str, ...]
    is_announced: bool
    """Does the page state that it was changed?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """One page of a fictional outlet, and what the outlet's feed says of it."""

    outlet_id: str
    path: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    """Never earlier than ``published``, and on the same UTC day."""
    language: str
    paragraphs: tuple[str, ...]
    off_topic: bool
    addresses: tuple[str, ...] = ()
    """Those under which the feed names the page; empty: its own, once."""
    edit: Edit | None = None

    def as_of(self, now: datetime) -> "DemoArticle":
        """The article as its page tells it at a moment."""
        if self.edit is None or now < self.edit.at:
            return self
        updated = self.edit.at if self.edit.is_announced else self.updated
        return replace(self, title=self.edit.title, updated=updated, paragraphs=self.edit.paragraphs, edit=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Everything the demo serves, and the answers planted in it."""

    sites: tuple[Site, ...]
    articles: tuple[DemoArticle, ...]
    """By time of publication."""
    truth: dict[str, Any]
    """As in truth.json; its keys are explained by the ``about`` entry."""


def load_plan() -> dict[str, Any]:
    """What plan.toml says."""
    return tomllib.loads((FOLDER / PLAN_FILE).read_text(encoding="utf-8"))


def load_sites() -> tuple[Site, ...]:
    """The fictional outlets: from the registry who they are, from the plan how they publish."""
    sites = load_plan()["site"]
    return tuple(
        Site(
            outlet_id=outlet.outlet_id,
            name=outlet.name,
            host=outlet.home.removeprefix("http://").rstrip("/"),
            language=outlet.languages[0],
            outlet_class=outlet.outlet_class,
            **sites[outlet.outlet_id] | {"outage": tuple(sites[outlet.outlet_id].get("outage", ()))},
        )
        for outlet in load_registry(REGISTRY).outlets
    )


def load_archive(folder: Path = FOLDER) -> Archive:
    """Read the committed archive."""
    lines = (folder / ARTICLES_FILE).read_text(encoding="utf-8").splitlines()
    truth = json.loads((folder / TRUTH_FILE).read_text(encoding="utf-8"))
    return Archive(sites=load_sites(), articles=tuple(map(_read_article, lines)), truth=truth)


def write_archive(archive: Archive, folder: Path = FOLDER) -> None:
    """Write ``archive/articles.jsonl`` and ``truth.json``; the same archive gives the same bytes."""
    articles = "".join(_write_article(article) + "\n" for article in archive.articles)
    truth = json.dumps(archive.truth, ensure_ascii=False, indent=1) + "\n"
    (folder / ARTICLES_FILE).parent.mkdir(parents=True, exist_ok=True)
    (folder / ARTICLES_FILE).write_bytes(articles.encode())
    (folder / TRUTH_FILE).write_bytes(truth.encode())


def write_time(moment: datetime) -> str:
    """UTC as ``2025-12-02T12:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write_article(article: DemoArticle) -> str:
    return json.dumps(asdict(article), ensure_ascii=False, default=write_time)


def _read_article(line: str) -> DemoArticle:
    fields = json.loads(line)
    times = {key: datetime.fromisoformat(fields[key]) for key in ("published", "updated")}
    lists = {key: tuple(fields[key]) for key in ("paragraphs", "addresses")}
    return DemoArticle(**fields | times | lists | {"edit": _read_edit(fields["edit"])})


def _read_edit(fields: dict[str, Any] | None) -> Edit | None:
    if fields is None:
        return None
    return Edit(**fields | {"at": datetime.fromisoformat(fields["at"]), "paragraphs": tuple(fields["paragraphs"])})
