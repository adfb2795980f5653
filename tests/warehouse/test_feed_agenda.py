"""Which feeds are due, with which validators, and what the log makes of their answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.fetching.exchange import FetchStatus
from flows.polling.cadence import CEILING, FLOOR
from flows.polling.outage import is_our_outage
from flows.polling.stage import store_polls
from flows.reports import IngestReport
from framing.checks import MINUTES
from tests.flows.poll_parts import HOURS, WIRE, answer, failed, item, page, polled, polls
from tests.warehouse.rows import FEED, poll_row, register
from warehouse.agenda import EARLY, POLL_EVERY
from warehouse.archived_asks import feeds_asked
from warehouse.feed_agenda import DueFeed, due_feeds
from warehouse.feed_past import FeedStanding, feed_standings
from warehouse.store import open_warehouse
from warehouse.warc import Capture, Exchange

ITEMS = [item(n) for n in range(5)]
TAG = {"etag": '"v1"', "last_modified": "Wed, 03 Dec 2025 12:00:00 GMT"}


@pytest.fixture
def warehouse(home):
    with open_warehouse(home, "test") as warehouse:
        register(warehouse)
        yield warehouse


def test_a_feed_is_due_when_its_time_has_come(warehouse):
    """At once when it was never asked, then not before the log says, to the second."""
    assert due_feeds(warehouse, HOURS[0]) == [WIRE]
    polled(warehouse, answer(HOURS[0], ITEMS))
    (due,) = polls(warehouse, "next_utc")

    assert due_feeds(warehouse, due - timedelta(seconds=1)) == []
    assert len(due_feeds(warehouse, due)) == 1
    assert HOURS[0] < due <= HOURS[0] + POLL_EVERY


def test_a_log_without_plan_is_due_at_the_usual_pace(warehouse):
    """Rows of an older version name no next time: an update must not have all hosts asked at once."""
    warehouse.save([poll_row("p1")])

    assert due_feeds(warehouse, HOURS[0] + POLL_EVERY - EARLY - timedelta(seconds=1)) == []
    assert due_feeds(warehouse, HOURS[0] + POLL_EVERY - EARLY) == [WIRE]


def test_a_clock_that_once_ran_ahead_silences_no_feed(warehouse):
    """Set back, the feed is due by what was planned before; its rows of the future wait for their time."""
    polled(warehouse, answer(HOURS[0], ITEMS), answer(HOURS[24 * 31], ITEMS))

    assert len(due_feeds(warehouse, HOURS[2])) == 1


def test_validators_are_sent_until_the_audit(warehouse):
    """Those of the last full body, through 304s, for six hours."""
    polled(warehouse, answer(HOURS[0], ITEMS, **TAG), answer(HOURS[2], None))

    (asked,) = due_feeds(warehouse, HOURS[5])
    (audited,) = due_feeds(warehouse, HOURS[6])

    assert (asked.etag, asked.last_modified) == (TAG["etag"], TAG["last_modified"])
    assert (audited.etag, audited.last_modified) == (None, None)


def test_a_validator_that_lied_is_not_trusted_for_a_month(warehouse):
    """Other items under the same ETag, found by the audit; then it is tried again."""
    polled(warehouse, answer(HOURS[0], ITEMS, **TAG), answer(HOURS[7], [item(9), *ITEMS[1:]], **TAG))

    assert polls(warehouse, "is_conditional", "validator_lied") == [(False, None), (False, True)]
    assert due_feeds(warehouse, HOURS[9])[0].etag is None
    polled(warehouse, answer(HOURS[24 * 31], ITEMS, **TAG | {"etag": '"v2"'}))
    assert due_feeds(warehouse, HOURS[24 * 31 + 2])[0].etag == '"v2"'


@pytest.mark.parametrize(
    ("hour", "items", "headers", "lied"),
    [
        (2, ITEMS, TAG, False),  # the very same again: it ignores conditions, which is no lie
        (2, [item(9), *ITEMS[1:]], TAG, True),
        (2, [item(9), *ITEMS[1:]], {"etag": '"v2"'}, False),
        (7, [item(9), *ITEMS[1:]], {"last_modified": TAG["last_modified"]}, False),  # the tag is gone
        (7, ITEMS[::-1], TAG, False),  # a body that differs in order, or in the time it was written at
        (2, ITEMS[::-1], TAG, True),  # but 200 was said to the very tag
    ],
)
def test_what_is_a_lie(warehouse, hour, items, headers, lied):
    """Another body under the same validator."""
    polled(warehouse, answer(HOURS[0], ITEMS, **TAG), answer(HOURS[hour], items, **headers))

    assert polls(warehouse, "is_conditional", "validator_lied")[1] == (hour == 2, lied)


def test_failures_slow_a_feed_and_the_first_success_restores_it(warehouse):
    """Never forgotten: however long it fails it is asked once a day, and at full speed again when it answers."""
    polled(warehouse, answer(HOURS[0], ITEMS))
    waits = []
    for n in range(1, 12):
        polled(warehouse, failed(HOURS[24 * n]))
        waits.append(polls(warehouse, "next_utc")[-1] - HOURS[24 * n])
    assert feed_standings(warehouse, [FEED])[FEED].n_hard == 11
    polled(warehouse, answer(HOURS[24 * 13], ITEMS))

    assert waits[:6] == sorted(waits[:6])  # then all are a day, jitter apart
    assert timedelta(minutes=20) < waits[0] < timedelta(minutes=30)
    assert timedelta(hours=23) < waits[-1] <= CEILING
    assert set(polls(warehouse, "interval_s")) == {900.0}
    assert polls(warehouse, "next_utc")[-1] <= HOURS[24 * 13] + POLL_EVERY
    assert feed_standings(warehouse, [FEED])[FEED].n_hard == 0


def test_failures_weigh_by_their_class(warehouse):
    """One of each; HTML instead of a feed is as hard as gone."""
    polled(warehouse, answer(HOURS[0], ITEMS, **TAG))
    polled(warehouse, page(HOURS[1]), failed(HOURS[2], FetchStatus.BLOCKED, 403))
    polled(warehouse, failed(HOURS[6], FetchStatus.SERVER_ERROR, 500))

    standing = feed_standings(warehouse, [FEED])[FEED]
    assert (standing.n_hard, standing.n_soft, standing.n_temporary) == (1, 1, 1)
    assert (standing.success_utc, standing.etag, standing.interval_s) == (HOURS[0], TAG["etag"], 900.0)
    assert polls(warehouse, "next_reason")[-1] == "50 minutes after failures that weigh 1.75"
    assert feed_standings(warehouse, ["http://never.example/"]) == {}
    assert FeedStanding().document is None


def test_what_a_document_asks_for_holds_through_304(warehouse):
    """A ttl of two hours stands in the document, and an answer without a body does not take it back."""
    polled(warehouse, asking(HOURS[0], ttl_s=7200, skip_hours=(17,)), answer(HOURS[3], None))

    assert polls(warehouse, "next_utc") == [HOURS[2], HOURS[6]]  # 15:00 + 2 h is skipped


def asking(now, **wishes):
    """A document that asks for patience."""
    response, outcome = answer(now, ITEMS)
    return response, replace(outcome, value=replace(outcome.value, **wishes))


def test_skipped_hours_hold_after_an_outage_of_ours(warehouse):
    """It excuses the feed, not us: the next run is put off to the first hour that is allowed, for a day at most."""
    feeds = watch(warehouse, 3)
    wishes = ({"skip_hours": (13, 14)}, {"skip_days": tuple(range(7))}, {})
    store_polls(warehouse, feeds, [asking(HOURS[0], **wish) for wish in wishes], IngestReport())
    store_polls(warehouse, feeds, [silence(HOURS[1])] * 3, IngestReport())

    rows = warehouse.rows("select failure, next_utc from core.poll where polled_utc = ? order by feed_url", [HOURS[1]])
    soon = HOURS[1] + POLL_EVERY - EARLY
    assert [tuple(row.values()) for row in rows] == [
        ("ours", HOURS[3]),
        ("ours", soon + CEILING),
        ("ours", soon),
    ]


@pytest.mark.parametrize(
    ("wishes", "due_hours"),
    [
        ({}, {1, 2, 3, 24, 25, 26, 47, 48}),
        ({"skip_hours": (13, 14)}, {3, 24, 25, 26, 47, 48}),  # 12:00 + 1 is 13:00; after a day's wait it is asked
        ({"skip_days": (3, 4, 5)}, {1, 2, 3, 25, 26, 47, 48}),  # NOW is a Wednesday; Thursday begins at + 12
        ({"skip_days": tuple(range(7))}, {25, 26, 47, 48}),  # planned a day later, in the midst of them
    ],
)
def test_skipped_hours_hold_for_runs_that_come_late(warehouse, wishes, due_hours):
    """The machine slept: what was planned before the skipped hours is not asked in them, for a day at most."""
    polled(warehouse, asking(HOURS[0], **wishes))

    assert {hour for hour in (1, 2, 3, 24, 25, 26, 47, 48) if due_feeds(warehouse, HOURS[hour])} == due_hours


def test_the_registry_may_set_a_pace(warehouse):
    """It neither quickens nor slows with the feed; failures and the server put it off, and a replay plans alike."""
    warehouse.sql.execute("update core.feed set interval_minutes = 120")
    paced = replace(WIRE, interval_minutes=120)
    assert due_feeds(warehouse, HOURS[0]) == [paced]
    polled(
        warehouse, answer(HOURS[0], ITEMS), answer(HOURS[2], [item(n) for n in range(5, 10)]), answer(HOURS[4], None)
    )
    polled(warehouse, failed(HOURS[6]), answer(HOURS[12], None, headers=(("Cache-Control", "max-age=36000"),)))

    assert set(polls(warehouse, "interval_s")) == {7200.0}
    next_utc = polls(warehouse, "next_utc")
    for hour, planned in zip((2, 4, 6, 10), next_utc, strict=False):
        assert HOURS[hour] - EARLY <= planned <= HOURS[hour]
    assert next_utc[-1] == HOURS[22]
    asked = Exchange(
        url=FEED,
        fetched_utc=HOURS[0],
        request_headers=(),
        http_version="HTTP/1.1",
        http_status=200,
        reason="OK",
        headers=(),
        body=b"",
    )
    capture = Capture(kind="feed", asked_url=FEED, outlet_id="wire", exchanges=(asked,))
    assert feeds_asked(warehouse, [capture]) == [paced]


def test_a_pace_lies_within_the_bounds_of_polling():
    """The registry refuses what polling would cut."""
    minutes = [bound // timedelta(minutes=1) for bound in (FLOOR, CEILING)]

    assert [MINUTES.holds(n) for n in (minutes[0] - 1, *minutes, minutes[1] + 1, True, "60", 60.0)] == [
        *(False, True, True, False),
        *(False, False, False),
    ]


def watch(warehouse, n):
    feeds = [
        DueFeed(feed_url=f"http://h{k}.example/feed", outlet_id="wire", etag=None, last_modified=None) for k in range(n)
    ]
    row = {"outlet_id": "wire", "language": "en", "verified": "listed", "verified_source": "a test", "is_watched": True}
    warehouse.merge("feed", [{"feed_url": feed.feed_url, **row} for feed in feeds], ("feed_url",))
    return feeds


def silence(now):
    response, _ = failed(now, FetchStatus.UNREACHABLE, None)
    return response, None


def test_our_own_outage_moves_no_count(warehouse):
    """All hosts silent, in two batches of one run: asked again at the next run, at full speed."""
    feeds = watch(warehouse, 6)
    store_polls(warehouse, feeds, [answer(HOURS[0], ITEMS)] * 6, IngestReport())
    store_polls(warehouse, feeds[:4], [silence(HOURS[1])] * 4, IngestReport())
    store_polls(warehouse, feeds[4:], [silence(HOURS[1] + timedelta(minutes=2))] * 2, IngestReport())

    rows = warehouse.rows("select failure, next_utc from core.poll where polled_utc >= ? ", [HOURS[1]])
    assert [row["failure"] for row in rows] == ["ours"] * 6
    assert all(row["next_utc"] <= HOURS[1] + POLL_EVERY for row in rows)
    standings = feed_standings(warehouse, [feed.feed_url for feed in feeds]).values()
    assert {(s.n_hard, s.n_soft, s.n_temporary, s.success_utc) for s in standings} == {(0, 0, 0, HOURS[0])}


def test_a_dead_host_is_no_outage(warehouse):
    """One of six is dead; where it is due alone it is held against it all the same."""
    feeds = watch(warehouse, 6)
    store_polls(warehouse, feeds, [silence(HOURS[0]), *[answer(HOURS[0], ITEMS)] * 5], IngestReport())
    store_polls(warehouse, feeds[:1], [silence(HOURS[1])], IngestReport())

    rows = warehouse.rows("select failure from core.poll where feed_url = ?", [feeds[0].feed_url])
    assert rows == [{"failure": "temporary"}] * 2
    assert not is_our_outage([], [], [])


@pytest.mark.parametrize("n_dead", [1, 3])
def test_silence_for_more_than_a_day_is_the_hosts_own(warehouse, n_dead):
    """Alone it cannot be told from our own, nor can three of four; for ever at each run is no way to ask the dead."""
    feeds = watch(warehouse, 4) if n_dead == 3 else [WIRE]
    dead, sound = feeds[:n_dead], feeds[n_dead:]
    for hour in range(0, 30, 3):
        answers = [silence(HOURS[hour])] * len(dead) + [answer(HOURS[hour], ITEMS)] * len(sound)
        store_polls(warehouse, feeds, answers, IngestReport())

    failures = warehouse.rows(
        "select failure, count(*) as n from core.poll where failure is not null group by all order by all"
    )
    assert [(row["failure"], row["n"]) for row in failures] == [("ours", 9 * n_dead), ("temporary", n_dead)]


def test_a_long_outage_of_ours_stays_ours(warehouse):
    """Where nobody spoke for days, all hosts are to be asked again as soon as somebody does."""
    feeds = watch(warehouse, 4)
    store_polls(warehouse, feeds, [answer(HOURS[0], ITEMS)] * 4, IngestReport())
    for hour in range(3, 60, 3):
        store_polls(warehouse, feeds, [silence(HOURS[hour])] * 4, IngestReport())

    assert warehouse.rows("select distinct failure from core.poll where failure is not null") == [{"failure": "ours"}]


def test_who_was_not_asked_stays_due(warehouse):
    """Its host rests: no poll, no failure, no silence."""
    response, _ = failed(HOURS[0], FetchStatus.TIMEOUT, None)
    report = polled(warehouse, (replace(response, was_asked=False), None))

    assert (report.n_feeds, warehouse.rows("select * from core.poll")) == (0, [])
    assert due_feeds(warehouse, HOURS[0]) == [WIRE]


def test_the_first_documents_of_feeds_are_no_gaps(warehouse):
    """Not of one that was never asked, nor of one whose earlier documents an older version did not keep."""
    warehouse.save([poll_row("p1")])
    report = polled(warehouse, answer(HOURS[9], ITEMS))
    feeds = watch(warehouse, 2)
    store_polls(warehouse, feeds, [answer(HOURS[9], ITEMS)] * 2, report)

    assert (report.n_gaps, polls(warehouse, "n_shared")) == (0, [None] * 4)
