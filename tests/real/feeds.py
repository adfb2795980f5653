"""Feed documents and lists of feeds, one by one, without the pipeline: what is read, and what is left unknown."""

import io
import tarfile
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser

from flows.feeds.parsing import parse_feed
from flows.opml.outlet_import import plan_import, write_plan
from flows.opml.outlines import FeedList, read_opml
from framing.registry_files import load_registry
from tests.real.corpus import DATA, FeedDocument

LISTS = DATA / "lists" / "awesome-rss-feeds_opml.tar.xz"
MIN_OUTLINES = 1_560
NEAR = timedelta(hours=1)
"""All documents are years old: a date as near to the run as this was made up from its clock."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one document."""

    fault: str | None
    n_items: int = 0
    dates: tuple[tuple[str, datetime | None, bool], ...] = ()
    """Raw, as read, and whether feedparser reads it, of each item with a date."""
    is_json: bool = False
    """feedparser reads no JSON Feed, so it says nothing of its dates."""
    charset_basis: str | None = None
    n_full_texts: int = 0


def read_document(document: FeedDocument) -> Reading:
    """Parse one document as a feed and as a list; an exception is a fault, whatever it is."""
    try:
        read_opml(document.body)
        feed = parse_feed(document.body, document.content_type, document.url)
    except Exception as error:  # noqa: BLE001 (the very thing to be counted)
        return Reading(f"{document.url}: {error!r}")
    alone: Any = feedparser.parse(io.BytesIO(document.body), response_headers={"content-type": document.content_type})
    known = {
        raw
        for entry in alone.entries
        for raw, parsed in ((entry.get("published"), "published_parsed"), (entry.get("updated"), "updated_parsed"))
        if raw and entry.get(parsed)
    }
    dates = [(item.published_raw, item.published_utc) for item in feed.items if item.published_raw]
    return Reading(
        fault=None,
        n_items=len(feed.items),
        dates=tuple((raw, time_utc, raw in known) for raw, time_utc in dates),
        is_json=(feed.feed_format or "").startswith("json"),
        charset_basis=feed.charset_basis,
        n_full_texts=sum(item.full_text is not None for item in feed.items),
    )


def check_documents(feeds: list[FeedDocument]) -> bool:
    """Every document, in two processes: no exception, no date from the clock, and the account of all dates."""
    started = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        readings = list(pool.map(read_document, feeds, chunksize=50))
    seconds = time.monotonic() - started
    faults = [reading.fault for reading in readings if reading.fault]
    dates = [date for reading in readings if not reading.is_json for date in reading.dates]
    json_dates = [date for reading in readings if reading.is_json for date in reading.dates]
    now = datetime.now(UTC)
    made_up = [raw for raw, time_utc, _ in dates + json_dates if time_utc and abs(time_utc - now) < NEAR]
    left = Counter(time_utc is not None for _, time_utc, is_known in dates if not is_known)
    refused = Counter(raw for raw, time_utc, is_known in dates if is_known and time_utc is None)
    print(f"{len(feeds)} documents parsed in {seconds:.0f} s, exceptions: {faults or 'none'}")
    print(f"charsets by: {dict(Counter(reading.charset_basis for reading in readings).most_common())}")
    n_items, n_full_texts = (
        sum(getattr(reading, name) for reading in readings) for name in ("n_items", "n_full_texts")
    )
    print(f"items {n_items}, with a date {len(dates + json_dates)}, with the article's text {n_full_texts}")
    print(f"dated by the clock of the run: {made_up or 'none'}")
    print(f"dates that feedparser leaves unparsed: {left[True]} read, {left[False]} marked unknown")
    print(f"dates of JSON Feeds: {sum(date[1] is not None for date in json_dates)} of {len(json_dates)} read")
    print(f"dates that feedparser reads and we call unknown: {refused.total()}: {', '.join(refused)}")
    return not faults and not made_up


def check_lists() -> bool:
    """Every OPML list into an empty registry, and the registry read again."""
    with tarfile.open(LISTS) as archive:
        lists: list[tuple[str, FeedList]] = [
            (Path(member.name).name, read_opml(file.read()))
            for member in archive
            if member.name.endswith(".opml") and (file := archive.extractfile(member))
        ]
    n_outlines = sum(len(found.outlines) for _, found in lists)
    with tempfile.TemporaryDirectory() as folder:
        overlay = Path(folder)
        plan = plan_import(lists, load_registry(), overlay, datetime.now(UTC).date())
        write_plan(plan, overlay)
        n_outlets = len(load_registry(overlay).outlets)
    n_usable = plan.n_imported + plan.n_watched + plan.n_duplicates
    print(
        f"{len(lists)} lists with {plan.n_read} outlines of feeds: {n_outlines} read, {n_usable} usable; of these "
        f"{plan.n_imported} imported, {plan.n_watched} watched before, {plan.n_duplicates} duplicates; "
        f"unusable: {dict(plan.unusable)}; {n_outlets} outlets now"
    )
    return n_usable >= MIN_OUTLINES
