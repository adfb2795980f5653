"""Cadence: when a feed is asked again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.parsing import ParsedFeed
from flows.fetching.exchange import FetchStatus, Response
from flows.polling.cadence import CEILING, FLOOR, WEIGHTS, Failure, adapted, failure_of, next_poll, wishes_of
from flows.polling.outage import is_our_outage
from flows.workers import Outcome
from tests.conftest import NOW
from warehouse.agenda import EARLY, POLL_EVERY
from warehouse.feed_agenda import HostSign

FEED = "http://wire.example/feed.xml"
QUARTER = POLL_EVERY.total_seconds()
DAY = 86_400.0
WAITS = st.floats(0, 10 * DAY)
MOMENTS = st.integers(0, 365 * 86_400).map(lambda s: NOW + timedelta(seconds=s))


def response(status=FetchStatus.OK, http_status=200, headers=(), error=None, retry_after_utc=None):
    return Response(
        url=FEED,
        final_url=FEED,
        status=status,
        http_status=http_status,
        content_type=None,
        etag=None,
        last_modified=None,
        body=b"",
        fetched_utc=NOW,
        elapsed_ms=1,
        error=error,
        headers=tuple(headers),
        retry_after_utc=retry_after_utc,
    )


def test_the_pace_follows_what_is_new():
    """A fifth of the document new keeps the pace; more is too slow, less too fast."""
    assert adapted(None, None, None) == QUARTER
    assert adapted(3600, 3600, 0.2) == 3600
    assert adapted(3600, 3600, 0.0) == 4500
    assert adapted(3600, 3600, 0.4) == 1800
    assert adapted(3600, 3600, 1.0) == 900
    assert adapted(3600, 7200, 0.4) == 3600  # it was asked late
    assert adapted(3600, 3600, None) == 3600


@given(st.floats(1, 10 * DAY), st.floats(1, 10 * DAY), st.one_of(st.none(), st.floats(0, 1)))
def test_the_interval_stays_between_floor_and_ceiling(interval, elapsed, share):
    """Whatever came before."""
    assert FLOOR.total_seconds() <= adapted(interval, elapsed, share) <= CEILING.total_seconds()


@pytest.mark.parametrize("per_hour", [0.5, 4, 30])
def test_a_steady_feed_finds_its_pace_and_loses_nothing(per_hour):
    """Thirty items in a document: a poll comes when about six of them are new."""
    interval, elapsed = QUARTER, QUARTER
    for _ in range(60):
        n_new = per_hour * elapsed / 3600
        assert n_new < 30
        interval = elapsed = adapted(interval, elapsed, min(1.0, n_new / 30))

    assert interval == pytest.approx(min(max(6 / per_hour * 3600, 600), DAY), rel=0.01)


@given(MOMENTS, WAITS, st.floats(0, 50))
def test_never_forgotten_and_never_hurried(now, interval, doublings):
    """At least once a day for any history of failures, and never below the floor."""
    cadence = next_poll(FEED, now, interval, doublings)

    assert FLOOR <= cadence.next_utc - now <= CEILING
    assert cadence == next_poll(FEED, now, interval, doublings)


@given(MOMENTS, WAITS, st.floats(0, 20), st.floats(0, 20))
def test_more_failures_wait_no_less(now, interval, doublings, more):
    """Monotone: one failure more never brings the next poll nearer."""
    assert (
        next_poll(FEED, now, interval, doublings).next_utc <= next_poll(FEED, now, interval, doublings + more).next_utc
    )


@given(
    st.sampled_from([None, "max-age=600", "public, max-age=7200", "max-age=31536000", "no-cache", "s-maxage=9"]),
    st.sampled_from([None, "Wed, 03 Dec 2025 13:00:00 GMT", "0", "Fri, 31 Dec 9999 23:59:59 GMT"]),
    st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=3))),
    st.one_of(st.none(), st.integers(0, 10**9)),
    st.sets(st.integers(0, 23), max_size=20),
    st.sets(st.integers(0, 6), max_size=3),
    st.floats(600, DAY),
)
def test_never_earlier_than_allowed(cache_control, expires, retry_after, ttl_s, hours, days, interval):
    """The longest of what the server asks for, to the second, up to a day; and in no hour or day that it skips."""
    headers = [("Cache-Control", cache_control)] if cache_control else []
    headers += [("Expires", expires)] if expires else []
    answer = response(headers=headers, retry_after_utc=NOW + retry_after if retry_after is not None else None)

    found = next_poll(FEED, NOW, interval, 0, wishes_of(answer, ttl_s), sorted(hours), sorted(days)).next_utc

    age = {"max-age=600": 600, "public, max-age=7200": 7200, "max-age=31536000": DAY}.get(cache_control or "")
    if age is None and expires:
        age = {"Wed, 03 Dec 2025 13:00:00 GMT": 3600, "Fri, 31 Dec 9999 23:59:59 GMT": DAY}.get(expires)
    asked = [age or 0, ttl_s or 0, (retry_after or timedelta(0)).total_seconds()]
    assert found >= NOW + timedelta(seconds=min(max(asked), DAY))
    is_skipped = found.hour in hours or found.weekday() in days
    assert not is_skipped or found > NOW + CEILING
    assert found <= NOW + 2 * CEILING


def test_what_is_absurd_is_cut():
    """A year of max-age must not cost a feed for ever, and the log says so."""
    cadence = next_poll(
        FEED, NOW, QUARTER, 0, wishes_of(response(headers=[("cache-control", "max-age=31536000")]), None)
    )

    assert cadence.next_utc == NOW + CEILING
    assert cadence.next_reason == "it is to be left alone for 365 days (Cache-Control); cut to a day"


def test_expires_is_counted_from_the_servers_own_clock():
    """Its clock is a day behind ours; ten minutes of life are ten minutes."""
    headers = [("Date", "Tue, 02 Dec 2025 12:00:00 GMT"), ("Expires", "Tue, 02 Dec 2025 12:40:00 GMT")]

    assert [wish.until_utc for wish in wishes_of(response(headers=headers), None)] == [NOW + timedelta(minutes=40)]


def test_skipped_hours_are_left_out():
    """Polled at noon, and 12 and 13 o'clock are skipped; who skips everything is asked once in a while."""
    assert next_poll(FEED, NOW, QUARTER, 0, skip_hours=[12, 13]).next_utc == NOW + timedelta(hours=2)
    assert next_poll(FEED, NOW, QUARTER, 0, skip_days=range(7)).next_utc <= NOW + CEILING + POLL_EVERY


def test_a_run_each_quarter_of_an_hour_finds_the_feed_due():
    """A poll comes a few minutes after its run began, the jitter on top."""
    for second in range(0, 150, 7):
        polled = NOW + timedelta(seconds=second)
        assert next_poll(FEED, polled, QUARTER, 0).next_utc <= NOW + POLL_EVERY
        assert next_poll(FEED, polled, DAY, 0).next_utc <= NOW + CEILING
    assert len({next_poll(f"{FEED}?{n}", NOW, DAY, 0).next_utc for n in range(20)}) == 20
    assert next_poll(FEED, NOW, 7200, 0).next_utc >= NOW + timedelta(hours=2) - EARLY


@pytest.mark.parametrize(
    ("failure", "parts"),
    [
        (None, {}),
        (None, {"status": FetchStatus.NOT_MODIFIED, "http_status": 304}),
        (Failure.HARD, {"status": FetchStatus.GONE, "http_status": 410}),
        (Failure.HARD, {"status": FetchStatus.BAD_ADDRESS, "http_status": None}),
        (
            Failure.HARD,
            {"status": FetchStatus.UNREACHABLE, "http_status": None, "error": "x.example: no such host (-2)"},
        ),
        (Failure.SOFT, {"status": FetchStatus.BLOCKED, "http_status": 403}),
        (Failure.SOFT, {"status": FetchStatus.CLIENT_ERROR, "http_status": 400}),
        (Failure.SOFT, {"status": FetchStatus.TOO_LARGE, "http_status": 200}),
        (Failure.SOFT, {"status": FetchStatus.REFUSED, "http_status": None}),
        (Failure.TEMPORARY, {"status": FetchStatus.SERVER_ERROR, "http_status": 503}),
        (Failure.TEMPORARY, {"status": FetchStatus.RATE_LIMITED, "http_status": 429}),
        (Failure.TEMPORARY, {"status": FetchStatus.TIMEOUT, "http_status": None}),
        (Failure.TEMPORARY, {"status": FetchStatus.UNREACHABLE, "http_status": None, "error": "ConnectError: refused"}),
    ],
)
def test_classes_of_failure(failure, parts):
    """By what may be hoped of it."""
    document = ParsedFeed(feed_format="rss20", items=(), error=None)

    assert failure_of(response(**parts), Outcome(document, None)) == failure


def test_a_document_that_is_no_feed_weighs_more_than_one_that_cannot_be_read():
    """HTML instead of a feed is a hard failure."""
    page = ParsedFeed(feed_format=None, items=(), error="not a feed")
    broken = ParsedFeed(feed_format="rss20", items=(), error="3 items stand in the document and none could be read")

    assert failure_of(response(), Outcome(page, None)) is Failure.HARD
    assert failure_of(response(), Outcome(broken, None)) is Failure.SOFT
    assert failure_of(response(), Outcome(None, "took longer than 20 s")) is Failure.SOFT
    assert WEIGHTS == {Failure.HARD: 1, Failure.SOFT: 0.5, Failure.TEMPORARY: 0.25}


SILENCE = {"status": FetchStatus.UNREACHABLE, "http_status": None}
FIVE = [f"http://h{n}.example/feed" for n in range(5)]


def judged(silent, answering=(), signs=(), watched=FIVE):
    answers = [(url, response(**SILENCE)) for url in silent] + [(url, response()) for url in answering]
    return is_our_outage(answers, signs, watched)


def sign(url, is_silent=None, was_silent=False):
    return HostSign(asked_url=url, is_silent=is_silent, was_silent=was_silent)


def test_when_most_hosts_are_silent_the_fault_is_ours():
    """More than half of at least three; many feeds of one host are one host."""
    assert judged(FIVE[:3], FIVE[3:])
    assert not judged(FIVE[:2], FIVE[3:])
    assert not judged(FIVE[:2])
    assert not judged([f"http://f{n}.h0.example/feed" for n in range(9)], FIVE[1:2])


def test_a_part_of_a_run_is_judged_by_the_whole():
    """What was asked minutes ago counts; hosts that were silent before say nothing."""
    assert judged(FIVE[:1], signs=[sign(url, is_silent=True) for url in FIVE[1:3]])
    assert not judged(FIVE[:1], signs=[sign(url, is_silent=False) for url in FIVE[1:3]])
    assert not judged(FIVE[:3], signs=[sign(url, was_silent=True) for url in FIVE[:3]])


def test_who_watches_two_hosts_cannot_tell():
    """Held against no feed, unless the other one answers."""
    assert judged(FIVE[:2], watched=FIVE[:2])
    assert not judged(FIVE[:1], FIVE[1:2], watched=FIVE[:2])
