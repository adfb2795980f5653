"""Polling 1,000 feeds of 30 items, half of which answer 304."""

import hashlib
import tempfile
import time
from pathlib import Path

from flows.fetching.session import FetchSession
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
from warehouse.warc import Archive

N_HOSTS, FEEDS_EACH, N_ITEMS = 200, 5, 30


def feeds() -> Answer:
    """Every second feed never changes and says so; the others move on by three items at each request."""
    asked: dict[str, int] = {}

    def answer(host: str, path: str) -> Page | None:
        if not path.startswith("/feed-"):
            return None
        number = int(path.removeprefix("/feed-"))
        shift = 0 if number % 2 else 3 * asked.get(f"{host}{path}", 0)
        asked[f"{host}{path}"] = asked.get(f"{host}{path}", 0) + 1
        items = [
            {
                "title": f"Story {n} of {host}",
                "link": f"http://{host}/{number}/story-{n}",
                "guid": f"{host}-{number}-{n}",
                "description": "Envoys met again and spoke for three hours. " * 4,
                "pubDate": "Tue, 02 Dec 2025 10:00:00 GMT",
            }
            for n in range(shift, shift + N_ITEMS)
        ]
        body = rss(items)
        headers = {"Content-Type": "application/rss+xml", "ETag": f'"{hashlib.md5(body).hexdigest()}"'}
        return 200, headers, body

    return answer


def measure() -> bool:
    """Print feeds per second and memory, of a first round and of one in which half is unchanged."""
    hosts = [f"host{n}" for n in range(N_HOSTS)]
    watched = {host: [f"http://{host}.example/feed-{n}" for n in range(FEEDS_EACH)] for host in hosts}
    moment = [NOW]
    with tempfile.TemporaryDirectory() as folder, serving(feeds) as server:
        home = watching(Path(folder) / "home", watched)
        world = loopback_world(server.port, clock=lambda: moment[0])
        registry = load_registry(home.registry)
        archive = Archive(home)
        with (
            open_warehouse(home, "benchmark") as warehouse,
            FetchSession(world, keep=archive.write) as session,
            Memory() as memory,
        ):
            register_outlets(warehouse, registry.outlets)
            for label in ("first round", "second round, half unchanged"):
                report = IngestReport()
                server.reset_counts()
                started, cpu_before = time.monotonic(), server.cpu_s()
                poll_due_feeds.fn(warehouse, session, world, report)
                seconds = time.monotonic() - started
                own_s = seconds - (server.cpu_s() - cpu_before) / 2
                unchanged = warehouse.rows("select count(*) as n from core.poll where fetch_status = 'not_modified'")[
                    0
                ]["n"]
                print(
                    f"{label}: {report.n_feeds} feeds in {seconds:.1f} s, {report.n_feeds / own_s:.0f} feeds a second "
                    f"without the server's time; {report.n_items} items, {report.n_new} new, {unchanged} answered 304"
                )
                latest = warehouse.rows("select max(next_utc) as at from core.poll")[0]["at"]
                moment[0] = latest or moment[0]
        archive.close()
        own, workers = memory.peaks_mb(0, 1)
        print(f"memory: {own:.0f} MB of the process, {workers:.0f} MB of its workers at most")
    return True
