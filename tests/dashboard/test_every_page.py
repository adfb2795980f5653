"""
Every page in the real browser: on the demo, on an empty home and on one day of data, in light and dark.

With ``PARLEY_SCREENSHOTS=folder`` each page is also saved as an image, for people to look at.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.app import find_pages
from tests.dashboard.archive import Batch, Newsroom, World, publish_world
from tests.dashboard.browsing import DRAW_MS, assert_charts, assert_no_exception, opened, served

pytestmark = pytest.mark.slow

DAY = date(2025, 12, 1)
ONE_DAY = World(
    newsrooms=(
        Newsroom(outlet_id="herald", name="State Herald", outlet_class="state-controlled"),
        Newsroom(outlet_id="courier", name="The Courier"),
    ),
    batches=(
        Batch(outlet_id="herald", day=DAY, n=10, k=4),
        Batch(outlet_id="courier", day=DAY, n=3, k=1, n_unmeasured=2),
    ),
    poll_days=(DAY,),
)
CHARTS = {
    "today": {"demo": 0, "day": 0},
    "overview": {"demo": 8, "day": 2},
    "trends": {"demo": 3, "day": 2},
    "compare": {"demo": 1, "day": 1},
    "sides": {"demo": 18, "day": 3},
    "evidence": {"demo": 0, "day": 0},
    "edits": {"demo": 0, "day": 0},
    "read": {"demo": 0, "day": 0},
    "sources": {"demo": 2, "day": 2},
    "search": {"demo": 1, "day": 1},
    "label": {"demo": 0, "day": 0},
    "method": {"demo": 0, "day": 0},
    "ask": {"demo": 0, "day": 0},
}
"""How many charts each page draws."""

LOOKS = (("light", 1280), ("dark", 1920), ("light", 1920), ("dark", 1280))[
    : 4 if "PARLEY_SCREENSHOTS" in os.environ else 2
]
"""Each theme and each width once; all four where somebody wants to look."""

QUERIES = {"search": "?words=talks"}
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"


def test_no_page_is_left_out() -> None:
    assert set(find_pages()) == set(CHARTS)


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("kind", ["demo", "empty", "day"])
def test_every_page_is_drawn(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path, kind: str, scheme: str, width: int
) -> None:
    root = home_of(kind, request, tmp_path)
    with served(root, tmp_path) as url:
        for place, (name, module) in enumerate(find_pages().items()):
            address = f"{url}/{name if place else ''}{QUERIES.get(name, '')}"  # the first page has no path
            size = {"width": width, "height": 900}
            page, strangers = opened(browser, address, color_scheme=scheme, viewport=size)
            expect(page.get_by_role("heading", name=module.TITLE, exact=True)).to_be_visible(timeout=DRAW_MS)
            if kind == "empty":
                expect(page.get_by_text("Nothing is published yet.")).to_be_visible(timeout=DRAW_MS)
            else:
                expect(page.get_by_text("every outlet, article and number here is fictional")).to_have_count(
                    int(kind == "demo")
                )
                assert_charts(page, CHARTS[name][kind])
            keep_image(page, f"{kind}-{name}-{scheme}-{width}")
            assert_no_exception(page)
            assert page.get_by_role("dialog").count() == 0
            assert strangers == []
            assert is_dark(page) == (scheme == "dark")
            page.context.close()


def home_of(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if kind == "demo":
        root: Path = request.getfixturevalue("demo_home").root
        return root
    if kind == "day":
        return publish_world(tmp_path / "home", ONE_DAY).root
    return tmp_path / "home"


def is_dark(page: Page) -> bool:
    red, green, blue = page.evaluate(BACKGROUND).removeprefix("rgb(").removesuffix(")").split(",")[:3]
    return int(red) + int(green) + int(blue) < 3 * 128


def keep_image(page: Page, name: str) -> None:
    folder = os.environ.get("PARLEY_SCREENSHOTS")
    if folder:
        page.wait_for_timeout(800)  # the last letters and lines settle
        height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": min(3000, max(900, height))})
        page.wait_for_timeout(400)
        page.screenshot(path=Path(folder) / f"{name}.png")
