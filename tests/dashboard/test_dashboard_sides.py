"""Both sides on small published homes: the same treatment for every side, and no more said than is known."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.archive import Batch, Newsroom, World, publish_world
from tests.dashboard.pages import charts, markup, plain, run_page

FIRST = date(2025, 12, 1)
ROOMS = (
    Newsroom(outlet_id="herald", name="State Herald", outlet_class="state-controlled"),
    Newsroom(outlet_id="courier", name="The Courier"),
    Newsroom(outlet_id="list", name="Obraztsov List", outlet_class="exile"),
)
BATCHES = (
    Batch(outlet_id="herald", day=FIRST, n=10, k=4, frames=("Capitulation", "Spoiler")),
    Batch(outlet_id="courier", day=FIRST, n=3, k=2, frames=("Land",)),
    Batch(outlet_id="list", day=FIRST, n=0, k=0, n_unmeasured=5, unmeasured_language="bg"),
)
FRAMES = ("Capitulation", "Land", "Spoiler", "Deal")
SERVES = {"Capitulation": "UA", "Land": "RU", "Spoiler": "RU"}

Show = Callable[..., AppTest]


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """``show()``: the page of a home with three classes, and frames that serve two of three sides."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))

    def page(**changes: object) -> AppTest:
        whole = {"newsrooms": ROOMS, "batches": BATCHES, "frames": FRAMES, "serves": SERVES, "poll_days": (FIRST,)}
        publish_world(tmp_path / "home", World(**(whole | {"sides": ("RU", "UA", "US")} | changes)))
        return run_page("sides")

    return page


def counts(at: AppTest, title: str) -> list[str]:
    """What is written beside each row of one panel."""
    panel = next(chart for chart in charts(at) if chart.title == title)
    return list(panel.rows["counts"])


def test_each_side_has_its_panel_with_the_same_rows_and_scale(show: Show) -> None:
    """What differs between two panels is the data alone."""
    at = show()

    assert not at.exception
    panels = charts(at)[:3]
    assert [panel.title for panel in panels] == ["Serves: Russia (RU)", "Serves: Ukraine (UA)", "Serves no side"]
    assert all(list(panel.rows["label"]) == ["state-controlled", "private", "exile"] for panel in panels)
    scales = [panel.spec["layer"][1]["layer"][0]["encoding"]["x"] for panel in panels]
    assert scales[0] == scales[1] == scales[2]


def test_an_article_counts_once_for_a_side(show: Show) -> None:
    """However many of its frames serve that side, and also where it serves another."""
    both = Batch(outlet_id="herald", day=FIRST, n=10, k=4, frames=("Land", "Spoiler", "Capitulation"))

    at = show(batches=(both,))

    assert counts(at, "Serves: Russia (RU)") == ["4 of 10"]
    assert counts(at, "Serves: Ukraine (UA)") == ["4 of 10"]
    assert counts(at, "Serves no side") == ["0 of 10"]


def test_too_few_and_not_measured_are_said_beside_the_row(show: Show) -> None:
    """Two of three is no comparison, and five unread articles are no zero."""
    at = show()

    assert counts(at, "Serves: Russia (RU)") == ["4 of 10", "2 of 3, too few", "not measured"]
    panel = charts(at)[0]
    assert list(panel.rows["too_few"]) == [False, True, True]
    assert panel.rows["share"].isna().tolist() == [False, False, True]


def test_a_side_without_frames_is_named_and_not_drawn(show: Show) -> None:
    """A gap of the codebook must not look like a finding about the coverage."""
    at = show()

    assert (
        "Frames in the codebook: Russia 2; Ukraine 1; United States none, so nothing is said about it here; no side 1."
        in plain(at)
    )
    assert not any("United States" in chart.title for chart in charts(at))
    assert "**Compare rows within a side, not side with side:**" in markup(at)


def test_mirrors_stand_beside_each_other_the_earlier_side_left(show: Show) -> None:
    """And a frame without a mirror says why it has none."""
    at = show()

    assert [chart.title for chart in charts(at)[3:]] == [
        "Land (F02)",
        "Capitulation (F01)",
        "Spoiler (F03)",
        "Deal (F04)",
    ]
    assert [h.value for h in at.subheader][1:] == ["Frames beside their mirrors", "Frames without a mirror"]
    assert counts(at, "Spoiler (F03)") == ["4 of 10", "0 of 3, too few", "not measured"]
    assert plain(at).count("It accuses nobody.") == 2


def test_every_frame_says_whom_it_serves_and_why(show: Show) -> None:
    shown = plain(show())

    assert shown.count("Either side says it.") == len(FRAMES)
    assert shown.count("The talks are told as: ") == len(FRAMES)


def test_reporting_is_not_holding(show: Show) -> None:
    """The caveat comes before the first chart."""
    at = show()

    assert at.markdown[0].value.startswith("**Reporting a frame is not holding it.** **The outlet's own voice:**")


def test_rows_may_be_outlets(show: Show) -> None:
    at = show()

    at.radio(key="who").set_value("Outlets").run()

    assert not at.exception
    assert list(charts(at)[0].rows["label"]) == ["State Herald", "The Courier", "Obraztsov List"]


def test_many_rows_are_chosen_from_and_the_rest_is_counted(show: Show) -> None:
    """Those with most articles at first; nobody must think they are all."""
    rooms = tuple(Newsroom(outlet_id=f"o{n:02}", name=f"Outlet {n:02}") for n in range(14))
    batches = tuple(Batch(outlet_id=room.outlet_id, day=FIRST, n=20 - i, k=3) for i, room in enumerate(rooms))
    at = show(newsrooms=rooms, batches=batches)

    at.radio(key="who").set_value("Outlets").run()

    assert list(charts(at)[0].rows["label"]) == [f"Outlet {n:02}" for n in range(12)]
    assert any(caption.value == "12 of 14 are drawn." for caption in at.caption)

    at.multiselect(key="who-outlet").set_value([]).run()

    assert not at.exception
    assert at.info[0].value.startswith("No article in this choice.")


def test_the_tables_hold_the_rows_of_the_panels(show: Show) -> None:
    at = show()

    sides, frames = at.dataframe[0].value, at.dataframe[1].value
    assert list(sides["unit"].unique()) == ["state-controlled", "private", "exile"]
    assert len(sides) == 3 * 3
    assert len(frames) == 3 * len(FRAMES)


def test_an_empty_archive_names_the_next_step(show: Show) -> None:
    at = show(batches=())

    assert not at.exception
    assert at.info[0].value.startswith("Feeds were polled, but no article on the talks is stored yet.")
