"""The demo's two coders: the error rates that were planted are found again by the command."""

import json

import pytest

from flows.demo.gold import is_carried
from flows.demo.records import load_plan
from tests.conftest import run_parley
from warehouse.judgements import open_judgements

pytestmark = pytest.mark.slow
PLAN = load_plan()["gold"]


@pytest.fixture(scope="module")
def rows(demo_home):
    done = run_parley("agreement", "--format", "json", home=demo_home.root)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_each_frame_in_each_language_and_in_both(rows):
    """Nothing is lacking."""
    assert [(row["frame"], row["language"]) for row in rows] == [
        (frame, language) for frame in sorted(PLAN["frames"]) for language in ["all", *PLAN["languages"]]
    ]
    assert {(row["n_coders"], row["lacks"], row["method"]) for row in rows} == {(2, None, "design-based")}
    assert sum(row["n_drawn"] for row in rows if row["language"] == "all") == PLAN["n"]


def test_the_planted_share_is_in_the_interval_of_the_corrected_one_and_not_of_the_engines(rows):
    """The engine finds a third of what is there; the coders' word brings the rest back."""
    for row in rows:
        planted = row["engine"] * (1 - PLAN["false_alarms"]) + (1 - row["engine"]) * PLAN["misses"]
        assert row["corrected_low"] <= planted <= row["corrected_high"], row
        assert row["engine"] < row["corrected_low"], row
        if row["language"] == "all":
            assert row["corrected"] == pytest.approx(planted, abs=0.02)  # two standard errors


def test_the_planted_errors_of_the_coders_are_in_the_interval_of_alpha(rows, demo_home):
    """Two who err independently differ in 2 e (1 - e) of the sentences; alpha sets that against chance."""
    error = PLAN["coder_errors"]
    with open_judgements(demo_home, "test") as judgements:
        units = judgements.units()
    for row in rows:
        of_row = [u for u in units if u.frame_id == row["frame"] and row["language"] in ("all", u.language)]
        carried = sum(is_carried(unit, PLAN) for unit in of_row) / len(of_row)
        said = carried * (1 - error) + (1 - carried) * error
        planted = 1 - 2 * error * (1 - error) / (2 * said * (1 - said))
        assert row["alpha_low"] <= planted <= row["alpha_high"], row
        assert row["alpha"] == pytest.approx(planted, abs=0.1)
