"""The writer's door: open the private database, save in bulk, ask what is to be done."""

import errno
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import duckdb
import pyarrow

from framing.errors import ParleyError
from warehouse import schema
from warehouse.home import Home
from warehouse.interrupts import interruptible
from warehouse.lock import writer_lock
from warehouse.records import TABLES, Record, Sighting, SightingState

STORAGE_VERSION = "v1.4.0"
"""So that clients from 1.4 on open the published copies."""


class StorageError(ParleyError):
    """The database file cannot be opened or written."""


class Warehouse:
    """An open, private database. Only ``open_warehouse`` makes one."""

    def __init__(self, home: Home, connection: duckdb.DuckDBPyConnection) -> None:
        self.home = home
        self.sql = connection
        self.before_commit: Callable[[], None] = lambda: None
        """Called within each transaction at its end: what its rows refer to is on the disk before they are."""
        self._shapes: dict[str, pyarrow.Schema] = {}

    def rows(self, query: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[dict[str, Any]]:
        """All rows of a query, as dictionaries by column name."""
        cursor = self.sql.execute(query, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with schema.transaction(self.sql):
            yield
            self.before_commit()

    def save(self, records: Iterable[Record]) -> int:
        """
        Insert records, each into the table of its type; known keys are skipped.

        All or nothing, and in bulk: one row at a time costs a hundredfold.
        Joins the transaction that is open, if there is one.

        Returns:
            How many rows were new.
        """
        batches: defaultdict[type[Record], dict[tuple[object, ...], dict[str, object]]] = defaultdict(dict)
        for record in records:
            row = row_of(record)
            key = tuple(row[column] for column in TABLES[type(record)][1])
            batches[type(record)].setdefault(key, row)
        return sum(self.merge(TABLES[kind][0], list(rows.values()), TABLES[kind][1]) for kind, rows in batches.items())

    def merge(self, table: str, rows: list[dict[str, object]], keys: Sequence[str]) -> int:
        """Insert the rows whose key the table does not hold; returns how many those were."""
        if not rows:
            return 0
        batch = self._arrow(table, rows)  # noqa: F841 (DuckDB reads it by name)
        result = self.sql.execute(
            f"merge into core.{table} using batch using ({', '.join(keys)}) "
            "when not matched then insert by name returning 1"
        )
        return len(result.fetchall())

    def replace(self, table: str, rows: list[dict[str, object]], keys: Sequence[str]) -> int:
        """Make the table hold these rows for their keys; rows that are already equal are not touched."""
        if not rows:
            return 0
        batch = self._arrow(table, rows)  # noqa: F841 (DuckDB reads it by name)
        same = " and ".join(f"core.{table}.{column} is not distinct from batch.{column}" for column in rows[0])
        result = self.sql.execute(
            f"merge into core.{table} using batch using ({', '.join(keys)}) "
            f"when matched and not ({same}) then update by name "
            "when not matched then insert by name returning 1"
        )
        return len(result.fetchall())

    def settle(self, sightings: Iterable[Sighting]) -> None:
        """Move pending sightings on; one that reached a terminal state is never moved again."""
        rows = [row_of(s) for s in sightings if s.state != SightingState.PENDING]
        if rows:
            batch = self._arrow("sighting", rows)  # noqa: F841 (DuckDB reads it by name)
            self.sql.execute(
                "merge into core.sighting using batch using (sighting_id) "
                "when matched and core.sighting.state = 'pending' then update set "
                "state = batch.state, reason = batch.reason, state_utc = batch.state_utc, "
                "article_id = batch.article_id"
            )

    def _arrow(self, table: str, rows: list[dict[str, object]]) -> pyarrow.Table:
        """Rows typed as the table is: a column of nulls would otherwise have no type."""
        if table not in self._shapes:
            with self.sql.cursor() as cursor:  # of its own: the main one may hold an unfinished result
                self._shapes[table] = cursor.sql(f"select * from core.{table} limit 0").to_arrow_table().schema
        fields = [self._shapes[table].field(name) for name in rows[0]]
        return pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(fields))


def row_of(record: Record) -> dict[str, object]:
    """
    A record by column.

    Its lists are not copied, as ``asdict`` would: that took 0.7 ms a page.
    """
    return {field.name: getattr(record, field.name) for field in fields(record)}


@contextmanager
def open_warehouse(home: Home, task: str, wait_s: float | None = None) -> Iterator[Warehouse]:
    """
    Hold the writer's lock, open the database, bring its schema up to date, close it at the end.

    Args:
        task: What the writer does; others who wait get to read it.
        wait_s: Seconds to wait for another writer.

    Raises:
        WarehouseLockedError: Another writer did not finish in time.
        SchemaError: The database is newer than the code.
        StorageError: The file is damaged, or the disk is full.
    """
    with storage_errors(home), writer_lock(home, task, wait_s), interruptible():
        connection = connect(home)
        try:
            schema.migrate(connection)
            warehouse = Warehouse(home, connection)
            warehouse.replace("setting", [{"key": "kind", "value": home.kind}], ("key",))
            yield warehouse
        finally:
            connection.close()


def connect(home: Home) -> duckdb.DuckDBPyConnection:
    """
    Open the private file for writing; the caller holds the lock.

    Raises:
        StorageError: The file is gone while a published copy is there. A new one
            would be published over everything collected so far.
    """
    if not home.database.exists() and home.current.exists():
        raise StorageError(
            f"{home.database}: this file is gone, but a published copy is there. Nothing was changed. "
            f"Restore it: {_restoring(home)}. To start anew instead, give another folder with --home DIR."
        )
    connection = duckdb.connect(str(home.database), config={"storage_compatibility_version": STORAGE_VERSION})
    connection.execute("set timezone = 'UTC'")
    return connection


@contextmanager
def storage_errors(home: Home) -> Iterator[None]:
    """Say what a failing disk or file means, and what to do."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        message = explain(error, home)
        if message is None:
            raise
        raise StorageError(message) from error


def explain(error: duckdb.Error | OSError, home: Home) -> str | None:
    """The sentence for the user, or ``None`` where the error is no matter of storage."""
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    if "No space left" in str(error) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return (
            f"{home.root}: the disk is full. What was committed is safe and the last published copy still opens; "
            "this run's unfinished batch was rolled back. Free some space, or give another folder with --home DIR, "
            "and run again."
        )
    if "Could not set lock on file" in text or isinstance(error, BlockingIOError):
        return (
            f"{home.database}: another program has this file open ({text.partition(' See also')[0]}). Only Parley may "
            f"open it; analysts open {home.current}. Close it there and run again. What was committed is safe."
        )
    if isinstance(error, (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException)) or (
        "Corrupt database file" in text  # raised as a plain duckdb.Error when a block's checksum is wrong
    ):
        return f"{home.database}: DuckDB cannot read this file ({text}). Nothing was changed. " + _way_out_of_damage(
            home
        )
    if isinstance(error, PermissionError):
        return f"{error.filename}: this user may not write here. Give another folder with --home DIR."
    return None


def _way_out_of_damage(home: Home) -> str:
    """The command that sets the damaged file aside, with its log, and restores what was published."""
    folder = shlex.quote(f"{home.root}/damaged.XXXXXX")  # mktemp puts letters in the place of each X
    set_aside = f'mv {shlex.quote(str(home.database))}* "$(mktemp -d {folder})"'
    if home.current.exists():
        return f"Set it aside and restore the last published copy: {set_aside} && {_restoring(home)}"
    return f"Set it aside, and the next run starts a new one: {set_aside}"


def _restoring(home: Home) -> str:
    current, database = shlex.quote(str(home.current)), shlex.quote(str(home.database))
    return f"cp {current} {database} && chmod u+w {database}"
