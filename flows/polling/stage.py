"""Polling: ask the feeds that are due, and store each answer with the items it brought."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.batches import BATCH
from flows.feeds.parsing import ParsedFeed, parse_feed
from flows.feeds.sightings import FeedReading, marks_of, sightings_of
from flows.fetching.exchange import FetchStatus, Request, Response, Session
from flows.fetching.session import MAX_FEED_BYTES, FetchSession
from flows.polling.cadence import Failure
from flows.polling.moves import lasting_move, moved_in_vain
from flows.polling.outage import LONGEST, is_comparable, is_our_outage, is_silent
from flows.polling.overlap import WEEK, FeedPast
from flows.polling.poll_log import document_record, gap_record, lost_overlap, poll_record
from flows.reports import IngestReport
from flows.service.progress import progress
from flows.service.stopping import stop_if_asked
from flows.workers import Outcome, each_in_workers
from flows.world import World
from warehouse import feed_agenda, feed_past
from warehouse.feed_agenda import DueFeed
from warehouse.feed_past import FeedStanding, Seen
from warehouse.feed_records import FeedDocument, FeedMove, Gap, Poll
from warehouse.known_items import known_items
from warehouse.records import Record, Sighting, SightingState
from warehouse.store import Warehouse

Answer = tuple[Response, Outcome[ParsedFeed] | None]
BATCH_BYTES = 2**24
"""Of bodies that wait to be stored together: fifty of 15 MB would be more than a small machine has."""


@task(name="poll feeds", cache_policy=NO_CACHE)
def poll_due_feeds(warehouse: Warehouse, session: FetchSession, world: World, report: IngestReport) -> None:
    """
    Ask each due feed; what answers is stored as it comes, so that no feed waits for a slow one.

    Silence is judged at the end, when it is known who else was silent: a name that is not found fails within
    milliseconds, and the first fifty failures would be taken for an outage.

    Not retried: a feed that fails is a row in the log, and is asked again when its time comes.
    """
    feeds = feed_agenda.due_feeds(warehouse, world.clock())
    silent: list[tuple[DueFeed, Answer]] = []

    def speaking() -> Iterator[tuple[DueFeed, Answer]]:
        for place, answer in ask_each(feeds, session):
            if is_silent(answer[0]):
                silent.append((feeds[place], answer))
            else:
                yield feeds[place], answer

    with progress("Polling feeds", len(feeds)) as advance:
        for batch in _batches(speaking()):
            _store(warehouse, batch, report)
            advance(len(batch))
            stop_if_asked()
        _store(warehouse, silent, report)
        advance(len(silent))


def ask_each(feeds: Sequence[DueFeed], session: Session) -> Iterator[tuple[int, Answer]]:
    """
    Ask feeds and read what they answer; fetching goes on while others are read.

    Yields:
        The place of a feed and its answer, ``None`` in it where there was no new body. In no particular order.
    """
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
    responses: dict[int, Response] = {}

    def calls() -> Iterator[tuple[int, tuple[object, ...] | None]]:
        for place, response in session.fetch_each(requests):
            responses[place] = response
            facts = (response.body, response.content_type, response.final_url or response.url)
            yield place, facts if response.status is FetchStatus.OK else None

    for place, outcome in each_in_workers(parse_feed, calls()):
        yield place, (responses.pop(place), outcome)


def ask_feeds(feeds: Sequence[DueFeed], session: Session) -> list[Answer]:
    """Ask feeds and read what they answer, in their order."""
    answers = dict(ask_each(feeds, session))
    return [answers[place] for place in range(len(feeds))]


def _batches(answers: Iterable[tuple[DueFeed, Answer]]) -> Iterator[list[tuple[DueFeed, Answer]]]:
    """What is stored together: so many answers, or so much of them."""
    batch: list[tuple[DueFeed, Answer]] = []
    for feed, answer in answers:
        batch.append((feed, answer))
        if len(batch) == BATCH or sum(len(response.body) for _, (response, _) in batch) >= BATCH_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch


def _store(warehouse: Warehouse, asked: Sequence[tuple[DueFeed, Answer]], report: IngestReport) -> None:
    store_polls(warehouse, [feed for feed, _ in asked], [answer for _, answer in asked], report)


def store_polls(
    warehouse: Warehouse, feeds: Sequence[DueFeed], answers: Sequence[Answer], report: IngestReport
) -> None:
    """
    Store polls with their new sightings, and what they say of the feeds, so that no validator outruns its items.

    A feed that was not asked, because its host rests, leaves no row and stays due.

    Args:
        feeds: Each at most once: the next poll of a feed is planned by what was stored of the one before.
        answers: In the order of the feeds. Their own times count, no clock: an archive's are stored alike.
    """
    asked = [(feed, answer) for feed, answer in zip(feeds, answers, strict=True) if answer[0].was_asked]
    if not asked:
        return
    feeds, answers = [feed for feed, _ in asked], [answer for _, answer in asked]
    standings = feed_past.feed_standings(warehouse, [feed.feed_url for feed in feeds])
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
    silent_utc = min((response.fetched_utc for response, _ in answers if is_silent(response)), default=None)
    if silent_utc is None:
        return False
    watched = feed_agenda.watched_feeds(warehouse)
    long_ago = silent_utc - LONGEST
    is_borne = is_comparable(watched) and not feed_agenda.has_spoken_since(warehouse, long_ago)
    return is_our_outage(
        [(feed.asked_url, response) for feed, (response, _) in zip(feeds, answers, strict=True)],
        feed_agenda.host_signs(
            warehouse, [feed.feed_url for feed in feeds], silent_utc, None if is_borne else long_ago
        ),
        watched,
    )


def _gap(warehouse: Warehouse, poll: Poll, reading: FeedReading, before: FeedStanding) -> Gap | None:
    if not lost_overlap(poll, before):
        return None
    past = feed_past.given_since(warehouse, poll.feed_url, (before.held_utc or poll.polled_utc) - WEEK)
    return gap_record(poll, reading, before, FeedPast(*past))


def _move(warehouse: Warehouse, feed: DueFeed, poll: Poll, before: FeedStanding) -> FeedMove | None:
    if poll.failure is None and poll.permanent_url is not None:
        if poll.permanent_url != feed.feed_url and poll.permanent_url in feed_agenda.watched_feeds(warehouse):
            return None  # asked already, under a name of its own
        return lasting_move(
            feed,
            [*feed_past.seen_at(warehouse, feed), Seen(polled_utc=poll.polled_utc, permanent_url=poll.permanent_url)],
        )
    if poll.failure == Failure.HARD and feed.moved_url is not None:
        moves = feed_past.moves_of(warehouse, feed.feed_url)
        since = max(moves[0].moved_utc, before.success_utc or moves[0].moved_utc)
        n_hard = feed_past.n_hard_since(warehouse, feed.feed_url, since) + 1
        return moved_in_vain(feed, before, moves, n_hard, poll.polled_utc)
    return None
