"""The demo's shift is found at its event, in its class and nowhere else; what is planted nowhere is rarely found."""

from datetime import date, timedelta

import pytest

from tests.flows.demo_parts import TRUTH
from warehouse.reading import open_current

SHIFT = TRUTH["frame_shift"]
DAY = date.fromisoformat(SHIFT["at_utc"][:10])

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(demo_home):
    with open_current(demo_home) as connection:
        yield connection


def test_the_shift_is_found_in_its_class_and_only_there(demo):
    """At the events of its day: of the classes it alone, of the outlets only those of this class."""
    found = demo.execute(
        "select distinct unit_kind, unit, frame_id, voice, ratio_low > 1, k_eff_before, n_eff_before, k_eff_after, "
        "n_eff_after from event_effect where is_found and day_utc = ? order by 1, 2",
        [DAY],
    ).fetchall()
    (n_classes,) = demo.execute(
        "select count(distinct unit) from event_effect where day_utc = ? and unit_kind = 'class' and not too_few", [DAY]
    ).fetchone()
    outlets = dict(demo.execute("select outlet_id, outlet_class from outlet").fetchall())

    assert n_classes >= 4
    assert [row[:5] for row in found if row[0] == "class"] == [
        ("class", SHIFT["outlet_class"], SHIFT["frame"], "outlet", True)
    ]
    shifted = [row for row in found if row[0] == "outlet"]
    assert shifted
    assert {outlets[row[1]] for row in shifted} == {SHIFT["outlet_class"]}
    assert {row[2] for row in shifted} == {SHIFT["frame"]}
    for _, _, _, _, _, k_before, n_before, k_after, n_after in found:
        print(f"\n{k_before:.0f} of {n_before} before, {k_after:.0f} of {n_after} after")


def test_the_counts_are_those_planted(demo):
    """Day by day of each outlet as truth.json has them; the week's windows leave out the day of the event."""
    planted = [row for row in SHIFT["by_outlet_day"] if row["outlet_id"] == "daily_meridian"]
    before = [row for row in planted if 1 <= (DAY - date.fromisoformat(row["day_utc"])).days <= 7]
    after = [row for row in planted if 1 <= (date.fromisoformat(row["day_utc"]) - DAY).days <= 7]
    found = demo.execute(
        "select distinct k_eff_before, n_eff_before, k_eff_after, n_eff_after from event_effect where day_utc = ? "
        "and unit = 'daily_meridian' and frame_id = ? and voice = 'outlet'",
        [DAY, SHIFT["frame"]],
    ).fetchall()

    totals = [sum(row[name] for row in rows) for rows in (before, after) for name in ("k", "n")]
    assert found == [tuple(totals)]


def test_nothing_else_is_found_at_any_event(demo):
    """Events near the shift find it too, and say so by their neighbours; no other frame, no other class."""
    found = demo.execute(
        "select distinct unit, frame_id, day_utc, len(neighbours) > 0 from event_effect "
        "where is_found and unit_kind = 'class' order by day_utc"
    ).fetchall()

    assert {row[:2] for row in found} == {(SHIFT["outlet_class"], SHIFT["frame"])}
    assert all(abs(day - DAY) < timedelta(days=7) and has_neighbours for _, _, day, has_neighbours in found)


def test_the_level_moves_on_the_day_of_the_shift(demo):
    """Under all penalties; beside it no more than chance gives."""
    found = demo.execute("select outlet_class, frame_id, day_utc, held_by, n_by_chance from change_point").fetchall()
    (planted,) = (row for row in found if row[:2] == (SHIFT["outlet_class"], SHIFT["frame"]))

    assert abs(planted[2] - DAY) <= timedelta(days=1)
    assert planted[3] == 1.0
    assert len(found) - 1 <= planted[4]


def test_the_press_is_further_apart_after_the_shift(demo):
    """One class uses one frame far more; single days have too few texts to compare, and say so."""
    weeks = demo.execute(
        "select day_utc > ?, count_if(is_found), count(*) from divergence where n_days = 7 and day_utc not between "
        "? and ? group by all order by 1",
        [DAY, DAY, DAY + timedelta(days=6)],
    ).fetchall()
    days = demo.execute("select distinct too_few, excess is null from divergence where n_days = 1").fetchall()

    assert [later for later, _, _ in weeks] == [False, True]
    assert weeks[1][1] == weeks[1][2]
    assert weeks[0][1] < weeks[0][2] / 2
    assert days == [(True, True)]


def test_the_shift_is_told_within_days_and_nothing_else_is(demo):
    told = demo.execute(
        "select distinct unit, frame_id, delta > 0, day_utc from daily_change where verdict = 'changed'"
    ).fetchall()
    thin = demo.execute(
        "select day_utc::varchar from daily_change where verdict = 'too thin' and n_blind > 0"
    ).fetchall()
    (most,) = demo.execute("select max(n) from (select count(*) as n from daily_change group by day_utc)").fetchone()

    assert {row[:3] for row in told} == {(SHIFT["outlet_class"], SHIFT["frame"], True)}
    assert all(0 <= (day - DAY).days <= 4 for _, _, _, day in told)
    assert {day for (day,) in thin} == set(TRUTH["our_outage"]["days_utc"])
    assert most <= 7
