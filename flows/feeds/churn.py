"""Guids and links that do not keep still: when a feed's ladder starts a rung lower."""

from collections import Counter
from collections.abc import Iterable, Sequence

from flows.feeds.ladder import GUID, TITLE_DATE, URL, URL_DATE, URL_DATE_TITLE, Ladder, Marks
from warehouse.known_items import KnownItem

MIN_ITEMS = 3
MIN_SHARE = 0.5
"""
Fewer items than three may be told anew by an editor, or be a rubric that keeps its address; a feed that generates its
guids or links anew does so for all it has, and half of them leaves room for items that are new in truth.
"""


def degraded(items: Sequence[Marks], known: Sequence[KnownItem], rule: str) -> tuple[str, list[str]]:
    """
    The rung that holds for a feed after this document, and why each one above it no longer does.

    A feed never climbs back: the old guids would be taken for new.

    Returns:
        The rung, and one sentence with figures for each that was found wanting; none where the rule stands.
    """
    reasons: list[str] = []
    if rule == GUID:
        reason = _unsteady_guids(Ladder(items, known, rule))
        if reason:
            rule = URL
            reasons.append(reason)
    ladder = Ladder(items, known, rule)
    if rule == GUID and any(ladder.guid_of(item) for item in items):
        return rule, reasons
    if rule != TITLE_DATE:
        reason = _churning_links(ladder)
        if reason:
            return TITLE_DATE, [*reasons, reason]
    if rule in (GUID, URL):
        reason = _shared_links(items, [item.link in ladder.shared_links for item in items], "a link")
        if reason:
            rule = URL_DATE
            reasons.append(reason)
    if rule == URL_DATE:
        reason = _shared_links(
            items, [(item.link, item.date) in ladder.shared_dated for item in items], "link and date"
        )
        if reason:
            rule = URL_DATE_TITLE
            reasons.append(reason)
    return rule, reasons


def _unsteady_guids(ladder: Ladder) -> str | None:
    """Old items under new guids, or new items under old ones."""
    by_guid = {marks.guid: marks for _, marks in ladder.known if marks.guid}
    here = {item.guid for item in ladder.items}
    gone = [marks for guid, marks in by_guid.items() if guid not in here]
    with_guid = [item for item in ladder.items if ladder.guid_of(item)]
    unknown = [item for item in with_guid if item.guid not in by_guid]
    old = _under_other_marks(unknown, ladder.items, gone)
    if _are_many(len(old), len(unknown)):
        return f"guids churn: of {len(unknown)} items with a new guid, {len(old)} were given before under another"
    again = [(item, by_guid[item.guid]) for item in with_guid if item.guid in by_guid]
    other = [
        item for item, before in again if _is_other(item.link, before.link) and _is_other(item.title, before.title)
    ]
    if _are_many(len(other), len(again)):
        return (
            f"guids are used again: of {len(again)} items with a known guid, {len(other)} have another link and title"
        )
    return None


def _under_other_marks(unknown: Sequence[Marks], items: Sequence[Marks], gone: Sequence[Marks]) -> list[Marks]:
    """Items whose link and title, or title and date, belonged to an item that is no longer in the document."""
    stories = {(marks.link, marks.title) for marks in gone} | {("", marks.title, marks.date) for marks in gone}
    n_links = Counter(item.link for item in items)
    n_dated = Counter((item.title, item.date) for item in items)
    return [
        item
        for item in unknown
        if item.title
        and (
            (item.link and n_links[item.link] == 1 and (item.link, item.title) in stories)
            or (item.date and n_dated[item.title, item.date] == 1 and ("", item.title, item.date) in stories)
        )
    ]


def _churning_links(ladder: Ladder) -> str | None:
    """Old items under new links."""
    here = {item.link for item in ladder.items}
    links = {marks.link for _, marks in ladder.known}
    gone = {(marks.title, marks.date) for _, marks in ladder.known if marks.link and marks.link not in here}
    n_alike = Counter((item.title, item.date) for item in ladder.items)
    unknown = [item for item in ladder.items if item.link and item.link not in links]
    old = [
        item
        for item in unknown
        if item.title and item.date and n_alike[item.title, item.date] == 1 and (item.title, item.date) in gone
    ]
    if _are_many(len(old), len(unknown)):
        return f"links churn: of {len(unknown)} items with a new link, {len(old)} had their title and date before"
    return None


def _shared_links(items: Sequence[Marks], are_vague: Iterable[bool], what: str) -> str | None:
    vague = [item for item, is_vague in zip(items, are_vague, strict=True) if item.link and is_vague]
    n_linked = sum(item.link is not None for item in items)
    if _are_many(len(vague), n_linked):
        n_links = len({item.link for item in vague})
        return f"{what} stands for several items: {len(vague)} of {n_linked} share {n_links} of them"
    return None


def _is_other(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _are_many(n: int, of: int) -> bool:
    return n >= MIN_ITEMS and n >= MIN_SHARE * of
