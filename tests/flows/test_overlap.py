"""Overlap proof: what a document that shares nothing with the one before lets one say of the time between."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.polling.overlap import FeedPast, estimate_loss
from tests.conftest import NOW
from tests.flows.poll_parts import HOURS, answer, failed, item, polled, polls
from tests.warehouse.rows import FEED, HOUR, register
from warehouse.feed_past import feed_standings, given_since
from warehouse.store import open_warehouse

MINUTE = timedelta(minutes=1)


@pytest.fixture
def warehouse(home):
    with open_warehouse(home, "test") as warehouse:
        register(warehouse)
        yield warehouse


def stream(spacing, n):
    """Publication times of a regular stream that ends at ``NOW``."""
    return [NOW - k * spacing for k in range(n)]


def test_ten_of_thirty_items_are_missed():
    """One item every six minutes; known up to noon, the new document begins 66 minutes later: ten lie between."""
    past = FeedPast(stream(6 * MINUTE, 30))
    after = [NOW + (11 + k) * 6 * MINUTE for k in range(30)]

    n_lost, basis = estimate_loss(past, after, 30, NOW, after[-1])

    assert n_lost == pytest.approx(10)
    assert basis == "10 items an hour by the dates of 30 items, 1.1 hours uncovered"


@given(st.integers(1, 240), st.integers(5, 60), st.integers(0, 500), st.integers(1, 60))
def test_a_planted_loss_is_found_by_dates(spacing, n_known, n_lost, n_after):
    """Exactly, on a regular stream, whatever its pace and however much of it is known: the week is the limit."""
    spacing *= MINUTE
    after = [NOW + (n_lost + 1 + k) * spacing for k in range(n_after)]
    known = [time for time in stream(spacing, n_known) if time >= NOW - timedelta(days=7)]

    found, _ = estimate_loss(FeedPast(known), after, n_after, NOW, after[-1])

    assert found is None if len(known) < 5 else found == pytest.approx(n_lost, abs=0.01)


@given(st.integers(1, 120), st.integers(10, 300), st.integers(1, 40))
def test_a_planted_loss_is_found_by_polls(spacing, n_since, n_items):
    """Within one item of what came less what the document still holds; never below zero."""
    past = FeedPast(n_new=round(1440 / spacing), hours=24.0)
    elapsed = n_since * spacing * MINUTE

    found, _ = estimate_loss(past, [], n_items, NOW, NOW + elapsed)

    assert found == pytest.approx(max(0, n_since - n_items), abs=1 + 0.05 * n_since)
    assert found >= 0


@pytest.mark.parametrize("past", [FeedPast(), FeedPast(stream(MINUTE, 4)), FeedPast([NOW] * 9), FeedPast(n_new=3)])
def test_nothing_to_estimate_from(past):
    """Unknown is not zero."""
    n_lost, basis = estimate_loss(past, [NOW + 5 * MINUTE], 1, NOW, NOW + 9 * MINUTE)

    assert n_lost is None
    assert basis == "too few dated items and overlapping polls before to know the feed's rate"


def test_a_document_that_shares_nothing_is_a_gap(warehouse):
    """From the last time the old document was seen, 304 included; one that overlaps is none."""
    dated = [item(n, HOURS[0] - 10 * (9 - n) * MINUTE) for n in range(10)]
    polled(warehouse, answer(HOURS[0], dated[:8]), answer(HOURS[1], dated[2:]), answer(HOURS[2], None))
    later = [item(n, HOURS[0] + 10 * (n - 9) * MINUTE) for n in range(40, 50)]

    report = polled(warehouse, answer(HOURS[9], later))

    (gap,) = warehouse.rows("select from_utc, to_utc, n_lost, basis from core.gap")
    assert (gap["from_utc"], gap["to_utc"], report.n_gaps) == (HOURS[2], HOURS[9], 1)
    assert gap["n_lost"] == pytest.approx(30)
    assert polls(warehouse, "n_shared", "n_items") == [(None, 8), (6, 8), (None, None), (0, 10)]


def test_churning_guids_are_no_gap(warehouse):
    """Same links, new guids: the items are known again."""
    items = [item(n) for n in range(5)]
    polled(warehouse, answer(HOURS[0], items))
    polled(warehouse, answer(HOURS[1], [item(n, guid=f"new-{n}") for n in range(5)]))

    assert warehouse.rows("select * from core.gap") == []


def test_an_empty_document_proves_nothing(warehouse):
    """Between two documents that overlap it is no gap, and after it the last items still count."""
    items = [item(n) for n in range(5)]
    polled(warehouse, answer(HOURS[0], items), answer(HOURS[1], []), answer(HOURS[2], items[1:]))

    assert warehouse.rows("select * from core.gap") == []


def test_a_gap_begins_when_items_were_last_seen(warehouse):
    """An empty document covers no time, and neither does 304 after it."""
    polled(warehouse, answer(HOURS[0], [item(n) for n in range(5)]), answer(HOURS[1], None))
    polled(warehouse, answer(HOURS[2], []), answer(HOURS[3], None), answer(HOURS[9], [item(n) for n in range(50, 55)]))

    assert warehouse.rows("select from_utc, to_utc from core.gap") == [{"from_utc": HOURS[1], "to_utc": HOURS[9]}]


def test_hours_of_empty_documents_are_not_lost_to_the_rate(warehouse):
    """Between two documents that overlap items may have come at any time, whatever stood there meanwhile."""
    polled(warehouse, answer(HOURS[0], [item(n) for n in range(5)]), answer(HOURS[2], [item(n) for n in range(1, 6)]))
    polled(warehouse, answer(HOURS[3], []), answer(HOURS[4], None), answer(HOURS[6], [item(n) for n in range(5, 9)]))
    polled(warehouse, answer(HOURS[8], None), answer(HOURS[9], []), answer(HOURS[20], None))

    assert given_since(warehouse, FEED, HOURS[0] - HOUR) == ([], 4, 8.0)
    assert given_since(warehouse, FEED, HOURS[3]) == ([], 0, 2.0), "what came before is not counted"
    assert feed_standings(warehouse, [FEED])[FEED].held_utc == HOURS[8]


def test_unchanged_emptiness_slows_no_feed(warehouse):
    """304 after a document with items says that all was seen; after an empty one it says nothing."""
    polled(warehouse, answer(HOURS[0], [item(1)]), answer(HOURS[1], None), answer(HOURS[2], []))
    polled(warehouse, answer(HOURS[3], None), answer(HOURS[4], None))

    assert polls(warehouse, "interval_s") == [900, 1125, 1125, 1125, 1125]


def test_the_same_document_again_changes_no_row(warehouse):
    """The table of documents tells what they hold, the poll log when they were seen."""
    items = [item(n) for n in range(5)]
    polled(warehouse, answer(HOURS[0], items))
    before = warehouse.rows("select * from core.feed_document")
    polled(warehouse, answer(HOURS[1], items[::-1]))

    assert warehouse.rows("select * from core.feed_document") == before
    assert len(before[0]["sighting_ids"]) == 5


def test_days_of_failures_may_hide_items(warehouse):
    """The gap begins when the feed was last read, not when it last failed; nothing is known of its rate."""
    polled(warehouse, answer(HOURS[0], [item(n) for n in range(5)]))
    polled(warehouse, failed(HOURS[24]), failed(HOURS[48]), answer(HOURS[72], [item(n) for n in range(50, 55)]))

    gaps = warehouse.rows("select from_utc, to_utc, n_lost from core.gap")
    assert [tuple(gap.values()) for gap in gaps] == [(HOURS[0], HOURS[72], None)]
