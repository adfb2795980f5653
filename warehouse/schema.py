"""The schema: numbered migrations, each in a transaction, and the public views over them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from framing.errors import ParleyError

FOLDER = Path(__file__).parent


class SchemaError(ParleyError):
    """The database file and this version of Parley do not fit together."""


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing; whatever is raised inside is raised again after the rollback."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        # A failed commit or a full disk has already ended the transaction; the first error is the one to show.
        with suppress(duckdb.Error):
            connection.execute("rollback")
        raise
    connection.execute("commit")


def migrations() -> list[tuple[int, Path]]:
    """``(number, file)`` in order: ``0001_core.sql`` is number 1."""
    return sorted((int(path.name[:4]), path) for path in (FOLDER / "migrations").glob("*.sql"))


def view_files() -> list[Path]:
    """The shared base first, then the public views; public views never read each other."""
    return sorted((FOLDER / "views" / "base").glob("*.sql")) + sorted((FOLDER / "views").glob("*.sql"))


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """
    Bring a database to the schema of this code; does nothing when it is there.

    Raises:
        SchemaError: The database is newer than the code.
    """
    with transaction(connection):
        connection.execute("create schema if not exists core")
        connection.execute(
            "create table if not exists core.migration (version integer, name varchar, applied_utc timestamptz)"
        )
    row = connection.execute("select coalesce(max(version), 0) from core.migration").fetchone()
    have = int(row[0]) if row else 0
    newest = migrations()[-1][0]
    if have > newest:
        raise SchemaError(
            f"The warehouse has schema version {have}; this Parley knows up to {newest}. "
            "Update Parley, or give another folder with --home DIR. Nothing was changed."
        )
    for number, path in migrations():
        if number > have:
            with transaction(connection):
                connection.execute(path.read_text(encoding="utf-8"))
                connection.execute("insert into core.migration values (?, ?, now())", [number, path.stem])
    _refresh_views(connection)


def has_these_views(connection: duckdb.DuckDBPyConnection) -> bool:
    """Were the views of a database made by this version of the code?"""
    return stored_views(connection) == _view_scripts()[1]


def stored_views(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The digest of the files that a database's views were made from."""
    row = connection.execute("select value from core.setting where key = 'views'").fetchone()
    return str(row[0]) if row else None


def _view_scripts() -> tuple[list[str], str]:
    scripts = [path.read_text(encoding="utf-8") for path in view_files()]
    return scripts, hashlib.sha256("\0".join(scripts).encode()).hexdigest()


def _refresh_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the views anew when their files changed, and only then: a quiet run writes nothing."""
    scripts, digest = _view_scripts()
    if stored_views(connection) == digest:
        return
    with transaction(connection):
        for (name,) in connection.execute(
            "select view_name from duckdb_views() where schema_name = 'main' and not internal"
        ).fetchall():
            connection.execute(f'drop view main."{name}"')
        for name, kind in connection.execute(
            "select distinct function_name, replace(function_type, 'table_macro', 'macro table') "
            "from duckdb_functions() where schema_name = 'main' and not internal"
        ).fetchall():
            connection.execute(f'drop {kind} main."{name}"')
        for script in scripts:
            connection.execute(script)
        connection.execute("delete from core.setting where key = 'views'")
        connection.execute("insert into core.setting values ('views', ?)", [digest])
