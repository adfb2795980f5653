"""``python -m tests.faults.loop HOME SECONDS``: the pipeline again and again under one lock, on feeds that grow."""

import json
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from flows.pipeline import pipeline
from flows.world import loopback_world
from tests.conftest import NOW
from tests.faults.feeds import framed_wire
from tests.site import Site
from warehouse import publication
from warehouse.home import open_home
from warehouse.lock import writer_lock
from warehouse.store import open_warehouse

HOSTS = ("wire-a.example", "wire-b.example")


def say(what: str, **facts: object) -> None:
    """One line of JSON, with the time that all processes of this machine share."""
    print(json.dumps({"what": what, "at": time.monotonic(), **facts}), flush=True)


def main(root: str, seconds: float) -> None:
    """Run until the time is over; the lock is free at no moment in between."""
    home = open_home(Path(root))
    now: list[datetime] = [NOW]
    publish = publication.publish

    def timed(*arguments: object, **named: object) -> Path:
        started = time.monotonic()
        path = publish(*arguments, **named)
        say("published", since=started, path=path.name)
        return path

    publication.publish = timed
    with Site() as site:
        world = loopback_world(site.port, clock=lambda: now[0])
        with writer_lock(home, "the loop"):
            say("held")
            deadline = time.monotonic() + seconds
            n_stories = 0
            while time.monotonic() < deadline:
                n_stories += 2
                for host in HOSTS:
                    framed_wire(site, host, n_stories)
                now[0] += timedelta(minutes=16)
                pipeline(root, world)
            with open_warehouse(home, "the loop") as warehouse:
                intruders = warehouse.rows("select value from core.setting where key = 'intruder'")
            say("released", intruders=len(intruders), stories=n_stories * len(HOSTS))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
