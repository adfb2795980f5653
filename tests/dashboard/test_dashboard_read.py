"""Read on a small published home: hits with their numbers and reasons, and what is not measured."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import annotated
from tests.dashboard.pages import markup, plain, run_page
from tests.dashboard.test_dashboard_texts import EDITION, HOSTILE, HUNGARIAN, PAGE, shown
from tests.dashboard.texts_archive import Text, publish_texts


def read_page(name: str | None) -> AppTest:
    at = AppTest.from_string(
        "from dashboard.data import open_archive\n"
        "from dashboard.screens import read\n"
        "from warehouse.home import default_root\n"
        "read.show(open_archive(default_root()))\n",
        default_timeout=60,
    )
    if name is not None:
        at.session_state["article"] = name
    return at.run()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_an_article_is_read_with_its_hits_and_their_reasons(home: Path) -> None:
    publish_texts(home, [PAGE, EDITION])

    at = read_page("https://courier.example/1")

    assert not at.exception
    html = shown(at)
    words = re.sub("<[^>]*>", "", html)
    assert "The Kremlin and Kyiv sent delegations to the peace talks." in words
    n_marks = len(re.findall("<mark", html)) - html.count("The outlet's own")
    n_reasons = len(re.findall(r">\d+ · [^<]*voice: [^<]*cue: ", html))
    assert n_marks >= 1
    assert n_reasons >= n_marks, "each mark has a reason under its number"
    assert "State Herald" not in words, "another article stays out"
    assert "SHA-256" in html or "not archived" in html


def test_without_an_article_the_newest_are_offered(home: Path) -> None:
    publish_texts(home, [PAGE, EDITION])

    html = shown(read_page(None))

    assert html.index("State Herald") < html.index("The Courier"), "newest first"
    assert len(re.findall(r'href="read\?article=[0-9a-f]+" target="_self"', html)) == 2


def test_an_unknown_address_is_told(home: Path) -> None:
    publish_texts(home, [PAGE])

    at = read_page("https://courier.example/none")

    assert "No stored article has this address or id." in at.warning[0].value


def test_what_is_not_measured_is_no_zero(home: Path) -> None:
    publish_texts(home, [HUNGARIAN])

    at = read_page("https://courier.example/hu")

    assert not at.exception
    assert "not measured: no cues for its language" in at.info[0].value
    assert "Not measured." in plain(at)
    assert "0 of" not in markup(at)


def test_hostile_text_is_shown_as_text(home: Path) -> None:
    publish_texts(home, [Text(title=HOSTILE, body=f"{PAGE.body}\n{HOSTILE}", url="https://courier.example/x")])

    at = read_page("https://courier.example/x")

    html = shown(at)
    assert not at.exception
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_evidence_leads_here(home: Path) -> None:
    publish_texts(home, [PAGE])

    assert 'href="read?article=' in shown(run_page("evidence"))


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from([*annotated.COLOURS, None])))


@given(text=st.text(alphabet="ab<&\n ", min_size=1, max_size=60), spans=SPANS)
def test_no_character_is_lost_or_doubled(text: str, spans: list[tuple[int, int, str | None]]) -> None:
    """Whatever the spans: the words stay as published, and each hit has its number once."""
    places = [
        {"part": "text", "start_char": start, "end_char": min(start + length, len(text)), "voice": voice}
        for start, length, voice in spans
        if start < len(text)
    ]
    places = [place for place in places if text[place["start_char"] : place["end_char"]].strip("\n")]

    html = annotated.article_html("", text, places)

    bare = re.sub("<[^>]*>", "", re.sub("<sup[^>]*>[^<]*</sup>", "", html))
    assert bare == text.replace("\n", "").replace("&", "&amp;").replace("<", "&lt;")
    numbers = set(map(int, re.findall(r"<sup[^>]*>(\d+)</sup>", html)))
    assert numbers == set(range(1, len(places) + 1))
