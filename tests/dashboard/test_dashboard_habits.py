"""The parts of Compare: each row's note is its own, and each part is drawn on the demo."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from pandas import DataFrame, Timestamp, to_datetime
from playwright.sync_api import Browser, expect

from dashboard import finding_charts, portrait_charts
from dashboard.screens.compare import PARTS
from tests.dashboard.browsing import DRAW_MS, assert_no_exception, opened, served


def rows_of_slant() -> DataFrame:
    """Three outlets, the first left out before: the index has a hole."""
    rows = DataFrame(
        {
            "outlet_name": ["Left out", "Herald", "Courier"],
            "k": [9, 16, 0],
            "n": [90, 37, 21],
            "n_eff": [50, 25, 12],
            "share": [0.1, 16 / 37, 0.0],
            "others_share": [0.1, 0.01, 0.06],
            "ratio": [1.0, 31.5, 0.4],
            "ratio_low": [0.5, 12.0, 0.0],
            "ratio_high": [2.0, float("inf"), 3.1],
        }
    )
    return rows[rows["outlet_name"] != "Left out"]


def test_each_row_has_its_own_counts_and_name() -> None:
    spec = portrait_charts.doubted(rows_of_slant(), "RU", "Doubts").to_dict()

    data = [row for rows in spec["datasets"].values() for row in rows if "outlet_name" in row]
    drawn = {row["outlet_name"]: (row["row"], row["counts"]) for row in data}
    assert drawn == {"Herald": (0, "16 of 37"), "Courier": (1, "0 of 21")}
    assert labels_of(spec) == [["16 of 37", "0 of 21"], ["Herald", "Courier"]]


def test_an_interval_without_an_end_stops_at_the_edge() -> None:
    spec = portrait_charts.doubted(rows_of_slant(), "RU", "Doubts").to_dict()

    rows = [row for rows in spec["datasets"].values() for row in rows if "outlet_name" in row]
    assert {row["ratio_high_drawn"] for row in rows} == {portrait_charts.WIDEST, 3.1}
    assert min(row["ratio_low_drawn"] for row in rows) == 1 / portrait_charts.WIDEST


def test_words_without_a_speaker_are_a_part_of_their_own() -> None:
    rows = DataFrame(
        {
            "outlet_id": ["herald", "herald"],
            "outlet_name": ["Herald", "Herald"],
            "side": ["RU", None],
            "actor_name": ["Putin", "not resolved"],
            "share": [0.25, 0.75],
            "share_low": [0.1, 0.5],
            "share_high": [0.5, 0.9],
            "n_words": [50, 150],
            "n_eff": [7, 7],
            "too_few": [True, True],
        }
    )

    spec = portrait_charts.words_by_side(rows).to_dict()

    drawn = [row for rows in spec["datasets"].values() for row in rows if "whose" in row]
    assert {(row["whose"], row["share"]) for row in drawn} == {("RU", 0.25), ("not resolved", 0.75)}
    assert labels_of(spec)[0] == ["7 texts, too few"]


def test_events_stand_in_order_of_time_with_their_day() -> None:
    rows = DataFrame(
        {
            "event_id": ["a", "b"],
            "event_title": ["Talks in Paris", "Talks in Berlin"],
            "event_time_utc": [Timestamp("2025-12-01 12:00", tz="UTC"), Timestamp("2025-12-14 12:00", tz="UTC")],
            "outlet_id": ["herald", "herald"],
            "outlet_name": ["Herald", "Herald"],
            "state": ["covered", "could not know"],
            "doubt": [None, "feed down"],
            "n_on_event": [1, 0],
            "n_articles": [5, 0],
            "n_peers_known": [3, None],
            "n_peers_covered": [2, None],
            "expected": [1.5, None],
            "notable": [False, False],
        }
    )

    spec = portrait_charts.reported(rows).to_dict()

    assert ["1 Dec · Talks in Paris", "14 Dec · Talks in Berlin"] in labels_of(spec)


def rows_of_effects() -> DataFrame:
    """One found, with an interval without an end; one that chance explains."""
    return DataFrame(
        {
            "is_found": [True, False],
            "ratio": [7.5, 0.9],
            "ratio_low": [3.7, 0.4],
            "ratio_high": [None, 2.0],
            "k_eff_before": [0.0, 4.5],
            "n_eff_before": [66, 30],
            "k_eff_after": [41.0, 4.0],
            "n_eff_after": [66, 30],
            "share_before": [0.0, 0.15],
            "share_after": [0.62, 0.13],
            "q": [0.001, 0.9],
            "scatter": [1.0, 1.2],
        }
    )


def test_an_effect_stands_with_its_texts_before_and_after() -> None:
    spec = finding_charts.effects(rows_of_effects(), ["one", "other"]).to_dict()

    drawn = [row for rows in spec["datasets"].values() for row in rows if "shift" in row]
    assert [(row["label"], row["shift"], row["found"]) for row in drawn] == [
        ("one", "0/66 → 41/66", finding_charts.FOUND),
        ("other", "4.5/30 → 4/30", finding_charts.NOT_FOUND),
    ]
    assert drawn[0]["high_drawn"] == portrait_charts.WIDEST
    assert labels_of(spec) == [["0/66 → 41/66", "4.5/30 → 4/30"], ["one", "other"]]


def test_days_that_were_too_thin_break_the_line_of_divergence() -> None:
    days = DataFrame(
        {
            "day_utc": to_datetime(["2025-12-01", "2025-12-02", "2025-12-03", "2025-12-04"]),
            "excess": [0.1, 0.2, None, 0.3],
            "null_low": [-0.1, -0.1, None, -0.1],
            "null_high": [0.1, 0.1, None, 0.1],
            "is_found": [False, True, None, True],
            "q": [0.4, 0.01, None, 0.01],
            "classes": ["a, b", "a, b", "", "a, b"],
            "n_eff": ["{a=9, b=9}"] * 4,
        }
    )

    spec = finding_charts.divergence(days).to_dict()

    drawn = [row for rows in spec["datasets"].values() for row in rows if "run" in row]
    assert [row["day_text"] for row in drawn] == ["2025-12-01", "2025-12-02", "2025-12-04"]
    runs = [row["run"] for row in drawn]
    assert runs[0] == runs[1] != runs[2]


def labels_of(spec: Mapping[str, Any]) -> list[list[str]]:
    """The labels of all rows and columns, in the order of the axes."""
    found: list[list[str]] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            expression = part.get("labelExpr")
            if isinstance(expression, str) and expression.startswith("["):
                labels = json.loads(expression.rpartition("[datum.value]")[0])
                if labels not in found:
                    found.append(labels)
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(spec)
    return found


@pytest.mark.slow
def test_every_part_is_drawn_on_the_demo(browser: Browser, demo_home, tmp_path) -> None:
    with served(demo_home.root, tmp_path) as url:
        for part in PARTS:
            page, _ = opened(browser, f"{url}/compare?what={part.replace(' ', '+')}")
            expect(page.locator('[data-testid="stVegaLiteChart"]:has(canvas, svg.marks)').first).to_be_visible(
                timeout=DRAW_MS
            )
            expect(page.get_by_text("The numbers", exact=True)).to_be_visible(timeout=DRAW_MS)
            assert_no_exception(page)
            page.context.close()
