"""Programs that open the private file although only Parley should: they are kept out, or named."""

import re
import shutil
import subprocess
import sys
import time
from threading import Thread

import duckdb
import pytest

from tests.faults.processes import Child
from warehouse.home import Home
from warehouse.publication import publish
from warehouse.store import StorageError, open_warehouse

HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
connection.execute("from range(1000000000000) select count(*) where range % 7 = sqrt(range)").fetchall()
"""
TRY = """
import duckdb, sys
try:
    duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "reading").close()
    print("in")
except duckdb.IOException as error:
    print("out:", error)
"""


def write(home: Home) -> None:
    with open_warehouse(home, "test"):
        pass


def attempt(home: Home, way: str) -> str:
    command = [sys.executable, "-c", TRY, str(home.database), way]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_a_foreign_writer_stays_out_while_the_file_is_copied(home, tmp_path, monkeypatch):
    """The database is closed then, and DuckDB's own lock with it; ours on the file stands in for it."""
    real = shutil.which("cp")
    slow = tmp_path / "bin" / "cp"
    slow.parent.mkdir()
    slow.write_text(f'#!/bin/sh\ntouch {tmp_path}/copying\nsleep 4\nexec {real} "$@"\n', encoding="utf-8")
    slow.chmod(0o755)
    publish(home)
    monkeypatch.setenv("PATH", str(slow.parent), prepend=":")
    publication = Thread(target=publish, args=(home,))
    publication.start()
    while not (tmp_path / "copying").exists():
        time.sleep(0.01)

    writing, reading = attempt(home, "writing"), attempt(home, "reading")
    is_still_copying = publication.is_alive()
    publication.join()

    assert is_still_copying
    assert writing.startswith("out: IO Error: Could not set lock on file")
    assert reading == "in\n"
    assert attempt(home, "writing") == "in\n"


@pytest.mark.slow
@pytest.mark.parametrize("work", ["writing", "publishing"])
def test_a_foreign_program_that_holds_the_file_is_named(home, work):
    """The message must not call the file damaged: whoever believed it would throw away good data."""
    write(home)
    foreign = Child(sys.executable, "-c", HOLD, str(home.database))
    foreign.wait_for("open")

    with pytest.raises(StorageError) as error:
        publish(home) if work == "publishing" else write(home)
    foreign.kill()

    assert re.fullmatch(
        f"{re.escape(str(home.database))}: another program has this file open \\(IO Error: Could not set lock on file "
        f'"{re.escape(str(home.database))}": Conflicting lock is held in .* \\(PID {foreign.process.pid}\\).*\\)\\. '
        f"Only Parley may open it; analysts open {re.escape(str(home.current))}\\. Close it there and run again\\. "
        "What was committed is safe\\.",
        str(error.value),
    ), str(error.value)
    publish(home)
    with duckdb.connect(str(home.current), read_only=True) as connection:
        assert connection.execute("select count(*) from about").fetchone() == (1,)
