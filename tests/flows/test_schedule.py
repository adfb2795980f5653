"""The schedule, with Prefect's real server: a dead scheduler would leave every run by hand intact."""

import os
import sys
import time

import pytest

from flows.supervise import start_server, supervised
from flows.surroundings import prepare
from warehouse.publication import published_copies
from warehouse.reading import open_current

pytestmark = pytest.mark.slow
LIMIT_S = 180


def test_scheduled_runs_come_by_themselves(home, watch, monkeypatch):
    """Two runs nobody asked for: each publishes, and the feed that cannot be reached is in the log."""
    for name in ("PREFECT_HOME", "PREFECT_API_URL"):
        monkeypatch.setenv(name, "")  # so that they are put back after the test
        monkeypatch.delenv(name)
    watch("nowhere", ["http://nowhere.invalid/feed.xml"])
    prepare(home)
    started = time.monotonic()
    with supervised() as children:
        start_server(children, home)
        children.start("schedule", [sys.executable, "-m", "flows.schedule", str(home.root), "15"], home, **os.environ)
        while len(published_copies(home)) < 2:
            children.check()
            assert time.monotonic() - started < LIMIT_S, (home.logs / "schedule.log").read_text(encoding="utf-8")
            time.sleep(0.5)
    print(f"two scheduled runs after {time.monotonic() - started:.0f} s")

    with open_current(home) as connection:
        polls = connection.execute("select fetch_status, http_status from core.poll").fetchall()
    assert polls == [("unreachable", None)]
