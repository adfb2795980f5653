"""When the replay polls, and what it can see."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from flows.demo.feeds import feed_items
from flows.demo.records import DemoArticle, Site, load_plan

POLL_TIME: Final = time(23, 59)
"""UTC; once a day."""


def poll_times(articles: Sequence[DemoArticle]) -> list[datetime]:
    """One moment a day from the first article (of those given, by time) to the last change, quiet days included."""
    first, last = articles[0].published.date(), articles[-1].updated.date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [datetime.combine(day, POLL_TIME, UTC) for day in days]


@cache
def our_outage() -> frozenset[date]:
    """UTC days on which no name can be looked up."""
    return frozenset(load_plan()["our_outage"])


def count_sightings(site: Site, articles: Sequence[DemoArticle]) -> Counter[str]:
    """
    How many items the polls find in one outlet's feed for each page.

    Args:
        site: Its feed may be short, its server down on some days, and its guids may change from day to day.
        articles: The whole archive, by time of publication.

    Returns:
        Number of items by path. A page whose items left the feed before a poll could read it is not there.
    """
    own = [article for article in articles if article.outlet_id == site.outlet_id]
    seen: dict[str, str] = {}
    for now in poll_times(articles):
        today = now.date()
        if today not in {*site.outage, *our_outage()}:
            published = [article for article in own if article.published <= now]
            seen |= {url: article.path for article, url, _ in feed_items(site, published, today)}
    return Counter(seen.values())
