"""``python -m tests.faults.at_site PORT CLOCK ingest --home DIR``: the command line, in the world of a test site."""

import sys
from datetime import datetime

from flows import world


def main(port: str, clock: str) -> None:
    """Hand the world over before the flows, and Prefect with them, are imported."""
    now = datetime.fromisoformat(clock)
    world.LIVE = world.loopback_world(int(port), clock=lambda: now)
    from flows.cli import main as parley

    parley()


if __name__ == "__main__":
    port, clock = sys.argv[1:3]
    del sys.argv[1:3]
    main(port, clock)
