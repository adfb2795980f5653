"""Memory while many pages are read: flat, or some day a run ends for want of it."""

import re
import time

from flows.reading.stage import read_due_pages
from tests.benchmarks.homes import Memory
from tests.benchmarks.reading import bodies, pages, polled
from tests.benchmarks.served import Answer, serving

N_PAGES, STEP = 10_000, 2_000
SETTLED = 4_000
"""Pages after which nothing more is allowed to grow: by then every cache is full."""
MAX_GROWTH = 1.1
MAX_BYTES = 12_000
"""Of paragraphs, so that 10,000 pages take minutes."""
HEAD = re.compile(rb"<head.*?</head>", re.DOTALL | re.IGNORECASE)
PARAGRAPH = re.compile(rb"<p[ >].*?</p>", re.DOTALL | re.IGNORECASE)
WORD = re.compile(rb"\b[a-z]{6,}\b(?=[^<>]*<)")


def small_pages() -> Answer:
    """Paragraphs of the real pages under their heads, every page in words of its own."""
    return pages(small_page)


def small_page(number: int) -> bytes:
    """Its words stand nowhere else: each eighth or so carries the page's number."""
    body = bodies()[number % len(bodies())]
    text = b"\n".join(PARAGRAPH.findall(body))[:MAX_BYTES]
    mark = b"%d" % number
    changed = WORD.sub(lambda found: found[0] + mark if found.start() % 8 == number % 8 else found[0], text)
    head = HEAD.search(body)
    return b"<!doctype html><html>%s<body><article>%s</article></body></html>" % (head[0] if head else b"", changed)


def measure() -> bool:
    """Print the memory on the way to each 2,000 pages; the last against that of the settled process is the test."""
    with (
        serving(small_pages) as server,
        polled(server, range(N_PAGES)) as (warehouse, session, registry, world, report),
    ):
        started = time.monotonic()
        with Memory([server.pid], progress=lambda: report.n_pages) as memory:
            read_due_pages.fn(warehouse, session, registry, world, report)
        seconds = time.monotonic() - started
    peaks = memory.peaks_by_progress(STEP, N_PAGES)
    print(f"reading {report.n_pages} pages in {seconds:.0f} s ({report.states['stored']} stored): resident memory")
    for n_pages, (own_mb, worker_mb) in peaks.items():
        print(f"  on the way to {n_pages:6,}: this process {own_mb:.0f} MB, its largest worker {worker_mb:.0f} MB")
    growth = [last / settled for settled, last in zip(peaks[SETTLED], peaks[N_PAGES], strict=True)]
    print(f"  growth from {SETTLED:,}: {growth[0]:.2f} and {growth[1]:.2f} (at most {MAX_GROWTH})")
    return report.n_pages == N_PAGES and max(growth) <= MAX_GROWTH
