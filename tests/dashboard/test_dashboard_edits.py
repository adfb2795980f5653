"""Edits on a small published home, run by Streamlit's own test runner."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import foreign
from tests.dashboard.pages import markup, plain, run_page
from tests.dashboard.texts_archive import SEEN, Change, Text, publish_texts

OPENING = "The Kremlin and Kyiv sent delegations to the peace talks. Russia and Ukraine spoke of a ceasefire. "
DEADLOCK = "The talks between Russia and Ukraine had reached a stalemate."
MILD = "The talks between Russia and Ukraine went on."
TEXT = Text(title="Russia and Ukraine talk", body=OPENING + DEADLOCK)
MILDER = replace(TEXT, body=OPENING + MILD)
HEADLINE = replace(TEXT, title="Russia and Ukraine <b>part</b>")
LATER = SEEN + timedelta(hours=5)
LIVE = Text(title="Live", body=OPENING + DEADLOCK, url="https://courier.example/live")


def html(at: AppTest) -> str:
    """All that is shown as HTML."""
    return "\n".join(element.proto.body for element in at.get("html"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """``run(changes)``: the page of a home in which visits found these changes."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))

    def page(*changes: Change) -> AppTest:
        publish_texts(tmp_path / "home", [], changes)
        return run_page("edits")

    return page


def test_before_the_first_visit_the_page_says_when_it_comes(tmp_path, monkeypatch):
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))
    publish_texts(tmp_path / "home", [TEXT])

    at = run_page("edits")

    assert not at.exception
    assert at.info[0].value.startswith("No article was visited again yet.")


def test_an_edit_shows_what_stood_there_and_what_became_of_the_frames(run):
    """Words before and after, when, whose, the frame that went, and where both may be looked up."""
    at = run(Change(before=TEXT, after=MILDER, stated=(SEEN, SEEN)))

    shown = html(at)
    assert not at.exception
    assert f">{DEADLOCK}</del>" in shown
    assert f">{MILD}</ins>" in shown
    assert OPENING.split(".")[0] not in shown
    assert "edited between 2025-12-20 00:00 and 2025-12-21 00:00 UTC" in shown
    assert "frames: lost Deadlock" in shown
    assert "archived: 2025/12/a0-2.warc.gz, byte 4711, SHA-256 sha-of-a0-2" in shown
    assert 'href="https://courier.example/1"' in shown
    assert list(at.dataframe[0].value["frames_lost"].iloc[0]) == ["deadlock"]


@pytest.mark.parametrize(
    ("change", "said", "count"),
    [
        (Change(before=TEXT, after=MILDER, stated=(SEEN, LATER)), "announced: its date", "**0** stealth"),
        (Change(before=TEXT, after=MILDER, note="Corrected: no stalemate."), "announced: its date", "**0** stealth"),
        (Change(before=TEXT, after=MILDER, stated=(SEEN, SEEN)), "stealth: the date of change that", "**1** stealth"),
        (Change(before=TEXT, after=MILDER), "on a page that never states", "and 1 on pages that never do"),
        (Change(before=TEXT, after=HEADLINE, stated=(SEEN, SEEN)), "headline alone, not announced", "**0** stealth"),
    ],
    ids=["dated", "noted", "stealth", "never states", "headline"],
)
def test_who_said_so_is_told_from_who_did_not(run, change, said, count):
    """A page that never states its changes hides nothing that others tell: it is counted apart."""
    at = run(change)

    assert said in html(at)
    assert count in markup(at)
    assert "**1 edit**" in markup(at)
    assert "Found in 1 visit to 1 article." in markup(at)


def test_a_headline_is_shown_before_and_after(run):
    """As text: what a stranger wrote is never markup."""
    shown = html(run(Change(before=TEXT, after=HEADLINE)))

    assert ">Russia and Ukraine talk</del>" in shown
    assert ">Russia and Ukraine &lt;b&gt;part&lt;/b&gt;</ins>" in shown


def test_a_kind_of_edit_may_be_chosen(run):
    """Of three edits one is a headline, two move a frame, one is stealth where changes are stated."""
    at = run(
        Change(before=TEXT, after=MILDER, stated=(SEEN, SEEN)),
        Change(before=replace(TEXT, url="https://courier.example/2"), after=MILDER, stated=(SEEN, LATER)),
        Change(before=replace(TEXT, url="https://courier.example/3"), after=HEADLINE),
    )
    counts = {}
    for kind in ("All", "Stealth edits", "Headlines", "Frames gained or lost"):
        at.radio(key="which").set_value(kind).run()
        counts[kind] = len(at.dataframe[0].value)

    assert counts == {"All": 3, "Stealth edits": 1, "Headlines": 1, "Frames gained or lost": 2}
    assert "No stored article was found removed." in plain(at)


def test_a_long_edit_is_cut_and_says_so(run):
    """Live blogs change by dozens of sentences."""
    added = " ".join(f"Train number {n} left for the border at dawn." for n in range(30))
    shown = html(run(Change(before=LIVE, after=replace(LIVE, body=f"{LIVE.body} {added}"))))

    assert shown.count("<ins") == 8
    assert "and 22 more, in the numbers" in shown


def test_doubts_stand_beside_the_headline(run):
    """Dates that disagree, and a text that is the feed's."""
    doubtful = replace(MILDER, text_source="feed", dates_apart_h=50.0)
    shown = html(run(Change(before=replace(TEXT, text_source="feed"), after=doubtful)))

    assert "its dates lie 50 hours apart" in shown
    assert "text from the feed: its page gave none" in shown


def test_what_is_not_archived_says_so():
    assert "not archived" in foreign.archived({"warc_file": None, "warc_offset": None, "body_sha256": None})
