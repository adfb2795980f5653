"""Who asked for what the archive holds, as far as a replay has come. No schedule is looked at."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from warehouse import agenda
from warehouse.agenda import DuePage
from warehouse.feed_agenda import DueFeed
from warehouse.revisits import DueRevisit
from warehouse.store import Warehouse
from warehouse.warc import Capture

EVER = datetime(9000, 1, 1, tzinfo=UTC)
"""By then everything is due."""


def feeds_asked(warehouse: Warehouse, captures: Sequence[Capture]) -> list[DueFeed]:
    """The feeds that these captures are answers of, in their order, with the validators that were sent."""
    moves = warehouse.rows(
        """
        select m.new_url, m.feed_url, f.outlet_id
        from core.feed_move as m
        join core.feed as f
            on m.feed_url = f.feed_url
        where m.new_url not in (select feed_url from core.feed)
        order by m.moved_utc
        """
    )
    paces = dict(warehouse.sql.execute("select feed_url, interval_minutes from core.feed").fetchall())
    moved = {(row["outlet_id"], row["new_url"]): row["feed_url"] for row in moves}
    feeds = []
    for capture in captures:
        sent = {name.lower(): value for name, value in capture.exchanges[0].request_headers}
        feed_url = moved.get((capture.outlet_id, capture.asked_url), capture.asked_url)
        feeds.append(
            DueFeed(
                feed_url=feed_url,
                outlet_id=capture.outlet_id or "",
                etag=sent.get("if-none-match"),
                last_modified=sent.get("if-modified-since"),
                moved_url=capture.asked_url if feed_url != capture.asked_url else None,
                interval_minutes=paces.get(feed_url),
            )
        )
    return feeds


def pages_waiting(warehouse: Warehouse) -> list[DuePage]:
    """All pages that pending sightings wait for, in the order of ingest."""
    return agenda.due_pages(warehouse, EVER)


def articles_at(warehouse: Warehouse, asked: Collection[tuple[str | None, str]]) -> list[DueRevisit]:
    """The articles whose latest revision was read at one of these addresses of their outlets."""
    rows = warehouse.rows(
        """
        select a.article_id, a.outlet_id, f.url, r.title
        from core.article as a
        join core.article_revision as r
            on a.article_id = r.article_id
        join core.fetch as f
            on r.fetch_id = f.fetch_id
        qualify row_number() over (partition by a.article_id order by r.seen_utc desc, r.revision_id) = 1
        and list_contains($urls, f.url)
        order by a.article_id
        """,
        {"urls": sorted(url for _, url in asked)},
    )
    return [DueRevisit(**row) for row in rows if (row["outlet_id"], row["url"]) in asked]


def decided_sightings(warehouse: Warehouse, sighting_ids: Iterable[str]) -> set[str]:
    """Those of these sightings that are stored and no longer pending."""
    rows = warehouse.rows(
        "select sighting_id from core.sighting where list_contains(?, sighting_id) and state <> 'pending'",
        [list(sighting_ids)],
    )
    return {row["sighting_id"] for row in rows}
