"""What is asked of each public view and table macro: taken from the catalogue, so that a new one is asked as well."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from tests.warehouse.test_queries import SECTIONS
from warehouse.dictionary import public_macros, public_views, view_columns

N_RUNS = 5
"""Their median counts."""
_TIMES = ("day_utc", "published_utc", "seen_utc", "fetched_utc", "first_utc", "from_utc", "at_utc")
"""By which a view is cut to a week: the first of them that it has."""
_UNITS = ("outlet", "class", "language", "country", "all")


@dataclass(frozen=True, slots=True)
class Spent:
    """Medians of one use of a view or macro, in ms."""

    clock: float
    processor: float
    """All cores together: what it costs however busy the machine is."""


def times_of(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[tuple[str, str], Spent]]:
    """``((view or macro, use), time)`` for each use; what was not in the cache is by then."""
    for name, use, query in uses(connection):
        clock, processor = [], []
        for _ in range(N_RUNS):
            began, used = time.perf_counter(), time.process_time()
            connection.execute(query).fetchmany(1_000)
            clock.append(1_000 * (time.perf_counter() - began))
            processor.append(1_000 * (time.process_time() - used))
        yield (name, use), Spent(statistics.median(clock), statistics.median(processor))


def uses(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, str]]:
    """``(view or macro, use, query)``: the whole, a week, an article, and what docs/queries.md asks."""
    for name, _ in public_views(connection):
        columns = [column for column, *_ in view_columns(connection, name)]
        yield from ((name, use, query) for use, query in _view_uses(connection, name, columns))
    for name, parameters, _ in public_macros(connection):
        if parameters and parameters[0] == "by_what":
            yield from ((name, f"by {unit}", f"select * from {name}('{unit}')") for unit in _UNITS)
    for heading, queries in SECTIONS.items():
        for number, query in enumerate(queries, 1):
            yield heading, f"example {number}", query


def _view_uses(connection: duckdb.DuckDBPyConnection, view: str, columns: list[str]) -> Iterator[tuple[str, str]]:
    yield "rows", f"select count(*) from {view}"
    if "outlet_id" in columns:
        yield "by outlet", f"select outlet_id, count(*) from {view} group by outlet_id"
        row = connection.execute(f"select outlet_id from {view} limit 1").fetchone()
        when = next((column for column in _TIMES if column in columns), None)
        if row and when:
            kind = (
                "date" if when == "day_utc" else "timestamptz"
            )  # a date cast to a time is not looked up, but computed
            week = f"{when} between {kind} '2025-11-20' and {kind} '2025-11-26'"
            yield "week of an outlet", f"select * from {view} where {week} and outlet_id = '{row[0]}'"
    if "article_id" in columns:
        row = connection.execute(f"select article_id from {view} limit 1").fetchone()
        if row:
            yield "an article", f"select * from {view} where article_id = '{row[0]}'"
