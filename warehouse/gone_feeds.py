"""Feeds that give no feed any more, and what is known of where they went."""

from dataclasses import dataclass

import duckdb

MIN_HARD = 3
"""Hard failures since the last success. At one a day or less that is days, and no accident of one deployment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneFeed:
    """A watched feed that failed hard for long."""

    feed_url: str
    outlet_id: str
    asked_url: str
    home: str
    """The outlet's front page."""
    n_hard: int
    error: str
    """Of the last failure."""
    known_urls: list[str]
    """Addresses that are no news: all watched feeds."""


def gone_feeds(connection: duckdb.DuckDBPyConnection) -> list[GoneFeed]:
    """Watched feeds whose last three polls or more failed hard and for which nothing was proposed yet."""
    cursor = connection.execute(
        """
        with polls as (
            select
                *,
                max(polled_utc) filter (where failure is distinct from 'hard' and failure is distinct from 'ours')
                    over (partition by feed_url) as other_utc
            from core.poll
        ),
        gone as (
            select
                feed_url,
                arg_max(coalesce(asked_url, feed_url), polled_utc) as asked_url,
                count(*)::integer as n_hard,
                arg_max(coalesce(error, 'no reason known'), polled_utc) as error
            from polls
            where failure = 'hard'
            and polled_utc > coalesce(other_utc, timestamptz '0001-01-01')
            group by feed_url
            having count(*) >= ?
        )
        select
            f.feed_url,
            f.outlet_id,
            g.asked_url,
            o.home,
            g.n_hard,
            g.error,
            (select list(feed_url) from core.feed where is_watched) as known_urls
        from gone as g
        join core.feed as f
            on g.feed_url = f.feed_url
        join core.outlet as o
            on f.outlet_id = o.outlet_id
        where f.is_watched
        and f.feed_url not in (select feed_url from core.feed_proposal)
        order by f.outlet_id, f.feed_url
        """,
        [MIN_HARD],
    )
    names = [column[0] for column in cursor.description or ()]
    return [GoneFeed(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class FeedAdvice:
    """What a person may write into the registry."""

    sentence: str
    is_urgent: bool
    """Nothing comes in until somebody decides."""


def advice_on_feeds(connection: duckdb.DuckDBPyConnection) -> list[FeedAdvice]:
    """One for each watched feed that moved, and for each address at which one that is gone may be."""
    rows = connection.execute(
        """
        select m.feed_url, f.outlet_id, arg_max(m.new_url, m.moved_utc) as new_url, null as found_on
        from core.feed_move as m
        join core.feed as f
            on m.feed_url = f.feed_url
        where f.is_watched
        group by all
        having new_url <> m.feed_url
        union all
        select p.feed_url, f.outlet_id, p.proposed_url, p.found_on
        from core.feed_proposal as p
        join core.feed as f
            on p.feed_url = f.feed_url
        where f.is_watched
        and p.proposed_url not in (select feed_url from core.feed where is_watched)
        order by 2, 1, 3
        """
    ).fetchall()
    return [FeedAdvice(_advice(*row), is_urgent=row[3] is not None) for row in rows]


def _advice(feed_url: str, outlet_id: str, url: str, found_on: str | None) -> str:
    file = f"outlets/{outlet_id}.toml"
    if found_on is None:
        return f'{feed_url} moved and is asked at its new address. Write it into {file}: url = "{url}"'
    return (
        f'{feed_url} gives no feed; {found_on} names another. If it is the right one, write into {file}: url = "{url}"'
    )
