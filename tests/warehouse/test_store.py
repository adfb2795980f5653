"""Storing and publishing: twice is once, all or nothing, one writer, copies that stay."""

import stat
import subprocess
import sys
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.rows import poll_row, sighting_row
from warehouse.agenda import MAX_WAIT, POLL_EVERY, wait_after
from warehouse.home import HomeError, create_home, open_home
from warehouse.lock import WarehouseLockedError, is_locked, writer_lock
from warehouse.publication import publish, published_copies
from warehouse.reading import NothingPublishedError, current_publication, open_current
from warehouse.records import SightingState
from warehouse.store import open_warehouse

TERMINAL = [state for state in SightingState if state is not SightingState.PENDING]


def test_saving_twice_is_saving_once(home):
    """Merge keeps what constraints would: the second time nothing is new."""
    rows = [poll_row("p1"), poll_row("p2"), sighting_row("s1")]
    with open_warehouse(home, "test") as warehouse:
        assert warehouse.save([*rows, rows[0]]) == 3
        assert warehouse.save(rows) == 0
        assert warehouse.rows("select count(*) as n from core.poll") == [{"n": 2}]


def save_and_fail(warehouse):
    with warehouse.transaction():
        warehouse.save([poll_row("p1")])
        warehouse.sql.execute("select no_such_function()")


def test_a_batch_is_all_or_nothing(home):
    """A failure in the middle of a transaction leaves no half of it."""
    with open_warehouse(home, "test") as warehouse:
        with pytest.raises(duckdb.Error):
            save_and_fail(warehouse)
        assert warehouse.rows("select * from core.poll") == []
        assert warehouse.save([poll_row("p1")]) == 1


@pytest.mark.parametrize("first", TERMINAL)
def test_a_sighting_never_leaves_a_terminal_state(home, first):
    """Whatever comes later, what was decided stays decided."""
    with open_warehouse(home, "test") as warehouse:
        warehouse.save([sighting_row("s1")])
        warehouse.settle([sighting_row("s1", state=first, reason="first")])
        for later in [*TERMINAL, SightingState.PENDING]:
            warehouse.settle([sighting_row("s1", state=later, reason="later")])
        (row,) = warehouse.rows("select state, reason from core.sighting")

    assert row == {"state": first, "reason": "first"}


def test_equal_rows_are_not_written_again(home):
    """The registry is offered at each run; a quiet run must not rewrite it."""
    row = {"key": "a", "value": "1"}
    with open_warehouse(home, "test") as warehouse:
        assert warehouse.replace("setting", [row], ("key",)) == 1
        assert warehouse.replace("setting", [row], ("key",)) == 0
        assert warehouse.replace("setting", [{**row, "value": "2"}], ("key",)) == 1
        assert warehouse.rows("select value from core.setting where key = 'a'") == [{"value": "2"}]


def test_a_publication_is_closed_and_final(home):
    """Read-only for all, reached by a relative link, three copies stay, and old readers go on reading."""
    with open_warehouse(home, "test") as warehouse:
        warehouse.save([poll_row("p1")])
    publish(home)
    with open_current(home) as old:
        for n in range(4):
            with open_warehouse(home, "test") as warehouse:
                warehouse.save([poll_row(f"q{n}")])
            publish(home)

        assert old.execute("select count(*) from core.poll").fetchone() == (1,)
    with open_current(home) as new:
        assert new.execute("select count(*) from core.poll").fetchone() == (5,)
    assert [path.name for path in published_copies(home)] == [f"parley-{n:06d}.duckdb" for n in (3, 4, 5)]
    assert str(home.current.readlink()) == "published/parley-000005.duckdb"
    assert {stat.S_IMODE(path.stat().st_mode) for path in published_copies(home)} == {0o444}


def test_each_publication_is_another(home):
    """The dashboard looks for a difference; the same copy must look the same."""
    publish(home)
    first, again = current_publication(home), current_publication(home)
    publish(home)

    assert first == again != current_publication(home)


def test_readers_cannot_write(home):
    """What is published is never written again."""
    publish(home)

    with open_current(home) as connection, pytest.raises(duckdb.InvalidInputException):
        connection.execute("insert into core.setting values ('a', 'b')")


def test_reading_before_the_first_publication(home):
    """The message says what to do."""
    with pytest.raises(NothingPublishedError) as error:
        open_current(home)

    assert str(error.value) == (
        f"{home.current}: nothing is published yet. 'parley run' collects and publishes; "
        "'parley publish' publishes what is already collected."
    )


HOLDER = """
import sys, time
from pathlib import Path
from warehouse.home import open_home
from warehouse.lock import writer_lock
with writer_lock(open_home(Path(sys.argv[1])), "a long ingest"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_waits_and_is_told_who(home):
    """The message names the process; when that one ends, the next gets in."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"

    assert is_locked(home)
    with pytest.raises(WarehouseLockedError) as error, open_warehouse(home, "test", wait_s=0.2):
        pass
    holder.communicate("")

    message = str(error.value)
    assert message.startswith(
        f"{home.database}: another writer holds the warehouse: process {holder.pid} (a long ingest,"
    )
    assert message.endswith("Waited 0 s. Let it finish, or stop it, then try again. Nothing was written.")
    assert not is_locked(home)
    with open_warehouse(home, "test", wait_s=0.2):
        pass


def test_holds_nest(home):
    """Pipeline holds the lock, and so does each of its flows."""
    with writer_lock(home, "outer"):
        with writer_lock(home, "inner"):
            pass
        assert is_locked(home)
        assert "outer" in home.holder.read_text(encoding="utf-8")
    assert not is_locked(home)
    assert not home.holder.exists()


def test_live_and_demo_never_share_a_home(tmp_path):
    """Not even by mistake."""
    create_home(tmp_path / "h", "demo")

    with pytest.raises(HomeError) as error:
        create_home(tmp_path / "h", "live")

    assert str(error.value) == (
        f"{tmp_path / 'h'}: this home holds demo data, and demo and live data never share a home. "
        "Give another folder with --home DIR."
    )


def test_a_home_that_is_none(tmp_path):
    """Reading never makes one."""
    with pytest.raises(HomeError, match="there is no Parley home here yet"):
        open_home(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


@settings(max_examples=200)
@given(st.integers(min_value=-1, max_value=10_000))
def test_waiting_is_bounded(n_failures):
    """Never more often than the schedule, never forgotten."""
    assert POLL_EVERY <= wait_after(n_failures) <= MAX_WAIT
    assert wait_after(n_failures) <= wait_after(n_failures + 1)


def test_rows_of_other_states_are_left_alone(home):
    """Settling one sighting moves that one only."""
    with open_warehouse(home, "test") as warehouse:
        warehouse.save([sighting_row("s1"), sighting_row("s2")])
        warehouse.settle([replace(sighting_row("s1"), state="robots")])
        rows = warehouse.rows("select sighting_id, state from core.sighting order by 1")

    assert rows == [{"sighting_id": "s1", "state": "robots"}, {"sighting_id": "s2", "state": "pending"}]
