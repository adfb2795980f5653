"""The data dictionary of the copy that is drawn: public views and macros, as the comments in it say."""

from dataclasses import dataclass

from dashboard import data
from warehouse import dictionary


@dataclass(frozen=True, slots=True)
class Entry:
    """One public view or macro."""

    name: str
    call: str
    """As it is written in a query: ``article``, ``share_low(k, n)``."""
    comment: str
    columns: tuple[tuple[str, str, str], ...]
    """``(column, type, meaning)``; a macro has none of its own."""


@data.kept
def entries(archive: data.Archive) -> dict[str, Entry]:
    """All by name: views in alphabetical order, then macros."""
    with archive.connection.cursor() as cursor:
        views = [
            Entry(name, name, comment or "", _columns(dictionary.view_columns(cursor, name)))
            for name, comment in dictionary.public_views(cursor)
        ]
        macros = [
            Entry(name, f"{name}({', '.join(parameters)})", comment or "", ())
            for name, parameters, comment in dictionary.public_macros(cursor)
        ]
    return {entry.name: entry for entry in [*views, *macros]}


def _columns(columns: list[tuple[str, str, str | None]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, kind.lower(), meaning or "") for name, kind, meaning in columns)
