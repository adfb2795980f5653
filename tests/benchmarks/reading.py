"""Reading pages: the whole way from the feed to the stored text against bare trafilatura on two processes."""

import multiprocessing
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import trafilatura

from flows.world import loopback_world
from tests.benchmarks.homes import Memory, watching
from tests.benchmarks.served import Answer, Served, serving
from tests.conftest import NOW
from tests.real.corpus import DATA, read_pages
from tests.site import Page
from tests.site.stories import article_page, rss

N_HOSTS = 60
N_PAGES = 1_800
N_MANY = 10_000
MIN_RATIO = 0.85
MAX_GROWTH = 1.1


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


def pages(n_pages: int) -> Answer:
    """Each host has a feed of its share of the pages."""

    def answer(host: str, path: str) -> Page | None:
        if path == "/feed.xml":
            own = range(int(host.removesuffix(".example").removeprefix("host")), n_pages, N_HOSTS)
            items = [{"title": f"Page {n}", "link": f"http://{host}/p/{n}", "guid": f"{n}"} for n in own]
            return 200, {"Content-Type": "application/rss+xml"}, rss(items)
        if path.startswith("/p/"):
            return 200, {"Content-Type": "text/html"}, page_of(int(path.removeprefix("/p/")))
        return None

    return answer


def some_pages() -> Answer:
    return pages(N_PAGES)


def many_pages() -> Answer:
    return pages(N_MANY)


def extract(number: int) -> int:
    """Bare trafilatura with the options that ``flows.pages.page`` uses."""
    url = f"http://host{number % N_HOSTS}.example/p/{number}"
    document = trafilatura.bare_extraction(page_of(number), url=url, with_metadata=True, include_comments=False)
    return len(document.text or "") if document is not None and not isinstance(document, dict) else 0


def measure() -> bool:
    """The ratio, then the memory over many pages."""
    return all([measure_ratio(), measure_memory()])


def measure_ratio() -> bool:
    """Pages per second of both in turn, twice, so that a change of the machine's load is seen."""
    ratios = []
    for _ in range(2):
        bare_s = time_bare(N_PAGES)
        with serving(some_pages) as server:
            whole_s, n_stored = time_pipeline(server)
        ratios.append(bare_s / whole_s)
        print(
            f"{N_PAGES} pages: bare trafilatura {N_PAGES / bare_s:.1f} a second on 2 processes, fetch to store "
            f"{N_PAGES / whole_s:.1f} ({n_stored} stored): ratio {ratios[-1]:.3f}"
        )
    return max(ratios) >= MIN_RATIO


def time_bare(n_pages: int) -> float:
    """Seconds for the extraction alone; the processes are started and warm before."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(extract, range(20))
        started = time.monotonic()
        pool.map(extract, range(n_pages), chunksize=10)
        return time.monotonic() - started


def time_pipeline(server: Served) -> tuple[float, int]:
    """Seconds of the ingest flow without the server's, and the number of texts stored."""
    with tempfile.TemporaryDirectory() as folder:
        report_s, n_stored, _ = run_ingest(Path(folder), server)
        return report_s, n_stored


def run_ingest(folder: Path, server: Served) -> tuple[float, int, Memory]:
    """One ingest of all hosts in a new home."""
    from flows.service.surroundings import prepare

    home = watching(folder / "home", {f"host{n}": [f"http://host{n}.example/feed.xml"] for n in range(N_HOSTS)})
    prepare(home)
    from flows.ingest import ingest

    world = loopback_world(server.port, clock=lambda: NOW)
    before_s = server.cpu_s()
    with Memory() as memory:
        started = time.monotonic()
        report = ingest(str(home.root), world)
        seconds = time.monotonic() - started
    return seconds - (server.cpu_s() - before_s) / 2, report.states["stored"], memory


def measure_memory() -> bool:
    """Memory over many pages: the last quarter against the second."""
    with serving(many_pages) as server, tempfile.TemporaryDirectory() as folder:
        seconds, n_stored, memory = run_ingest(Path(folder), server)
    early, late = memory.peaks_mb(0.25, 0.5), memory.peaks_mb(0.75, 1)
    print(
        f"{N_MANY} pages in {seconds:.0f} s, {n_stored} stored; memory of the process {early[0]:.0f} MB in the second "
        f"quarter, {late[0]:.0f} MB in the last; of its workers {early[1]:.0f} MB, {late[1]:.0f} MB"
    )
    return all(after <= MAX_GROWTH * before for before, after in zip(early, late, strict=True))
