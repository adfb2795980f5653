"""The dashboard as people see it: the real server, a real browser, published homes."""

import csv
import io
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard import data
from dashboard.launch import command
from tests.dashboard.archive import Batch, Happening, Newsroom, World, publish_world
from warehouse.home import Home

pytestmark = pytest.mark.slow

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIRST = date(2025, 12, 1)
HOSTILE = "<img src=x onerror=window.hit=1> **b** ![i](http://evil.example/i.png)"
ROOMS = (
    Newsroom(outlet_id="herald", name="State Herald", outlet_class="state-controlled"),
    Newsroom(outlet_id="courier", name=HOSTILE),
    Newsroom(outlet_id="zeta", name="Zeta", error=HOSTILE),
)
START_S, DRAW_MS, FRESH_MS = 60, 30_000, 15_000


def a_world(n_days: int) -> World:
    days = tuple(FIRST + timedelta(days=i) for i in range(n_days))
    return World(
        newsrooms=ROOMS,
        batches=tuple(Batch(outlet_id=room.outlet_id, day=day, n=10, k=4) for room in ROOMS[:2] for day in days),
        happenings=(Happening(title=HOSTILE, day=FIRST),),
        poll_days=days,
        lost={"off_topic": 3, "error": 1},
    )


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@contextmanager
def served(home: Path, folder: Path) -> Iterator[str]:
    """The dashboard of one home, started from a folder that holds nothing of ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PARLEY_HOME": str(home)}
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command(port), env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_healthy(url: str) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline, "the dashboard did not start"
            time.sleep(0.2)


def opened(browser: Browser, url: str, **context: str) -> tuple[Page, list[str]]:
    """A page in a session of its own, and every address outside this machine that it asked for."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]  # playwright types each option
    strangers: list[str] = []
    page.on(
        "request", lambda r: strangers.append(r.url) if "//127.0.0.1" not in r.url and "http" in r.url[:5] else None
    )
    page.goto(url)
    return page, strangers


def assert_no_exception(page: Page) -> None:
    assert page.locator('[data-testid="stException"]').count() == 0


def assert_two_charts(page: Page) -> None:
    """Drawn, not only made room for."""
    drawn = page.locator('[data-testid="stVegaLiteChart"]:has(canvas, svg.marks)')
    expect(drawn).to_have_count(2, timeout=DRAW_MS)
    expect(drawn.last).to_be_visible()


@pytest.mark.parametrize(("path", "heading"), [("/sources", "Sources"), ("/", "Trends")])
def test_a_filled_home_is_drawn(browser: Browser, tmp_path: Path, path: str, heading: str) -> None:
    """By deep link into a fresh server, too; hostile names stay text; nothing is fetched from elsewhere."""
    publish_world(tmp_path / "home", a_world(10))

    with served(tmp_path / "home", tmp_path) as url:
        page, strangers = opened(browser, url + path)

        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=DRAW_MS)
        assert_two_charts(page)
        assert_no_exception(page)
        assert page.evaluate("window.hit") is None
        assert strangers == []


@pytest.mark.parametrize(("path", "heading"), [("/sources", "Sources"), ("/", "Trends")])
def test_the_demo_is_drawn(browser: Browser, tmp_path: Path, demo_home: Home, path: str, heading: str) -> None:
    """What a newcomer sees first, with the banner that says it is fictional."""
    with served(demo_home.root, tmp_path) as url:
        page, strangers = opened(browser, url + path)

        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=DRAW_MS)
        expect(page.get_by_text("every outlet, article and number here is fictional")).to_be_visible()
        assert_two_charts(page)
        assert_no_exception(page)
        assert strangers == []


@pytest.mark.parametrize(("path", "heading"), [("/sources", "Sources"), ("/", "Trends")])
def test_an_empty_home_says_what_to_do(browser: Browser, tmp_path: Path, path: str, heading: str) -> None:
    """And fills itself, as soon as there is something."""
    home = tmp_path / "home"
    with served(home, tmp_path) as url:
        page, _ = opened(browser, url + path)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=DRAW_MS)
        expect(page.get_by_text("Nothing is published yet.")).to_be_visible()
        assert_no_exception(page)

        publish_world(home, a_world(3))

        expect(page.get_by_text("Nothing is published yet.")).not_to_be_visible(timeout=FRESH_MS)
        assert_two_charts(page)
        assert_no_exception(page)


def test_two_sessions_see_a_new_publication(browser: Browser, tmp_path: Path) -> None:
    """Without a reload, and each keeps what it chose."""
    home = publish_world(tmp_path / "home", a_world(3)).root
    with served(home, tmp_path) as url:
        one, _ = opened(browser, url)
        two, _ = opened(browser, url + "/?by=Outlets&outlets=State+Herald")
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
        page, _ = opened(browser, url + "/?period=2025-12-01&period=2025-12-02")
        expect(page.get_by_text("n = 40")).to_be_visible(timeout=DRAW_MS)

        publish_world(home, a_world(5))

        expect(page.get_by_text("100 articles of")).to_be_visible(timeout=FRESH_MS)
        expect(page.get_by_text("n = 40")).to_be_visible(timeout=FRESH_MS)
        assert "period=2025-12-01&period=2025-12-02" in page.url


def test_the_file_holds_the_rows_of_the_chart(browser: Browser, tmp_path: Path) -> None:
    """Whoever checks a chart must be able to start from its own numbers."""
    home = publish_world(tmp_path / "home", a_world(4)).root
    rows = data.class_day(data.open_archive(home), "deadlock", ["private"], FIRST, FIRST + timedelta(days=3))

    with served(home, tmp_path) as url:
        page, _ = opened(browser, url + "/?classes=private")
        expect(page.get_by_text("n = 40")).to_be_visible(timeout=DRAW_MS)
        page.get_by_text("The numbers").click()
        with page.expect_request(lambda request: request.url.endswith(".csv")) as asked:
            page.get_by_role("button", name="Download CSV").click()
        with urllib.request.urlopen(asked.value.url, timeout=10) as answer:
            got = list(csv.DictReader(io.StringIO(answer.read().decode())))
            disposition = answer.headers["Content-Disposition"]

    assert disposition == 'attachment; filename="parley-deadlock-classes.csv"'
    assert got == list(csv.DictReader(io.StringIO(rows.to_csv(index=False))))
    assert [row["n_carried"] for row in got] == ["4"] * 4


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_the_axis_is_in_utc(browser: Browser, tmp_path: Path, zone: str) -> None:
    """The same day stands under the same point wherever the reader sits."""
    publish_world(tmp_path / "home", a_world(3))

    with served(tmp_path / "home", tmp_path) as url:
        page, _ = opened(browser, url, timezone_id=zone)
        assert_two_charts(page)
        labels = page.locator('[data-testid="stVegaLiteChart"]').first.locator("svg text").all_text_contents()

    assert [text for text in labels if text.endswith("Dec")] == ["1 Dec", "2 Dec", "3 Dec"]
