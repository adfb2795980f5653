"""How a number can be found again: the SQL that gave it, and a line to cite."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

from pandas import DataFrame


class UncitableError(TypeError):
    """A parameter of a type that no literal was written for: a mistake of the page."""


def cite(rows: DataFrame, query: str, parameters: Sequence[object], about: Mapping[str, Any], path: Path) -> DataFrame:
    """
    Let a table carry its own origin, in ``attrs``: ``sql`` and ``citation``.

    Args:
        rows: The answer.
        query: What was asked, with ``?`` for each parameter.
        parameters: In their order.
        about: The row of the view ``about``.
        path: The published copy that answered.
    """
    rows.attrs["sql"] = with_literals(query, parameters)
    rows.attrs["citation"] = citation(about, path)
    return rows


def citation(about: Mapping[str, Any], path: Path) -> str:
    """One line: which archive, which copy of it, as of when, by which codebook."""
    until = f"{about['last_poll_utc']:%Y-%m-%d %H:%M} UTC" if about["last_poll_utc"] else "no poll yet"
    return (
        f"Parley, {about['kind']} archive, copy {path.name}, as of {until}, {about['n_articles']:,} articles, "
        f"codebook {about['codebook_version'] or 'none'}, schema {about['schema_version']}"
    )


def with_literals(query: str, parameters: Sequence[object]) -> str:
    """
    The query with its parameters written out, to be run by hand on any copy.

    Raises:
        UncitableError: A parameter is of a type without a literal here.
    """
    first, *others = dedent(query).strip().split("?")
    if len(others) != len(parameters):
        raise UncitableError(f"{len(others)} places for {len(parameters)} parameters in: {query}")
    return first + "".join(literal(value) + piece for value, piece in zip(parameters, others, strict=True))


def literal(value: object) -> str:
    """One value as DuckDB writes it."""
    match value:
        case None:
            return "null"
        case bool() | int() | float():
            return str(value).lower()
        case str():
            return "'" + value.replace("'", "''") + "'"
        case datetime():
            return f"timestamptz '{value.isoformat()}'"
        case date():
            return f"date '{value.isoformat()}'"
        case list() | tuple():
            return "[" + ", ".join(map(literal, value)) + "]"
    raise UncitableError(f"No literal for {type(value).__name__}.")
