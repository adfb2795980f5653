"""Reading pages: the whole way from the address to the stored text against bare trafilatura on two processes."""

import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import unescape
from multiprocessing.pool import Pool
from pathlib import Path

import trafilatura

from flows.fetching.opening import open_session
from flows.fetching.session import FetchSession
from flows.pages.page import DATE_SEARCH, read_page
from flows.polling.stage import poll_due_feeds
from flows.reading.stage import read_due_pages
from flows.reports import IngestReport
from flows.workers import n_workers, run_in_workers
from flows.world import World, loopback_world
from framing.registry_files import Registry, load_registry
from tests.benchmarks.homes import children, cpu_s, watching
from tests.benchmarks.served import Answer, Served, serving
from tests.conftest import NOW
from tests.real.corpus import DATA, read_pages
from tests.site import Page
from tests.site.stories import article_page, rss
from warehouse.catalogue import register_outlets
from warehouse.store import Warehouse, open_warehouse

N_HOSTS = 60
N_SLICES, SLICE = 4, 300
"""Both sides take turns, so that other work on the machine falls on both."""
N_PROCESSES = 2
N_WARM = 181
"""Every page once: what a process keeps of one is not counted."""
MIN_RATIO = 0.85
TITLE = re.compile(rb"<title[^>]*>([^<]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cost:
    """What it took to read so many pages."""

    n_pages: int
    seconds: float
    """Without the server's."""
    worker_cpu_s: float
    own_cpu_s: float = 0.0
    """Processor time of the process that fetches, archives, decides and stores."""

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.n_pages + other.n_pages,
            self.seconds + other.seconds,
            self.worker_cpu_s + other.worker_cpu_s,
            self.own_cpu_s + other.own_cpu_s,
        )

    @property
    def pages_per_s(self) -> float:
        return self.n_pages / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Per page, all processes together."""
        return 1000 * (self.worker_cpu_s + self.own_cpu_s) / self.n_pages


@cache
def bodies() -> tuple[bytes, ...]:
    """The 181 real pages; without them, invented ones of several lengths."""
    if (DATA / "aeb_181_pages.tar").exists():
        return tuple(page.body for page in read_pages())
    print("../shared/data is not there: invented pages are read instead", file=sys.stderr)
    return tuple(article_page(f"Talks, part {n}", n_paragraphs=10 + n % 50) for n in range(100))


def page_of(number: int) -> bytes:
    """A page of its own for each number: the same text under many addresses would be taken for a wall."""
    body = bodies()[number % len(bodies())]
    place = body.find(b"</p>")
    return body[:place] + f" Printed as number {number}.".encode() + body[place:] if place > 0 else body


@cache
def title_of(number: int) -> str:
    """As a feed would have it."""
    found = TITLE.search(bodies()[number % len(bodies())])
    return unescape(found[1].decode("utf-8", "replace")).strip() if found else ""


def address_of(number: int) -> str:
    return f"http://host{number % N_HOSTS}.example/p/{number}"


def pages(make_page: Callable[[int], bytes] = page_of) -> Answer:
    """Each host has its share of the pages, and feeds of those between two numbers: /feed-300-600."""

    def answer(host: str, path: str) -> Page | None:
        if path.startswith("/feed-"):
            first, last = map(int, path.split("-")[1:])
            own = (n for n in range(first, last) if address_of(n).startswith(f"http://{host}/"))
            items = [{"title": title_of(n), "link": address_of(n), "guid": str(n)} for n in own]
            return 200, {"Content-Type": "application/rss+xml"}, rss(items)
        if path.startswith("/p/"):
            return 200, {"Content-Type": "text/html"}, make_page(int(path.removeprefix("/p/")))
        return None

    return answer


def extract(number: int) -> int:
    """
    Bare trafilatura as one who has bytes and wants text and metadata calls it.

    With the options of ``flows.pages.page``, in which the search for dates is the cheap one.
    """
    document = trafilatura.bare_extraction(
        page_of(number),
        url=address_of(number),
        with_metadata=True,
        include_comments=False,
        date_extraction_params=dict(DATE_SEARCH),
    )
    return len(document.text or "") if document is not None and not isinstance(document, dict) else 0


def measure() -> bool:
    """Both sides warm, then the ratio."""
    warm = [(page_of(n), "text/html", address_of(n)) for n in range(N_WARM)]
    with serving(pages) as server:
        before = children()
        run_in_workers(read_page, warm)
        return measure_ratio(server, children() - before)


def measure_ratio(server: Served, workers: set[int]) -> bool:
    """Pages per second of both, in turns; at the side, the processor time of both, which other work disturbs less."""
    before = children()
    bare, whole = Cost(0, 0.0, 0.0), Cost(0, 0.0, 0.0)
    n_stored = 0
    with multiprocessing.get_context("spawn").Pool(N_PROCESSES) as pool:
        pool.map(extract, range(N_WARM), chunksize=1)
        take_whole(server, workers, range(N_SLICES * SLICE, N_SLICES * SLICE + N_WARM))
        others = children() - before
        for number in range(N_SLICES):
            numbers = range(number * SLICE, (number + 1) * SLICE)
            turns = ["bare", "whole"] if number % 2 else ["whole", "bare"]
            for turn in turns:
                if turn == "bare":
                    cost = take_bare(pool, others, numbers)
                    bare += cost
                else:
                    cost, n_new = take_whole(server, workers, numbers)
                    whole += cost
                    n_stored += n_new
                print(f"  {turn}: {cost.pages_per_s:.1f} pages a second, {cost.cpu_ms:.1f} ms of processor time each")
    ratio = whole.pages_per_s / bare.pages_per_s
    print(
        f"reading {whole.n_pages} pages ({n_stored} stored), load {os.getloadavg()[0]:.1f}: bare trafilatura on "
        f"{N_PROCESSES} processes {bare.pages_per_s:.1f} a second, from fetch to store on {n_workers()} workers "
        f"{whole.pages_per_s:.1f}: ratio {ratio:.3f} (at least {MIN_RATIO})\n"
        f"  processor time a page: bare {bare.cpu_ms:.1f} ms; ours {whole.cpu_ms:.1f} ms, of which "
        f"{1000 * whole.worker_cpu_s / whole.n_pages:.1f} ms in the workers: ratio {bare.cpu_ms / whole.cpu_ms:.3f}"
    )
    return ratio >= MIN_RATIO


def take_bare(pool: Pool, processes: set[int], numbers: Sequence[int]) -> Cost:
    """Extraction alone; the pages are in the memory of the processes."""
    started, cpu_before = time.monotonic(), cpu_s(processes)
    pool.map(extract, numbers, chunksize=5)
    return Cost(len(numbers), time.monotonic() - started, cpu_s(processes) - cpu_before)


def take_whole(server: Served, workers: set[int], numbers: range) -> tuple[Cost, int]:
    """Fetch, archive, extract, decide and store pages in a new home; also the number of texts stored."""
    with polled(server, numbers) as (warehouse, session, registry, world, report):
        served_s, worker_s, own_s = server.cpu_s(), cpu_s(workers), time.process_time()
        started = time.monotonic()
        read_due_pages.fn(warehouse, session, registry, world, report)
        seconds, own_s = time.monotonic() - started, time.process_time() - own_s
        # The server runs beside us on the same cores.
        seconds -= (server.cpu_s() - served_s) / N_PROCESSES
        return Cost(report.n_pages, seconds, cpu_s(workers) - worker_s, own_s), report.states["stored"]


@contextmanager
def polled(server: Served, numbers: range) -> Iterator[tuple[Warehouse, FetchSession, Registry, World, IngestReport]]:
    """A new home that knows the addresses of these pages from its feeds."""
    feed = f"feed-{numbers.start}-{numbers.stop}"
    world = loopback_world(server.port, clock=lambda: NOW)
    with tempfile.TemporaryDirectory() as folder:
        home = watching(Path(folder) / "home", {f"host{n}": [f"http://host{n}.example/{feed}"] for n in range(N_HOSTS)})
        registry, report = load_registry(home.registry), IngestReport()
        with open_warehouse(home, "benchmark") as warehouse, open_session(warehouse, world) as session:
            register_outlets(warehouse, registry.outlets)
            poll_due_feeds.fn(warehouse, session, world, report)
            yield warehouse, session, registry, world, report
