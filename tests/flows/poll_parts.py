"""Answers of one feed as values, stored through the door that live polls and the archive share."""

from dataclasses import replace

from flows.feeds.parsing import FeedItem, ParsedFeed
from flows.fetching.exchange import FetchStatus, Response
from flows.polling.stage import Answer, store_polls
from flows.reports import IngestReport
from flows.workers import Outcome
from tests.conftest import NOW
from tests.warehouse.rows import FEED, HOUR
from warehouse.feed_agenda import DueFeed, due_feeds

HOURS = [NOW + n * HOUR for n in range(24 * 40)]
WIRE = DueFeed(feed_url=FEED, outlet_id="wire", etag=None, last_modified=None)


def item(n, published_utc=None, guid=None):
    """Story ``n``; undated unless told."""
    url = f"http://wire.example/story-{n}"
    return FeedItem(
        guid=guid or f"guid-{n}",
        url=url,
        page_url=url,
        title=f"Talks, round {n}",
        summary=None,
        published_raw=published_utc.isoformat() if published_utc else None,
        published_utc=published_utc,
    )


def answer(now, items, **response) -> Answer:
    """A document with these items; ``None``: 304."""
    is_body = items is not None
    parts = {
        "url": FEED,
        "final_url": FEED,
        "status": FetchStatus.OK if is_body else FetchStatus.NOT_MODIFIED,
        "http_status": 200 if is_body else 304,
        "content_type": None,
        "etag": None,
        "last_modified": None,
        "body": repr(items).encode() if is_body else b"",
        "fetched_utc": now,
        "elapsed_ms": 1,
        "error": None,
    }
    document = ParsedFeed(feed_format="rss20", items=tuple(items), error=None) if is_body else None
    return Response(**parts | response), Outcome(document, None) if is_body else None


def failed(now, status=FetchStatus.GONE, http_status=404) -> Answer:
    """No feed, and why."""
    response, _ = answer(now, None, status=status, http_status=http_status, error=f"HTTP {http_status}")
    return response, None


def page(now) -> Answer:
    """HTML where the feed was."""
    response, _ = answer(now, [])
    return response, Outcome(ParsedFeed(feed_format=None, items=(), error="not a feed (no feed element)"), None)


def polled(warehouse, *answers: Answer, feed: DueFeed = WIRE) -> IngestReport:
    """Store answers, one poll after the other, each asked as the log said then."""
    report = IngestReport()
    for response, parsed in answers:
        due = {due.feed_url: due for due in due_feeds(warehouse, response.fetched_utc)}
        as_asked = due.get(feed.feed_url, feed)
        store_polls(warehouse, [as_asked], [(replace(response, url=as_asked.asked_url), parsed)], report)
    return report


def polls(warehouse, *columns):
    """These columns of the poll log, oldest first; values alone where there is one column."""
    rows = warehouse.rows(f"select {', '.join(columns)} from core.poll order by polled_utc")
    return [tuple(row.values()) if len(columns) > 1 else row[columns[0]] for row in rows]
