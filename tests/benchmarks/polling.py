"""Polling 1,000 feeds of 30 items, half of which answer 304."""

import hashlib
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from flows.fetching.opening import open_session
from flows.polling.stage import poll_due_feeds
from flows.reports import IngestReport
from flows.world import loopback_world
from framing.registry_files import load_registry
from tests.benchmarks.homes import Memory, watching
from tests.benchmarks.served import Answer, serving
from tests.conftest import NOW
from tests.site import Page
from tests.site.stories import rss
from warehouse.catalogue import register_outlets
from warehouse.store import open_warehouse

N_HOSTS, FEEDS_EACH, N_ITEMS = 200, 5, 30
MOVED_ON = 3
"""Items by which a feed that changes has moved on at the next request."""


def feeds() -> Answer:
    """Every second feed never changes and says so; the others have moved on at each request."""
    asked: dict[str, int] = {}

    def answer(host: str, path: str) -> Page | None:
        if not path.startswith("/feed-"):
            return None
        number = int(path.removeprefix("/feed-"))
        is_fixed = (int("".join(filter(str.isdigit, host))) + number) % 2 == 0
        n_asked = asked.get(f"{host}{path}", 0)
        asked[f"{host}{path}"] = n_asked + 1
        first = 0 if is_fixed else MOVED_ON * n_asked
        items = [
            {
                "title": f"Story {n} of {host}",
                "link": f"http://{host}/{number}/story-{n}",
                "guid": f"{host}-{number}-{n}",
                "description": "Envoys met again and spoke for three hours. " * 4,
                "pubDate": "Tue, 02 Dec 2025 10:00:00 GMT",
            }
            for n in range(first, first + N_ITEMS)
        ]
        body = rss(items)
        etag = hashlib.md5(body, usedforsecurity=False).hexdigest()
        return 200, {"Content-Type": "application/rss+xml", "ETag": f'"{etag}"'}, body

    return answer


def measure() -> bool:
    """Print feeds per second and memory, of a first round and of one in which half is unchanged; that is the test."""
    hosts = [f"host{n}" for n in range(N_HOSTS)]
    watched = {host: [f"http://{host}.example/feed-{n}" for n in range(FEEDS_EACH)] for host in hosts}
    moment = [NOW]
    n_unchanged = 0
    with ExitStack() as opened:
        server = opened.enter_context(serving(feeds))
        home = watching(Path(opened.enter_context(tempfile.TemporaryDirectory())) / "home", watched)
        world = loopback_world(server.port, clock=lambda: moment[0])
        warehouse = opened.enter_context(open_warehouse(home, "benchmark"))
        session = opened.enter_context(open_session(warehouse, world))
        register_outlets(warehouse, load_registry(home.registry).outlets)
        for label in ("first round", "half unchanged"):
            report = IngestReport()
            started, served_s, own_s = time.monotonic(), server.cpu_s(), time.process_time()
            with Memory([server.pid]) as memory:
                poll_due_feeds.fn(warehouse, session, world, report)
            own_s, served_s = time.process_time() - own_s, server.cpu_s() - served_s
            seconds = time.monotonic() - started - served_s / 2
            polls = "select count(*) as n, max(next_utc) as due_utc from core.poll where polled_utc = ?"
            unchanged = f"{polls} and fetch_status = 'not_modified'"
            n_unchanged = warehouse.rows(unchanged, [moment[0]])[0]["n"]
            own_mb, worker_mb = memory.peaks_mb()
            print(
                f"polling, {label}: {report.n_feeds} feeds, {n_unchanged} answered 304, {report.n_new} of "
                f"{report.n_items} items new; {report.n_feeds / seconds:.0f} feeds a second without the server's time, "
                f"{1000 * own_s / report.n_feeds:.1f} ms of processor time each beside the workers'; "
                f"{own_mb:.0f} MB, and {worker_mb:.0f} MB in the largest worker"
            )
            moment[0] = _due(warehouse.rows(polls, [moment[0]])[0]["due_utc"])
    return report.n_feeds == N_HOSTS * FEEDS_EACH and n_unchanged == report.n_feeds / 2


def _due(latest: datetime | None) -> datetime:
    if latest is None:
        raise AssertionError("no feed was polled")
    return latest
