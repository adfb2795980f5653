"""Ask: the page, by Streamlit's own test runner and in a real browser."""

import csv
import io
import urllib.request
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.answered import as_csv
from tests.dashboard.archive import Batch, Newsroom, World, publish_world
from tests.dashboard.browsing import DRAW_MS, assert_no_exception, opened, served
from tests.dashboard.pages import markup, run_page
from warehouse.asking import Limits
from warehouse.dictionary import public_macros, public_views
from warehouse.reading import open_current

HOSTILE = "<img src=x onerror=window.hit=1> **b** ![i](http://evil.example/i.png)"
DAY = date(2025, 12, 1)
WORLD = World(
    newsrooms=(Newsroom(outlet_id="courier", name=HOSTILE), Newsroom(outlet_id="herald", name="Herald")),
    batches=(Batch(outlet_id="courier", day=DAY, n=10, k=4), Batch(outlet_id="herald", day=DAY, n=3, k=1)),
    poll_days=(DAY,),
)
QUERY = "select outlet_name, count(*) as n from article group by all order by n desc"
ENDLESS = "select count(*) from range(1000000000000)"


def test_a_query_waits_for_the_button(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever made a link must not spend the reader's machine; what is answered carries its citation."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))
    home = publish_world(tmp_path / "home", WORLD)
    at = run_page("ask")
    with open_current(home) as connection:
        names = [name for name, *_ in [*public_views(connection), *public_macros(connection)]]

    at.session_state["sql"] = QUERY
    at.run()
    waiting, n_tables = markup(at), len(at.dataframe)
    at.button[0].click().run()

    assert [option.partition("(")[0] for option in at.selectbox[0].options] == names
    assert "a link never runs one by itself" in waiting
    assert n_tables == 0
    assert at.dataframe[0].value.to_dict("records") == [
        {"outlet_name": HOSTILE, "n": 10},
        {"outlet_name": "Herald", "n": 3},
    ]
    assert "**2 rows**, all there are." in markup(at)
    (cited,) = [code.value for code in at.code]
    assert cited.startswith("-- Parley, live archive, copy parley-000001.duckdb, as of 2025-12-0")
    assert cited.endswith(QUERY)
    assert not at.exception


def test_csv_knows_whole_numbers_and_lists() -> None:
    """A missing value makes no fraction of a count, and a list stays readable."""
    table = pyarrow.table({"n": [1, None], "tags": [["a", "ü"], None], "text": ['say "no"', "x,y"]})

    rows = list(csv.reader(io.StringIO(as_csv(table).decode())))

    assert rows == [["n", "tags", "text"], ["1", '["a", "ü"]', 'say "no"'], ["", "", "x,y"]]


@pytest.mark.slow
def test_the_page_goes_on_answering(browser: Browser, tmp_path: Path) -> None:
    """From a link: nothing runs unasked. A query that is stopped or refused keeps neither this reader nor others."""
    publish_world(tmp_path / "home", WORLD)

    with served(tmp_path / "home", tmp_path) as url:
        page, strangers = opened(browser, f"{url}/ask?sql={quote(ENDLESS)}&view=outlet")
        expect(page.get_by_text("a link never runs one by itself")).to_be_visible(timeout=DRAW_MS)
        page.get_by_role("button", name="Run").click()
        other, _ = opened(browser, f"{url}/ask?sql={quote(QUERY)}")
        expect(other.get_by_text("a link never runs one by itself")).to_be_visible(timeout=DRAW_MS)
        other.get_by_role("button", name="Run").click()
        expect(other.get_by_text("all there are")).to_be_visible(timeout=DRAW_MS)
        expect(page.get_by_text(f"took longer than {Limits().time_s} s and was stopped")).to_be_visible(timeout=DRAW_MS)

        for query, said in [
            ("copy article to 'x.csv'", "COPY is not answered"),
            ("from '/etc/passwd'", "/etc/passwd is not a public view"),
            ("select list(i) from range(1000000000) as t(i)", "more than the 512 MB of memory"),
        ]:
            ask(page, query)
            expect(page.get_by_text(said)).to_be_visible(timeout=DRAW_MS)

        ask(page, QUERY)
        expect(page.get_by_text("2 rows")).to_be_visible(timeout=DRAW_MS)
        assert f"sql={quote(QUERY.split()[0])}" in page.url
        rows = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode())))
        table = pyarrow.parquet.read_table(io.BytesIO(downloaded(page, "Parquet")))
        assert_no_exception(page)
        assert page.evaluate("window.hit") is None
        assert strangers == []

    assert rows == [{"outlet_name": HOSTILE, "n": "10"}, {"outlet_name": "Herald", "n": "3"}]
    assert table.to_pylist() == [{"outlet_name": HOSTILE, "n": 10}, {"outlet_name": "Herald", "n": 3}]


def ask(page: Page, query: str) -> None:
    """By keyboard alone, as somebody does who writes."""
    box = page.get_by_role("textbox", name="SQL")
    box.fill(query)
    box.press("Control+Enter")


def downloaded(page: Page, kind: str) -> bytes:
    with page.expect_download() as asked:
        page.get_by_role("button", name=f"Download {kind}").click()
    with urllib.request.urlopen(asked.value.url, timeout=10) as answer:
        content: bytes = answer.read()
    return content
