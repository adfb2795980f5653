"""The daily check, and the reports that runs leave on their page in Prefect."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from flows.commands.printing import describe_ingest
from flows.daily import MAX_FAULTS, DailyCheckError, daily, is_published
from flows.pipeline import home_of, pipeline
from flows.reports import IngestReport
from flows.service.artifacts import coverage_rows, escape, link
from tests.conftest import NOW
from tests.faults.orchestra import artifacts
from tests.site.stories import wire
from tests.warehouse.rows import poll_row, register, sighting_row
from warehouse.home import HomeError, create_home
from warehouse.publication import publish, published_copies
from warehouse.reading import open_current
from warehouse.store import open_warehouse

TOMORROW = timedelta(days=1)
NUL = "\0"
"""Markdown knows no such character."""
HOSTILE = "<img src=x onerror=alert(1)> | [click](http://evil.example) `x` *b* www.evil.example\n# head"


def read(markdown):
    """What a reader's page makes of a cell."""
    return MarkdownIt("commonmark").render(markdown)


def as_html(text):
    """Text on one line, as the renderer of ``read`` writes it."""
    return html.escape(" ".join(text.split())).replace("&#x27;", "'")


@pytest.fixture
def collected(home, site, watch, world, prefect_server):
    """A home that ran once: three stories of one outlet, and another whose feed fails."""
    wire(site, "wire.example", 3)
    watch("wire", ["http://wire.example/feed.xml"])
    site.pages["post.example/feed.xml"] = (500, {}, b"oops")
    watch("post", ["http://post.example/feed.xml"])
    pipeline(str(home.root), world)
    return home


def test_the_pipeline_reports_on_the_day_so_far(collected, prefect_server):
    """A table with a link per outlet; the one that needs a look comes first."""
    (report,) = [a for a in artifacts(prefect_server, "pipeline-report") if "2025-12-03" in a["description"]][-1:]

    assert report["type"] == "table"
    assert report["description"] == (
        "Polled 2 feeds, 2 answered; 3 items, 3 new; 3 pages fetched (stored 3). Scored 3 revisions. "
        "Coverage of 2025-12-03, UTC:"
    )


def test_what_was_missed_and_what_was_edited_is_told_where_there_is_any():
    """A line that always said "0 gaps" would be read by nobody."""
    quiet = describe_ingest(IngestReport(n_feeds=2, n_answered=2))
    busy = describe_ingest(IngestReport(n_feeds=2, n_answered=2, n_gaps=1, n_revisits=7, n_edits=2))

    assert quiet == "Polled 2 feeds, 2 answered; 0 items, 0 new; 0 pages fetched (nothing new)."
    assert busy == quiet + " Gaps: 1, items came and went unseen. Articles visited again: 7, edited: 2."


def test_rows_of_a_day(collected):
    """Polls, answers, items and their fate, from the ledger; a day without polls is one with zeros."""
    with open_current(collected) as connection:
        post, wire_row = coverage_rows(connection, NOW.date())
        nothing = coverage_rows(connection, NOW.date() - TOMORROW)

    assert wire_row == {
        "outlet": "[Wire](http://wire.example/)",
        "coverage": "ok",
        "polls": 1,
        "answered": 1,
        "items seen": 3,
        "pending": 0,
        "stored": 3,
        "off topic": 0,
        "errors": 0,
        "feeds failing now": "",
    }
    assert (post["outlet"], post["polls"], post["answered"]) == ("[Post](http://post.example/)", 1, 0)
    assert read(post["feeds failing now"]) == (
        '<p><a href="http://post.example/feed.xml">post.example/feed.xml</a> (1 in a row): HTTP 500</p>\n'
    )
    assert [row["polls"] for row in nothing] == [0, 0]


def test_a_good_day(collected, world, prefect_server):
    """What is unpublished is published, once; the report is on the day before."""
    tomorrow = replace(world, clock=lambda: NOW + TOMORROW)
    with open_warehouse(collected, "killed before it published") as warehouse:
        warehouse.save([poll_row("p9")])
    n_copies = len(published_copies(collected))

    first, second = daily(str(collected.root), tomorrow), daily(str(collected.root), tomorrow)

    assert (first.day, second.day) == (date(2025, 12, 3), date(2025, 12, 3))
    assert first.published == str(collected.current.resolve())
    assert second.published is None
    assert len(published_copies(collected)) == n_copies + 1
    reports = artifacts(prefect_server, "daily-report")
    assert "All checks pass. Coverage of 2025-12-03, UTC:" in [report["description"] for report in reports]


def test_a_bad_day(home, world, prefect_server):
    """Faults of the warehouse and of the registry end the run, in one message; the report is there all the same."""
    with open_warehouse(home, "test") as warehouse:
        register(warehouse)
        warehouse.save([sighting_row("s1", state="error", reason="")])
    (home.registry / "outlets").mkdir()
    (home.registry / "outlets" / "broken.toml").write_text("nmae = 1\n", encoding="utf-8")

    with pytest.raises(DailyCheckError) as failure:
        daily(str(home.root), world)

    lines = str(failure.value).splitlines()
    assert lines[0].startswith("warehouse check sighting_states: ")
    assert any("outlets/broken.toml" in line for line in lines[1:])
    with open_current(home) as connection:
        assert len(coverage_rows(connection, NOW.date())) == 1
    headings = [report["description"] for report in artifacts(prefect_server, "daily-report")]
    assert f"{len(lines)} faults, see the run's state. Coverage of 2025-12-02, UTC:" in headings


def test_many_faults_are_counted():
    """One broken key makes hundreds; the message stays one that is read."""
    few, many = DailyCheckError(["a", "b"]), DailyCheckError([f"fault {n}" for n in range(MAX_FAULTS + 5)])

    assert str(few) == "a\nb"
    assert str(many).splitlines()[MAX_FAULTS:] == ["And 5 more; 'parley check' names them all."]


def test_published_or_not(home):
    """Nothing yet, everything, and something that was written since."""
    assert not is_published(home)
    publish(home)
    assert is_published(home)
    with open_warehouse(home, "test") as warehouse:
        warehouse.save([poll_row("p1")])
    assert not is_published(home)


def test_a_deployment_names_no_home(tmp_path, monkeypatch):
    """It runs on $PARLEY_HOME, made where there is none yet; never on a demo."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "new"))
    assert (home_of(None).root, home_of(None).kind) == (tmp_path / "new", "live")

    create_home(tmp_path / "demo", "demo")
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "demo"))
    with pytest.raises(HomeError, match="never share a home"):
        home_of(None)
    with pytest.raises(HomeError, match="no Parley home here yet"):
        home_of(str(tmp_path / "nowhere"))


def test_others_text_stays_text(home):
    """A name and an error that try to be mark-up are read as what they say."""
    with open_warehouse(home, "test") as warehouse:
        register(warehouse)
        warehouse.sql.execute("update core.outlet set name = ?", [HOSTILE])
        warehouse.save([poll_row("p1", fetch_status="unreachable", error=HOSTILE)])
    publish(home)

    with open_current(home) as connection:
        (row,) = coverage_rows(connection, NOW.date())

    said = as_html(HOSTILE)
    assert read(row["outlet"]) == f'<p><a href="http://wire.example/">{said}</a></p>\n'
    assert read(row["feeds failing now"]) == (
        f'<p><a href="http://wire.example/feed.xml">wire.example/feed.xml</a> (1 in a row): {said}</p>\n'
    )
    assert not re.search(r"https?://(?!wire\.example)|www\.", row["feeds failing now"])  # in a link none can start


@given(st.text())
def test_escaped_text_reads_as_it_was(text):
    """Whatever it holds; only its white space becomes single spaces."""
    text = text.replace(NUL, " ")

    assert read(escape(text)) == (f"<p>{as_html(text)}</p>\n" if text.strip() else "")


@given(st.text(), st.text(min_size=1))
def test_a_link_leads_where_it_says(path, name):
    """Neither address nor name breaks out of its link, and only an address of the web is one."""
    name = f"a {name.replace(NUL, ' ')}"
    said = re.escape(as_html(name))

    shown = read(link(name, f"https://wire.example/{path}"))

    assert re.fullmatch(rf'<p><a href="https://wire\.example/[^"<>\s]*">{said}</a></p>\n', shown)
    assert link("name", f"javascript:{path}") == "name"


@pytest.mark.parametrize("name", ["Голос_України", "post.example/a_b?x=1&y=(2)#top", "Nachrichten: heute!", "1. Kanal"])
def test_common_names_are_left_as_they_are(name):
    """Prefect's pages show a backslash between the brackets of a link."""
    assert link(name, "http://wire.example/") == f"[{name}](http://wire.example/)"
