"""Overview on small published homes: what it says, what it ranks, and what it leaves unranked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.volume import UNMEASURED
from tests.dashboard.archive import Batch, Newsroom, World, publish_world
from tests.dashboard.pages import charts, markup, plain, run_page

FIRST = date(2025, 12, 1)
HERALD = Newsroom(outlet_id="herald", name="State Herald", outlet_class="state-controlled")
COURIER = Newsroom(outlet_id="courier", name="The Courier")
LIST = Newsroom(outlet_id="list", name="Obraztsov List", outlet_class="exile", error="timeout")
FRAMES = ("Deadlock", "Momentum", "Root causes")

Show = Callable[..., AppTest]


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """``show(batch, ...)``: the page of a home with these articles of three outlets."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))

    def page(*batches: Batch, **changes: object) -> AppTest:
        whole = {"newsrooms": (HERALD, COURIER, LIST), "batches": batches, "frames": FRAMES, "poll_days": (FIRST,)}
        publish_world(tmp_path / "home", World(**(whole | changes)))
        return run_page("overview")

    return page


def herald(n: int, k: int, *frames: str, day: date = FIRST) -> Batch:
    return Batch(outlet_id="herald", day=day, n=n, k=k, frames=frames)


def unmeasured(n: int, language: str | None = "bg") -> Batch:
    return Batch(outlet_id="list", day=FIRST, n=0, k=0, n_unmeasured=n, unmeasured_language=language)


def test_the_first_words_say_what_there_is_and_how_far_it_goes(show: Show) -> None:
    """Whoever reads nothing else must have read this."""
    courier = Batch(outlet_id="courier", day=FIRST + timedelta(days=3), n=4, k=1, language="de")

    at = show(herald(9, 3, "Deadlock"), courier, unmeasured(5), lost={"error": 1, "off_topic": 2, "paywalled": 1})

    assert not at.exception
    said = at.markdown[0].value
    assert said.startswith(
        "This archive holds **13 articles on the talks** from 2 outlets in 2 languages, published from 1 December "
        "2025 to 4 December 2025. **5 more articles could not be measured** (Bulgarian: 5): they are in no share, "
        "neither as yes nor as no. Of 3 outlets watched, 2 answered within a day of the last poll; of 26 items seen in "
        "their feeds, 18 were stored and 4 could not be read."
    )
    assert "**outlet's own voice**" in said


def test_what_was_not_measured_hangs_below_the_line(show: Show) -> None:
    """It adds to no class, and it is never drawn as nothing."""
    at = show(herald(9, 3, "Deadlock"), unmeasured(5))

    rows = charts(at)[0].rows.set_index("part")
    assert rows["height"].to_dict() == {"state-controlled": 9, UNMEASURED: -5}
    assert rows.loc[UNMEASURED, "of"] == "exile"
    assert any(
        caption.value.startswith("**n = 9** articles on the talks in this period, **5**") for caption in at.caption
    )


def test_frames_lead_by_share_and_none_leads_with_nothing(show: Show) -> None:
    """Three of nine before one of nine; a frame that was not found leads nowhere."""
    at = show(herald(9, 1, "Momentum"), herald(9, 3, "Root causes", day=FIRST + timedelta(days=1)))

    _, leading = charts(at)
    assert leading.title == "state-controlled"
    assert leading.spec["title"]["subtitle"] == "1 outlet, 18 articles: its own, not the class's"
    rows = leading.rows
    assert list(rows["label"]) == ["Root causes", "Momentum"]
    assert list(rows["counts"]) == ["3 of 18", "1 of 18"]
    assert rows["share_low"].round(4).tolist() == [0.045, 0.0022]  # as framing.corpus.intervals has it, 3 and 1 of 18


def test_a_class_too_thin_to_rank_is_listed_and_not_ranked(show: Show) -> None:
    """Seven articles have no leading frame, whatever they carry."""
    at = show(herald(7, 7, "Deadlock"), Batch(outlet_id="courier", day=FIRST, n=8, k=1))

    assert [chart.title for chart in charts(at)[1:]] == ["private"]
    assert "state-controlled: 1 outlet, 7 articles: too few to rank." in plain(at)


def test_a_class_that_was_not_measured_is_listed_as_such(show: Show) -> None:
    """Not zero, not silent."""
    at = show(herald(9, 3, "Deadlock"), unmeasured(5))

    assert [chart.title for chart in charts(at)[1:]] == ["state-controlled"]
    assert "exile: 5 not measured." in plain(at)
    table = at.dataframe[1].value
    assert table[table["unit"] == "exile"]["share"].isna().all()


def test_nothing_found_is_an_answer(show: Show) -> None:
    assert "state-controlled: 1 outlet, 9 articles: none of the frames was found." in plain(show(herald(9, 0)))


def test_the_coverage_counts_who_answers_and_what_became_of_all(show: Show) -> None:
    """Per class: watched, answered, with articles; and every item seen is in one column."""
    lost = {"error": 1, "off_topic": 2, "duplicate": 1, "robots": 3, "pending": 1}

    at = show(herald(9, 3), unmeasured(2), unmeasured(3, None), lost=lost)

    table = at.dataframe[-1].value.set_index("outlet_class")
    assert table["n_watched"].to_dict() == {"exile": 1, "private": 1, "state-controlled": 1}
    assert table["n_answered"].to_dict() == {"exile": 0, "private": 1, "state-controlled": 1}
    assert table["n_with_articles"].to_dict() == {"exile": 0, "private": 0, "state-controlled": 1}
    states = ["n_stored", "n_aside", "n_unreadable", "n_lost", "n_pending"]
    assert table.loc["state-controlled", ["n_seen", *states]].tolist() == [17, 9, 3, 3, 1, 1]
    assert (table["n_seen"] == table[states].sum(axis=1)).all()


def test_who_answered_days_ago_does_not_answer(show: Show) -> None:
    """An outlet that went dark must not pass for one that is seen."""
    show(herald(9, 3), newsrooms=(HERALD, COURIER))

    dark = replace(COURIER, error="timeout")
    at = show(herald(9, 3), newsrooms=(HERALD, dark), poll_days=(FIRST + timedelta(days=3),))

    table = at.dataframe[-1].value.set_index("outlet_class")
    assert table["n_answered"].to_dict() == {"private": 0, "state-controlled": 1}


def test_languages_that_cannot_be_measured_are_named(show: Show) -> None:
    """In the table, and in a line each."""
    more = Batch(outlet_id="courier", day=FIRST, n=0, k=0, n_unmeasured=2)

    at = show(herald(9, 3), unmeasured(5), more)

    table = at.dataframe[-1].value.set_index("outlet_class")
    assert table["unmeasured_languages"].to_dict() == {
        "exile": "bg: 5",
        "private": "not identified: 2",
        "state-controlled": "",
    }
    assert "Bulgarian (bg): 5 articles not measured\nlanguage not identified (-): 2 articles not measured" in plain(at)


def test_the_period_narrows_volume_and_frames(show: Show) -> None:
    """And not the words at the top, nor the coverage, which are about the whole."""
    at = show(herald(9, 3, "Deadlock"), herald(10, 5, "Momentum", day=FIRST + timedelta(days=2)))

    at.date_input(key="period").set_value((FIRST, FIRST)).run()

    assert not at.exception
    assert at.markdown[0].value.startswith("This archive holds **19 articles on the talks**")
    assert any(caption.value.startswith("**n = 9** articles") for caption in at.caption)
    assert list(charts(at)[1].rows["label"]) == ["Deadlock"]
    assert at.dataframe[-1].value["n_stored"].sum() == 19


@pytest.mark.parametrize(
    ("changes", "said", "has_coverage"),
    [
        ({"newsrooms": (), "frames": (), "poll_days": ()}, "No feed was polled yet.", False),
        ({"frames": ()}, "Feeds were polled, but no article on the talks is stored yet.", True),
    ],
)
def test_an_empty_archive_names_the_next_step(
    show: Show, changes: dict[str, object], said: str, has_coverage: bool
) -> None:
    """Where outlets are watched, the coverage says why there is nothing else."""
    at = show(**changes)

    assert not at.exception
    assert at.info[0].value.startswith(said)
    assert [heading.value for heading in at.subheader] == ["Coverage"] * has_coverage


def test_every_chart_has_words_for_those_who_do_not_see_it(show: Show) -> None:
    at = show(herald(9, 3), unmeasured(5))

    assert all(len(chart.alt) > 20 for chart in charts(at))
    assert "**The outlet's own voice:**" in markup(at)
