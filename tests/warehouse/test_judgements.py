"""The store of human judgements: it outlives kills and the warehouse, and refuses what it does not know."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import duckdb
import pytest

from warehouse.home import Home
from warehouse.judgements import Judgement, JudgementError, Sample, SampleStratum, SampleUnit, open_judgements
from warehouse.lock import WarehouseLockedError, judgements_lock, writer_lock
from warehouse.replica import replica_of
from warehouse.schema import SchemaError
from warehouse.store import StorageError

NOW = datetime(2025, 12, 3, 12, 0, tzinfo=UTC)
SAMPLE = Sample(sample_id="s1", drawn_utc=NOW, seed=1, codebook_version="v", design="{}")
STRATUM = SampleStratum(
    sample_id="s1",
    stratum="en/deadlock/carried",
    language="en",
    frame_id="deadlock",
    machine_carried=True,
    n_units=9,
    n_drawn=2,
)
KILLED = """
import os, sys
from pathlib import Path
from tests.warehouse.test_judgements import NOW, keep_two, says
from warehouse.home import open_home
from warehouse.judgements import open_judgements
with open_judgements(open_home(Path(sys.argv[1])), "test") as judgements:
    keep_two(judgements)
    judgements.add([says("u1", "yes")], NOW)
    os._exit(9)
"""


def unit(unit_id):
    return SampleUnit(
        sample_id="s1",
        unit_id=unit_id,
        article_id="a",
        revision_id="r",
        outlet_id="wire",
        language="en",
        frame_id="deadlock",
        part="text",
        sentence_start=0,
        sentence_end=20,
        sentence="The talks are stuck.",
        machine_carried=True,
        machine_voice=None,
        stratum="en/deadlock/carried",
        inclusion_probability=2 / 9,
    )


def keep_two(judgements):
    return judgements.keep(SAMPLE, [STRATUM], [unit("u1"), unit("u2")])


def says(unit_id, carried, coder="Ada", note=None):
    return Judgement(unit_id=unit_id, coder=coder, carried=carried, voice=None, note=note)


def test_what_is_kept_comes_back_and_twice_is_once(home: Home):
    with open_judgements(home, "test") as judgements:
        assert keep_two(judgements) is True
    with open_judgements(home, "test") as judgements:
        assert keep_two(judgements) is False
        assert judgements.sample() == judgements.sample("s1") == SAMPLE
        assert judgements.strata("s1") == [STRATUM]
        assert judgements.units() == judgements.units("s1") == [unit("u1"), unit("u2")]


def test_the_last_word_counts_and_the_first_is_kept(home: Home):
    """Also where the clock went back in between."""
    with open_judgements(home, "test") as judgements:
        keep_two(judgements)
        judgements.add([says("u1", "yes"), says("u2", "no"), says("u1", "no", "Ben")], NOW)
        done = judgements.add([says("u1", "unsure", note="who speaks?"), says("u2", "no")], NOW.replace(year=2024))

        assert (done.n_new, done.n_changed, done.n_same) == (0, 1, 1)
        assert judgements.latest("s1") == [
            says("u1", "unsure", note="who speaks?"),
            says("u1", "no", "Ben"),
            says("u2", "no"),
        ]
        assert judgements.latest("s2") == []
        assert judgements.sql.execute("select carried from judgement order by position").fetchall() == [
            ("yes",),
            ("no",),
            ("no",),
            ("unsure",),
        ]


def test_a_kill_after_the_import_costs_nothing_nor_does_a_replay(home: Home, tmp_path):
    """The warehouse may be gone, and what was committed may stand in DuckDB's log alone."""
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home.root)], check=False, env=os.environ)
    assert killed.returncode == 9
    assert home.judgements.with_suffix(".duckdb.wal").exists()
    home.database.unlink(missing_ok=True)
    (home.warc / "talks.warc.gz").write_bytes(b"")

    new = replica_of(home, tmp_path / "new")

    for place in (new, home):
        with open_judgements(place, "test") as judgements:
            assert judgements.latest() == [says("u1", "yes")]
            assert len(judgements.units()) == 2


def test_coders_need_not_wait_for_a_run_but_for_each_other(home: Home):
    with writer_lock(home, "ingest"), open_judgements(home, "judge", wait_s=0) as judgements:
        keep_two(judgements)
    code = (
        "import sys; from pathlib import Path; from warehouse.home import open_home; from warehouse.lock import *\n"
        "with judgements_lock(open_home(Path(sys.argv[1])), 'judge'): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(WarehouseLockedError) as raised, judgements_lock(home, "agreement", wait_s=0):
            pass
        other.communicate()

    assert str(raised.value).startswith(
        f"{home.judgements}: another command holds the judgements: process {other.pid} (judge, since "
    )


def test_a_newer_file_is_refused(home: Home):
    with open_judgements(home, "test"):
        pass
    with duckdb.connect(str(home.judgements)) as connection:
        connection.execute("insert into migration values (99, 'later')")

    with pytest.raises(SchemaError) as raised, open_judgements(home, "test"):
        pass

    assert str(raised.value) == (
        f"{home.judgements}: the judgements have schema version 99; this Parley knows up to 1. Update Parley, or give "
        "another folder with --home DIR. Nothing was changed."
    )


def test_a_damaged_file_is_named(home: Home):
    home.judgements.write_bytes(b"no database" * 999)

    with pytest.raises(StorageError) as raised, open_judgements(home, "test"):
        pass

    assert str(raised.value).startswith(f"{home.judgements}: DuckDB cannot read or write this file (")
    assert "bring it back from a backup" in str(raised.value)


def test_one_coder_has_one_name(home: Home):
    """Two spellings would agree with themselves."""
    with open_judgements(home, "test") as judgements:
        keep_two(judgements)
        judgements.add([says("u1", "yes")], NOW)

        judgements.require_coder("Ada")
        judgements.require_coder("Ben")
        with pytest.raises(JudgementError, match="There is a coder 'Ada' already"):
            judgements.require_coder("ada")
        with pytest.raises(JudgementError, match="name is empty"):
            judgements.require_coder("")
