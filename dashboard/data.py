"""The dashboard's reading: one function per public view, each answer kept as long as its publication."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import streamlit as st
from pandas import DataFrame

from dashboard import citing
from framing.errors import ParleyError
from warehouse.home import HomeError, default_root, open_home
from warehouse.reading import (
    NothingPublishedError,
    Publication,
    current_publication,
    open_publication,
    require_these_views,
)

COPIES_OPEN = 3
"""As many as stay published: an evicted copy is closed, and a pruned one gives its disk space back."""

TRIES = 5


class UnreadableCopyError(ParleyError):
    """The published copy is there, but DuckDB cannot read it."""


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """One published copy, open for as long as a page is drawn from it."""

    publication: Publication
    connection: duckdb.DuckDBPyConnection


def newest() -> Publication | None:
    """What is published right now; ``None``: nothing, or there is no home."""
    try:
        return current_publication(open_home(default_root()))
    except (HomeError, NothingPublishedError):
        return None


def open_archive(root: Path) -> Archive:
    """
    Open the newest published copy of a home; sessions share the connection.

    Raises:
        HomeError: There is no home, or its marker is broken.
        NothingPublishedError: Nothing was published yet.
        OtherVersionError: The copy was published by another version of Parley.
        UnreadableCopyError: The copy is damaged, or this user may not read it.
    """
    home = open_home(root)
    for _ in range(TRIES):
        publication = current_publication(home)
        try:
            connection = _connection(publication)
            require_these_views(connection.cursor(), publication.path)
            return Archive(publication, connection)
        except duckdb.Error as error:
            # A copy that was pruned between resolving and opening has a newer one behind the link.
            if publication.path.exists():
                raise UnreadableCopyError(
                    f"{publication.path}: DuckDB cannot read this copy ({str(error).splitlines()[0]}). "
                    "'parley publish' makes a fresh one; 'parley doctor' says more."
                ) from error
    raise NothingPublishedError(f"{home.current}: the copies change too fast to be opened; the next try is due.")


@st.cache_resource(max_entries=COPIES_OPEN, show_spinner=False)
def _connection(publication: Publication) -> duckdb.DuckDBPyConnection:
    """One connection per copy. DuckDB caches instances by path; each copy has a path of its own."""
    return open_publication(publication)


def _key(archive: Archive) -> Publication:
    return archive.publication


kept = st.cache_data(hash_funcs={Archive: _key}, max_entries=100, show_spinner=False)


def rows_of(archive: Archive, query: str, *parameters: object) -> DataFrame:
    """
    All rows of a query, with their origin in ``attrs`` (see ``citing.cite``); times in UTC.

    A cursor per use, since sessions run in threads of their own.
    """
    with archive.connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")  # a cursor does not inherit it
        # Through Arrow: DuckDB's own way to pandas 3 warns at every use.
        rows: DataFrame = cursor.sql(query, params=parameters).to_arrow_table().to_pandas(date_as_object=False)
    return citing.cite(rows, query, parameters, about(archive), archive.publication.path)


def records_of(archive: Archive, query: str, *parameters: object) -> list[dict[str, Any]]:
    """All rows as dictionaries by column; a missing value is ``None``."""
    with archive.connection.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        rows = cursor.execute(query, parameters).fetchall()
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows]


@kept
def about(archive: Archive) -> dict[str, Any]:
    """The one row of ``about``."""
    return records_of(archive, "select * from about")[0]


@kept
def frames(archive: Archive) -> dict[str, dict[str, Any]]:
    """The rows of ``frame`` by their id, in the codebook's order."""
    rows = records_of(archive, "select * from frame order by position")
    return {row["frame_id"]: row for row in rows}


@kept
def outlets(archive: Archive) -> dict[str, str]:
    """Name of each outlet by its id, in alphabetical order; two of one name get their id behind it."""
    rows = records_of(
        archive,
        """
        select
            outlet_id,
            case when count(*) over (partition by name) > 1 then name || ' (' || outlet_id || ')' else name end as label
        from outlet
        order by label
        """,
    )
    return {row["outlet_id"]: row["label"] for row in rows}


@kept
def days(archive: Archive) -> tuple[date, date] | None:
    """First and last day in ``outlet_day``; ``None`` when it is empty."""
    row = records_of(archive, "select first_day_utc as first, last_day_utc as last from about")[0]
    return None if row["first"] is None else (row["first"], row["last"])


@kept
def n_undated(archive: Archive) -> int:
    """Articles in ``article`` that are in no trend, because nobody knows their day."""
    query = "select count(*) as n from article where day_utc is null and relevant is distinct from false"
    return int(records_of(archive, query)[0]["n"])


@kept
def outlets_by_volume(archive: Archive) -> list[str]:
    """Ids of the outlets in ``outlet_day``, those with most measured articles first."""
    return _units_by_volume(archive, "outlet")


@kept
def classes_by_volume(archive: Archive) -> list[str]:
    """Classes in ``class_day``, those with most measured articles first."""
    return _units_by_volume(archive, "class")


def _units_by_volume(archive: Archive, by_what: str) -> list[str]:
    query = "select unit from frame_use(?, in_voice := 'any') group by unit order by sum(n) desc, unit"
    return [row["unit"] for row in records_of(archive, query, by_what)]


@kept
def outlet_day(
    archive: Archive, frame_id: str, voice: str, outlet_ids: list[str], first: date, last: date
) -> DataFrame:
    """``outlet_day`` for one frame and voice, some outlets and a period, both ends included."""
    return rows_of(
        archive,
        """
        select * from outlet_day
        where frame_id = ? and voice = ? and list_contains(?::varchar[], outlet_id) and day_utc between ? and ?
        order by outlet_id, day_utc
        """,
        frame_id,
        voice,
        outlet_ids,
        first,
        last,
    )


@kept
def class_day(archive: Archive, frame_id: str, voice: str, classes: list[str], first: date, last: date) -> DataFrame:
    """``class_day`` for one frame and voice, some classes and a period, both ends included."""
    return rows_of(
        archive,
        """
        select * from class_day
        where frame_id = ? and voice = ? and list_contains(?::varchar[], outlet_class) and day_utc between ? and ?
        order by outlet_class, day_utc
        """,
        frame_id,
        voice,
        classes,
        first,
        last,
    )


@kept
def events(archive: Archive, first: date, last: date) -> DataFrame:
    """``event`` within a period, numbered by time from 1."""
    return rows_of(
        archive,
        """
        select row_number() over (order by event_time_utc, event_id) as no, *
        from event
        where day_utc between ? and ?
        order by no
        """,
        first,
        last,
    )


@kept
def feed_health(archive: Archive) -> DataFrame:
    """``feed_health``: what needs a look first, then by outlet; feeds no longer watched last."""
    return rows_of(
        archive,
        """
        select * from feed_health
        order by
            is_watched desc,
            list_position(['failing', 'frozen', 'empty', 'never polled', 'ok'], health),
            outlet_name,
            feed_url
        """,
    )


@kept
def coverage(archive: Archive, outlet_ids: list[str]) -> DataFrame:
    """``coverage`` of some outlets with their names, newest day first."""
    return rows_of(
        archive,
        """
        select o.name as outlet_name, c.*
        from coverage as c
        left join outlet as o using (outlet_id)
        where list_contains(?::varchar[], c.outlet_id)
        order by c.day_utc desc, o.name, c.outlet_id
        """,
        outlet_ids,
    )
