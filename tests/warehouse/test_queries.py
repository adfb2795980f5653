"""docs/queries.md: each public view and macro has an example, and each example answers on the demo."""

import re
from pathlib import Path

import duckdb
import pytest

from warehouse import schema
from warehouse.dictionary import public_macros, public_views
from warehouse.reading import open_current

PAGE = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
SECTIONS = {
    heading: re.findall(r"```sql\n(.*?)```", body, re.DOTALL)
    for heading, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
}
EXAMPLES = [(heading, query) for heading, queries in SECTIONS.items() for query in queries]


def test_every_view_and_macro_has_an_example_that_uses_it():
    with duckdb.connect() as connection:
        schema.migrate(connection)
        names = {name for name, *_ in [*public_views(connection), *public_macros(connection)]}

    shown = {name: queries for heading, queries in SECTIONS.items() for name in heading.split(", ")}
    assert set(shown) == names
    for name, queries in shown.items():
        assert any(re.search(rf"\b{name}\b", query) for query in queries), name


@pytest.mark.slow
@pytest.mark.parametrize(("heading", "query"), EXAMPLES, ids=[f"{h}-{i}" for i, (h, _) in enumerate(EXAMPLES)])
def test_an_example_answers_on_the_demo(demo_home, heading, query):
    """An example with an empty answer teaches nothing, and a broken one worse."""
    with open_current(demo_home) as connection:
        connection.execute("set enable_external_access = false")
        rows = connection.execute(query).fetchall()

    print(f"\n{heading}: {len(rows)} rows, first {rows[:1]}")
    assert rows
