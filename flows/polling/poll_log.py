"""The poll log: from one answer of a feed to the rows that say how the feed is."""

from collections.abc import Sequence

from flows.feeds.parsing import ParsedFeed
from flows.feeds.sightings import FeedReading
from flows.fetching.exchange import FetchStatus, Response
from flows.polling.cadence import (
    WEIGHTS,
    Cadence,
    Failure,
    adapted,
    after_outage,
    failure_of,
    next_poll,
    wishes_of,
)
from flows.polling.outage import is_silent
from flows.polling.overlap import FeedPast, estimate_loss
from flows.workers import Outcome
from warehouse.feed_agenda import DueFeed
from warehouse.feed_past import FeedStanding
from warehouse.feed_records import FeedDocument, Gap, Poll


def poll_record(
    feed: DueFeed,
    response: Response,
    parsed: Outcome[ParsedFeed] | None,
    reading: FeedReading,
    before: FeedStanding,
    is_our_outage: bool,
) -> Poll:
    """
    The row of the poll log. A body that is no feed is an error, whatever its HTTP status said.

    Args:
        reading: What the answer says of the feed's items.
        before: What the log knew of the feed.
        is_our_outage: Most hosts are silent at once.
    """
    document = parsed.value if parsed else None
    failure = Failure.OURS if is_our_outage and is_silent(response) else failure_of(response, parsed)
    n_shared = _n_shared(reading, before)
    cadence = _cadence(feed, response, document, before, failure, _new_share(response, reading, before, n_shared))
    return Poll(
        poll_id=reading.poll_id,
        feed_url=feed.feed_url,
        outlet_id=feed.outlet_id,
        polled_utc=response.fetched_utc,
        fetch_status=response.status,
        http_status=response.http_status,
        etag=response.etag,
        last_modified=response.last_modified,
        body_sha256=response.body_sha256,
        feed_format=document.feed_format if document else None,
        n_items=len(document.items) if document else None,
        n_new=len(reading.fresh) if document else None,
        n_unread=document.n_unread if document else None,
        elapsed_ms=response.elapsed_ms,
        error=response.error or (parsed.error if parsed else None) or (document.error if document else None),
        asked_url=feed.asked_url,
        final_url=response.final_url,
        permanent_url=response.permanent_url,
        is_conditional=bool(feed.etag or feed.last_modified),
        validator_lied=_validator_lied(feed, response, reading, before),
        n_shared=n_shared,
        failure=failure,
        interval_s=cadence.interval_s,
        next_utc=cadence.next_utc,
        next_reason=cadence.next_reason,
        retry_after_utc=response.retry_after_utc,
        warc_file=response.place.file if response.place else None,
        warc_offset=response.place.offset if response.place else None,
    )


def document_record(
    poll: Poll, parsed: Outcome[ParsedFeed] | None, reading: FeedReading, before: FeedDocument | None
) -> FeedDocument | None:
    """The row of the feed's newest document; ``None`` where that stays as it is."""
    document = parsed.value if parsed else None
    if document is None or poll.failure is not None or not reading.sightings:
        return None
    new = FeedDocument(
        feed_url=poll.feed_url,
        poll_id=poll.poll_id,
        polled_utc=poll.polled_utc,
        sighting_ids=_ids(reading),
        ttl_s=document.ttl_s,
        skip_hours=list(document.skip_hours),
        skip_days=list(document.skip_days),
    )
    return None if before is not None and _content(new) == _content(before) else new


def lost_overlap(poll: Poll, before: FeedStanding) -> bool:
    """Does this document share no item with the one before?"""
    return poll.failure is None and before.document is not None and bool(poll.n_items) and poll.n_shared == 0


def gap_record(poll: Poll, reading: FeedReading, before: FeedStanding, past: FeedPast) -> Gap:
    """The row of a gap that ends with this poll; it begins when items were last seen: an empty document covers none."""
    from_utc = before.held_utc or poll.polled_utc
    dates = [sighting.published_utc for sighting in reading.sightings if sighting.published_utc is not None]
    n_lost, basis = estimate_loss(past, dates, len(reading.sightings), from_utc, poll.polled_utc)
    return Gap(
        poll_id=poll.poll_id,
        feed_url=poll.feed_url,
        outlet_id=poll.outlet_id,
        from_utc=from_utc,
        to_utc=poll.polled_utc,
        n_lost=n_lost,
        basis=basis,
    )


def _cadence(
    feed: DueFeed,
    response: Response,
    document: ParsedFeed | None,
    before: FeedStanding,
    failure: Failure | None,
    new_share: float | None,
) -> Cadence:
    now = response.fetched_utc
    failed = {
        Failure.HARD: before.n_hard,
        Failure.SOFT: before.n_soft,
        Failure.TEMPORARY: before.n_temporary,
    }
    doublings = sum(WEIGHTS[kind] * n for kind, n in failed.items())
    stated = document if document is not None and failure is None else before.document
    skipped = (stated.skip_hours, stated.skip_days) if stated else ((), ())
    set_s = 60.0 * feed.interval_minutes if feed.interval_minutes is not None else None
    if failure is Failure.OURS:
        return after_outage(now, set_s or adapted(before.interval_s, None, None), *skipped)
    elapsed_s = (now - before.held_utc).total_seconds() if before.held_utc else 0.0
    # What came while the feed failed, or a clock that was set back, says nothing of its pace.
    is_telling = failure is None and doublings == 0 and elapsed_s > 0
    interval_s = set_s or adapted(before.interval_s, elapsed_s, new_share if is_telling else None)
    weight = doublings + WEIGHTS[failure] if failure is not None else 0.0
    wishes = wishes_of(response, stated.ttl_s if stated else None)
    return next_poll(feed.feed_url, now, interval_s, weight, wishes, *skipped)


def _new_share(response: Response, reading: FeedReading, before: FeedStanding, n_shared: int | None) -> float | None:
    """
    Of the document's items, those that the one before did not hold.

    An empty document says nothing, and neither does an answer that it did not change.
    """
    if response.status is FetchStatus.NOT_MODIFIED:
        return 0.0 if before.held_utc == before.success_utc else None
    return None if n_shared is None else 1 - n_shared / len(reading.sightings)


def _n_shared(reading: FeedReading, before: FeedStanding) -> int | None:
    if before.document is None or not reading.sightings:
        return None
    return len(set(_ids(reading)) & set(before.document.sighting_ids))


def _validator_lied(feed: DueFeed, response: Response, reading: FeedReading, before: FeedStanding) -> bool | None:
    """
    Did another body come under the validator of the one before?

    After a conditional request another body is enough. An audit asks for other items: some servers write the time of
    the answer into each body, and that a validator does not speak of.
    """
    if response.status is not FetchStatus.OK or before.document is None or not reading.sightings:
        return None
    if response.etag or before.etag:
        is_same = response.etag == before.etag
    else:
        is_same = response.last_modified is not None and response.last_modified == before.last_modified
    has_other_items = set(_ids(reading)) != set(before.document.sighting_ids)
    was_conditional = bool(feed.etag or feed.last_modified)
    return is_same and (has_other_items or (was_conditional and response.body_sha256 != before.body_sha256))


def _ids(reading: FeedReading) -> list[str]:
    return [sighting.sighting_id for sighting in reading.sightings]


def _content(document: FeedDocument) -> tuple[frozenset[str], int | None, Sequence[int], Sequence[int]]:
    return frozenset(document.sighting_ids), document.ttl_s, list(document.skip_hours), list(document.skip_days)
