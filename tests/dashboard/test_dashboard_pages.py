"""The frame, Trends and Sources on small published homes, run by Streamlit's own test runner."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.archive import Batch, Happening, Newsroom, World, publish_world
from tests.dashboard.pages import markup, run_app, run_page
from warehouse.home import create_home
from warehouse.reading import OtherVersionError, open_current, require_these_views
from warehouse.store import open_warehouse

FIRST = date(2025, 12, 1)
HERALD = Newsroom(outlet_id="herald", name="State Herald", outlet_class="state-controlled")
COURIER = Newsroom(outlet_id="courier", name="The Courier")
HOSTILE = "<script>alert(1)</script> **b** :red[x] $x$ ![i](http://evil.example/i.png) [l](javascript:alert(1))"

Run = Callable[[str], AppTest]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("sources")``: that page of the home in ``tmp_path / "home"``; ``run("app")``: all, on its first page."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))

    def page(name: str) -> AppTest:
        return run_app() if name == "app" else run_page(name)

    return page


def days(n: int) -> tuple[date, ...]:
    return tuple(FIRST + timedelta(days=i) for i in range(n))


def a_world(n_days: int, **changes: object) -> World:
    batches = tuple(
        Batch(outlet_id=room.outlet_id, day=day, n=9, k=3, n_unmeasured=1)
        for room in (HERALD, COURIER)
        for day in days(n_days)
    )
    whole = {"newsrooms": (HERALD, COURIER), "batches": batches, "poll_days": days(n_days)}
    return World(**(whole | changes))


def test_without_a_home_the_page_says_how_to_start(run: Run) -> None:
    """The dashboard may be the first thing that anyone starts."""
    at = run("app")

    assert not at.exception
    assert [title.value for title in at.title] == ["Today"]
    assert "`parley demo`" in at.info[0].value


def test_with_nothing_published_the_page_says_how_to_start(run: Run, tmp_path: Path) -> None:
    """A home exists as soon as a first run starts; a publication only when it ends."""
    create_home(tmp_path / "home")

    at = run("app")

    assert not at.exception
    assert at.info[0].value.startswith("Nothing is published yet. Run `parley run`")


def test_a_damaged_copy_gets_a_message(run: Run, tmp_path: Path) -> None:
    """A broken disk is no reason for a stack trace."""
    home = create_home(tmp_path / "home")
    copy = home.published / "parley-000001.duckdb"
    copy.write_bytes(b"not a database" * 1000)
    home.current.symlink_to(copy)

    at = run("app")

    assert not at.exception
    assert at.error[0].value == "The published copy cannot be read."
    assert "'parley publish' makes a fresh one" in at.text[0].value


def test_a_copy_of_another_version_says_what_to_do(run: Run, tmp_path: Path) -> None:
    """After an update the old copy is all there is until the first round is over; its views may lack some."""
    home = create_home(tmp_path / "home")
    with open_warehouse(home, "test") as warehouse:
        warehouse.sql.execute("update core.setting set value = 'of old' where key = 'views'")
        warehouse.sql.execute("checkpoint")
    copy = home.published / "parley-000001.duckdb"
    shutil.copyfile(home.database, copy)
    home.current.symlink_to(copy)

    at = run("app")

    assert not at.exception
    assert at.info[0].value.startswith("This copy was published by another version of Parley. `parley publish` makes")
    with pytest.raises(OtherVersionError), open_current(home) as connection:
        require_these_views(connection, home.current)


@pytest.mark.parametrize(
    ("world", "said"),
    [
        (World(), "No feed was polled yet."),
        (World(newsrooms=(HERALD,), frames=()), "No feed was polled yet."),
        (World(newsrooms=(HERALD,), poll_days=days(2)), "Feeds were polled, but no article on the talks is stored"),
    ],
)
def test_an_empty_archive_names_the_next_step(run: Run, tmp_path: Path, world: World, said: str) -> None:
    """Which step has not happened yet differs, and so does the advice."""
    publish_world(tmp_path / "home", world)

    at = run("trends")

    assert not at.exception
    assert at.info[0].value.startswith(said)


@pytest.mark.parametrize("n_days", [1, 40])
def test_counts_stand_beside_the_chart(run: Run, tmp_path: Path, n_days: int) -> None:
    """n measured and n not measured are told apart, on one day as on many."""
    publish_world(tmp_path / "home", a_world(n_days))

    at = run("trends")

    assert not at.exception
    caption = next(c.value for c in at.caption if c.value.startswith("**n = "))
    assert caption.startswith(f"**n = {18 * n_days:,}** articles measured, {6 * n_days} of them carry the frame. ")
    assert f"**{2 * n_days}** more articles could not be measured" in caption
    assert f"**0 of {2 * n_days}** points rest on fewer than 8 independent texts" in caption
    assert any("**The outlet's own voice:**" in c.value for c in at.caption)
    assert len(at.get("vega_lite_chart")) == 2


def test_the_table_holds_the_rows_of_the_choice(run: Run, tmp_path: Path) -> None:
    """Outlets and period narrow chart, table and file alike."""
    publish_world(tmp_path / "home", a_world(5))
    at = run("trends")

    at.radio(key="by").set_value("Outlets").run()
    at.multiselect(key="outlets").set_value(["herald"]).run()
    at.date_input(key="period").set_value((days(5)[1], days(5)[3])).run()

    table = at.dataframe[0].value
    assert not at.exception
    assert list(table["outlet_id"]) == ["herald"] * 3
    assert [day.date() for day in table["day_utc"]] == list(days(5)[1:4])
    assert list(table["k"]) == [3, 3, 3]


def test_choosing_nothing_is_no_error(run: Run, tmp_path: Path) -> None:
    """Emptying a field is the first thing many people do."""
    publish_world(tmp_path / "home", a_world(3))
    at = run("trends")

    at.multiselect(key="classes").set_value([]).run()

    assert not at.exception
    assert at.info[0].value == "Choose at least one line above."


def test_thin_days_are_said(run: Run, tmp_path: Path) -> None:
    """Most outlets write less than eight such articles a day: the reader must hear it before comparing."""
    batches = tuple(Batch(outlet_id="herald", day=day, n=n, k=1) for day, n in zip(days(3), (7, 8, 2), strict=True))
    publish_world(tmp_path / "home", a_world(3, batches=batches))

    assert any("**2 of 3** points rest on fewer than 8 independent texts" in c.value for c in run("trends").caption)


def test_a_frame_nobody_carries_is_measured_zero(run: Run, tmp_path: Path) -> None:
    """Absent is an answer: it is drawn at zero and said."""
    publish_world(tmp_path / "home", a_world(2, batches=(Batch(outlet_id="herald", day=FIRST, n=9, k=0),)))

    at = run("trends")

    assert at.info[0].value.startswith("No article carries this frame yet")
    assert list(at.dataframe[0].value["share"]) == [0.0]


def test_unmeasured_articles_alone_have_no_share(run: Run, tmp_path: Path) -> None:
    """None is never zero, up to the chart."""
    batch = Batch(outlet_id="herald", day=FIRST, n=0, k=0, n_unmeasured=4)
    publish_world(tmp_path / "home", a_world(2, batches=(batch,)))

    at = run("trends")

    assert not at.exception
    assert at.info[0].value.startswith("None of these articles could be measured")
    assert at.dataframe[0].value["share"].isna().all()


def test_the_demo_says_so(run: Run, tmp_path: Path) -> None:
    """A screenshot of the demo must never pass for news."""
    publish_world(tmp_path / "home", a_world(1), kind="demo")

    at = run("app")

    assert at.warning[0].value.startswith("**Demo:** every outlet, article and number here is fictional;")


def test_live_data_carries_no_banner(run: Run, tmp_path: Path) -> None:
    """And what is real must not be called fictional."""
    publish_world(tmp_path / "home", a_world(1))

    assert not [warning for warning in run("app").warning if "fictional" in warning.value]


@pytest.mark.parametrize("page", ["app", "trends", "compare", "sides", "sources"])
def test_text_of_others_is_never_markup(run: Run, tmp_path: Path, page: str) -> None:
    """Names, titles and errors come from outside: they reach no Markdown."""
    room = Newsroom(outlet_id="herald", name=HOSTILE, outlet_class=HOSTILE, error=HOSTILE)
    batches = (Batch(outlet_id="herald", day=FIRST, n=9, k=3),)
    happenings = (Happening(title=HOSTILE, day=FIRST, certainty=HOSTILE),)
    world = World(
        newsrooms=(room,),
        batches=batches,
        happenings=happenings,
        frames=(HOSTILE,),
        serves={HOSTILE: HOSTILE},
        poll_days=days(2),
    )
    publish_world(tmp_path / "home", world)

    at = run(page)

    assert not at.exception
    assert "evil.example" not in markup(at)
    assert "<script>" not in markup(at)


def test_failing_feeds_come_first_with_their_whole_error(run: Run, tmp_path: Path) -> None:
    """What needs a look must not hide below what does not."""
    error = "timeout: " + "no answer from the host, " * 20
    broken = Newsroom(outlet_id="zeta", name="Zeta", error=error)
    publish_world(tmp_path / "home", a_world(2, newsrooms=(HERALD, COURIER, broken), lost={"off_topic": 2}))

    at = run("sources")

    assert not at.exception
    feeds = at.dataframe[0].value
    assert list(feeds["health"]) == ["failing", "ok", "ok"]
    assert feeds["newest_item_age_days"].round(2).tolist()[1:] == [0.04, 0.04]
    assert f"Zeta\nhttps://zeta.example/rss.xml\n{error}" in [block.value for block in at.code]


def test_the_ledger_adds_up(run: Run, tmp_path: Path) -> None:
    """Everything seen is in exactly one state."""
    publish_world(tmp_path / "home", a_world(2, lost={"off_topic": 2, "error": 1, "pending": 1}))

    at = run("sources")

    ledger = at.dataframe[1].value
    states = [
        "pending",
        "stored",
        "duplicate",
        "off_topic",
        "paywalled",
        "wall",
        "soft_404",
        "too_short",
        "robots",
        "error",
    ]
    assert (ledger["n_seen"] == ledger[[f"n_{state}" for state in states]].sum(axis=1)).all()
    no_gap = "Each new document of a feed shared an item with the one before: no gap."
    assert any(c.value == f"56 items seen, 40 stored, 4 lost: seen and not read. {no_gap}" for c in at.caption)
    assert len(at.get("vega_lite_chart")) == 2


def test_sources_of_an_empty_archive_names_the_next_step(run: Run, tmp_path: Path) -> None:
    """No outlet, no table: but a word on where outlets come from."""
    publish_world(tmp_path / "home", World())

    at = run("sources")

    assert not at.exception
    assert at.info[0].value.startswith("No feed is registered yet.")


def test_a_frame_says_whom_it_serves_and_what_mirrors_it(run: Run, tmp_path: Path) -> None:
    """What is not given is not shown; the mirror is called by its name."""
    publish_world(tmp_path / "home", a_world(1))

    shown = [text.value for text in run("trends").expander[0].text]

    assert shown == [
        "The talks are told as: Deadlock.",
        "A mere mention.",
        "none",
        "Either side says it.",
        "Momentum (F02)",
    ]
