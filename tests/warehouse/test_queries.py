"""docs/queries.md: each public view and macro has an example, and each example answers on the demo."""

import re

import duckdb
import pytest

from warehouse import schema
from warehouse.dictionary import public_macros, public_views
from warehouse.examples import examples
from warehouse.guard import check_query, confine
from warehouse.reading import open_current

IDS = [f"{example.names[0]}-{place}" for place, example in enumerate(examples())]


def test_every_view_and_macro_has_an_example_that_uses_it():
    with duckdb.connect() as connection:
        schema.migrate(connection)
        names = {name for name, *_ in [*public_views(connection), *public_macros(connection)]}

    assert {name for example in examples() for name in example.names} == names
    for name in names:
        queries = [example.query for example in examples() if name in example.names]
        assert any(re.search(rf"\b{name}\b", query) for query in queries), name


def test_every_example_says_what_it_asks():
    """It is the label of the button that takes it over; and no block of SQL on the page is left out."""
    page = (schema.FOLDER.parent / "docs" / "queries.md").read_text(encoding="utf-8")

    assert len(examples()) == page.count("```sql")
    assert all(re.fullmatch(r"[A-Z].*[.:]", example.says) for example in examples())


@pytest.mark.slow
@pytest.mark.parametrize("example", examples(), ids=IDS)
def test_an_example_answers_on_the_demo(demo_home, example):
    """An example with an empty answer teaches nothing, and a broken one worse."""
    with open_current(demo_home) as connection:
        confine(connection)
        check_query(connection, example.query)
        rows = connection.execute(example.query).fetchall()

    print(f"\n{example.names}: {len(rows)} rows, first {rows[:1]}")
    assert rows
