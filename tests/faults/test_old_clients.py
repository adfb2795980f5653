"""Analysts' own DuckDB, older than ours: it opens what we publish, and our SQL runs on it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.pipeline import pipeline
from tests.conftest import NOW
from tests.faults.contents import identity, view_counts
from tests.faults.feeds import framed_wire
from tests.faults.processes import CHECKOUT, python
from tests.faults.test_kills import assert_same, copy_of
from warehouse.home import Home

ASK = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    views = connection.execute(
        "select view_name from duckdb_views() where schema_name = 'main' and not internal order by 1"
    ).fetchall()
    counts = {view: len(connection.execute(f"from {view}").fetchall()) for (view,) in views}
print(json.dumps([duckdb.__version__, counts]))
"""


@pytest.fixture
def filled(home, site, watch, world, prefect_server) -> Home:
    """A home with some articles, published."""
    watch("wire", feeds=["http://wire.example/feed.xml"])
    framed_wire(site, "wire.example", 12)
    pipeline(str(home.root), world)
    return home


def pip(interpreter: Path | str, *arguments: str) -> None:
    command = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("wanted", ["1.4.2", "1.5.*"])
def test_an_older_client_reads_every_view(filled, tmp_path, wanted):
    """In an environment with nothing but DuckDB; every row of every public view arrives."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "analyst")], check=True)
    interpreter = tmp_path / "analyst" / "bin" / "python"
    pip(interpreter, f"duckdb=={wanted}", "pytz")  # these need pytz to hand times with a zone to Python
    command = [str(interpreter), "-c", ASK, str(filled.current)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    version, counts = json.loads(done.stdout)
    print(f"\nduckdb {version}: {counts}")
    assert version.startswith(wanted.removesuffix("*"))
    assert counts == view_counts(filled.current)
    assert counts["article"] == 12


@pytest.mark.slow
def test_the_sql_also_runs_on_duckdb_1_5(filled, home, site, tmp_path, prefect_server):
    """Migrations, views, merges and checks: the whole pipeline, with the other DuckDB before ours on the path."""
    expected = identity(filled), view_counts(filled.current)
    other = copy_of(home, "other")
    for path in (other.database, other.current, *other.published.iterdir()):
        path.unlink()
    pip(sys.executable, "--target", str(tmp_path / "older"), "duckdb==1.5.*")
    path = os.pathsep.join([str(tmp_path / "older"), str(CHECKOUT)])

    child = python(
        "tests.faults.act",
        "pipeline",
        other.root,
        site.port,
        NOW.isoformat(),
        PREFECT_API_URL=prefect_server,
        PYTHONPATH=path,
    )
    assert child.wait() == 0, child.errors

    print(f"\n{child.said}")
    assert child.said[0].startswith("ready, duckdb 1.5.")
    assert_same(identity(other), expected[0])
    assert view_counts(other.current) == expected[1]
