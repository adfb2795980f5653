"""Discovery: where a feed that is gone may have moved to. It is proposed to a person, never followed."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin

from flows.feeds.parsing import parse_feed
from flows.fetching.exchange import FetchStatus, Request, Response, Session
from flows.fetching.redirects import web_address
from flows.fetching.session import MAX_FEED_BYTES, MAX_PAGE_BYTES
from flows.pages.page_dates import parse_html
from flows.workers import run_in_workers
from warehouse.feed_records import FeedProposal
from warehouse.gone_feeds import GoneFeed

FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"}
)
Asked = tuple[str, str]
"""Outlet and address."""
MAX_LINKS = 10
"""Of one page: some name a feed for each section, and ten are as many as anybody will look at."""


def feed_links(body: bytes, url: str) -> list[str]:
    """
    The feeds that a page names in ``<link rel="alternate">``, absolute, in its order.

    Source:
        RSS Advisory Board, RSS Autodiscovery; RFC 4287 names none, but browsers read Atom alike.
    """
    tree = parse_html(body)
    if tree is None:
        return []
    base = next((urljoin(url, element.get("href") or "") for element in tree.iter("base")), url)
    found: dict[str, None] = {}
    for link in tree.iter("link"):
        is_alternate = "alternate" in (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        address = web_address(_joined(base, (link.get("href") or "").strip()))
        if is_alternate and kind in FEED_TYPES and address is not None:
            found.setdefault(str(address))
    return list(found)[:MAX_LINKS]


def rediscover(feeds: Sequence[GoneFeed], session: Session, now: datetime) -> list[FeedProposal]:
    """
    Look for the new addresses of feeds that are gone, on what their old address answers and on the home page.

    Returns:
        One proposal for each address named there that answers with a feed which holds items.
    """
    pages = dict.fromkeys((feed.outlet_id, url) for feed in feeds for url in (feed.asked_url, feed.home))
    named = _links_on(list(pages), session)
    found = [
        (feed, url, link)
        for feed in feeds
        for url in (feed.asked_url, feed.home)
        for link in named.get((feed.outlet_id, url), [])
        if link not in feed.known_urls
    ]
    good = _feeds_among(list(dict.fromkeys((feed.outlet_id, link) for feed, _, link in found)), session)
    return [
        FeedProposal(
            feed_url=feed.feed_url,
            proposed_url=link,
            found_utc=now,
            found_on=url,
            reason=f"the feed failed {feed.n_hard} times since it last answered: {feed.error}",
        )
        for feed, url, link in found
        if (feed.outlet_id, link) in good
    ]


def _links_on(pages: Sequence[Asked], session: Session) -> dict[Asked, list[str]]:
    answers = _good_answers(pages, session, MAX_PAGE_BYTES, is_cut_off=True)
    calls = [(response.body, response.final_url or response.url) for response in answers.values()]
    found = run_in_workers(feed_links, calls)
    return {asked: outcome.value or [] for asked, outcome in zip(answers, found, strict=True)}


def _feeds_among(links: Sequence[Asked], session: Session) -> set[Asked]:
    answers = _good_answers(links, session, MAX_FEED_BYTES)
    calls = [(r.body, r.content_type, r.final_url or r.url) for r in answers.values()]
    read = run_in_workers(parse_feed, calls)
    return {asked for asked, outcome in zip(answers, read, strict=True) if outcome.value and outcome.value.items}


def _good_answers(
    asked: Sequence[Asked], session: Session, max_bytes: int, is_cut_off: bool = False
) -> dict[Asked, Response]:
    requests = [
        Request(url=url, max_bytes=max_bytes, is_cut_off=is_cut_off, kind="discovery", outlet_id=outlet_id)
        for outlet_id, url in asked
    ]
    responses = session.fetch_all(requests)
    return {
        place: response for place, response in zip(asked, responses, strict=True) if response.status is FetchStatus.OK
    }


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:  # http://[
        return ""
