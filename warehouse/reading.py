"""The readers' door: the newest published copy, read-only."""

import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from framing.errors import ParleyError
from warehouse.home import Home
from warehouse.schema import has_these_views


class NothingPublishedError(ParleyError):
    """There is no published copy to read yet."""


class OtherVersionError(ParleyError):
    """The published copy has the views of another version of Parley."""


class DamagedCopyError(ParleyError):
    """The published copy is there and cannot be read."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One published copy. Two are the same when all three fields are."""

    path: Path
    mtime_ns: int
    inode: int


def current_publication(home: Home) -> Publication:
    """
    The copy that ``parley.duckdb`` points to right now.

    Raises:
        NothingPublishedError: Nothing was published yet.
    """
    try:
        path = home.current.resolve(strict=True)
        status = path.stat()
    except FileNotFoundError:
        raise NothingPublishedError(
            f"{home.current}: nothing is published yet. 'parley run' collects and publishes; "
            "'parley publish' publishes what is already collected."
        ) from None
    return Publication(path, status.st_mtime_ns, status.st_ino)


def open_publication(publication: Publication) -> duckdb.DuckDBPyConnection:
    """Open one copy read-only. Session time zone UTC, so that times print as they are stored."""
    connection = duckdb.connect(str(publication.path), read_only=True)
    connection.execute("set timezone = 'UTC'")
    return connection


def require_these_views(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """
    Raises:
        OtherVersionError: The copy was published by another version of Parley.
    """
    if not has_these_views(connection):
        raise OtherVersionError(
            f"{path}: this copy was published by another version of Parley. 'parley publish' makes a new one; "
            "'parley run' does so after its first round."
        )


def open_current(home: Home) -> duckdb.DuckDBPyConnection:
    """
    Open the newest copy, read-only.

    Raises:
        NothingPublishedError: Nothing was published yet.
        DamagedCopyError: The copy cannot be read.
    """
    for _ in range(3):
        publication = current_publication(home)
        try:
            return open_publication(publication)
        except duckdb.IOException as error:
            # Gone only when three publications came between resolving and opening; then there is a newer one.
            if publication.path.exists():
                raise DamagedCopyError(
                    f"{publication.path}: DuckDB cannot read this published copy ({str(error).splitlines()[0]}). "
                    "Make a new one: parley publish"
                ) from error
            time.sleep(0.05)
    return open_publication(current_publication(home))
