"""The examples of docs/queries.md, which is their one place, for whoever offers them beside the views."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "queries.md"

_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_EXAMPLE = re.compile(r"(.*?)\n```sql\n(.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """One query, under the views and macros it is an example for."""

    names: tuple[str, ...]
    says: str
    """The sentence or two above it."""
    query: str


@cache
def examples() -> tuple[Example, ...]:
    """All examples in their order; none where Parley was installed without its documents."""
    if not PAGE.exists():
        return ()
    return tuple(
        Example(tuple(heading.split(", ")), " ".join(says.split()), query.strip())
        for heading, body in _SECTION.findall(PAGE.read_text(encoding="utf-8"))
        for says, query in _EXAMPLE.findall(body)
    )
