"""Outages of our own: when most hosts are silent at once, the fault is not theirs."""

from collections.abc import Iterable
from datetime import timedelta

from flows.fetching.domains import registrable_domain
from flows.fetching.exchange import FetchStatus, Response
from warehouse.feed_agenda import HostSign

MIN_HOSTS = 3
"""With fewer, half of them is one."""
LONGEST = timedelta(days=1)
"""A host that is silent for longer, while any other speaks or where there are too few to compare, is silent by itself.
Otherwise a dead feed that is watched alone would be asked at every run for ever; our own network is mended within a
day, and where it is not, the feeds are asked once a day at least and at full speed from the first answer on."""
SILENT = frozenset({FetchStatus.UNREACHABLE, FetchStatus.TIMEOUT})


def is_silent(response: Response) -> bool:
    """Did the network give nothing? What the guard or the host's pause kept back was not asked for."""
    return response.was_asked and response.http_status is None and response.status in SILENT


def is_comparable(watched_urls: Iterable[str]) -> bool:
    """Are there hosts enough to tell their silence from our own?"""
    return len({registrable_domain(url) for url in watched_urls}) >= MIN_HOSTS


def is_our_outage(
    answers: Iterable[tuple[str, Response]], signs: Iterable[HostSign], watched_urls: Iterable[str]
) -> bool:
    """
    Are the silent among these answers our own fault?

    Judged by registrable domain, over the hosts that spoke when last asked before or are new: one that was silent
    before says nothing of our network today. More than half of at least ``MIN_HOSTS`` must be silent. Who watches fewer
    hosts than that cannot tell their silence from its own; there all of them must be silent.

    Args:
        answers: Each with the address asked.
        signs: Of these feeds and of all that were polled earlier in this run.
        watched_urls: Of all watched feeds.
    """
    was_silent: dict[str, bool] = {}
    is_silent_now: dict[str, bool] = {}
    for sign in signs:
        domain = registrable_domain(sign.asked_url)
        was_silent[domain] = was_silent.get(domain, True) and sign.was_silent
        if sign.is_silent is not None:
            is_silent_now[domain] = is_silent_now.get(domain, True) and sign.is_silent
    newest: dict[str, bool] = {}
    for url, response in answers:
        if is_silent(response) or response.has_answer:
            domain = registrable_domain(url)
            newest[domain] = newest.get(domain, True) and is_silent(response)
    is_silent_now |= newest
    telling = [silent for domain, silent in is_silent_now.items() if not was_silent.get(domain, False)]
    if not is_comparable(watched_urls):
        return bool(telling) and all(telling)
    return len(telling) >= MIN_HOSTS and 2 * sum(telling) > len(telling)
