"""From a feed's answer to the rows that record it: one poll, and one sighting per item."""

from collections import Counter

from flows.exchange import Response
from flows.feeds import FeedItem, ParsedFeed
from flows.identity import item_key, stable_id
from flows.workers import Outcome
from warehouse.agenda import DueFeed
from warehouse.feed_records import Poll
from warehouse.records import Sighting, SightingState


def sightings_of(feed: DueFeed, response: Response, parsed: Outcome[ParsedFeed] | None) -> tuple[str, list[Sighting]]:
    """
    One sighting per item of the document.

    A guid that stands for several links in the document, or a link for several
    titles, identifies nothing: the next rung of the ladder is taken. What is
    left alike is told apart by its place among its like, so that every item has
    its row and a second poll of the same document gives the same rows.

    Returns:
        The poll's id and the sightings, in the order of the document.
    """
    poll_id = stable_id(feed.feed_url, response.fetched_utc.isoformat())
    items = parsed.value.items if parsed and parsed.value else ()
    vague_guids = _shared({(item.guid, item.url) for item in items})
    vague_urls = _shared({(item.url, item.title) for item in items})
    seen: Counter[str] = Counter()
    sightings = []
    for item in items:
        guid = None if item.guid in vague_guids else item.guid
        url = None if item.url in vague_urls else item.url
        key, rule = item_key(guid, url, item.title, item.published_raw)
        seen[key] += 1
        if seen[key] > 1:
            key = f"{key}\x1f{seen[key]}"
        sightings.append(_sighting(feed, response, poll_id, item, key, rule))
    return poll_id, sightings


def _shared(pairs: set[tuple[str | None, str | None]]) -> set[str | None]:
    """The first halves that come with more than one second half."""
    return {name for name, n in Counter(name for name, _ in pairs).items() if n > 1}


def poll_record(
    poll_id: str, feed: DueFeed, response: Response, parsed: Outcome[ParsedFeed] | None, n_new: int
) -> Poll:
    """The row of the poll log. A body that is no feed is an error, whatever its HTTP status said."""
    document = parsed.value if parsed else None
    return Poll(
        poll_id=poll_id,
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
        n_new=n_new if document else None,
        elapsed_ms=response.elapsed_ms,
        error=response.error or (parsed.error if parsed else None) or (document.error if document else None),
    )


def _sighting(feed: DueFeed, response: Response, poll_id: str, item: FeedItem, key: str, rule: str) -> Sighting:
    seen_utc = response.fetched_utc
    if item.page_url:
        state, reason = SightingState.PENDING, None
    elif item.url:
        state, reason = SightingState.ERROR, "the item's link is no web address"
    else:
        state, reason = SightingState.ERROR, "the item has no link"
    return Sighting(
        sighting_id=stable_id(feed.feed_url, key),
        outlet_id=feed.outlet_id,
        feed_url=feed.feed_url,
        poll_id=poll_id,
        item_key=key,
        item_key_rule=rule,
        url=item.url,
        page_url=item.page_url,
        title=item.title,
        summary=item.summary,
        published_raw=item.published_raw,
        published_utc=item.published_utc,
        first_seen_utc=seen_utc,
        state=state,
        reason=reason,
        state_utc=seen_utc,
        article_id=None,
    )
