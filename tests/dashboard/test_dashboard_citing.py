"""What stands beneath a table gives the table again."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.citing import UncitableError, literal, with_literals
from tests.dashboard.archive import Batch, Newsroom, World, publish_world
from tests.dashboard.pages import run_page
from warehouse.reading import open_current

DAY = date(2025, 12, 1)
WORLD = World(
    newsrooms=(Newsroom(outlet_id="herald", name="O'Brien's Herald", outlet_class="state-controlled"),),
    batches=(Batch(outlet_id="herald", day=DAY, n=10, k=4), Batch(outlet_id="herald", day=date(2025, 12, 2), n=9, k=1)),
    poll_days=(DAY,),
)

VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(2**31), 2**31), st.text(), st.dates(), st.lists(st.text()))


@given(VALUES)
def test_a_literal_is_the_value(value: object) -> None:
    with duckdb.connect() as connection:
        row = connection.execute(f"select {literal(value)}").fetchone()

    assert row == (value,)


def test_a_time_keeps_its_zone() -> None:
    at = datetime(2025, 12, 1, 23, 30, tzinfo=UTC)

    with duckdb.connect() as connection:
        assert connection.execute(f"select epoch_ms({literal(at)})").fetchone() == (int(at.timestamp() * 1000),)


def test_a_place_without_a_parameter_is_a_mistake() -> None:
    with pytest.raises(UncitableError, match="2 places for 1 parameters"):
        with_literals("select ?, ?", [1])
    with pytest.raises(UncitableError, match="No literal for set"):
        with_literals("select ?", [{1}])


@pytest.mark.parametrize("name", ["overview", "trends", "compare", "sides", "sources"])
def test_the_sql_beneath_a_table_gives_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    home = publish_world(tmp_path / "home", WORLD)
    monkeypatch.setenv("PARLEY_HOME", str(home.root))

    at = run_page(name)

    assert not at.exception
    queries = [block.value for block in at.code if block.language == "sql"]
    assert queries
    with open_current(home) as connection:
        answers = [connection.execute(query).fetchall() for query in queries]
    assert sorted(map(len, answers)) == sorted(len(table.value) for table in cited_tables(at, len(queries)))
    assert f"copy {home.current.resolve().name}, as of 2025-12-01" in at.code[0].value


def cited_tables(at: AppTest, n: int) -> list:
    """The tables with their SQL beneath them: all, but the list of events."""
    tables = [table for table in at.dataframe if "certainty" not in table.value.columns]
    assert len(tables) == n
    return tables
