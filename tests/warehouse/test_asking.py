"""Readers' own SQL: what is answered, what is refused, and that nothing else happens."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.site import Site
from tests.warehouse.attempts import REFUSED_RUNNING, REFUSED_UNREAD, TOO_LONG, Attempt
from tests.warehouse.rows import article_rows
from warehouse.asking import Limits, ask
from warehouse.guard import MOST_CHARS, RefusedQueryError, check_query, confine, distinct, refused
from warehouse.home import create_home
from warehouse.publication import publish
from warehouse.reading import Publication, current_publication, open_publication
from warehouse.store import open_warehouse

SECRET = "swordfish"


@dataclass(frozen=True)
class Scene:
    """A published copy, and beside it what a query must not reach."""

    publication: Publication
    folder: Path
    site: Site

    def asked(self, query: str) -> str:
        places = {
            "{file}": self.folder / "secret.csv",
            "{folder}": self.folder,
            "{url}": f"http://127.0.0.1:{self.site.port}",
        }
        for name, place in places.items():
            query = query.replace(name, str(place))
        return query

    def state(self) -> tuple[object, ...]:
        """What no query may change."""
        return (
            hashlib.sha256(self.publication.path.read_bytes()).hexdigest(),
            sorted(path.name for path in self.folder.iterdir()),
            len(self.site.requests),
        )


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "secret.csv").write_text(f"word\n{SECRET}\n", encoding="utf-8")
    home = create_home(tmp_path_factory.mktemp("asked") / "home")
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
    publish(home)
    with Site() as site:
        site.pages["/rows.csv"] = (200, {}, f"word\n{SECRET}\n".encode())
        yield Scene(current_publication(home), folder, site)


@pytest.fixture
def confined(scene: Scene) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_publication(scene.publication) as connection:
        confine(connection)
        yield connection


def test_there_are_enough_attempts():
    assert len(REFUSED_UNREAD) + len(REFUSED_RUNNING) >= 40


@pytest.mark.parametrize("attempt", REFUSED_UNREAD, ids=lambda attempt: attempt.query[:40])
def test_an_attempt_is_refused_before_it_runs(scene: Scene, confined: duckdb.DuckDBPyConnection, attempt: Attempt):
    with pytest.raises(RefusedQueryError) as refusal:
        check_query(confined, scene.asked(attempt.query))

    assert attempt.said in str(refusal.value)


@pytest.mark.parametrize(
    "attempt",
    [one for one in REFUSED_UNREAD if any(place in one.query for place in ("{file}", "{folder}", "{url}", "set "))],
    ids=lambda attempt: attempt.query[:40],
)
def test_what_the_check_would_miss_the_connection_refuses(
    scene: Scene, confined: duckdb.DuckDBPyConnection, attempt: Attempt
):
    """Two walls: with the first one left out no file or address is reached and no setting changed."""
    before = scene.state()

    with pytest.raises(duckdb.Error):
        confined.execute(scene.asked(attempt.query)).fetchall()

    assert scene.state() == before


@pytest.mark.slow
@pytest.mark.parametrize("attempt", REFUSED_UNREAD + REFUSED_RUNNING, ids=lambda attempt: attempt.query[:40])
def test_an_attempt_is_refused_and_the_next_query_answered(scene: Scene, attempt: Attempt):
    """In the process that Ask starts, under its limits; the time is short only where it is what ends the query."""
    before = scene.state()
    time_s = 2 if attempt.said == TOO_LONG else 60

    with pytest.raises(RefusedQueryError) as refusal:
        ask(scene.publication, scene.asked(attempt.query), Limits(time_s=time_s))

    print(f"\n{attempt.query[:60]}: {str(refusal.value).splitlines()[0][:100]}")
    assert attempt.said in str(refusal.value)
    assert SECRET not in str(refusal.value)
    assert "Traceback" not in str(refusal.value)
    assert scene.state() == before
    assert ask(scene.publication, "select n_articles from about").table.to_pylist() == [{"n_articles": 1}]


@pytest.mark.parametrize(
    "query",
    [
        "from article",
        "from main.article",
        "with article as (select 1 as one) select one from article",
        "with steps as (from outlet_day), more as (from steps) select * from more limit 3;",
        "select * from frame_use('outlet')",
        "select share_low(3, 12), (select count(*) from outlet)",
        "select * from article join revision using (article_id), unnest([1, 2])",
        "from article pivot (count(*) for language in ('en', 'uk'))",
        "describe article",
        "summarize outlet",
        "show tables",
        "-- a remark\nselect 1",
    ],
)
def test_what_an_analyst_writes_is_answered(confined: duckdb.DuckDBPyConnection, query: str):
    check_query(confined, query)

    confined.execute(query).fetchall()


@pytest.mark.parametrize("query", ["", "  \n", ";", "-- only a remark"])
def test_nothing_asked(confined: duckdb.DuckDBPyConnection, query: str):
    with pytest.raises(RefusedQueryError, match=r"^The query is empty\. Try: select"):
        check_query(confined, query)


def test_an_answer_says_whether_it_is_all(scene: Scene):
    """The limit cuts rows, never silently, and keeps their order."""
    whole = ask(scene.publication, "select i from range(3) as t(i) order by i desc", Limits(n_rows=3))
    cut = ask(scene.publication, "select i from range(4) as t(i) order by i desc", Limits(n_rows=3))

    assert (whole.table.to_pydict(), whole.is_cut) == ({"i": [2, 1, 0]}, False)
    assert (cut.table.to_pydict(), cut.is_cut) == ({"i": [3, 2, 1]}, True)


def test_every_type_arrives(scene: Scene):
    """Numbers, times and lists as they are, rare types as text, equal names told apart."""
    query = """
        select 1 as a, 2 as a, 1.5::decimal(4, 1) as d, interval 1 month as i, null as n, [1, null] as l,
            timestamptz '2025-12-01 10:00+02' as t, uuid '6ba7b810-9dad-11d1-80b4-00c04fd430c8' as u, map {'k': 1} as m
    """

    (row,) = ask(scene.publication, query).table.to_pylist()

    assert list(row) == ["a", "a_2", "d", "i", "n", "l", "t", "u", "m"]
    assert (row["a"], row["a_2"], str(row["d"]), row["n"], row["l"]) == (1, 2, "1.5", None, [1, None])
    assert row["t"].isoformat() == "2025-12-01T08:00:00+00:00"
    assert row["u"] == "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
    assert isinstance(row["i"], str)
    assert "k" in row["m"]


@pytest.mark.slow
def test_readers_wait_their_turn(scene: Scene):
    """Two at a time; a third is told so when its own time is over."""
    slow = [
        threading.Thread(target=ask, args=(scene.publication, "select sleep_ms(4000)", Limits(time_s=10)))
        for _ in range(2)
    ]
    for thread in slow:
        thread.start()

    with pytest.raises(RefusedQueryError, match=r"^Other queries are still being answered"):
        ask(scene.publication, "select 1", Limits(time_s=1))

    for thread in slow:
        thread.join()
    assert ask(scene.publication, "select 1 as one").table.to_pylist() == [{"one": 1}]


def test_a_copy_that_is_gone(scene: Scene, tmp_path: Path):
    """Pruned between drawing the page and asking."""
    with pytest.raises(RefusedQueryError, match="this copy cannot be opened"):
        ask(Publication(tmp_path / "parley-000001.duckdb", 0, 0), "from about")


def test_no_column_is_lost_under_the_name_of_another() -> None:
    assert distinct(["a", "a", "a_2"]) == ["a", "a_3", "a_2"]
    assert distinct(["a", "b", "a"]) == ["a", "b", "a_3"]


def test_what_duckdb_says_is_wrong_is_cut_where_it_repeats_a_long_value() -> None:
    with duckdb.connect() as connection, pytest.raises(duckdb.Error) as caught:
        connection.execute("select error(repeat('x', 3000000))").fetchall()

    assert len(str(refused(caught.value))) < 2 * MOST_CHARS
