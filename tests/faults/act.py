"""``python -m tests.faults.act FLOW HOME PORT CLOCK [TIMES]``: run a flow on a test site, to be killed meanwhile."""

import sys
from datetime import datetime

import duckdb

from flows.ingest import ingest
from flows.pipeline import pipeline
from flows.publish import publish
from flows.world import loopback_world


def main(flow: str, root: str, port: str, clock: str, times: str = "1") -> None:
    """Say ``ready`` before the first run, and ``done`` after the last."""
    now = datetime.fromisoformat(clock)
    world = loopback_world(int(port), clock=lambda: now)
    runs = {
        "ingest": lambda: ingest(root, world),
        "pipeline": lambda: pipeline(root, world),
        "publish": lambda: publish(root),
    }
    print(f"ready, duckdb {duckdb.__version__}", flush=True)
    for _ in range(int(times)):
        runs[flow]()
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
