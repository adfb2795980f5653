"""``make real``: run, print every figure, and fail where one falls short."""

import io
import tempfile
import time
from pathlib import Path
from typing import Any

import feedparser
import trafilatura

from flows.service.surroundings import leave, prepare
from flows.world import loopback_world
from tests.conftest import outlet_toml
from tests.real.corpus import DATA, PAGES_HOST, FeedDocument, TruePage, count_items, read_feeds, read_pages, serve
from tests.real.feeds import check_documents, check_lists
from tests.real.measures import body_f1
from tests.real.reuse import check_reuse
from tests.site import Site
from warehouse.checking import failed_checks
from warehouse.home import Home, create_home
from warehouse.reading import open_current

MIN_F1 = 0.95
MAX_F1_LOSS = 0.005
MAX_REJECTED = 2
"""Of the 181 pages, all of which are articles."""
MIN_SAME_FEEDS = 0.95


def main() -> int:
    """0 where every figure holds, or where there is nothing to measure on."""
    if not (DATA / "feeds_corpora.tar.xz").exists():
        print("make real: ../shared/data is not there, so there is nothing to measure on. Nothing was run.")
        return 0
    feeds, pages = read_feeds(), read_pages()
    results = [check_documents(feeds), check_lists()]
    with tempfile.TemporaryDirectory() as folder, Site() as site:
        home = make_home(Path(folder) / "real", feeds, serve(site, feeds, pages))
        seconds = run_pipeline(home, site)
        print(f"{len(feeds)} feed documents and {len(pages)} pages through the pipeline in {seconds:.0f} s")
        with open_current(home) as connection:
            rows = connection.execute(
                "select s.feed_url, count(*), count(distinct s.sighting_id) from core.sighting as s group by all"
            ).fetchall()
            states = connection.execute(
                "select state, count(*) from core.sighting group by all order by all"
            ).fetchall()
            polls = connection.execute("select feed_url, n_items, error from core.poll").fetchall()
            texts = dict(connection.execute("select url, text from article").fetchall())
            faults = failed_checks(connection)
    print("sightings by state: " + ", ".join(f"{state} {n}" for state, n in states))
    print(f"warehouse checks: {faults or 'all pass'}")
    results += [
        not faults,
        check_sightings(feeds, {url: n for url, n, _ in rows}, {url: error for url, _, error in polls}, len(pages)),
        check_feeds(feeds, {url: n for url, n, _ in polls}),
        check_bodies(pages, texts),
        check_reuse({page.url: texts[page.url] for page in pages if page.url in texts}),
    ]
    return 0 if all(results) else 1


def make_home(root: Path, feeds: list[FeedDocument], pages_feed: str) -> Home:
    """A home that watches the corpora, one outlet each, and keeps every text."""
    home = create_home(root)
    shipped = Path(__file__).parents[2] / "framing" / "registry" / "watch.toml"
    text = shipped.read_text(encoding="utf-8").replace("shipped_outlets = true", "shipped_outlets = false")
    (home.registry / "watch.toml").write_text(text, encoding="utf-8")
    (home.registry / "outlets").mkdir()
    addresses: dict[str, list[str]] = {PAGES_HOST: [pages_feed]}
    for feed in feeds:
        addresses.setdefault(feed.host, []).append(feed.url)
    for host, urls in addresses.items():
        name = host.removesuffix(".example").replace("-", "_")
        path = home.registry / "outlets" / f"{name}.toml"
        path.write_text(outlet_toml(name, urls, keep="everything"), encoding="utf-8")
    return home


def run_pipeline(home: Home, site: Site) -> float:
    """The real pipeline, once; returns its seconds."""
    prepare(home)
    from flows.pipeline import pipeline

    started = time.monotonic()
    pipeline(str(home.root), loopback_world(site.port))
    return time.monotonic() - started


def check_sightings(
    feeds: list[FeedDocument], sightings: dict[str, int], errors: dict[str, str | None], n_pages: int
) -> bool:
    """Sightings against items counted without feedparser; a document the poll log calls unread has none."""
    counted = {feed.url: count_items(feed.body) for feed in feeds}
    unread = {url: n for url, n in counted.items() if n and errors.get(url)}
    differing = {
        url: (n, sightings.get(url, 0))
        for url, n in counted.items()
        if url not in unread and n != sightings.get(url, 0)
    }
    total, stored = sum(counted.values()) - sum(unread.values()) + n_pages, sum(sightings.values())
    print(f"items counted by the server {total}, sightings stored {stored}; documents that differ: {len(differing)}")
    print(f"documents with items that the poll log reports as unread: {len(unread)}")
    for url, n in unread.items():
        print(f"  {url}: {n} items; {errors[url]}")
    for url, (n, found) in sorted(differing.items()):
        print(f"  {url}: counted {n}, sightings {found}")
    return not differing and total == stored


def check_feeds(feeds: list[FeedDocument], polled: dict[str, int | None]) -> bool:
    """Items per feed against feedparser alone, over the documents it can read."""
    n_readable = n_same = 0
    for feed in feeds:
        alone: Any = feedparser.parse(io.BytesIO(feed.body), response_headers={"content-type": feed.content_type})
        if alone.get("version") or alone.entries:
            n_readable += 1
            n_same += len(alone.entries) == polled.get(feed.url)
    print(f"feeds feedparser can read {n_readable}, same item count {n_same} ({n_same / n_readable:.2%})")
    return n_same / n_readable >= MIN_SAME_FEEDS


def check_bodies(pages: list[TruePage], texts: dict[str, str]) -> bool:
    """
    Body F1 of what is stored against trafilatura alone, with its own defaults and with our options.

    A rejected page has an empty text, which costs more than a bad one: F1 is had with and without such pages, few may
    be, and what is lost to the extractor alone is counted over the others.
    """
    accepted = [page for page in pages if page.url in texts]
    stored, of_accepted = (
        body_f1([(page.true_text, texts.get(page.url, "")) for page in some]) for some in (pages, accepted)
    )
    defaults = body_f1([(page.true_text, trafilatura.extract(page.body) or "") for page in pages])
    alone = {page.url: trafilatura.extract(page.body, include_comments=False) or "" for page in pages}
    options, options_of_accepted = (
        body_f1([(page.true_text, alone[page.url]) for page in some]) for some in (pages, accepted)
    )
    n_rejected = len(pages) - len(accepted)
    print(
        f"body F1 {stored:.4f} with {n_rejected} of {len(pages)} pages rejected, {of_accepted:.4f} without these; "
        f"trafilatura alone {options:.4f} and {options_of_accepted:.4f} without comments, {defaults:.4f} with its "
        "defaults"
    )
    is_lossless = abs(of_accepted - options_of_accepted) <= MAX_F1_LOSS
    return stored >= MIN_F1 and is_lossless and n_rejected <= MAX_REJECTED


if __name__ == "__main__":
    leave(main())
