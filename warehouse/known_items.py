"""What is known of the items of a feed: the sightings it gave, and how far its guids and links can be trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.store import Warehouse

MAX_PER_LINK = 50
"""
Sightings that are looked at because of their link alone, newest first: a ticker's address may stand for thousands. Two
are enough to see that a link stands for several items, and those of the same guid, date or title come besides. Where a
document is longer, as many as it has items.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMarks:
    """What an item in a document can be recognised by."""

    guid: str | None
    address: str | None
    """The cleaned address; the link as it stands where that is no web address."""
    title: str | None
    published_raw: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """An item that was sighted before."""

    sighting_id: str
    item_key: str
    item_key_rule: str
    url: str | None
    page_url: str | None
    title: str | None
    published_raw: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItems:
    """What a feed gave before that may be among the items of a document, oldest first."""

    rule: str = "guid"
    """The first rung of the ladder that may be trusted in this feed."""
    items: tuple[KnownItem, ...] = ()


def known_items(warehouse: Warehouse, documents: Mapping[str, Sequence[ItemMarks]]) -> dict[str, KnownItems]:
    """
    By feed: its sightings that share a guid, an address, or title and date with an item of its document.

    Args:
        documents: The items of each feed's document, by the feed's address.

    Returns:
        One entry per feed asked for. One pass over the sightings serves all of them: for 20 documents of 50 items it
        takes 0.1 s among 200,000 sightings, and 0.6 s among 2,000,000.
    """
    rules = warehouse.rows(
        "select feed_url, arg_max(item_key_rule, since_utc) as rule from core.feed_rule "
        "where list_contains(?, feed_url) group by feed_url",
        [list(documents)],
    )
    found: dict[str, list[KnownItem]] = {feed_url: [] for feed_url in documents}
    for row in _sightings(warehouse, documents):
        found[row["feed_url"]].append(KnownItem(**{field: row[field] for field in KnownItem.__slots__}))
    trusted = {row["feed_url"]: row["rule"] for row in rules}
    return {
        feed_url: KnownItems(rule=trusted.get(feed_url, "guid"), items=tuple(items))
        for feed_url, items in found.items()
    }


def _sightings(warehouse: Warehouse, documents: Mapping[str, Sequence[ItemMarks]]) -> list[dict[str, Any]]:
    marks = [(feed_url, item) for feed_url, items in documents.items() for item in items]
    if not marks:
        return []
    parameters: dict[str, object] = {name: [getattr(item, name) for _, item in marks] for name in ItemMarks.__slots__}
    return warehouse.rows(
        """
        with batch as (
            select
                unnest($feed_url::varchar[]) as feed_url,
                unnest($guid::varchar[]) as guid,
                unnest($address::varchar[]) as address,
                unnest($title::varchar[]) as title,
                unnest($published_raw::varchar[]) as published_raw
        ),
        marks as (
            select
                feed_url,
                guid,
                address,
                address || chr(31) || published_raw as dated,
                case when title is not null or address is null then concat(title, chr(31), published_raw) end as titled
            from batch
        ),
        alike as (
            select
                feed_url,
                sighting_id,
                item_key,
                item_key_rule,
                url,
                page_url,
                title,
                published_raw,
                first_seen_utc,
                coalesce(page_url, url) as address,
                split_part(item_key, chr(31), 1) in (select guid from marks where guid is not null)
                or address || chr(31) || published_raw in (select dated from marks where dated is not null)
                or concat(title, chr(31), published_raw) in (select titled from marks where titled is not null)
                as is_close
            from core.sighting
            where feed_url in (select feed_url from marks)
            and (is_close or address in (select address from marks where address is not null))
        )
        select *
        from alike
        qualify is_close or row_number() over (
            partition by feed_url, address order by first_seen_utc desc, sighting_id
        ) <= $per_link
        order by first_seen_utc, sighting_id
        """,
        parameters
        | {
            "feed_url": [feed_url for feed_url, _ in marks],
            "per_link": max(MAX_PER_LINK, *(len(items) for items in documents.values())),
        },
    )
