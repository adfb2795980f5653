"""Today on a small published home: a planted shift in words, a quiet day, a thin one, and where the links lead."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import links
from dashboard.screens import today
from tests.dashboard.archive import Batch, Newsroom, World, publish_world
from tests.dashboard.pages import markup, run_page

FIRST = date(2025, 12, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(29)]
LAST = DAYS[-1]
NAMES = {"herald": "State Herald", "courier": "The Courier"}


def a_month(k_on_last: int, n_on_last: int = 20, error: str | None = None) -> World:
    """Two outlets, of whose twenty texts a day two carry each frame; on the last day it is another number in one."""
    batches = [Batch(outlet_id=outlet, day=day, n=20, k=2) for outlet in NAMES for day in DAYS[:-1]]
    batches += [
        Batch(outlet_id="herald", day=LAST, n=n_on_last, k=k_on_last),
        Batch(outlet_id="courier", day=LAST, n=n_on_last, k=min(2, n_on_last)),
    ]
    return World(
        newsrooms=(
            Newsroom(outlet_id="herald", name=NAMES["herald"], outlet_class="state-controlled", error=error),
            Newsroom(outlet_id="courier", name=NAMES["courier"]),
        ),
        batches=tuple(batches),
        poll_days=tuple(DAYS),
    )


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def html_of(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def test_a_shift_is_told_with_its_size_and_the_way_to_its_sentences(root: Path) -> None:
    publish_world(root, a_month(k_on_last=16))

    at = run_page("today")

    assert not at.exception
    html = html_of(at)
    assert "State Herald: “" in html
    assert "” more often" in html
    assert (
        "80 % of 20 independent texts, after 10 % of 140 independent texts in the seven days before: +70 points" in html
    )
    assert "n_eff 20 · q 0.000" in html
    assert "The Courier: “" not in html
    assert html.count("more often") <= 7
    addresses = [part.split('"')[0] for part in html.split('href="')[1:]]
    assert len([one for one in addresses if one.startswith("evidence?")]) == html.count("more often")


def test_a_quiet_day_is_told_as_one(root: Path) -> None:
    publish_world(root, a_month(k_on_last=2))

    at = run_page("today")

    assert at.success[0].value == "No share differs from the week before by more than chance."
    assert not at.warning


def test_a_thin_day_is_not_told_as_a_quiet_one(root: Path) -> None:
    publish_world(root, a_month(k_on_last=1, n_on_last=3))

    at = run_page("today")

    assert "Too little is known of this day" in at.warning[0].value
    assert not at.success
    assert "more often" not in html_of(at)


def test_an_outlet_that_did_not_answer_is_counted_as_blind(root: Path) -> None:
    publish_world(root, a_month(k_on_last=2, error="timeout: no answer from the host"))

    at = run_page("today")

    assert "Of **2 watched outlets**, **1** did not answer or were not asked" in markup(at)


@given(
    frame=st.text(min_size=1, max_size=20),
    outlets=st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=3),
)
def test_an_address_holds_the_choice_whatever_the_names(frame: str, outlets: list[str]) -> None:
    address = links.evidence(frame, "outlet", outlets, FIRST, LAST)

    choice = parse_qs(urlsplit(address).query, keep_blank_values=True, strict_parsing=True)
    assert choice["code"] == [frame]
    assert choice.get("of", []) == outlets
    assert choice["period"] == ["2025-12-01", "2025-12-29"]


def test_less_is_said_as_less() -> None:
    assert today.headline("Deadlock", "private", False, -0.2) == "private outlets: “Deadlock” less often"


def test_who_looks_at_the_newest_day_goes_on_doing_so(root: Path) -> None:
    """A tab left open overnight, which is this page's main use, must not tell yesterday under today's name."""
    publish_world(root, a_month(k_on_last=2))
    at = run_page("today")
    before = at.selectbox(key="day").value

    tomorrow = LAST + timedelta(days=1)
    world = a_month(k_on_last=2)
    more = Batch(outlet_id="herald", day=tomorrow, n=20, k=2)
    publish_world(root, replace(world, batches=(*world.batches, more), poll_days=(*world.poll_days, tomorrow)))
    at.run()

    assert (before, at.selectbox(key="day").value) == (LAST, tomorrow)
