"""The ledger's views: what each day is worth, where items came and went, and which feeds are alive only in name."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from flows.analysis.trends import analyse_trends
from tests.warehouse.rows import FEED, HOUR, NOW, article_rows, poll_row, register, sighting_row
from warehouse.feed_records import Gap, Poll
from warehouse.records import RevisionVerdict
from warehouse.store import Warehouse, open_warehouse

DAY = timedelta(days=1)
FIRST = datetime.combine(date(2025, 11, 1), NOW.timetz())


@pytest.fixture
def warehouse(home):
    """An open one that watches one outlet with one feed."""
    with open_warehouse(home, "test") as opened:
        register(opened)
        yield opened


def poll(at: datetime, **changes: object) -> Poll:
    return replace(poll_row(f"{at.isoformat()}-{changes.get('feed_url', '')}"), polled_utc=at, **changes)


def flags(warehouse: Warehouse) -> dict[date, str]:
    return {row["day_utc"]: row["coverage_flag"] for row in warehouse.rows("select * from coverage")}


@pytest.mark.parametrize(
    ("failures", "flag"),
    [
        ([None], "ok"),
        (["hard"], "outage"),
        (["ours"], "our outage"),
        (["ours", "hard"], "outage"),
        (["ours", None], "ok"),
    ],
)
def test_a_day_is_worth_what_its_polls_are(warehouse, failures, flag):
    """An outage of ours is told from one of theirs; one answer makes the day."""
    polls = [
        poll(NOW + n * HOUR, failure=failure, fetch_status="ok" if failure is None else "unreachable")
        for n, failure in enumerate(failures)
    ]
    warehouse.save(polls)

    assert flags(warehouse) == {NOW.date(): flag}


def test_a_day_without_polls_stands_in_the_ledger(warehouse):
    """A machine that was switched off is no quiet outlet."""
    warehouse.save([poll(NOW), poll(NOW + 2 * DAY)])

    assert flags(warehouse) == {
        NOW.date(): "ok",
        (NOW + DAY).date(): "not asked",
        (NOW + 2 * DAY).date(): "ok",
    }


def test_a_feed_of_several_that_is_silent_makes_the_day_partial(warehouse):
    other = "http://wire.example/other.xml"
    warehouse.save([poll(NOW), poll(NOW, feed_url=other, fetch_status="timeout", failure="temporary")])

    assert flags(warehouse) == {NOW.date(): "partial"}


def test_a_gap_throws_doubt_on_all_days_it_spans(warehouse):
    """What was missed may have been published on any of them."""
    warehouse.save([poll(NOW + n * DAY) for n in range(4)])
    gap = Gap(
        poll_id="p",
        feed_url=FEED,
        outlet_id="wire",
        from_utc=NOW,
        to_utc=NOW + 2 * DAY,
        n_lost=12.5,
        basis="a test",
    )
    warehouse.save([gap])

    rows = warehouse.rows("select * from coverage order by day_utc")
    assert [row["coverage_flag"] for row in rows] == ["gap", "gap", "gap", "ok"]
    assert [(row["n_gaps"], row["n_missed"]) for row in rows] == [(0, 0), (0, 0), (1, 12.5), (0, 0)]
    (seen,) = warehouse.rows("select * from gap")
    assert (seen["hours"], seen["n_missed"], seen["outlet_name"]) == (48, 12.5, "Wire")


def test_nobody_estimates_what_nothing_allows_to(warehouse):
    """A gap of unknown size makes the day's number unknown, not zero."""
    warehouse.save([poll(NOW)])
    warehouse.save(
        [Gap(poll_id="p", feed_url=FEED, outlet_id="wire", from_utc=NOW, to_utc=NOW, n_lost=None, basis="first")]
    )

    (row,) = warehouse.rows("select n_gaps, n_missed from coverage")
    assert row == {"n_gaps": 1, "n_missed": None}


@pytest.mark.parametrize(("n_last", "flag"), [(9, "ok"), (2, "low"), (30, "high")])
def test_the_expected_range_is_learned_from_two_weeks_of_the_outlet_itself(warehouse, n_last, flag):
    """Before that it is absent; the first day, which brings all a feed held, teaches nothing."""
    counts = [100, *(8 + n % 4 for n in range(14)), n_last]
    warehouse.save([poll(FIRST + n * DAY) for n in range(len(counts))])
    warehouse.save(
        sighting_row(f"{n}-{i}", first_seen_utc=FIRST + n * DAY) for n, count in enumerate(counts) for i in range(count)
    )

    rows = warehouse.rows("select expected_low, expected_high, coverage_flag from coverage order by day_utc")
    assert [row["expected_low"] for row in rows[:15]] == [None] * 15
    assert 8 <= rows[15]["expected_low"] < rows[15]["expected_high"] <= 11
    assert rows[15]["coverage_flag"] == flag


def test_what_later_proved_to_be_a_wall_is_in_no_figure(warehouse):
    """Its rows stay where they are; the ledger counts it among the walls, and no view shows it as an article."""
    for name in ("story", "wall"):
        article_rows(warehouse, name, carried=True, share=0.5, relevant=True)
        warehouse.save([replace(sighting_row(name, "stored"), article_id=name)])
    warehouse.save([RevisionVerdict(revision_id="r-wall", judged_utc=NOW, verdict="bot_wall", reason="a test")])

    (day,) = warehouse.rows("select n_seen, n_stored, n_scored, n_wall, n_lost from coverage")
    assert day == {"n_seen": 2, "n_stored": 1, "n_scored": 1, "n_wall": 1, "n_lost": 1}
    for view in ("article", "revision", "revision_frame"):
        assert warehouse.rows(f"select distinct revision_id from {view}") == [{"revision_id": "r-story"}]
    assert warehouse.rows("select n_articles from about") == [{"n_articles": 1}]
    analyse_trends(warehouse)
    day = warehouse.rows("select n, k from outlet_day where voice = 'outlet'")
    assert day == [{"n": 1, "k": 1}]
    assert warehouse.rows("select count(*) as n from core.revision") == [{"n": 2}]


def test_imported_files_speak_for_days_nobody_asked(warehouse):
    """They count as seen, and in no expectation."""
    warehouse.save([replace(sighting_row("x"), feed_url="warc:news.warc.gz")])

    (row,) = warehouse.rows("select * from coverage")
    assert (row["n_seen"], row["n_backfilled"], row["coverage_flag"]) == (1, 1, "backfilled")


def test_an_outage_of_ours_has_a_beginning_and_an_end(warehouse):
    """From the first poll that failed with most others to the next that did not."""
    states = [None, "ours", "ours", "hard", None, "ours"]
    warehouse.save([poll(NOW + n * HOUR, failure=state) for n, state in enumerate(states)])

    rows = warehouse.rows("select from_utc, last_failure_utc, to_utc, n_polls, n_feeds from outage order by from_utc")
    assert [tuple(row.values()) for row in rows] == [
        (NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR, 2, 1),
        (NOW + 5 * HOUR, NOW + 5 * HOUR, None, 1, 1),
    ]


@pytest.mark.parametrize(
    ("ages_days", "health"),
    [
        ((0, 1, 2), "ok"),
        ((9, 10, 11), "frozen"),
        ((9, 14, 19), "ok"),  # a slow press room: its longest pause is five days
        ((800, 801), "frozen"),
    ],
)
def test_a_frozen_feed_answers_and_is_ill_all_the_same(warehouse, ages_days, health):
    """CNN's feeds answer 200 with items of years ago."""
    warehouse.save([poll(NOW)])
    warehouse.save(
        replace(sighting_row(f"{age}"), first_seen_utc=NOW, published_utc=NOW - age * DAY) for age in ages_days
    )

    (row,) = warehouse.rows("select health, newest_item_age_days from feed_health")
    assert (row["health"], row["newest_item_age_days"]) == (health, min(ages_days))


def test_our_own_failures_are_not_held_against_a_feed(warehouse):
    warehouse.save([poll(NOW), poll(NOW + HOUR, fetch_status="unreachable", error="x", failure="ours")])
    warehouse.save([replace(sighting_row("a"), published_utc=NOW)])

    (row,) = warehouse.rows("select health, n_failures_in_row, last_status from feed_health")
    assert row == {"health": "ok", "n_failures_in_row": 0, "last_status": "ok"}


@pytest.mark.parametrize(
    ("counts", "health", "n_empty"),
    [
        ([5, 0, 0, 0], "empty", 3),
        ([5, 0, None, None], "empty", 3),  # unchanged: empty still
        ([5, 0, 0, None, 5, None, None], "ok", 0),
        ([0, 5, None, 0, None], "ok", 2),
    ],
)
def test_empty_documents_in_a_row_are_counted(warehouse, counts, health, n_empty):
    """A feed that had items and has none three times running is empty, not ok; ``None`` is 304."""
    answers = [
        poll(NOW + n * HOUR, n_items=count, fetch_status="ok" if count is not None else "not_modified")
        for n, count in enumerate(counts)
    ]
    warehouse.save(answers)
    warehouse.save([replace(sighting_row("a"), published_utc=NOW)])

    (row,) = warehouse.rows("select health, n_empty_in_row from feed_health")
    assert row == {"health": health, "n_empty_in_row": n_empty}
