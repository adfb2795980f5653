"""Compare on small published homes: what each cell says, and what it must not say."""

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import heat
from tests.dashboard.archive import Batch, Newsroom, World, publish_world
from tests.dashboard.pages import charts, plain, run_page

FIRST = date(2025, 12, 1)
ROOMS = (
    Newsroom(outlet_id="herald", name="State Herald", outlet_class="state-controlled", country="RU"),
    Newsroom(outlet_id="bote", name="Der Bote", country="DE"),
    Newsroom(outlet_id="courier", name="The Courier", country="GB"),
    Newsroom(outlet_id="list", name="Obraztsov List", outlet_class="exile", country="BG"),
    Newsroom(outlet_id="silent", name="Silent"),
)
BATCHES = (
    Batch(outlet_id="herald", day=FIRST, n=8, k=4, frames=("Deadlock",)),
    Batch(outlet_id="bote", day=FIRST, n=20, k=5, language="de"),
    Batch(outlet_id="courier", day=FIRST, n=7, k=7),
    Batch(outlet_id="list", day=FIRST, n=0, k=0, n_unmeasured=5, unmeasured_language="bg"),
)

Show = Callable[..., AppTest]


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """``show()``: the page of a home with four outlets that publish and one that does not."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))

    def page(**changes: object) -> AppTest:
        whole = {"newsrooms": ROOMS, "batches": BATCHES, "no_cues": {"de": ("Momentum",)}, "poll_days": (FIRST,)}
        publish_world(tmp_path / "home", World(**(whole | changes)))
        return run_page("compare")

    return page


def cells(at: AppTest) -> dict[tuple[str, str], dict[str, Any]]:
    """What is known of each cell, by row and frame."""
    (chart,) = charts(at)
    return {(row["unit_name"], row["label"]): row for row in chart.rows.to_dict("records")}


def rows_of(at: AppTest, kind: str) -> AppTest:
    return at.radio(key="rows").set_value(kind).run()


def test_a_cell_is_k_of_n(show: Show) -> None:
    """Four of eight carry the one frame, none the other: both are measured."""
    at = show()

    found = cells(at)
    assert not at.exception
    assert found["State Herald", "Deadlock"]["counts"] == "4/8"
    assert found["State Herald", "Deadlock"]["share_text"] == "50.0%"
    assert found["State Herald", "Momentum"]["state"] == heat.MEASURED
    assert found["State Herald", "Momentum"]["counts"] == "0/8"


def test_a_thin_cell_is_marked_and_sets_no_colour(show: Show) -> None:
    """Seven of seven is 100 %, and still too few to be the strongest colour."""
    at = show()

    assert cells(at)["The Courier", "Deadlock"]["state"] == heat.TOO_FEW
    assert colour_layer(at)["encoding"]["color"]["scale"]["domain"] == [0, 0.5]
    assert colour_layer(at)["transform"] == [{"filter": f"datum.state === '{heat.MEASURED}'"}]


@pytest.mark.parametrize(("outlet", "frame"), [("Obraztsov List", "Deadlock"), ("Der Bote", "Momentum")])
def test_what_was_not_measured_is_blank_and_never_zero(show: Show, outlet: str, frame: str) -> None:
    """A whole language without cues, or one frame without cues in it."""
    at = show()

    cell = cells(at)[outlet, frame]
    assert cell["state"] == heat.NOT_MEASURED
    assert cell["share_text"] == "–"
    assert cell["share"] != cell["share"]
    assert cell["n_unmeasured"] == {"Obraztsov List": 5, "Der Bote": 20}[outlet]


def test_outlets_stand_beneath_their_class_and_not_by_share(show: Show) -> None:
    """Most articles first; headings carry no cells."""
    (chart,) = charts(show())

    assert labels(chart.spec, "left") == [
        "private",
        "Der Bote",
        "The Courier",
        "state-controlled",
        "State Herald",
        "exile",
        "Obraztsov List",
    ]
    assert labels(chart.spec, "right") == [
        "2 outlets",
        "20 articles",
        "7 articles",
        "1 outlet",
        "8 articles",
        "1 outlet",
        "5 not measured",
    ]
    assert set(chart.rows["row"]) == {1, 2, 4, 6}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("Classes", ["private", "state-controlled", "exile"]),
        ("Languages", ["German", "English", "Bulgarian"]),
        ("Countries", ["Germany", "Russia", "United Kingdom", "Bulgaria"]),
    ],
)
def test_rows_may_be_something_else(show: Show, kind: str, names: list[str]) -> None:
    at = rows_of(show(), kind)

    assert not at.exception
    assert labels(charts(at)[0].spec, "left") == names
    assert cells(at)[names[-1], "Deadlock"]["state"] == heat.NOT_MEASURED


def test_a_class_adds_up_its_outlets(show: Show) -> None:
    """Twelve of twenty-seven private articles; where German has no cues, only the others are in n."""
    found = cells(rows_of(show(), "Classes"))

    assert found["private", "Deadlock"]["counts"] == "12/27"
    assert found["private", "Momentum"]["counts"] == "7/7"
    assert found["private", "Momentum"]["n_unmeasured"] == 20


def test_few_outlets_are_said_plainly(show: Show) -> None:
    """One German outlet is not German coverage, whatever its n."""
    at = show()

    assert any("One or two outlets are not a language, nor a class." in m.value for m in at.markdown)
    languages, classes = (text.value.splitlines() for text in at.text[:2])
    assert languages == [
        "German: 1 outlet, 20 articles: its own, not the language's",
        "English: 2 outlets, 15 articles: theirs, not the language's",
        "Bulgarian: 5 not measured",
    ]
    assert classes == [
        "private: 2 outlets, 27 articles: theirs, not the class's",
        "state-controlled: 1 outlet, 8 articles: its own, not the class's",
        "exile: 5 not measured",
    ]


def test_three_outlets_are_called_neither_few_nor_theirs(show: Show) -> None:
    rooms = tuple(Newsroom(outlet_id=f"o{n}", name=f"Outlet {n}") for n in range(3))
    batches = tuple(Batch(outlet_id=room.outlet_id, day=FIRST, n=15, k=3) for room in rooms)

    assert (
        plain(show(newsrooms=rooms, batches=batches))
        == "English: 3 outlets, 45 articles\nprivate: 3 outlets, 45 articles"
    )


def test_outlets_without_an_article_are_counted(show: Show) -> None:
    """Whoever is not in the map is not silent for that reason alone."""
    assert any(caption.value.startswith("1 watched outlet published nothing") for caption in show().caption)


def test_the_table_holds_the_rows_of_the_map(show: Show) -> None:
    at = rows_of(show(), "Languages")

    table = at.dataframe[0].value
    assert list(table["unit"]) == ["bg", "bg", "de", "de", "en", "en"]
    assert table["share"].isna().tolist() == [True, True, False, True, False, False]


def test_unmeasured_articles_alone_leave_the_map_blank(show: Show) -> None:
    at = show(batches=BATCHES[-1:])

    assert not at.exception
    assert at.info[0].value == "None of these articles could be measured, so every cell is blank."
    assert {cell["state"] for cell in cells(at).values()} == {heat.NOT_MEASURED}


def test_an_empty_archive_names_the_next_step(show: Show) -> None:
    at = show(batches=())

    assert not at.exception
    assert at.info[0].value.startswith("Feeds were polled, but no article on the talks is stored yet.")


def test_names_are_never_read_as_code(show: Show) -> None:
    """Labels reach Vega inside an expression: quotes and brackets must not end it."""
    name = """"]+alert(1)//\\' </script>"""
    room = Newsroom(outlet_id="herald", name=name)

    (chart,) = charts(show(newsrooms=(room,), batches=BATCHES[:1]))

    assert labels(chart.spec, "left") == ["private", name]


@pytest.mark.parametrize("is_dark", [False, True])
def test_numbers_can_be_read_on_every_colour(is_dark: bool) -> None:
    """At least 4.5 : 1, as WCAG asks of small text, on a light page as on a dark one."""
    for step in range(101):
        ground = heat._luminance(heat._mix(*(heat.DARK if is_dark else heat.LIGHT), step / 100))
        ink = heat._luminance(heat._rgb(heat.ink_on(step / 100, 1.0, is_dark)))
        assert heat._contrast(ground, ink) >= 4.5


@pytest.mark.parametrize("ends", [heat.LIGHT, heat.DARK])
def test_more_is_always_further_from_the_ground(ends: tuple[str, str]) -> None:
    """One hue, one direction: readable without seeing colours."""
    steps = [heat._luminance(heat._mix(*ends, step / 20)) for step in range(21)]

    assert len({one < other for one, other in pairwise(steps)}) == 1


def colour_layer(at: AppTest) -> dict[str, Any]:
    """The layer whose colour is the share."""
    (chart,) = charts(at)
    cells = chart.spec["layer"][1]["layer"]
    layer: dict[str, Any] = next(one for one in cells if one["encoding"].get("color", {}).get("field") == "share")
    return layer


def labels(spec: dict[str, Any], orient: str) -> list[str]:
    """The names of the rows, as Vega will read them out of its expression."""
    axes = [spec["layer"][0]["encoding"]["y"]["axis"], spec["layer"][1]["layer"][0]["encoding"]["y"]["axis"]]
    (axis,) = [axis for axis in axes if axis["orient"] == orient]
    names: list[str] = json.loads(axis["labelExpr"].removesuffix("[datum.value]"))
    return names
