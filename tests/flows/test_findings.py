"""Findings: a planted shift is found where it is; new articles touch what they touch, and nothing else."""

from datetime import timedelta

import duckdb
import pytest

from flows.analysis.findings import FindingsReport, analyse_findings
from flows.analysis.trends import analyse_trends
from tests.flows.finding_parts import EVENT_DAY, FIRST_DAY, Scored, archive, contents, join, prepare, set_events, store
from warehouse.checking import failed_checks
from warehouse.home import create_home
from warehouse.store import Warehouse, open_warehouse

EVENTS = {"meeting": EVENT_DAY, "call": EVENT_DAY + timedelta(days=5), "later": EVENT_DAY + timedelta(days=400)}
STORIES = archive()


def analyse(warehouse: Warehouse) -> FindingsReport:
    """As the flow does: the trends say which articles count."""
    analyse_trends(warehouse)
    return analyse_findings(warehouse)


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    """The file of a warehouse in which all stories were analysed at once."""
    home = create_home(tmp_path_factory.mktemp("findings") / "home")
    with open_warehouse(home, "test") as warehouse:
        prepare(warehouse, EVENTS)
        store(warehouse, STORIES)
        analyse(warehouse)
    return home.database


@pytest.fixture
def warehouse(analysed, home):
    """A copy of it, to change."""
    home.database.write_bytes(analysed.read_bytes())
    with open_warehouse(home, "test") as warehouse:
        yield warehouse
        assert failed_checks(warehouse.sql) == []


def test_the_shift_is_found_at_its_event_in_its_class_only(warehouse: Warehouse):
    found = warehouse.rows("select * from event_effect where is_found and event_id = 'meeting' order by unit_kind")

    assert [(row["unit_kind"], row["unit"], row["frame_id"], row["voice"]) for row in found] == [
        ("class", "state-controlled", "deadlock", "outlet"),
        ("outlet", "red", "deadlock", "outlet"),
    ]
    assert found[0]["ratio_low"] > 1
    assert found[0]["neighbours"] == ["call"]
    assert (found[0]["n_eff_before"], found[0]["n_eff_after"]) == (70, 70)


def test_no_upper_bound_is_said_and_no_infinity_is_stored(warehouse: Warehouse):
    """Nobody was quoted: before and after hold no carrier, and the ratio may be anything."""
    rows = warehouse.rows("select * from event_effect where voice = 'quoted' and event_id = 'meeting'")

    assert rows
    assert {(row["ratio_high"], row["is_unbounded"], row["is_found"]) for row in rows} == {(None, True, False)}


def test_an_event_without_texts_has_no_row(warehouse: Warehouse):
    assert warehouse.rows("select * from event_effect where event_id = 'later'") == []


def test_the_level_moves_at_the_event_and_nowhere_else(warehouse: Warehouse):
    (point,) = warehouse.rows("select * from change_point")

    assert (point["outlet_class"], point["frame_id"]) == ("state-controlled", "deadlock")
    assert abs((point["day_utc"] - EVENT_DAY).days) <= 2
    assert point["held_by"] == 1.0
    assert point["n_series"] == 4


def test_classes_are_further_apart_once_one_has_shifted(warehouse: Warehouse):
    before, after = warehouse.rows(
        "select avg(excess) as excess, count_if(is_found) as n from divergence where n_days = 7 group by day_utc > ?"
        " order by excess",
        [EVENT_DAY],
    )

    assert after["excess"] > before["excess"] + 0.05
    assert before["n"] == 0
    assert after["n"] >= 10


def test_the_first_days_of_the_shift_are_told_and_quiet_days_say_so(warehouse: Warehouse):
    rows = warehouse.rows("select * from daily_change order by day_utc, position")
    days = {row["day_utc"]: row["verdict"] for row in rows}

    assert len(days) == 40
    assert {days[FIRST_DAY + timedelta(days=number)] for number in range(5)} == {"too thin"}
    told = [row for row in rows if row["verdict"] == "changed"]
    assert {(row["frame_id"], row["delta"] > 0) for row in told} == {("deadlock", True)}
    assert {row["unit"] for row in told} <= {"red", "state-controlled"}
    assert min(row["day_utc"] for row in told) - EVENT_DAY <= timedelta(days=2)
    assert all(row["delta_low"] <= row["delta"] <= row["delta_high"] for row in told)
    assert told[0]["is_new"]
    assert sum(verdict == "no change" for verdict in days.values()) > 20
    assert all(row["n_compared"] == 8 for row in rows if row["verdict"] == "no change")


def test_a_day_of_which_most_feeds_were_silent_tells_nothing(warehouse: Warehouse):
    """A shift that is found where most of the press could not be seen may be that of who is left."""
    (day,) = warehouse.rows("select min(day_utc) as day from daily_change where verdict = 'changed'")
    warehouse.sql.execute(
        "insert into core.poll by name select 'p' || i as poll_id, 'f' || i as feed_url, 'o' || i as outlet_id, "
        "$1::date + interval 3 hour as polled_utc, 'unreachable' as fetch_status, 'x' as error, 1 as elapsed_ms "
        "from range(3) as r(i)",
        [day["day"]],
    )

    (row,) = warehouse.rows("select * from daily_change where day_utc = ?", [day["day"]])
    assert (row["verdict"], row["position"], row["n_asked"], row["n_blind"]) == ("too thin", None, 3, 3)


def test_twice_changes_nothing(warehouse: Warehouse):
    before = contents(warehouse)
    report = analyse(warehouse)

    assert contents(warehouse) == before
    assert (report.n_days, report.n_effects, report.n_series, report.n_divergences, report.n_changes) == (0, 0, 0, 0, 0)


@pytest.mark.slow
def test_bit_by_bit_gives_what_all_at_once_gives(analysed, home):
    """A third of the articles at a time, those of one day never together, so that nearly everything comes late."""
    with open_warehouse(home, "test") as warehouse:
        prepare(warehouse, EVENTS)
        parts = [STORIES[start::3] for start in range(3)]
        for part in parts:
            store(warehouse, part)
            analyse(warehouse)
        found = contents(warehouse)
    with duckdb.connect(str(analysed), read_only=True) as connection:
        for table, rows in found.items():
            whole = connection.execute(f"select * from core.{table} order by all").fetchall()
            assert [tuple(row.values()) for row in rows] == whole, table


def test_one_late_article_touches_what_is_near_it(warehouse: Warehouse):
    """An event five weeks off is not compared again, nor any day before the article's."""
    set_events(warehouse, {"first": FIRST_DAY, "last": FIRST_DAY + timedelta(days=45)})
    analyse(warehouse)
    store(warehouse, [Scored(name="new", outlet_id="red", day=FIRST_DAY + timedelta(days=39), carried=("deadlock",))])
    report = analyse(warehouse)

    assert (report.n_days, report.n_divergences, report.n_changes) == (1, 2, 1)
    assert report.n_series == 2
    (row,) = warehouse.rows(
        "select k_eff, n_eff from core.finding_day where voice = 'outlet' and unit = 'red' and frame_id = 'deadlock' "
        "and day_utc = ?",
        [FIRST_DAY + timedelta(days=39)],
    )
    assert row["n_eff"] == 11


def test_copies_count_once_on_the_day_of_the_first(warehouse: Warehouse):
    """Ten articles of three days, in both outlets, become one text in each unit."""
    names = [f"{outlet}-{number}-{place}" for outlet in ("red", "blue") for number in (3, 4, 5) for place in range(10)]
    join(warehouse, names)
    report = analyse(warehouse)

    counts = warehouse.rows(
        "select unit, day_utc, n_eff, k_eff from core.finding_day where voice = 'outlet' and frame_id = 'momentum' "
        "and day_utc between ? and ? order by unit",
        [FIRST_DAY + timedelta(days=3), FIRST_DAY + timedelta(days=5)],
    )
    assert report.n_days == 3
    assert [(row["unit"], row["day_utc"] - FIRST_DAY, row["n_eff"]) for row in counts] == [
        (unit, timedelta(days=3), 1) for unit in ("blue", "private", "red", "state-controlled")
    ]
    assert all(0 < row["k_eff"] < 1 for row in counts)


def test_what_is_withdrawn_no_longer_counts(warehouse: Warehouse):
    """A text that later proved to be no article leaves its day as if it had never been there."""
    before = contents(warehouse)
    store(warehouse, [Scored(name="wall", outlet_id="red", day=FIRST_DAY, carried=("deadlock",))])
    analyse(warehouse)
    assert contents(warehouse) != before
    warehouse.sql.execute(
        "insert into core.revision_verdict values ('r-wall', timestamptz '2030-03-01 00:00:00+00', 'wall', 'x')"
    )
    analyse(warehouse)

    after = contents(warehouse)
    assert {table for table in before if before[table] != after[table]} <= {"finding_state"}


def test_another_codebook_is_another_set_of_findings(warehouse: Warehouse):
    """Without a score under it there is none."""
    warehouse.sql.execute("update core.active_codebook set codebook_version = 'w'")
    analyse(warehouse)

    assert {table for table, rows in contents(warehouse).items() if rows} == {"finding_event", "finding_state"}


def test_the_registry_decides_which_events_there_are(warehouse: Warehouse):
    """An event that is moved is compared where it is now; one that is gone is gone; the others stay."""
    set_events(warehouse, {"call": EVENT_DAY - timedelta(days=12)})
    warehouse.sql.execute("update core.event set is_watched = false where event_id = 'meeting'")
    analyse(warehouse)

    assert warehouse.rows("select distinct event_id, neighbours from event_effect") == [
        {"event_id": "call", "neighbours": []}
    ]
    assert warehouse.rows("select * from event_effect where is_found") == []


def test_a_day_of_polls_without_a_text_is_told_as_thin(warehouse: Warehouse):
    """After an outage the page must not open on the day before it as if nothing had happened since."""
    last = warehouse.rows("select max(day_utc) as day from core.finding_day")[0]["day"]
    warehouse.sql.execute(
        "insert into core.poll by name select 'p' as poll_id, 'f' as feed_url, 'red' as outlet_id, "
        "$1::date + interval 51 hour as polled_utc, 'unreachable' as fetch_status, 'x' as error, 1 as elapsed_ms",
        [last],
    )
    analyse(warehouse)

    (row,) = warehouse.rows("select verdict, n_compared from daily_change where day_utc = $1::date + 2", [last])
    assert (row["verdict"], row["n_compared"]) == ("too thin", 0)
