"""What the charts draw and what they leave out, read from their Vega-Lite specifications."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pandas import DataFrame

from dashboard import charts, data, ledger, trust
from dashboard.marks import WHOLE_PX
from tests.dashboard.archive import Batch, Happening, Newsroom, World, publish_world

FIRST = date(2025, 12, 1)
ROOM = Newsroom(outlet_id="herald", name="State Herald", outlet_class="state-controlled")


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def trend(rows: DataFrame, doubts: DataFrame) -> charts.Trend:
    return charts.Trend(
        rows=rows,
        doubts=doubts,
        key="outlet_id",
        labels={"herald": "State Herald"},
        first=FIRST,
        last=on(20),
        highest=charts.highest_share(rows),
        chart_px=WHOLE_PX,
        title="Deadlock",
        subtitle="",
    )


def drawn(
    tmp_path: Path, batches: list[Batch], happenings: tuple[Happening, ...] = (), poll_days: tuple[date, ...] = ()
) -> dict[str, Any]:
    """The specification of the share chart of a published world."""
    world = World(newsrooms=(ROOM,), batches=tuple(batches), happenings=happenings, poll_days=poll_days)
    publish_world(tmp_path / "home", world)
    archive = data.open_archive(tmp_path / "home")
    rows = data.outlet_day(archive, "deadlock", "outlet", ["herald"], FIRST, on(20))
    doubts = trust.doubts_of_outlets(archive, ["herald"], FIRST, on(20))
    return charts.share_over_time(trend(rows, doubts), data.events(archive, FIRST, on(20))).to_dict()


def points(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows behind lines and points, by day."""
    return [row for rows in spec["datasets"].values() for row in rows if "segment" in row]


def marks(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows behind the event marks, by day."""
    return [row for rows in spec["datasets"].values() for row in rows if "titles" in row]


@pytest.mark.parametrize(("missing", "n_stretches"), [(0, 1), (1, 1), (2, 2), (9, 2)])
def test_a_line_crosses_one_missing_day_and_never_two(tmp_path: Path, missing: int, n_stretches: int) -> None:
    """A line over a gap would claim what nobody measured."""
    batches = [Batch(outlet_id="herald", day=on(day), n=9, k=3) for day in (0, 1, 2 + missing, 3 + missing)]

    rows = points(drawn(tmp_path, batches))

    assert len(rows) == 4
    assert len({row["segment"] for row in rows}) == n_stretches


@pytest.mark.parametrize(("asked", "n_stretches"), [((0, 1, 2, 3), 1), ((0, 1, 3), 2)])
def test_no_line_crosses_a_day_on_which_we_were_blind(tmp_path: Path, asked: tuple[int, ...], n_stretches: int) -> None:
    """A quiet day between two points is the outlet's; a day nobody asked is ours."""
    batches = [Batch(outlet_id="herald", day=on(day), n=9, k=3) for day in (0, 1, 3)]

    rows = points(drawn(tmp_path, batches, poll_days=tuple(map(on, asked))))

    assert len({row["segment"] for row in rows}) == n_stretches


def test_a_day_without_a_measured_article_has_no_point(tmp_path: Path) -> None:
    """None is never zero."""
    batches = [Batch(outlet_id="herald", day=on(0), n=9, k=0)]
    batches += [Batch(outlet_id="herald", day=on(1), n=0, k=0, n_unmeasured=5)]

    rows = points(drawn(tmp_path, batches))

    assert [(row["day_text"], row["share"], row["counts"]) for row in rows] == [("2025-12-01", 0.0, "0 of 9")]


def test_thin_days_are_hollow(tmp_path: Path) -> None:
    """Seven articles are too few to compare, eight are not."""
    spec = drawn(tmp_path, [Batch(outlet_id="herald", day=on(n), n=n, k=1) for n in (7, 8)])

    assert [row["too_few"] for row in points(spec)] == [True, False]
    layers = {
        layer["mark"]["filled"]: layer["transform"][0]["filter"] for layer in spec["layer"] if "filled" in layer["mark"]
    }
    assert layers == {True: "!datum.too_few", False: "datum.too_few"}


def test_a_lone_day_has_a_whisker(tmp_path: Path) -> None:
    """A band needs two days; a point between gaps shows its interval all the same."""
    rows = points(drawn(tmp_path, [Batch(outlet_id="herald", day=on(day), n=9, k=3) for day in (0, 1, 8)]))

    assert [row["is_alone"] for row in rows] == [False, False, True]


def test_shares_start_at_zero_and_keep_their_intervals(tmp_path: Path) -> None:
    """A cut axis makes small changes look large."""
    spec = drawn(tmp_path, [Batch(outlet_id="herald", day=on(0), n=10, k=5)])

    axis = next(layer["encoding"]["y"] for layer in spec["layer"] if layer["mark"]["type"] == "line")
    (row,) = points(spec)
    assert axis["scale"]["domain"] == [0, pytest.approx(0.7634, abs=1e-4)]  # Wilson, 5 of 10
    assert row["share_low"] == pytest.approx(0.2366, abs=1e-4)


def test_events_of_one_day_share_a_mark(tmp_path: Path) -> None:
    """Two rules in one place would hide each other; unless all are confirmed, the rule is dashed."""
    happenings = (
        Happening(title="Talks", day=on(1)),
        Happening(title="Attack", day=on(2), certainty="contested"),
        Happening(title="Answer", day=on(2)),
        Happening(title="Outside the period", day=on(40)),
    )

    rows = marks(drawn(tmp_path, [Batch(outlet_id="herald", day=on(0), n=9, k=3)], happenings))

    assert [row["numbers"] for row in rows] == ["1", "2,3"]
    assert [row["is_confirmed"] for row in rows] == [True, False]
    assert {word for row in rows for word in row["titles"].split(" / ")} == {"Talks", "Attack", "Answer"}


def test_nothing_without_a_tooltip_lies_over_what_has_one(tmp_path: Path) -> None:
    """The topmost mark takes the pointer: a band over an event would hide what the event was."""
    batches = [Batch(outlet_id="herald", day=on(0), n=9, k=3)]

    spec = drawn(tmp_path, batches, (Happening(title="Talks", day=on(0)),))

    layers = [(layer["mark"]["type"], "tooltip" in layer["encoding"]) for layer in spec["layer"]]
    assert layers[:3] == [("area", False), ("rule", False), ("line", False)]
    assert all(has_tooltip for _, has_tooltip in layers[3:])
    assert [kind for kind, _ in layers[3:]] == ["rule", "rule", "text", "text", "point", "point"]


def test_days_stand_at_midnight_utc(tmp_path: Path) -> None:
    """The browser's own zone must not move a day, nor a late event to the next one."""
    spec = drawn(tmp_path, [Batch(outlet_id="herald", day=on(1), n=9, k=3)], (Happening(title="Late", day=on(1)),))

    midnight = 1_764_633_600_000  # 2025-12-02T00:00Z
    assert [row["day"] for row in points(spec) + marks(spec)] == [midnight, midnight]
    assert all(layer["encoding"]["x"]["scale"]["type"] == "utc" for layer in spec["layer"])


def test_blind_days_are_told_from_quiet_ones(tmp_path: Path) -> None:
    """A poll without an answer is an outage, whatever the outlet published."""
    broken = Newsroom(outlet_id="zeta", name="Zeta", error="timeout")
    publish_world(tmp_path / "home", World(newsrooms=(ROOM, broken), poll_days=(on(0),), lost={"error": 1}))
    archive = data.open_archive(tmp_path / "home")
    rows = data.coverage(archive, ["herald", "zeta"])

    spec = ledger.flags_by_day(rows, data.outlets(archive)).to_dict()

    squares = [row for rows in spec["datasets"].values() for row in rows]
    assert {row["outlet"]: row["trust"] for row in squares} == {
        "State Herald": ledger.FLAGS["ok"][0],
        "Zeta": ledger.FLAGS["outage"][0],
    }


def test_a_square_for_each_doubtful_day_stands_in_the_row_of_its_line(tmp_path: Path) -> None:
    """Rows are told by the colour of their line, in the order of the legend; whole days have no square."""
    publish_world(tmp_path / "home", World(newsrooms=(ROOM,), poll_days=(on(0), on(2)), lost={"error": 1}))
    doubts = trust.doubts_of_outlets(data.open_archive(tmp_path / "home"), ["herald"], FIRST, on(20))

    spec = charts.coverage_by_day(trend(DataFrame({"share_high": [0.5]}), doubts)).to_dict()

    (rows,) = spec["datasets"].values()
    assert [(row["series"], row["day_text"], row["seen"], row["reason"]) for row in rows] == [
        ("State Herald", "2025-12-02", charts.BLIND, "not asked")
    ]
    axis = spec["encoding"]["y"]
    assert axis["scale"]["domain"] == ["State Herald"]
    assert axis["axis"]["labelColor"]["condition"] == [
        {"test": 'datum.value === "State Herald"', "value": charts.PALETTE[0]}
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((True, True), []),
        ((True, False), [(False, "outage 1 of 2 outlets")]),
        ((False, False), [(True, "outage 2 of 2 outlets")]),
    ],
)
def test_a_class_is_blind_where_all_its_outlets_are(tmp_path: Path, asked: tuple[bool, bool], expected: object) -> None:
    """One that did not answer makes the day doubtful."""
    rooms = tuple(
        Newsroom(outlet_id=f"room{number}", name=f"Room {number}", error=None if is_asked else "timeout")
        for number, is_asked in enumerate(asked)
    )
    publish_world(tmp_path / "home", World(newsrooms=rooms, poll_days=(on(0),), lost={"error": 1}))

    doubts = trust.doubts_of_classes(data.open_archive(tmp_path / "home"), ["private"], FIRST, on(20))

    assert list(zip(doubts["is_blind"], doubts["reason"], strict=True)) == expected


@pytest.mark.parametrize(("n_thin", "n_doubtful"), [(1, 0), (2, 0), (3, 1)])
def test_few_items_make_a_class_doubtful_only_where_most_of_it_has_few(
    tmp_path: Path, n_thin: int, n_doubtful: int
) -> None:
    """Of ten outlets one has few by chance alone: a square a day would say nothing."""
    rooms = tuple(Newsroom(outlet_id=f"room{number}", name=f"Room {number}") for number in range(4))
    days = tuple(map(on, range(17)))
    world = World(newsrooms=rooms, poll_days=days[:-1], lost={"error": 2})
    publish_world(tmp_path / "home", world)
    last = replace(world, poll_days=days[-1:], newsrooms=rooms[n_thin:])
    publish_world(tmp_path / "home", last)
    publish_world(tmp_path / "home", replace(world, poll_days=days[-1:], newsrooms=rooms[:n_thin], lost={}))

    doubts = trust.doubts_of_classes(data.open_archive(tmp_path / "home"), ["private"], FIRST, on(20))

    assert len(doubts) == n_doubtful


def test_two_outlets_of_one_name_stay_two(tmp_path: Path) -> None:
    """Lines are told apart by their key, so their names must differ."""
    twin = Newsroom(outlet_id="twin", name="State Herald")
    publish_world(tmp_path / "home", World(newsrooms=(ROOM, twin)))

    names = data.outlets(data.open_archive(tmp_path / "home"))

    assert names == {"herald": "State Herald (herald)", "twin": "State Herald (twin)"}
