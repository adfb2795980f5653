"""The demo's portraits: planted doubts, event, headlines, silence and outage are found."""

import json
from pathlib import Path

import pytest

import flows.demo
from flows.demo.records import load_plan
from warehouse.reading import open_current

pytestmark = pytest.mark.slow
TRUTH = json.loads((Path(flows.demo.__file__).parent / "truth.json").read_text(encoding="utf-8"))
PLANTED = TRUTH["portraits"]
GOLD = load_plan()["gold"]


@pytest.fixture(scope="module")
def ask(demo_home):
    """``ask(query)``: rows by column of the published copy."""
    with open_current(demo_home) as connection:

        def rows(query, *parameters):
            cursor = connection.execute(query, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

        yield rows


def test_the_one_who_was_planted_speaks_in_three_outlets(ask):
    """Question 5: words, texts and the rest add up, and what is not resolved has a row of its own."""
    rows = ask("select * from share_of_voice")
    speaks = {row["outlet_id"]: row["n_texts"] for row in rows if row["actor_id"] == PLANTED["whose"]}
    for said in PLANTED["said"]:
        mine = [row for row in rows if row["outlet_id"] == said["outlet_id"]]
        assert speaks[said["outlet_id"]] == said["n"]
        assert sum(row["share"] for row in mine) == pytest.approx(1)
        assert sum(row["actor_id"] is None for row in mine) == 1
        assert all(row["share_low"] <= row["share"] <= row["share_high"] for row in mine)


def test_planted_doubts_are_counted_and_compared(ask):
    """Question 6: k of n exactly; the outlet that doubts most is told from the others, no other outlet is."""
    rows = ask("select * from verb_slant where by_what = 'actor' and whose = ?", PLANTED["whose"])
    found = {row["outlet_id"]: row for row in rows}
    for said in PLANTED["said"]:
        row = found[said["outlet_id"]]
        assert (row["k"], row["n"], row["too_few"]) == (said["k"], said["n"], False)
    most, *others = sorted(PLANTED["said"], key=lambda said: -said["k"])
    assert found[most["outlet_id"]]["ratio_low"] > 1
    assert all(found[said["outlet_id"]]["ratio"] < 1 for said in others)


def test_the_planted_event_is_covered_where_it_was_planted(ask):
    """Question 7: by these outlets and no others; the others are told apart by what could be known."""
    rows = {
        row["outlet_id"]: row for row in ask("select * from omission where event_id = ?", PLANTED["event"]["event_id"])
    }
    unmeasured = {row["outlet_id"] for row in TRUTH["unmeasured"].values()} - {TRUTH["silence"]["outlet_id"]}
    outage, silent = rows[TRUTH["outage"]["outlet_id"]], rows[TRUTH["silence"]["outlet_id"]]

    assert {name for name, row in rows.items() if row["state"] == "covered"} == set(PLANTED["event"]["covered"])
    assert (outage["state"], outage["doubt"]) == ("could not know", "feed down")
    assert outage["watched"] < 0.1
    assert (silent["state"], silent["n_articles"], silent["watched"]) == ("not covered", 0, 1)
    assert silent["n_due"] >= 3
    assert {rows[name]["doubt"] for name in unmeasured} == {"language not measured"}
    for name, row in rows.items():
        known = {other for other, one in rows.items() if one["state"] != "could not know"} - {name}
        assert row["n_peers_known"] == len(known)
        assert row["n_peers_covered"] == len(set(PLANTED["event"]["covered"]) - {name})


def test_an_event_whose_marks_stand_everywhere_is_no_omission(ask):
    """Two capitals are in every article on the talks: nobody is told to have left the event out."""
    assert {row["doubt"] for row in ask("select doubt from omission where event_id = 'pokrovsk_claimed'")} == {
        "event not told apart"
    }


def test_planted_headlines_say_more_than_their_texts(ask):
    """Question 14: the mean over articles, and each offender with the way to its span."""
    headline = PLANTED["headline"]
    (row,) = ask("select * from headline_gap where outlet_id = ?", headline["outlet_id"])
    spans = ask(
        "select url, matched from evidence where part = 'title' and frame_id = ? and revision_id in "
        "(select unnest(offenders).revision_id from headline_gap where outlet_id = ?)",
        headline["frame"],
        headline["outlet_id"],
    )

    gaps = headline["gaps"]
    assert (row["n_articles"], row["n_eff"], row["too_few"]) == (len(gaps), len(gaps), False)
    assert row["mean_gap"] == pytest.approx(sum(gaps.values()) / len(gaps))
    assert {span["url"] for span in spans} == {url for url, gap in gaps.items() if gap}
    assert {one["outlet_id"] for one in ask("select outlet_id from headline_gap where n_articles > 0")} == {
        headline["outlet_id"]
    }


def test_each_signal_names_its_first_mention(ask):
    """Question 15: the same as the evidence says, row by row."""
    first = ask(
        "select tag_id, min(published_utc) as at, count(distinct outlet_id) as n_outlets, "
        "count(distinct article_id) as n from tag_evidence where kind = 'signal' group by all"
    )
    rows = {row["signal_id"]: row for row in ask("select * from signal")}

    assert len(rows) == 7
    for row in first:
        found = rows.pop(row["tag_id"])
        assert (found["first_utc"], found["n_outlets"], found["n_articles"]) == (row["at"], row["n_outlets"], row["n"])
        assert found["n_eff"] <= found["n_articles"] <= found["n_measured"]
        assert found["sentence"]
        assert found["prominence"] in ("headline", "lead", "body")
        assert found["certainty"] in ("several outlets", "one outlet", "only cited")
    assert all((row["n_articles"], row["certainty"]) == (0, None) for row in rows.values())


def test_planted_errors_of_the_engine_are_in_the_intervals(ask):
    """Question 16: precision as planted; null where nobody judged; Bulgarian and Hungarian are not measured."""
    rows = {(row["frame_id"], row["language"]): row for row in ask("select * from quality")}
    judged = {key for key, row in rows.items() if row["sample_id"] is not None}

    assert judged == {(frame, language) for frame in GOLD["frames"] for language in GOLD["languages"]}
    for key, row in rows.items():
        assert (row["precision"] is None) is (key not in judged)
        assert row["share_unmeasured"] == (1 if key[1] in ("bg", "hu") else 0), key
        assert row["n_cues"] == len(row["cues"] or ())
        assert row["share_feed_days_ok"] is None or 0 < row["share_feed_days_ok"] <= 1
    for key in judged:
        row = rows[key]
        carried = row["share_engine"] * (1 - GOLD["false_alarms"])
        missed = (1 - row["share_engine"]) * GOLD["misses"]
        assert row["precision_low"] <= 1 - GOLD["false_alarms"] <= row["precision_high"], row
        assert row["recall_low"] <= carried / (carried + missed) <= row["recall_high"], row
        assert row["is_current"]
