"""From a feed's answer to the rows that record it: one poll, and one sighting per item."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from flows.feeds.churn import degraded
from flows.feeds.ladder import SEPARATOR, Ladder, marks_of_item
from flows.feeds.parsing import FeedItem, ParsedFeed
from flows.fetching.exchange import Response
from flows.pages.identity import stable_id
from flows.workers import Outcome
from warehouse.feed_agenda import DueFeed
from warehouse.feed_records import FeedRule
from warehouse.known_items import ItemMarks, KnownItems
from warehouse.records import Sighting, SightingState


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReading:
    """What one answer of a feed says of its items."""

    poll_id: str
    sightings: tuple[Sighting, ...]
    """One per item, in the order of the document; an item seen before bears the id of its first sighting."""
    fresh: tuple[Sighting, ...]
    """Those of items never seen before."""
    rule: FeedRule | None
    """Where this document shows that the feed's guids or links identify less than was believed."""


def marks_of(parsed: Outcome[ParsedFeed] | None) -> list[ItemMarks]:
    """What to look up of the items of a document, before ``sightings_of``."""
    return [
        ItemMarks(guid=i.guid, address=i.page_url or i.url, title=i.title, published_raw=i.published_raw)
        for i in _items(parsed)
    ]


def sightings_of(
    feed: DueFeed, response: Response, parsed: Outcome[ParsedFeed] | None, known: KnownItems
) -> FeedReading:
    """
    One sighting per item of the document, the known ones under their old id.

    An item is told apart by the first rung of the ladder that holds for it in this feed. What is left alike is told
    apart by its place among its like, so that every item has its row and a second poll of the same document, in
    whatever order, gives no new one.
    """
    poll_id = stable_id(feed.feed_url, response.fetched_utc.isoformat())
    items = _items(parsed)
    marks = [marks_of_item(item) for item in items]
    rung, reasons = degraded(marks, known.items, known.rule)
    ladder = Ladder(marks, known.items, rung)
    found = ladder.resolve()
    ids = {row.sighting_id for row in known.items}
    sightings: dict[int, Sighting] = {}
    fresh: dict[int, Sighting] = {}
    for place in ladder.order:
        row = found[place]
        if row is not None:
            sightings[place] = _sighting(
                feed, response, poll_id, items[place], row.item_key, row.item_key_rule, row.sighting_id
            )
            continue
        key, rule = ladder.key_of(marks[place])
        key = next(key for key in _numbered(key) if stable_id(feed.feed_url, key) not in ids)
        sighting_id = stable_id(feed.feed_url, key)
        ids.add(sighting_id)
        sightings[place] = fresh[place] = _sighting(feed, response, poll_id, items[place], key, rule, sighting_id)
    return FeedReading(
        poll_id=poll_id,
        sightings=tuple(sightings[place] for place in range(len(items))),
        fresh=tuple(fresh[place] for place in sorted(fresh)),
        rule=FeedRule(
            feed_url=feed.feed_url, since_utc=response.fetched_utc, item_key_rule=rung, reason="; ".join(reasons)
        )
        if reasons
        else None,
    )


def _items(parsed: Outcome[ParsedFeed] | None) -> tuple[FeedItem, ...]:
    return parsed.value.items if parsed and parsed.value else ()


def _numbered(key: str) -> Iterator[str]:
    """The key, then the key for its second like, its third ..."""
    yield key
    for n in count(2):
        yield f"{key}{SEPARATOR}{n}"


def _sighting(
    feed: DueFeed, response: Response, poll_id: str, item: FeedItem, key: str, rule: str, sighting_id: str
) -> Sighting:
    seen_utc = response.fetched_utc
    if item.page_url:
        state, reason = SightingState.PENDING, None
    elif item.url:
        state, reason = SightingState.ERROR, "the item's link is no web address"
    else:
        state, reason = SightingState.ERROR, "the item has no link"
    return Sighting(
        sighting_id=sighting_id,
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
        full_text=item.full_text,
    )
