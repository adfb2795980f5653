"""Moves: permanent redirects over days switch the address; nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.polling.moves import MIN_DAYS, MIN_SPAN, lasting_move
from tests.conftest import NOW
from tests.flows.poll_parts import HOURS, WIRE, answer, failed, item, polled, polls
from tests.warehouse.rows import FEED, HOUR, register
from warehouse.feed_agenda import due_feeds
from warehouse.feed_past import Seen
from warehouse.gone_feeds import advice_on_feeds
from warehouse.store import open_warehouse

ITEMS = [item(n) for n in range(5)]
NEW = "http://new.example/feed.xml"


@pytest.fixture
def warehouse(home):
    with open_warehouse(home, "test") as warehouse:
        register(warehouse)
        yield warehouse


def sent_to(hour, url=NEW):
    return answer(HOURS[hour], ITEMS, permanent_url=url, final_url=url or FEED)


def test_three_days_of_permanent_redirects_move_a_feed(warehouse):
    """It is asked at the new address and keeps its name, so that its items stay the same."""
    polled(warehouse, sent_to(0), sent_to(24))
    assert due_feeds(warehouse, HOURS[47])[0].asked_url == FEED
    polled(warehouse, sent_to(48))

    (feed,) = due_feeds(warehouse, HOURS[50])
    assert (feed.feed_url, feed.asked_url) == (FEED, NEW)
    polled(warehouse, answer(HOURS[50], [*ITEMS, item(9)]))
    assert polls(warehouse, "asked_url", "n_new") == [(FEED, 5), (FEED, 0), (FEED, 0), (NEW, 1)]
    (move,) = warehouse.rows("select old_url, new_url, reason from core.feed_move")
    assert tuple(move.values()) == (
        FEED,
        NEW,
        "permanent redirects (301 or 308) lead there since 2025-12-03, seen on 3 days",
    )
    assert [(feed.feed_url, feed.asked_url) for feed in due_feeds(warehouse, HOURS[-1])] == [(FEED, NEW)]
    (advice,) = advice_on_feeds(warehouse.sql)
    assert (advice.sentence, advice.is_urgent) == (
        f'{FEED} moved and is asked at its new address. Write it into outlets/wire.toml: url = "{NEW}"',
        False,
    )


@pytest.mark.parametrize(
    "answers",
    [
        [sent_to(0), sent_to(2), sent_to(40)],  # two days
        [sent_to(11), sent_to(20), sent_to(36)],  # three days, 25 hours
        [sent_to(0), sent_to(24, None), sent_to(48)],  # 302, or none, between
        [sent_to(0), sent_to(24, "http://other.example/"), sent_to(48)],
        [sent_to(0), sent_to(24), failed(HOURS[48])],  # there is no feed
    ],
)
def test_what_moves_no_feed(warehouse, answers):
    """Too few days, too short, not always there, elsewhere in between, or no feed at the end."""
    polled(warehouse, *answers)

    assert warehouse.rows("select * from core.feed_move") == []


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from([NEW, None, "http://x.example/"])), max_size=12))
def test_a_move_rests_on_days_that_agree(polls):
    """The last polls, all to the same address, on three days and over 48 hours."""
    seen = [Seen(polled_utc=NOW + hour * HOUR, permanent_url=url) for hour, url in dict(polls).items()]
    move = lasting_move(WIRE, seen)

    newest = sorted(seen, key=lambda poll: poll.polled_utc)[::-1]
    others = [place for place, poll in enumerate(newest) if poll.permanent_url != newest[0].permanent_url]
    run = newest[: others[0]] if others else newest
    days = {poll.polled_utc.date() for poll in run}
    is_lasting = bool(run) and run[0].permanent_url is not None and len(days) >= MIN_DAYS
    is_lasting = is_lasting and run[0].polled_utc - run[-1].polled_utc >= MIN_SPAN
    assert (move is not None) == is_lasting


def test_a_new_address_that_dies_is_given_up(warehouse):
    """After three hard failures and two days; a passing failure is none of them."""
    polled(warehouse, sent_to(0), sent_to(24), sent_to(48), answer(HOURS[50], ITEMS))
    polled(warehouse, failed(HOURS[60]), failed(HOURS[80]))
    assert due_feeds(warehouse, HOURS[99])[0].asked_url == NEW
    polled(warehouse, failed(HOURS[100]))

    assert due_feeds(warehouse, HOURS[200])[0].asked_url == FEED
    assert warehouse.rows("select new_url from core.feed_move order by moved_utc")[-1] == {"new_url": FEED}
    assert advice_on_feeds(warehouse.sql) == []


def test_of_two_dead_addresses_neither_is_asked_for_ever(warehouse):
    """Moved twice, and both new ones are gone: back one by one, each with its three tries, to the registered one."""
    newer = "http://newer.example/feed.xml"
    polled(warehouse, *(sent_to(hour) for hour in (0, 24, 48)), *(sent_to(hour, newer) for hour in (72, 96, 120)))
    polled(warehouse, answer(HOURS[125], ITEMS), *(failed(HOURS[hour]) for hour in range(150, 700, 24)))

    moves = warehouse.rows("select old_url, new_url from core.feed_move order by moved_utc")
    assert [tuple(move.values()) for move in moves] == [(FEED, NEW), (NEW, newer), (newer, NEW), (NEW, FEED)]
    asked = polls(warehouse, "asked_url")[7:]
    assert [asked.count(url) for url in (newer, NEW)] == [3, 3]
    assert asked[6:] == [FEED] * 17


def test_an_address_that_gave_a_feed_since_is_gone_back_to(warehouse):
    """What was given up once may live again: only what died since the last feed is passed over."""
    newer, died = "http://newer.example/feed.xml", []
    polled(warehouse, *(sent_to(hour) for hour in (0, 24, 48)))
    for hour in (72, 320):
        polled(warehouse, *(sent_to(hour + wait, newer) for wait in (0, 24, 48)))
        polled(warehouse, answer(HOURS[hour + 50], ITEMS), *(failed(HOURS[hour + wait]) for wait in (76, 100, 124)))
        died.append(due_feeds(warehouse, HOURS[hour + 200])[0].asked_url)

    assert died == [NEW, NEW]
    assert polls(warehouse, "asked_url").count(newer) == 8


def test_a_feed_that_moves_home_is_asked_there(warehouse):
    """Three days of permanent redirects back to the registered address, which is no other feed's name."""
    polled(warehouse, *(sent_to(hour) for hour in (0, 24, 48)), *(sent_to(hour, FEED) for hour in (72, 96, 120)))

    assert [feed.asked_url for feed in due_feeds(warehouse, HOURS[200])] == [FEED]
