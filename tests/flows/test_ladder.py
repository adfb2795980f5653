"""The ladder: one item, many sightings, through polls that are stored in a real database."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.ladder import RUNGS
from flows.feeds.parsing import FeedItem, ParsedFeed
from flows.feeds.sightings import FeedReading, marks_of, sightings_of
from flows.fetching.exchange import FetchStatus, Response
from flows.pages.identity import clean_url
from flows.workers import Outcome
from warehouse.feed_agenda import DueFeed
from warehouse.feed_records import FeedRule
from warehouse.home import create_home
from warehouse.known_items import ItemMarks, KnownItem, KnownItems, known_items
from warehouse.records import Sighting
from warehouse.store import Warehouse, open_warehouse

START = datetime(2025, 12, 3, tzinfo=UTC)
NUMBERS = count()


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory) -> Iterator[Warehouse]:
    with open_warehouse(create_home(tmp_path_factory.mktemp("ladder") / "home"), "test") as warehouse:
        yield warehouse


class Newsroom:
    """One feed, polled once an hour."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.url = f"http://feed-{next(NUMBERS)}.example/rss"
        self.now = START

    def poll(self, *items: FeedItem) -> FeedReading:
        """Give a document, and store what it brings."""
        self.now += timedelta(hours=1)
        parsed = document(items)
        known = known_items(self.warehouse, {self.url: marks_of(parsed)})[self.url]
        reading = sightings_of(feed(self.url), answer(self.url, self.now), parsed, known)
        assert self.warehouse.save(reading.fresh) == len(reading.fresh)
        self.warehouse.save([reading.rule] if reading.rule else [])
        return reading

    @property
    def n_sightings(self) -> int:
        return self.warehouse.rows("select count(*) as n from core.sighting where feed_url = ?", [self.url])[0]["n"]


def feed(url: str) -> DueFeed:
    return DueFeed(feed_url=url, outlet_id="wire", etag=None, last_modified=None)


def document(items: Iterable[FeedItem]) -> Outcome[ParsedFeed]:
    return Outcome(value=ParsedFeed(feed_format="rss20", items=tuple(items), error=None), error=None)


def answer(url: str, now: datetime) -> Response:
    return Response(
        url=url,
        final_url=url,
        status=FetchStatus.OK,
        http_status=200,
        content_type=None,
        etag=None,
        last_modified=None,
        body=b"x",
        fetched_utc=now,
        elapsed_ms=1,
        error=None,
    )


def item(
    guid: str | None = None, url: str | None = None, title: str | None = None, date: str | None = None
) -> FeedItem:
    return FeedItem(
        guid=guid,
        url=url,
        page_url=clean_url(url) if url else None,
        title=title,
        summary=None,
        published_raw=date,
        published_utc=None,
    )


def story(n: int, guid: str | None = None, query: str = "", host: str = "wire.example", date: bool = True) -> FeedItem:
    """A story with an address, a title and a date of its own."""
    day = f"Wed, 03 Dec 2025 {n % 24:02d}:00:00 GMT" if date else None
    return item(guid, f"https://{host}/news/{n}-talks{query}", f"Talks, round {n}", day)


@pytest.fixture
def newsroom(warehouse) -> Newsroom:
    return Newsroom(warehouse)


def test_guids_made_anew_at_every_poll(newsroom):
    """Each item has one sighting, and the degradation is logged with its figures."""
    readings = [newsroom.poll(*(story(n, guid=f"{poll}-{n}") for n in range(poll, poll + 10))) for poll in range(5)]

    assert [len(reading.fresh) for reading in readings] == [10, 1, 1, 1, 1]
    assert newsroom.n_sightings == 14
    assert [reading.rule and reading.rule.item_key_rule for reading in readings] == [None, "url", None, None, None]
    assert readings[1].rule == FeedRule(
        feed_url=newsroom.url,
        since_utc=START + timedelta(hours=2),
        item_key_rule="url",
        reason="guids churn: of 10 items with a new guid, 9 were given before under another",
    )


def test_half_of_the_guids_made_anew(newsroom):
    """Those that stay go on as they were; none is sighted twice."""
    polls = [newsroom.poll(*(story(n, guid=f"{poll if n % 2 else 0}-{n}") for n in range(10))) for poll in range(4)]

    assert [len(reading.fresh) for reading in polls] == [10, 0, 0, 0]
    assert {s.sighting_id for s in polls[0].sightings} == {s.sighting_id for s in polls[3].sightings}


def test_new_guids_of_new_items_are_no_churn(newsroom):
    """Also where an editor tells two old items anew."""
    newsroom.poll(*(story(n, guid=str(n)) for n in range(10)))
    reading = newsroom.poll(*(story(n, guid=str(n)) for n in range(8, 18)), story(1, guid="again"), story(2, guid="2b"))

    assert (len(reading.fresh), reading.rule) == (8, None)


def test_guids_that_count_places_are_used_again(newsroom):
    """A guid that is the item's place in the document would swallow all that comes after."""
    newsroom.poll(*(story(n, guid=f"item-{n}") for n in range(6)))
    reading = newsroom.poll(*(story(n + 6, guid=f"item-{n}") for n in range(6)))

    assert len(reading.fresh) == 6
    assert reading.rule.reason == "guids are used again: of 6 items with a known guid, 6 have another link and title"


def test_a_feed_without_guids(newsroom):
    """The link is the item; tracking that changes with each poll is not."""
    polls = [
        newsroom.poll(*(story(n, query=f"?utm_campaign={poll}") for n in range(poll, poll + 5))) for poll in range(3)
    ]

    assert [len(reading.fresh) for reading in polls] == [5, 1, 1]
    assert not any(reading.rule for reading in polls)


@pytest.mark.parametrize("guid", [None, "https://wire.example/news/{n}?sid={poll}"])
def test_links_with_a_session(newsroom, guid):
    """Title and date hold where each poll gives another address, also where the guid repeats it."""
    polls = [
        newsroom.poll(
            *(story(n, guid and guid.format(n=n, poll=poll), f"?visit={poll}") for n in range(poll, poll + 6))
        )
        for poll in range(3)
    ]

    assert [len(reading.fresh) for reading in polls] == [6, 1, 1]
    assert polls[1].rule.item_key_rule == "title+date"
    assert "links churn: of 6 items with a new link, 5 had their title and date before" in polls[1].rule.reason


def test_an_edited_item_stays_one(newsroom):
    """Another title, address or date under the same guid; another title or date under the same link."""
    newsroom.poll(story(1, guid="1"), story(2))
    edited = newsroom.poll(
        item("1", "https://wire.example/news/1-talks-end", "Talks end", "later"),
        item(None, "https://wire.example/news/2-talks", "Talks fail", "later"),
    )

    assert (edited.fresh, edited.rule, newsroom.n_sightings) == ((), None, 2)


@pytest.mark.parametrize("link", ["https://wire.example/live", "https://wire.example/"])
def test_one_address_for_many_items(newsroom, link):
    """A ticker: the date tells its entries apart, and the title where they share a minute."""
    entries = [item(None, link, f"Entry {n}", f"minute {n}") for n in range(8)]
    polls = [newsroom.poll(*entries[n : n + 4]) for n in range(4)]
    alone = newsroom.poll(item(None, link, "Entry 9", "minute 9"))
    retitled = newsroom.poll(item(None, link, "Entry 9, corrected", "minute 9"))
    together = newsroom.poll(*(item(None, link, f"Flash {n}", "minute 10") for n in range(4)))
    one_more = newsroom.poll(item(None, link, "Flash 5", "minute 10"))

    assert [len(reading.fresh) for reading in polls] == [4, 1, 1, 1]
    assert [len(reading.fresh) for reading in (alone, retitled, together, one_more)] == [1, 0, 4, 1]
    assert polls[0].rule.reason == "a link stands for several items: 4 of 4 share 1 of them"
    assert together.rule.item_key_rule == "url+date+title"


def test_entries_that_point_to_places_on_one_page(newsroom):
    """Fragments tell them apart; one that is tracking does not."""
    newsroom.poll(*(item(None, f"https://wire.example/live#e{n}", f"Entry {n}") for n in range(4)))
    reading = newsroom.poll(
        *(item(None, f"https://wire.example/live#e{n}", f"Entry {n}!") for n in range(1, 5)),
        item(None, "https://wire.example/news#ns=rss", "News"),
    )

    assert len(reading.fresh) == 2
    assert newsroom.poll(item(None, "https://wire.example/news#ns=atom", "News")).fresh == ()


def test_rotating_mirrors(newsroom):
    """The guid holds whatever host the feed hands out this hour; without one, title and date do."""
    hosts = ["www.home.example", "mirror-one.test", "mirror-two.test"]
    kept = [newsroom.poll(*(story(n, guid=f"home/{n}", host=host) for n in range(5))) for host in hosts]
    other = Newsroom(newsroom.warehouse)
    bare = [other.poll(*(story(n, host=host) for n in range(5))) for host in hosts]

    assert [len(reading.fresh) for reading in kept + bare] == [5, 0, 0, 5, 0, 0]


def test_a_tickers_address_does_not_bring_a_years_entries(newsroom):
    """What is looked up stays small: what the document may hold, and enough of the rest to see what the link is."""
    for start in range(0, 400, 100):
        newsroom.poll(*(item(str(n), "https://wire.example/live", f"Entry {n}") for n in range(start, start + 100)))

    marks = ItemMarks(guid="7", address="https://wire.example/live", title="Entry 7", published_raw=None)
    found = known_items(newsroom.warehouse, {newsroom.url: [marks], "http://silent.example/": []})

    assert 50 <= len(found[newsroom.url].items) <= 51
    assert "7" in {known.item_key for known in found[newsroom.url].items}
    assert found["http://silent.example/"].items == ()


FEW = st.one_of(st.none(), st.sampled_from("abc"))
LINKS = st.sampled_from(
    ("http://a.example/1", "http://a.example/2#a", "http://a.example/2#b", "http://a.example/", "mailto:x")
)
DOCUMENTS = st.lists(
    st.lists(st.builds(item, guid=FEW, url=st.one_of(st.none(), LINKS), title=FEW, date=FEW), max_size=7),
    min_size=1,
    max_size=4,
)


@given(st.sampled_from(RUNGS), DOCUMENTS, st.randoms(use_true_random=False))
def test_the_same_document_again_brings_nothing_new(rule: str, documents: list[list[FeedItem]], order: random.Random):
    """In any order of its items, under any rule, whatever came before; and each item has a sighting of its own."""
    known = KnownItems(rule=rule)
    for items in documents:
        ids = []
        for again in range(3):
            shuffled = order.sample(items, len(items))
            reading = sightings_of(feed("f"), answer("f", START), document(shuffled), known)
            known = KnownItems(
                rule=reading.rule.item_key_rule if reading.rule else known.rule,
                items=known.items + tuple(map(as_known, reading.fresh)),
            )
            ids.append({sighting.sighting_id for sighting in reading.sightings})

            assert len(ids[-1]) == len(items)
            assert not (again and reading.fresh)
        assert ids[0] == ids[1] == ids[2]


def as_known(sighting: Sighting) -> KnownItem:
    return KnownItem(**{field: getattr(sighting, field) for field in KnownItem.__slots__})


@pytest.mark.parametrize("seed", range(5))
def test_nor_where_only_what_is_like_it_is_looked_up(newsroom, seed):
    """The same with what the database gives for a document."""
    order = random.Random(seed)
    marks = [
        [None, *"abc"],
        [None, "http://a.example/1", "http://a.example/2#a", "mailto:x"],
        [None, *"abc"],
        [None, *"ab"],
    ]
    for _ in range(5):
        items = [item(*map(order.choice, marks)) for _ in range(order.randrange(9))]
        newsroom.poll(*items)

        assert newsroom.poll(*order.sample(items, len(items))).fresh == ()
