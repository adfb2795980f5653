"""``python -m tests.faults.observe reader|shell|writer HOME STOP``: work beside the pipeline until STOP exists."""

import json
import os
import sys
import time
from pathlib import Path

import duckdb

from tests.faults.contents import public_views
from warehouse.home import Home, open_home
from warehouse.lock import WarehouseLockedError
from warehouse.reading import open_current
from warehouse.store import open_warehouse

COUNT = "select count(*) from article"


def reader(home: Home, stop: Path) -> None:
    """Open the link again and again, as an analyst and as the dashboard does, and query every view each time."""
    n_opens = n_queries = 0
    counts: list[int] = []
    while not stop.exists():
        as_analyst = n_opens % 2
        connection = duckdb.connect(str(home.current), read_only=True) if as_analyst else open_current(home)
        with connection:
            for view in public_views(connection):
                connection.execute(f"from {view}").fetchall()
                n_queries += 1
            counts.append(count(connection))
        n_opens += 1
    say(opens=n_opens, queries=n_queries, counts=sorted(set(counts)), is_growing=counts == sorted(counts))


def shell(home: Home, stop: Path) -> None:
    """Keep one connection open and ask it all the time: it sees the copy it opened, whole, to the end."""
    with duckdb.connect(str(home.current), read_only=True) as connection:
        views = public_views(connection)
        counts, n_queries = set(), 0
        while not stop.exists():
            for view in views:
                connection.execute(f"from {view}").fetchall()
                n_queries += 1
            counts.add(count(connection))
    say(queries=n_queries, counts=sorted(counts))


def writer(home: Home, stop: Path) -> None:
    """Try to write again and again; after the stop, try until it works."""
    refused = []
    entered = 0.0
    while not (stop.exists() and entered):
        started = time.monotonic()
        try:
            with open_warehouse(home, "intruder", wait_s=0.2) as warehouse:
                entered = time.monotonic()
                warehouse.sql.execute("insert into core.setting values ('intruder', ?)", [str(os.getpid())])
        except WarehouseLockedError as error:
            refused.append((started, time.monotonic(), str(error)))
    say(refused=refused, entered=entered)


def count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(COUNT).fetchone()
    assert row is not None
    return int(row[0])


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    role = {"reader": reader, "shell": shell, "writer": writer}[sys.argv[1]]
    role(open_home(Path(sys.argv[2])), Path(sys.argv[3]))
