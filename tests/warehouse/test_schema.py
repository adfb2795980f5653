"""The schema: migrations, comments, and views that keep their promises."""

from pathlib import Path

import duckdb
import pytest

from flows.analysis.trends import analyse_trends
from tests.warehouse.rows import HOUR, NOW, SAMPLE_KEY, article_rows, poll_row, sighting_row
from warehouse import schema
from warehouse.checking import failed_checks
from warehouse.dictionary import data_dictionary, public_macros, public_views, view_columns
from warehouse.schema import SchemaError
from warehouse.store import open_warehouse

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database():
    """A migrated database in memory."""
    with duckdb.connect() as connection:
        schema.migrate(connection)
        yield connection


def test_every_public_view_and_column_is_explained(database):
    """Analysts have nothing but these comments."""
    missing = [name for name, comment in public_views(database) if not comment]
    for view, _ in public_views(database):
        missing += [f"{view}.{column}" for column, _, comment in view_columns(database, view) if not comment]
    missing += [name for name, _, comment in public_macros(database) if not comment]

    assert not missing
    assert {"outlet", "article", "outlet_day", "coverage", "feed_health", "evidence"} <= {
        view for view, _ in public_views(database)
    }


def test_the_data_dictionary_is_fresh():
    """The page is generated; 'make docs' makes it anew."""
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")

    assert page == data_dictionary(), "docs/data-dictionary.md is stale: run 'make docs'"


def test_a_newer_schema_is_refused(home):
    """An older Parley must not write into a newer one's database."""
    newest = schema.migrations()[-1][0]
    with open_warehouse(home, "test") as warehouse:
        warehouse.sql.execute("insert into core.migration values (?, 'of the future', now())", [newest + 1])

    with pytest.raises(SchemaError) as error, open_warehouse(home, "test"):
        pass

    assert str(error.value) == (
        f"The warehouse has schema version {newest + 1}; this Parley knows up to {newest}. "
        "Update Parley, or give another folder with --home DIR. Nothing was changed."
    )


def test_a_failing_migration_leaves_nothing(tmp_path, monkeypatch, database):
    """Each migration is one transaction: half a table is worse than none."""
    newest = schema.migrations()[-1][0]
    broken = tmp_path / f"{newest + 1:04}_broken.sql"
    broken.write_text("create table core.half (a int); create table core.half (a int);", encoding="utf-8")
    monkeypatch.setattr(schema, "migrations", lambda: [(newest + 1, broken)])

    with pytest.raises(duckdb.CatalogException):
        schema.migrate(database)

    assert database.execute("select max(version) from core.migration").fetchone() == (newest,)
    assert not database.execute("select 1 from duckdb_tables() where table_name = 'half'").fetchall()


def test_opening_twice_writes_nothing(home):
    """The views are made anew only when their files changed."""
    with open_warehouse(home, "test") as warehouse:
        before = warehouse.rows("select * from core.setting order by all")
        applied = warehouse.rows("select * from core.migration")

    with open_warehouse(home, "test") as warehouse:
        assert warehouse.rows("select * from core.setting order by all") == before
        assert warehouse.rows("select * from core.migration") == applied


def test_not_measured_is_never_zero(home):
    """One article carries the frame, one does not, one is in a language without cues, one is off-topic."""
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
        article_rows(warehouse, "a2", carried=False, share=0.0, relevant=True)
        article_rows(warehouse, "a3", carried=None, share=None, relevant=None)
        article_rows(warehouse, "a4", carried=True, share=1.0, relevant=False)
        analyse_trends(warehouse)
        (day,) = warehouse.rows("select * from outlet_day where voice = 'outlet'")
        (group,) = warehouse.rows("select * from class_day where voice = 'outlet'")
        assert failed_checks(warehouse.sql) == []

    for row in (day, group):
        assert (row["n"], row["n_unmeasured"], row["k"]) == (2, 1, 1)
        assert (row["share"], row["mean_share"], row["too_few"]) == (0.5, 0.25, True)


def test_an_unmeasured_day_has_no_share(home):
    """A day with nothing but unmeasured articles is a gap, not a zero."""
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a3", carried=None, share=None, relevant=None)
        analyse_trends(warehouse)
        (day,) = warehouse.rows("select * from outlet_day where voice = 'outlet'")

    assert (day["n"], day["share"], day["share_low"], day["mean_share"]) == (0, None, None, None)


def test_only_the_active_codebook_is_shown(home):
    """Two codebooks never share a row, and a half-finished one is never shown."""
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
        key = {**SAMPLE_KEY, "revision_id": "r-a1", "cue_hash": "other"}
        warehouse.merge(
            "code_score",
            [{**key, "kind": "frame", "code_id": "deadlock", "carried": False, "share": 0.0}],
            ("cue_hash",),
        )
        analyse_trends(warehouse)
        (day,) = warehouse.rows("select * from outlet_day where voice = 'outlet'")

    assert (day["n"], day["k"]) == (1, 1)


def test_a_frame_that_left_the_codebook_is_in_no_number(home):
    """Its scores stay in the tables, for the day it comes back."""
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
        gone = {**SAMPLE_KEY, "revision_id": "r-a1", "kind": "frame", "code_id": "gone", "carried": True, "share": 0.5}
        warehouse.merge("code_score", [gone], ("code_id",))
        analyse_trends(warehouse)

        assert [row["frame_id"] for row in warehouse.rows("select distinct frame_id from outlet_day")] == ["deadlock"]
        assert [row["frame_id"] for row in warehouse.rows("select frame_id from frame_use('all')")] == ["deadlock"]


@pytest.mark.parametrize("unit", ["outlet", "class", "language", "country", "all"])
def test_a_breakdown_counts_what_the_days_add_up_to(home, unit):
    """One place computes k, n and the interval, whatever the unit."""
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
        article_rows(warehouse, "a2", carried=False, share=0.0, relevant=True)
        article_rows(warehouse, "a3", carried=None, share=None, relevant=None)
        analyse_trends(warehouse)
        (day,) = warehouse.rows("select * from outlet_day where voice = 'outlet'")
        (whole,) = warehouse.rows(f"select * from frame_use('{unit}')")
        (served,) = warehouse.rows(f"select * from side_use('{unit}')")
        later = warehouse.rows(f"select * from frame_use('{unit}', first_day := date '{NOW.date()}' + 1)")

    columns = ("n", "n_unmeasured", "k", "share", "share_low", "share_high", "too_few")
    assert {name: whole[name] for name in columns} == {name: day[name] for name in columns}
    assert {name: served[name] for name in columns} == {name: day[name] for name in columns}
    assert (whole["n_outlets"], served["serves"], later) == (1, "none", [])


def test_a_side_is_measured_where_all_its_frames_were(home):
    """One of two frames without cues: nobody knows whether the side is served, so it is not zero."""
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=False, share=0.0, relevant=True)
        other = warehouse.rows("select * from core.frame")[0] | {"frame_id": "other", "position": 2}
        warehouse.merge("frame", [other], ("codebook_version", "frame_id"))
        score = {**SAMPLE_KEY, "revision_id": "r-a1", "kind": "frame", "code_id": "other"}
        warehouse.merge("code_score", [{**score, "carried": None, "share": None}], ("code_id",))
        analyse_trends(warehouse)
        (row,) = warehouse.rows("select * from side_use('all')")

    assert (row["n"], row["n_unmeasured"], row["k"], row["share"]) == (0, 1, 0, None)


def test_a_unit_nobody_knows_is_refused(home):
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
        analyse_trends(warehouse)
        with pytest.raises(duckdb.Error, match="by_what is 'owner'"):
            warehouse.rows("select * from frame_use('owner')")


def test_a_day_without_an_answer_is_an_outage(home):
    """Failed polls and no sightings: n_polls_ok tells blindness from silence."""
    with open_warehouse(home, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
        warehouse.save([poll_row("p1", fetch_status="unreachable", error="no such host")])
        warehouse.save([sighting_row("s1", state="pending", first_seen_utc=NOW - 24 * HOUR)])
        rows = {row["day_utc"]: row for row in warehouse.rows("select * from coverage")}
        (feed,) = warehouse.rows("select * from feed_health")

    silent, blind = rows[(NOW - 24 * HOUR).date()], rows[NOW.date()]
    assert (silent["n_polls"], silent["n_seen"], silent["n_pending"]) == (0, 1, 1)
    assert (blind["n_polls"], blind["n_polls_ok"], blind["n_seen"]) == (1, 0, 0)
    assert (feed["health"], feed["n_failures_in_row"], feed["last_error"]) == ("failing", 1, "no such host")


def test_the_ledger_adds_up(home):
    """Every sighting is in exactly one column."""
    states = ["pending", "stored", "duplicate", "off_topic", "paywalled", "wall", "soft_404", "too_short", "robots"]
    with open_warehouse(home, "test") as warehouse:
        rows = [sighting_row(f"s-{state}", state=state) for state in states]
        warehouse.save([*rows, sighting_row("s-error", state="error", reason="HTTP 500")])
        (row,) = warehouse.rows("select * from coverage")

    assert row["n_seen"] == sum(row[f"n_{state}"] for state in [*states, "error"]) == len(states) + 1


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("insert into core.article values ('x', 'o', 'u', now()), ('x', 'o', 'u', now())", "unique_article"),
        ("insert into core.active_codebook values ('a', now()), ('b', now())", "one_active_codebook"),
        (
            "insert into core.code_score (revision_id, layer, scorer_version, cue_hash, kind, code_id, carried) "
            "values ('r', 'l', '1', 'h', 'frame', 'f', true)",
            "measured_or_null",
        ),
    ],
)
def test_the_checks_find_what_they_look_for(database, statement, check):
    """A check that cannot fail is none."""
    assert failed_checks(database) == []

    database.execute(statement)

    (fault,) = failed_checks(database)
    assert fault.startswith(f"warehouse check {check}: ")
