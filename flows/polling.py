"""Polling: ask the feeds that are due, and store each answer with the items it brought."""

from collections.abc import Sequence

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.batches import batches
from flows.exchange import FetchStatus, Request, Response
from flows.feeds import ParsedFeed, parse_feed
from flows.fetching import MAX_FEED_BYTES, FetchSession
from flows.progress import progress
from flows.reports import IngestReport
from flows.sightings import poll_record, sightings_of
from flows.stopping import stop_if_asked
from flows.workers import Outcome, run_in_workers
from flows.world import World
from warehouse import agenda
from warehouse.agenda import DueFeed
from warehouse.records import SightingState
from warehouse.store import Warehouse

Answer = tuple[Response, Outcome[ParsedFeed] | None]


@task(name="poll feeds", cache_policy=NO_CACHE)
def poll_due_feeds(warehouse: Warehouse, session: FetchSession, world: World, report: IngestReport) -> None:
    """
    Ask each due feed.

    Not retried: a feed that fails is a row in the log, and is asked again when its time comes.
    """
    feeds = agenda.due_feeds(warehouse, world.clock())
    with progress("Polling feeds", len(feeds)) as advance:
        for batch in batches(feeds):
            store_polls(warehouse, batch, ask_feeds(batch, session), report)
            advance(len(batch))
            stop_if_asked()


def ask_feeds(feeds: Sequence[DueFeed], session: FetchSession) -> list[Answer]:
    """Ask feeds and read what they answer; ``None`` where there was no new body."""
    requests = [
        Request(
            url=feed.feed_url,
            max_bytes=MAX_FEED_BYTES,
            etag=feed.etag,
            last_modified=feed.last_modified,
            kind="feed",
            outlet_id=feed.outlet_id,
        )
        for feed in feeds
    ]
    responses = session.fetch_all(requests)
    bodies = [r for r in responses if r.status is FetchStatus.OK]
    parsed = iter(run_in_workers(parse_feed, [(r.body, r.content_type, r.final_url or r.url) for r in bodies]))
    return [(r, next(parsed) if r.status is FetchStatus.OK else None) for r in responses]


def store_polls(
    warehouse: Warehouse, feeds: Sequence[DueFeed], answers: Sequence[Answer], report: IngestReport
) -> None:
    """Store polls and their new sightings together, so that no validator outruns its items."""
    known = agenda.known_items(warehouse, [feed.feed_url for feed in feeds])
    polls, fresh = [], []
    for feed, (response, parsed) in zip(feeds, answers, strict=True):
        poll_id, sightings = sightings_of(feed, response, parsed)
        new = [sighting for sighting in sightings if sighting.sighting_id not in known]
        polls.append(poll_record(poll_id, feed, response, parsed, n_new=len(new)))
        fresh += new
    with warehouse.transaction():
        warehouse.save([*polls, *fresh])
    report.n_feeds += len(feeds)
    report.n_answered += sum(response.has_answer for response, _ in answers)
    report.n_items += sum(poll.n_items or 0 for poll in polls)
    report.n_new += len(fresh)
    report.states.update(s.state for s in fresh if s.state != SightingState.PENDING)
