"""The data dictionary, generated from the comments in the database itself."""

import duckdb

from warehouse import schema

HEAD = """# Data dictionary

Generated from the comments of the public views by `make docs`; do not edit. Analysts query the views
below in `parley.duckdb`, schema `main`; everything in schema `core` may change without notice.
"""


def data_dictionary() -> str:
    """The page as Markdown, from a fresh database in memory."""
    with duckdb.connect() as connection:
        schema.migrate(connection)
        return render(connection)


def render(connection: duckdb.DuckDBPyConnection) -> str:
    """Every public view with its columns, in alphabetical order of the views."""
    parts = [HEAD]
    for name, comment in public_views(connection):
        parts.append(f"\n## {name}\n\n{comment}\n\n| column | type | meaning |\n|---|---|---|\n")
        for column, kind, meaning in view_columns(connection, name):
            parts.append(f"| {column} | {kind.lower()} | {meaning} |\n")
    return "".join(parts)


def public_views(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    """``(view, comment)`` of every view in schema main."""
    return connection.execute(
        "select view_name, comment from duckdb_views() where schema_name = 'main' and not internal order by 1"
    ).fetchall()


def view_columns(connection: duckdb.DuckDBPyConnection, view: str) -> list[tuple[str, str, str | None]]:
    """``(column, type, comment)`` of one view, in its order."""
    return connection.execute(
        "select column_name, data_type, comment from duckdb_columns() "
        "where schema_name = 'main' and table_name = ? and not internal order by column_index",
        [view],
    ).fetchall()
