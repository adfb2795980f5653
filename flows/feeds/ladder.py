"""The ladder of identity: by which of its marks an item is told apart in its feed, and known again."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urldefrag

from flows.feeds.parsing import FeedItem
from flows.pages.identity import is_front_page
from warehouse.known_items import KnownItem

GUID, URL, URL_DATE, URL_DATE_TITLE, TITLE_DATE = RUNGS = ("guid", "url", "url+date", "url+date+title", "title+date")
"""
From the most trusted down. The last is for items without a link, and for feeds whose links change while their items do
not.
"""
SEPARATOR = "\x1f"
"""Between the parts of a key; no character of XML, so that no guid or link of a feed holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What tells one item from another, as a document gives it or as it was stored."""

    guid: str | None
    link: str | None
    title: str | None
    date: str | None
    """As written; a feed that words its dates anew is rare, one whose dates cannot be read is not."""

    @property
    def all(self) -> tuple[str | None, ...]:
        return self.guid, self.link, self.title, self.date

    @property
    def story(self) -> tuple[str | None, str | None, str | None]:
        """All but the guid, which readers do not see."""
        return self.link, self.title, self.date


def marks_of_item(item: FeedItem) -> Marks:
    """What an item of a document says."""
    return Marks(guid=item.guid, link=link_of(item.url, item.page_url), title=item.title, date=item.published_raw)


def marks_of_known(known: KnownItem) -> Marks:
    """The guid is known where it was the key."""
    guid = known.item_key.split(SEPARATOR)[0] if known.item_key_rule == "guid" else None
    return Marks(guid=guid, link=link_of(known.url, known.page_url), title=known.title, date=known.published_raw)


def link_of(url: str | None, page_url: str | None) -> str | None:
    """
    What a link says of its item: the page, and the place on it that it points to.

    Entries of a ticker share a page and differ in the fragment; a fragment with ``=`` is tracking
    (``#sa-ns_mchannel=rss``).
    """
    if page_url is None:
        return url
    fragment = urldefrag(url or "").fragment
    return f"{page_url}#{fragment}" if fragment and "=" not in fragment and "#" not in page_url else page_url


class Ladder:
    """
    One document beside what its feed gave before.

    Args:
        items: The marks of its items.
        known: The sightings that may be among them, oldest first.
        rule: The first rung that may be trusted in this feed.
    """

    def __init__(self, items: Sequence[Marks], known: Sequence[KnownItem], rule: str) -> None:
        self.items = items
        self.known = [(row, marks_of_known(row)) for row in known]
        self.rule = rule
        self._vague_guids = shared((item.guid, item.link) for item in items)

    def guid_of(self, marks: Marks) -> str | None:
        """The guid where it may identify: one that stands for several links in the document does not."""
        return marks.guid if marks.guid not in self._vague_guids else None

    @cached_property
    def shared_links(self) -> set[object]:
        """Links that stand for several titles, in the document or by what was stored; a front page is anybody's."""
        here = shared((item.link, item.title) for item in self.items)
        before = shared((marks.link, marks.title) for _, marks in self.known)
        return here | before | {item.link for item in self.items if item.link and is_bare_front_page(item.link)}

    @cached_property
    def shared_dated(self) -> set[object]:
        """Pairs of link and date that stand for several titles."""
        here = shared(((item.link, item.date), item.title) for item in self.items)
        return here | shared(((marks.link, marks.date), marks.title) for _, marks in self.known)

    @cached_property
    def vague_links(self) -> set[object]:
        """Links that identify nothing: shared, found wanting before, or given twice in this document."""
        lower = {marks.link for row, marks in self.known if row.item_key_rule in (URL_DATE, URL_DATE_TITLE)}
        return self.shared_links | lower | _repeated(item.link for item in self.items)

    @cached_property
    def vague_dated(self) -> set[object]:
        """Pairs of link and date that identify nothing."""
        lower = {(marks.link, marks.date) for row, marks in self.known if row.item_key_rule == URL_DATE_TITLE}
        return self.shared_dated | lower | _repeated((item.link, item.date) for item in self.items)

    def key_of(self, item: Marks) -> tuple[str, str]:
        """``(key, rung)`` of an item that was never seen, by the first rung that holds."""
        guid, link, title, date = self.guid_of(item), item.link, item.title or "", item.date or ""
        if self.rule == GUID and guid:
            return guid, GUID
        if link is None or (self.rule == TITLE_DATE and title and date):
            return f"{title}{SEPARATOR}{date}", TITLE_DATE
        if self.rule not in (URL_DATE, URL_DATE_TITLE) and link not in self.vague_links:
            return link, URL
        if self.rule != URL_DATE_TITLE and date and (link, item.date) not in self.vague_dated:
            return f"{link}{SEPARATOR}{date}", URL_DATE
        return f"{link}{SEPARATOR}{date}{SEPARATOR}{title}", URL_DATE_TITLE

    def resolve(self) -> list[KnownItem | None]:
        """
        The known sighting of each item; ``None`` where it is new. One sighting serves one item.

        What agrees in more goes first, and among its like the order of the document does not count: the same items give
        the same answer however they are shuffled. A sighting from before its feed was degraded is still known by what
        it was known by then.
        """
        found: dict[int, KnownItem] = {}
        taken: set[str] = set()
        for key_of, may_differ in self._passes():
            rows: defaultdict[Hashable, list[tuple[KnownItem, Marks]]] = defaultdict(list)
            for row, marks in self.known:
                rows[key_of(marks)].append((row, marks))
            for place in self.order:
                item = self.items[place]
                key = key_of(item)
                if place in found or key is None:
                    continue
                for row, marks in rows[key]:
                    if row.sighting_id not in taken and (may_differ or not self._guids_differ(item, marks)):
                        found[place] = row
                        taken.add(row.sighting_id)
                        break
        return [found.get(place) for place in range(len(self.items))]

    @cached_property
    def order(self) -> list[int]:
        """The places of the items, by what they say."""
        return sorted(range(len(self.items)), key=lambda place: [mark or "" for mark in self.items[place].all])

    def _passes(self) -> list[tuple[Callable[[Marks], Hashable], bool]]:
        """What items and sightings are compared by, in order; may both have guids that differ?"""
        trusted: list[tuple[Callable[[Marks], Hashable], bool]] = [
            (lambda marks: (*marks.story, guid) if (guid := self.guid_of(marks)) else None, False),
            (self.guid_of, False),
        ]
        same_story: list[tuple[Callable[[Marks], Hashable], bool]] = [
            (lambda marks: marks.story if None not in marks.story else None, True),
            (lambda marks: marks.story, False),
        ]
        # The guid of an item that was sighted while guids were trusted still says something beside another mark.
        once_trusted: list[tuple[Callable[[Marks], Hashable], bool]] = [
            (lambda marks: (marks.guid, marks.link) if marks.guid and marks.link else None, False),
            (lambda marks: (marks.guid, marks.title) if marks.guid and marks.title else None, False),
        ]
        links: list[tuple[Callable[[Marks], Hashable], bool]] = [
            (lambda marks: marks.link if marks.link not in self.vague_links else None, False),
            (lambda marks: (marks.link, marks.date) if self._is_dated(marks) else None, False),
        ]
        titles: list[tuple[Callable[[Marks], Hashable], bool]] = [
            (lambda marks: (marks.title, marks.date) if marks.title and marks.date else None, False)
        ]
        first = trusted + same_story if self.rule == GUID else same_story + once_trusted
        return first + links + (titles if self.rule == TITLE_DATE else [])

    def _is_dated(self, marks: Marks) -> bool:
        return bool(marks.link and marks.date) and (marks.link, marks.date) not in self.vague_dated

    def _guids_differ(self, item: Marks, marks: Marks) -> bool:
        """Two guids that may both be trusted tell two items apart, whatever else is alike."""
        return self.rule == GUID and marks.guid is not None and self.guid_of(item) not in (None, marks.guid)


def shared(pairs: Iterable[tuple[Hashable, Hashable]]) -> set[object]:
    """The first halves that come with more than one second half."""
    return _repeated(name for name, _ in set(pairs))


def _repeated(names: Iterable[Hashable]) -> set[object]:
    return {name for name, n in Counter(names).items() if n > 1}


def is_bare_front_page(link: str) -> bool:
    """A front page without query or fragment, which may be a story's: ``/?p=123``, ``/#!/story/5``."""
    return is_front_page(link) and "?" not in link and "#" not in link
