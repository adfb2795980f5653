"""Moves: permanent redirects over days switch the address; nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.polling.moves import MIN_DAYS, MIN_SPAN, lasting_move
from tests.conftest import NOW
from tests.flows.poll_parts import HOURS, WIRE, answer, failed, item, polled, polls
from tests.warehouse.rows import FEED, HOUR, register
from warehouse.feed_agenda import Seen, due_feeds
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
