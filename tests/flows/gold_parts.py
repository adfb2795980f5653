"""A published home with scored articles on the talks, as tests of the gold sample need it."""

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from flows.score import score_unseen
from flows.world import World
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from tests.warehouse.rows import NOW, register
from warehouse.catalogue import activate_codebook, register_codebook
from warehouse.home import Home
from warehouse.publication import publish
from warehouse.records import Article, Record, Revision
from warehouse.store import open_warehouse

N_ARTICLES = 30
TEXT = (
    "Delegations of Russia and Ukraine met for peace talks on day {n}. "
    "The talks between Moscow and Kyiv are deadlocked, an observer of round {n} noted.\n"
    "Envoys of Russia and Ukraine will discuss a ceasefire in hall {n}. Lunch for both sides was served at {n} tables."
)
"""Four sentences, of which the second carries the frame ``deadlock``."""
N_SENTENCES = 5
"""With the title."""


def publish_articles(home: Home) -> None:
    """Store articles of one outlet, score them as the flow does, publish them."""
    codebook = load_registry().codebook
    with open_warehouse(home, "test") as warehouse:
        register(warehouse)
        warehouse.save(row for n in range(N_ARTICLES) for row in _article(n))
        register_codebook(warehouse, codebook, SCORER_VERSION, NOW)
        score_unseen(warehouse, codebook, World(clock=lambda: NOW))
        activate_codebook(warehouse, codebook.version, NOW)
    publish(home)


def _article(n: int) -> Iterator[Record]:
    key, text = f"a{n:02}", TEXT.format(n=n)
    yield Article(article_id=key, outlet_id="wire", url=f"http://wire.example/{key}", first_seen_utc=NOW)
    yield Revision(
        revision_id=f"r-{key}",
        article_id=key,
        fetch_id="f",
        seen_utc=NOW,
        verdict="article",
        title=f"=Talks of Russia and Ukraine, day {n}",
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        n_words=len(text.split()),
        authors=[],
        published_utc=NOW,
        published_rule="feed",
        published_raw="",
        language="en",
        language_confidence=1.0,
        extractor="none",
    )


def read_rows(path: Path) -> list[dict[str, str]]:
    """The lines of a sheet."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> Path:
    """A sheet as a spreadsheet saves it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path
