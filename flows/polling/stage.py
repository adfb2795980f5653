"""Polling: ask the feeds that are due, and store each answer with the items it brought."""

from collections.abc import Sequence
from dataclasses import asdict

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.batches import batches
from flows.feeds.parsing import ParsedFeed, parse_feed
from flows.feeds.sightings import FeedReading, marks_of, sightings_of
from flows.fetching.exchange import FetchStatus, Request, Response, Session
from flows.fetching.session import MAX_FEED_BYTES, FetchSession
from flows.polling.cadence import Failure
from flows.polling.moves import lasting_move, moved_in_vain
from flows.polling.outage import is_our_outage, is_silent
from flows.polling.overlap import WEEK, FeedPast
from flows.polling.poll_log import document_record, gap_record, lost_overlap, poll_record
from flows.reports import IngestReport
from flows.service.progress import progress
from flows.service.stopping import stop_if_asked
from flows.workers import Outcome, run_in_workers
from flows.world import World
from warehouse import feed_agenda
from warehouse.feed_agenda import DueFeed, FeedStanding, Seen
from warehouse.feed_records import FeedDocument, FeedMove, Gap, Poll
from warehouse.known_items import known_items
from warehouse.records import Record, Sighting, SightingState
from warehouse.store import Warehouse

Answer = tuple[Response, Outcome[ParsedFeed] | None]


@task(name="poll feeds", cache_policy=NO_CACHE)
def poll_due_feeds(warehouse: Warehouse, session: FetchSession, world: World, report: IngestReport) -> None:
    """
    Ask each due feed.

    Not retried: a feed that fails is a row in the log, and is asked again when its time comes.
    """
    feeds = feed_agenda.due_feeds(warehouse, world.clock())
    with progress("Polling feeds", len(feeds)) as advance:
        for batch in batches(feeds):
            store_polls(warehouse, batch, ask_feeds(batch, session), report)
            advance(len(batch))
            stop_if_asked()


def ask_feeds(feeds: Sequence[DueFeed], session: Session) -> list[Answer]:
    """Ask feeds and read what they answer; ``None`` where there was no new body."""
    requests = [
        Request(
            url=feed.asked_url,
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
    """
    Store polls with their new sightings, and what they say of the feeds, so that no validator outruns its items.

    Args:
        feeds: Each at most once: the next poll of a feed is planned by what was stored of the one before.
        answers: In the order of the feeds. Their own times count, no clock: an archive's are stored alike.
    """
    standings = feed_agenda.feed_standings(warehouse, [feed.feed_url for feed in feeds])
    known = known_items(
        warehouse, {feed.feed_url: marks_of(parsed) for feed, (_, parsed) in zip(feeds, answers, strict=True)}
    )
    is_outage = _is_outage(warehouse, feeds, answers)
    polls: list[Poll] = []
    fresh: list[Sighting] = []
    found: list[Record] = []
    documents: list[FeedDocument] = []
    for feed, (response, parsed) in zip(feeds, answers, strict=True):
        before = standings.get(feed.feed_url, FeedStanding())
        reading = sightings_of(feed, response, parsed, known[feed.feed_url])
        poll = poll_record(feed, response, parsed, reading, before, is_outage)
        document = document_record(poll, parsed, reading, before.document)
        learned = (reading.rule, _gap(warehouse, poll, reading, before), _move(warehouse, feed, poll, before))
        polls.append(poll)
        fresh += reading.fresh
        found += [record for record in learned if record is not None]
        documents += [document] if document is not None else []
    with warehouse.transaction():
        warehouse.save([*polls, *fresh, *found])
        warehouse.replace("feed_document", [asdict(document) for document in documents], ("feed_url",))
    report.n_feeds += len(feeds)
    report.n_answered += sum(response.has_answer for response, _ in answers)
    report.n_items += sum(poll.n_items or 0 for poll in polls)
    report.n_new += len(fresh)
    report.n_gaps += sum(isinstance(record, Gap) for record in found)
    report.states.update(s.state for s in fresh if s.state != SightingState.PENDING)


def _is_outage(warehouse: Warehouse, feeds: Sequence[DueFeed], answers: Sequence[Answer]) -> bool:
    """Is the silence of those who gave no answer our own fault?"""
    if not any(is_silent(response) for response, _ in answers):
        return False
    began = min(response.fetched_utc for response, _ in answers)
    return is_our_outage(
        [(feed.asked_url, response) for feed, (response, _) in zip(feeds, answers, strict=True)],
        feed_agenda.host_signs(warehouse, [feed.feed_url for feed in feeds], began),
        feed_agenda.watched_feeds(warehouse),
    )


def _gap(warehouse: Warehouse, poll: Poll, reading: FeedReading, before: FeedStanding) -> Gap | None:
    if not lost_overlap(poll, before):
        return None
    past = feed_agenda.feed_past(warehouse, poll.feed_url, (before.success_utc or poll.polled_utc) - WEEK)
    return gap_record(poll, reading, before, FeedPast(*past))


def _move(warehouse: Warehouse, feed: DueFeed, poll: Poll, before: FeedStanding) -> FeedMove | None:
    if poll.failure is None and poll.permanent_url is not None:
        if poll.permanent_url in feed_agenda.watched_feeds(warehouse):
            return None  # asked already, under a name of its own
        return lasting_move(
            feed,
            [*feed_agenda.seen_at(warehouse, feed), Seen(polled_utc=poll.polled_utc, permanent_url=poll.permanent_url)],
        )
    if poll.failure == Failure.HARD and feed.moved_url is not None:
        return moved_in_vain(feed, before, feed_agenda.address_before(warehouse, feed), poll.polled_utc)
    return None
