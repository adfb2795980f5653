"""``python -m tests.hostile.act CALM HOME PORT HOUR...``: the pipeline in rounds on the hostile web, and its memory."""

import json
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

from flows.pipeline import pipeline
from flows.world import World, loopback_world
from tests.conftest import NOW
from warehouse.home import open_home
from warehouse.reading import open_current


def main(calm: str, root: str, port: str, *hours: str) -> None:
    """
    Run once on a calm home, so that all is loaded, and then a round at each hour of a clock that goes on.

    Says one line of JSON at rest and after each round: memory in MB, seconds into the round at which the last feed and
    the last page had been asked, and the states of each outlet's sightings.
    """
    pipeline(calm, _world(port, 0.0))
    rest_mb = _memory_mb()
    print(json.dumps({"rest_mb": rest_mb}), flush=True)
    peak = [rest_mb]
    Thread(target=_watch, args=(peak,), daemon=True).start()
    for hour in hours:
        started = time.monotonic()
        pipeline(root, _world(port, float(hour)))
        said = {"round_s": time.monotonic() - started, "peak_mb": peak[0], "after_mb": _memory_mb()}
        print(json.dumps({**said, **_left_behind(root, float(hour))}), flush=True)
        peak[0] = 0.0
        urlopen(f"http://127.0.0.1:{port}/-/next-round").close()
    print("done", flush=True)


def _world(port: str, hour: float) -> World:
    """The clock goes on while a round runs, as clocks do."""
    started = time.monotonic()

    def clock() -> datetime:
        return NOW + timedelta(hours=hour, seconds=time.monotonic() - started)

    return loopback_world(int(port), clock)


def _left_behind(root: str, hour: float) -> dict[str, object]:
    started = NOW + timedelta(hours=hour)
    states: dict[str, dict[str, int]] = {}
    with open_current(open_home(Path(root))) as connection:
        rows = connection.execute("select outlet_id, state, count(*) from core.sighting group by all").fetchall()
        polled = connection.execute("select max(polled_utc) from core.poll").fetchall()[0][0]
        fetched = connection.execute("select max(fetched_utc) from core.fetch").fetchall()[0][0]
    for outlet, state, n in rows:
        states.setdefault(outlet, {})[state] = n
    return {
        "polled_s": (polled - started).total_seconds(),
        "fetched_s": (fetched - started).total_seconds(),
        "states": states,
    }


def _watch(peak: list[float]) -> None:
    while True:
        peak[0] = max(peak[0], _memory_mb())
        time.sleep(0.01)


def _memory_mb() -> float:
    """
    What this process holds for itself; its workers have accounts of their own.

    Without the pages of libraries and files, which the kernel takes away and gives back as it likes.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon:"))


if __name__ == "__main__":
    main(*sys.argv[1:])
