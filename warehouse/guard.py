"""What readers may ask of a published copy: one SELECT over the public views, and nothing beside them."""

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import duckdb

from framing.errors import ParleyError
from warehouse.dictionary import public_macros, public_views

SETTINGS = (
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set python_enable_replacements = false",
    "set lock_configuration = true",
)
"""No file, address or extension, no variable of this program; the last one keeps the others as they are."""

TABLE_FUNCTIONS = ("generate_series", "range", "unnest")
"""Functions in a ``from`` that make rows out of their arguments alone. Others read files, settings or the catalogue."""

TELLTALE_FUNCTIONS = ("current_setting", "getvariable", "json_serialize_plan", "write_log")
"""Functions of single values that tell settings or bind tables that are not public, or write."""

MOST_CHARS = 2_000
"""Of what DuckDB says is wrong: it repeats values of the query, however long these are."""

WHERE_TO_LOOK = "What the views hold is in docs/data-dictionary.md, examples are in docs/queries.md."


class RefusedQueryError(ParleyError):
    """A query that is not answered; the message says why, and what would be."""


def confine(connection: duckdb.DuckDBPyConnection) -> None:
    """Take from a connection, for good, every way out of its database; times are in UTC."""
    connection.execute("set timezone = 'UTC'")
    for setting in SETTINGS:
        connection.execute(setting)


def check_query(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """
    Let a query pass that is one SELECT over public views and macros, by the judgement of DuckDB's own parser.

    The views themselves read ``core``; only what the reader wrote is looked at.

    Raises:
        RefusedQueryError: It is anything else.
    """
    try:
        statements = connection.extract_statements(query)
    except duckdb.Error as error:
        raise refused(error) from error
    if not statements:
        raise RefusedQueryError("The query is empty. Try: select * from about")
    if len(statements) > 1:
        raise RefusedQueryError(f"These are {len(statements)} statements. Ask one SELECT at a time.")
    kind = statements[0].type.name
    if kind == "MULTI":  # DuckDB makes a type for its columns first, which is a statement of its own
        raise RefusedQueryError(
            "PIVOT without a fixed list of values writes to the database first, and the published copy is only read. "
            "Name the values: pivot ... on column in ('a', 'b'), or write sum(...) filter (where ...)."
        )
    if kind != "SELECT":
        raise RefusedQueryError(
            f"{kind} is not answered: the published copy is read-only, and its settings stay as they are. "
            "Ask one SELECT."
        )
    # All rows, here and below: a result that is not read to its end would keep the connection from the query.
    ((serialized,),) = connection.execute("select json_serialize_sql(?)", [query]).fetchall()
    tree = json.loads(serialized)
    if tree.get("error", True):
        raise RefusedQueryError(f"This SELECT cannot be checked ({tree.get('error_message')}). Write it more plainly.")
    _check_tree(connection, tree)


def refused(error: duckdb.Error) -> RefusedQueryError:
    """What DuckDB found wrong with a query, and where the names stand."""
    said = str(error)
    if len(said) > MOST_CHARS:
        said = f"{said[:MOST_CHARS]} …"
    return RefusedQueryError(f"{said}\n{WHERE_TO_LOOK}")


def distinct(names: Sequence[str]) -> list[str]:
    """Column names told apart: a join may give the same one twice."""
    told: list[str] = []
    for place, name in enumerate(names):
        number = place + 1
        other = name
        while other in told or (other != name and other in names):
            other, number = f"{name}_{number}", number + 1
        told.append(other)
    return told


def _check_tree(connection: duckdb.DuckDBPyConnection, tree: dict[str, Any]) -> None:
    views = [name for name, _ in public_views(connection)]
    macros = [name for name, *_ in public_macros(connection)]
    ((database,),) = connection.execute("select current_database()").fetchall()
    places = {("", ""), ("", "main"), (database.lower(), "main")}
    nodes = list(_nodes(tree))
    steps = set(_names_of_steps(nodes))
    _check_steps(connection, steps, views)
    known = {*map(str.lower, views), *steps}
    callable_ = {*map(str.lower, macros), *TABLE_FUNCTIONS}
    for node in nodes:
        kind = str(node.get("type"))
        if kind == "BASE_TABLE":
            place = (node["catalog_name"].lower(), node["schema_name"].lower())
            if place not in places or node["table_name"].lower() not in known:
                raise RefusedQueryError(_no_view(node, views))
        elif kind == "TABLE_FUNCTION":
            function = node["function"]
            if function.get("schema") not in ("", "main") or function["function_name"].lower() not in callable_:
                raise RefusedQueryError(_no_macro(function["function_name"], macros))
        elif kind == "FUNCTION" and node["function_name"].lower() in TELLTALE_FUNCTIONS:
            raise RefusedQueryError(
                f"{node['function_name']}() is not answered: a query reads no setting and no other table, and writes "
                "nothing."
            )
        elif kind == "SHOW_REF" and node["query"] is None and node["table_name"] != '"tables"':
            raise RefusedQueryError(
                "Of what SHOW can list, only SHOW TABLES is answered; DESCRIBE a view for its columns."
            )
        elif kind.endswith("_QUERY_NODE"):
            raise RefusedQueryError(
                f"{kind.split('_')[0]} is not answered, in a WITH either: the published copy is read-only. "
                "Ask one SELECT."
            )


def _check_steps(connection: duckdb.DuckDBPyConnection, steps: set[str], views: list[str]) -> None:
    """A step of a WITH may shadow a public view, and no other table: outside its WITH the name would mean that one."""
    rows = connection.execute(
        "select lower(view_name) from duckdb_views() union select lower(table_name) from duckdb_tables()"
    ).fetchall()
    for name in sorted(steps & {name for (name,) in rows} - {*map(str.lower, views)}):
        raise RefusedQueryError(f"{name} is the name of an internal table. Give the step of your WITH another name.")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a syntax tree. A stack, because a query may be nested deeper than Python calls."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _names_of_steps(nodes: list[dict[str, Any]]) -> Iterator[str]:
    """The names that WITH gives to its steps."""
    for node in nodes:
        for step in (node.get("cte_map") or {}).get("map", ()):
            yield step["key"].lower()


def _no_view(node: dict[str, Any], views: list[str]) -> str:
    name = ".".join(part for part in (node["catalog_name"], node["schema_name"], node["table_name"]) if part)
    close = get_close_matches(node["table_name"].lower(), views, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return (
        f"{name} is not a public view.{hint} "
        f"A query reads these, and no other table, file or address: {', '.join(views)}."
    )


def _no_macro(name: str, macros: list[str]) -> str:
    return (
        f"{name}() cannot stand in a FROM here: a query reads no file, no address and no setting. "
        f"These can: {', '.join(sorted({*macros, *TABLE_FUNCTIONS}))}, and the public views."
    )
