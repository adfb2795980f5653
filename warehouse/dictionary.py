"""The data dictionary, generated from the comments in the database itself."""

import duckdb

from warehouse import schema

HEAD = """# Data dictionary

Generated from the comments of the public views by `make docs`; do not edit. Analysts query the views
and macros below in `parley.duckdb`, schema `main`; everything in schema `core` may change without notice.
Examples are in [queries.md](queries.md).
"""


def data_dictionary() -> str:
    """The page as Markdown, from a fresh database in memory."""
    with duckdb.connect() as connection:
        schema.migrate(connection)
        return render(connection)


def render(connection: duckdb.DuckDBPyConnection) -> str:
    """Every public view with its columns, then every macro, each in alphabetical order."""
    parts = [HEAD]
    for name, comment in public_views(connection):
        parts.append(f"\n## {name}\n\n{comment}\n\n| column | type | meaning |\n|---|---|---|\n")
        for column, kind, meaning in view_columns(connection, name):
            parts.append(f"| {column} | {kind.lower()} | {meaning} |\n")
    for name, parameters, comment in public_macros(connection):
        parts.append(f"\n## {name}({', '.join(parameters)})\n\n{comment}\n")
    return "".join(parts)


def public_views(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    """``(view, comment)`` of every view in schema main."""
    return connection.execute(
        "select view_name, comment from duckdb_views() where schema_name = 'main' and not internal order by 1"
    ).fetchall()


def public_macros(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str], str | None]]:
    """``(name, parameters, comment)`` of every macro in schema main: scalar ones, then table macros."""
    return connection.execute(
        "select function_name, parameters, comment from duckdb_functions() "
        "where schema_name = 'main' and not internal order by function_type, 1"
    ).fetchall()


def view_columns(connection: duckdb.DuckDBPyConnection, view: str) -> list[tuple[str, str, str | None]]:
    """``(column, type, comment)`` of one view, in its order."""
    return connection.execute(
        "select column_name, data_type, comment from duckdb_columns() "
        "where schema_name = 'main' and table_name = ? and not internal order by column_index",
        [view],
    ).fetchall()
