"""What a warehouse holds, in a form that two runs can be compared by."""

import hashlib
from pathlib import Path
from typing import Any

import duckdb

from warehouse.checking import failed_checks
from warehouse.home import Home
from warehouse.reading import open_current

Rows = dict[str, list[tuple[Any, ...]]]

IDENTITY = {
    "outlet": "*",
    "feed": "*",
    "sighting": "sighting_id, outlet_id, feed_url, item_key, page_url, title, published_utc, state, reason, article_id",
    "fetch": "url, outlet_id, fetch_status, body_sha256",
    "article": "article_id, outlet_id, url",
    "revision": "revision_id, article_id, title, text_sha256, published_utc, language",
    "score": "revision_id, layer, scorer_version, cue_hash, language, relevant, n_sentences",
    "code_score": "*",
    "hit": "*",
}
"""Everything that does not depend on when a run happened. Polls are left out: a repeated run asks again."""


def identity(home: Home) -> Rows:
    """The rows of the private database by table, repetitions kept; all checks of the warehouse pass."""
    with duckdb.connect(str(home.database), read_only=True) as connection:
        assert failed_checks(connection) == []
        return {
            table: [_hashable(row) for row in connection.execute(f"select {columns} from core.{table}").fetchall()]
            for table, columns in IDENTITY.items()
        }


def hashes(home: Home) -> dict[str, tuple[int, str]]:
    """``(rows, hash over all rows)`` of every core table."""
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return {table: _hash(connection, f"core.{table}") for table in core_tables(connection)}


def core_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute("select table_name from duckdb_tables() where schema_name = 'core' order by 1")
    return [name for (name,) in rows.fetchall()]


def public_views(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the views that analysts query."""
    rows = connection.execute(
        "select view_name from duckdb_views() where schema_name = 'main' and not internal order by 1"
    )
    return [name for (name,) in rows.fetchall()]


def view_counts(path: Path) -> dict[str, int]:
    """Rows of every public view of a published copy, opened as an analyst opens it."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {view: _count(connection, view) for view in public_views(connection)}


def published_counts(home: Home) -> tuple[int, int]:
    """``(sightings, articles)`` that a reader sees now."""
    with open_current(home) as connection:
        row = connection.execute("select n_sightings, n_articles from about").fetchone()
        assert row is not None
        return row


def _count(connection: duckdb.DuckDBPyConnection, view: str) -> int:
    row = connection.execute(f"select count(*) from (select * from {view})").fetchone()
    assert row is not None
    return int(row[0])


def _hashable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in row)


def _hash(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, str]:
    rows = sorted(map(repr, connection.execute(f"select * from {table}").fetchall()))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
