"""Dates of feeds: read strictly, or unknown; never the time of fetching."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.feed_dates import FeedDate, feed_time, is_exact, read_feed_dates

TIMES = st.datetimes(datetime(1995, 1, 1), datetime(2032, 1, 1)).map(lambda time: time.replace(microsecond=0))  # noqa: DTZ001
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes))


def iso(raw, language=None):
    (found,) = read_feed_dates([raw], language)
    return found.time_utc.isoformat() if found else None


@pytest.mark.parametrize(
    ("raw", "time_utc"),
    [
        ("Tue, 02 Dec 2025 23:30:00 -0500", "2025-12-03T04:30:00+00:00"),
        ("Tue, 02 Dec 2025 23:30:00 GMT", "2025-12-02T23:30:00+00:00"),
        ("Tue, 02 Dec 2025 01:30:00 +03:00", "2025-12-01T22:30:00+00:00"),
        ("Tue, 02 Dec 2025 01:30 UTC+0300", "2025-12-01T22:30:00+00:00"),
        ("Tue, 02 Dec 2025 01:30:00 +0300 (MSK)", "2025-12-01T22:30:00+00:00"),
        ("Tue, 02 Dec 2025 23:30:00 MSK", "2025-12-02T20:30:00+00:00"),
        ("Tue, 02 Dec 2025 11:30:00 PM EST", "2025-12-03T04:30:00+00:00"),
        ("Thu,28 Jul 2022 4:35:5 GMT+9", "2022-07-27T19:35:05+00:00"),
        ("Tue Dec 02 10:00:00 MSK 2025", "2025-12-02T07:00:00+00:00"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37+00:00"),
        ("Sun, 06 Nov 94 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
        ("02 Dec 2025", "2025-12-02T00:00:00+00:00"),
        ("2025-12-02T23:30:00+03:00", "2025-12-02T20:30:00+00:00"),
        ("2025-12-02 T 23:30:00z", "2025-12-02T23:30:00+00:00"),
        ("2025-12-02", "2025-12-02T00:00:00+00:00"),
        ("2016/6/29", "2016-06-29T00:00:00+00:00"),
        ("2025/12/02 14:00:00", "2025-12-02T14:00:00+00:00"),
        ("02.12.2025 14:00", "2025-12-02T14:00:00+00:00"),
        ("25/12/2025", "2025-12-25T00:00:00+00:00"),
        ("12/25/2025 3:05 pm", "2025-12-25T15:05:00+00:00"),
        ("1764685800", "2025-12-02T14:30:00+00:00"),
        ("1764685800123", "2025-12-02T14:30:00.123000+00:00"),
    ],
)
def test_a_time_in_numbers_or_english_is_read(raw, time_utc):
    """feedparser makes 1 November of 2025/12/02, and leaves many others."""
    assert iso(raw) == time_utc


@pytest.mark.parametrize(
    ("raw", "time_utc"),
    [
        ("Вт, 02 дек 2025 10:00:00 +0300", "2025-12-02T07:00:00+00:00"),
        ("вівторок, 2 грудня 2025 14:05", "2025-12-02T14:05:00+00:00"),
        ("23:30, 2 грудня 2025", "2025-12-02T23:30:00+00:00"),
        ("Seg, 24 Set 2018 19:32:00 -0300", "2018-09-24T22:32:00+00:00"),
        ("mar. 02 déc. 2025 10:00 +0100", "2025-12-02T09:00:00+00:00"),
        ("Dienstag, 2. Dezember 2025 - 10:00", "2025-12-02T10:00:00+00:00"),
        ("2 Aralık 2025 Salı 10:00", "2025-12-02T10:00:00+00:00"),
        ("2025年12月2日 10:00", "2025-12-02T10:00:00+00:00"),
        ("2025. 12. 2. 오후 3:05", "2025-12-02T15:05:00+00:00"),
        ("٢ ديسمبر ٢٠٢٥", "2025-12-02T00:00:00+00:00"),
        ("Dec 2, 2025 10:00 AM EST", "2025-12-02T15:00:00+00:00"),
    ],
)
def test_a_time_in_another_language_is_read(raw, time_utc):
    """No standard has them, and newsrooms write them."""
    assert iso(raw) == time_utc


@pytest.mark.parametrize(
    "raw",
    [
        *("", "yesterday", "1 hour ago", "10 minutes ago, 2 Dec 2025", "Monday", "12:30", "2 Dec", "December 2025"),
        *("2003", "2002-12", "03/04/2025", "Mon 03/04/2025", "02-12-2025", "03/04/25", "2025120210", "12-02T10:00Z"),
        *("Tue, 02 Dec 2025 23:30:00 IST", "Tue, 02 Dec 2025 01:30:00 +3:0:0", "Tue, 02 Dec 2025 10:00:00 +9900"),
        *("2003-06-31T15:51:30Z", "31 Feb 2025", "Tue, 02 Dec 2025 25:00:00 GMT", "insert date here", "x" * 10_000),
    ],
)
def test_what_states_no_day_is_unknown(raw):
    """A wrong day is worse than none: relative words, two possible orders, a zone of three countries."""
    assert iso(raw) is None


def test_a_month_that_two_languages_know_needs_the_feeds_own():
    """Listopad is November in Polish and October in Croatian; the feed says which, or its other dates do."""
    assert iso("3 listopada 2025") is None
    assert iso("3 listopada 2025", "pl") == "2025-11-03T00:00:00+00:00"
    assert iso("3 listopada 2025", "hr-HR") == "2025-10-03T00:00:00+00:00"
    assert read_feed_dates(["3 listopada 2025", "5 grudnia 2025"])[0].time_utc.month == 11


def test_a_long_document_is_read_whole():
    """All languages are tried on a part of it."""
    raws = [f"{day} grudnia {year}" for day in range(1, 29) for year in range(2001, 2012)]

    assert None not in read_feed_dates(raws)


def test_the_dates_of_a_document_explain_each_other():
    """One 25th shows which number is the day; two that contradict show nothing."""
    american = read_feed_dates(["03/04/2025", None, "03/25/2025"])
    european = read_feed_dates(["03/04/2025 10:00 GMT", "25/03/2025"])
    mixed = read_feed_dates(["03/04/2025", "25/03/2025", "03/25/2025"])

    assert american[:2] == [FeedDate(datetime(2025, 3, 4, tzinfo=UTC), False), None]
    assert european[0] == FeedDate(datetime(2025, 4, 3, 10, tzinfo=UTC), True)
    assert mixed[0] is None
    assert mixed[1] is not None


@pytest.mark.parametrize(
    ("raw", "exact"),
    [
        ("Tue, 02 Dec 2025 23:30:00 GMT", True),
        ("Thu,28 Jul 2022 4:35:5 GMT+9", True),
        ("mar. 02 déc. 2025 10:00 +0100", True),
        ("2025-12-02T10:00:00Z", True),
        ("1764685800", True),
        ("Tue, 02 Dec 2025 23:30:00", False),
        ("2025-12-02T10:00:00", False),
        ("2025-12-02", False),
        ("2 грудня 2025", False),
    ],
)
def test_a_date_is_exact_with_time_and_zone(raw, exact):
    """What is not may be a day off, and gives way to what is."""
    (found,) = read_feed_dates([raw])

    assert (found.is_exact, is_exact(raw)) == (exact, exact)


@given(TIMES, ZONES)
def test_a_formatted_time_is_read_back(time, zone):
    """As RFC 822, ISO 8601 and epoch, in any zone."""
    expected = time.replace(tzinfo=UTC)
    there = expected.astimezone(timezone(zone))

    assert feed_time(format_datetime(there)) == expected
    assert feed_time(there.isoformat()) == expected
    assert feed_time(f"{there:%d.%m.%Y %H:%M:%S %z}") == expected
    assert feed_time(str(int(expected.timestamp()))) == expected


@given(st.text(max_size=30), st.sampled_from(["", " 2025", " 10:00 2 Dec 2025", " ago", " GMT"]))
def test_any_words_are_a_time_or_unknown(words, end):
    """Never an exception, and never a time that depends on when it is read."""
    found = feed_time(words + end)

    assert found is None or found.tzinfo is UTC
    assert found is None or abs(found - datetime.now(UTC)) > timedelta(minutes=5)
