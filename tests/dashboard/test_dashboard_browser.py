"""The dashboard as people see it: the real server, a real browser, published homes."""

import csv
import io
import urllib.request
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard import data
from tests.dashboard.archive import Batch, Happening, Newsroom, World, publish_world
from tests.dashboard.browsing import DRAW_MS, assert_charts, assert_no_exception, opened, served

pytestmark = pytest.mark.slow

FIRST = date(2025, 12, 1)
HOSTILE = "<img src=x onerror=window.hit=1> **b** ![i](http://evil.example/i.png)"
ROOMS = (
    Newsroom(outlet_id="herald", name="State Herald", outlet_class="state-controlled"),
    Newsroom(outlet_id="courier", name=HOSTILE),
    Newsroom(outlet_id="zeta", name="Zeta", error=HOSTILE),
)
FRESH_MS = 15_000
PAGES = [("/sources", "Sources", 2), ("/trends", "Trends", 3)]
"""Address, heading, charts: a trend stands over the days that were not seen and the number of articles."""


def a_world(n_days: int) -> World:
    days = tuple(FIRST + timedelta(days=i) for i in range(n_days))
    return World(
        newsrooms=ROOMS,
        batches=tuple(Batch(outlet_id=room.outlet_id, day=day, n=10, k=4) for room in ROOMS[:2] for day in days),
        happenings=(Happening(title=HOSTILE, day=FIRST),),
        poll_days=days,
        lost={"off_topic": 3, "error": 1},
    )


@pytest.mark.parametrize(("path", "heading", "n_charts"), PAGES)
def test_a_filled_home_is_drawn(browser: Browser, tmp_path: Path, path: str, heading: str, n_charts: int) -> None:
    """By deep link into a fresh server, too; hostile names stay text; nothing is fetched from elsewhere."""
    publish_world(tmp_path / "home", a_world(10))

    with served(tmp_path / "home", tmp_path) as url:
        page, strangers = opened(browser, url + path)

        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=DRAW_MS)
        assert_charts(page, n_charts)
        assert_no_exception(page)
        assert page.evaluate("window.hit") is None
        assert strangers == []


@pytest.mark.parametrize(("path", "heading", "n_charts"), PAGES)
def test_an_empty_home_says_what_to_do(
    browser: Browser, tmp_path: Path, path: str, heading: str, n_charts: int
) -> None:
    """And fills itself, as soon as there is something."""
    home = tmp_path / "home"
    with served(home, tmp_path) as url:
        page, _ = opened(browser, url + path)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=DRAW_MS)
        expect(page.get_by_text("Nothing is published yet.")).to_be_visible()
        assert_no_exception(page)

        publish_world(home, a_world(3))

        expect(page.get_by_text("Nothing is published yet.")).not_to_be_visible(timeout=FRESH_MS)
        assert_charts(page, n_charts)
        assert_no_exception(page)


def test_two_sessions_see_a_new_publication(browser: Browser, tmp_path: Path) -> None:
    """Without a reload, and each keeps what it chose."""
    home = publish_world(tmp_path / "home", a_world(3)).root
    with served(home, tmp_path) as url:
        one, _ = opened(browser, url + "/trends")
        two, _ = opened(browser, url + "/trends?by=Outlets&outlets=State+Herald")
        expect(one.get_by_text("n = 60")).to_be_visible(timeout=DRAW_MS)
        expect(two.get_by_text("n = 30")).to_be_visible(timeout=DRAW_MS)
        for page in (one, two):
            page.evaluate("window.stayed = true")

        publish_world(home, a_world(5))

        expect(one.get_by_text("n = 100")).to_be_visible(timeout=FRESH_MS)
        expect(two.get_by_text("n = 50")).to_be_visible(timeout=FRESH_MS)
        for page in (one, two):
            assert page.evaluate("window.stayed")
            assert_no_exception(page)


def test_a_chosen_period_outlives_a_new_publication(browser: Browser, tmp_path: Path) -> None:
    """All data means all data, also tomorrow; two days mean these two days."""
    home = publish_world(tmp_path / "home", a_world(3)).root
    with served(home, tmp_path) as url:
        page, _ = opened(browser, url + "/trends?period=2025-12-01&period=2025-12-02")
        expect(page.get_by_text("n = 40")).to_be_visible(timeout=DRAW_MS)

        publish_world(home, a_world(5))

        expect(page.get_by_text("100 articles of")).to_be_visible(timeout=FRESH_MS)
        expect(page.get_by_text("n = 40")).to_be_visible(timeout=FRESH_MS)
        assert "period=2025-12-01&period=2025-12-02" in page.url


def test_the_file_holds_the_rows_of_the_chart(browser: Browser, tmp_path: Path) -> None:
    """Whoever checks a chart must be able to start from its own numbers."""
    home = publish_world(tmp_path / "home", a_world(4)).root
    rows = data.class_day(data.open_archive(home), "deadlock", "outlet", ["private"], FIRST, FIRST + timedelta(days=3))

    with served(home, tmp_path) as url:
        page, _ = opened(browser, url + "/trends?classes=private")
        expect(page.get_by_text("n = 40")).to_be_visible(timeout=DRAW_MS)
        assert_charts(page, 3)
        page.get_by_text("The numbers").click()
        with page.expect_download() as asked:
            page.get_by_role("button", name="Download CSV").click()
        with urllib.request.urlopen(asked.value.url, timeout=10) as answer:
            got = list(csv.DictReader(io.StringIO(answer.read().decode())))
            disposition = answer.headers["Content-Disposition"]

    assert disposition == 'attachment; filename="parley-deadlock-classes-outlet.csv"'
    assert got == list(csv.DictReader(io.StringIO(rows.to_csv(index=False))))
    assert [row["k"] for row in got] == ["4"] * 4


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_the_axis_is_in_utc(browser: Browser, tmp_path: Path, zone: str) -> None:
    """The same day stands under the same point wherever the reader sits."""
    publish_world(tmp_path / "home", a_world(3))

    with served(tmp_path / "home", tmp_path) as url:
        page, _ = opened(browser, url + "/trends", timezone_id=zone)
        assert_charts(page, 3)
        labels = page.locator('[data-testid="stVegaLiteChart"]').first.locator("svg text").all_text_contents()

    assert [text for text in labels if text.endswith("Dec")] == ["1 Dec", "2 Dec", "3 Dec"]
