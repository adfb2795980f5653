"""Evidence and Search on a small published home of real texts, run by Streamlit's own test runner."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import foreign
from tests.dashboard.texts_archive import Text, publish_texts
from warehouse.home import create_home
from warehouse.publication import publish
from warehouse.store import open_warehouse

HOSTILE = '<script>alert(1)</script> **b** "><img src=x onerror=alert(1)>'
TALKS = (
    "The Kremlin and Kyiv sent delegations to the peace talks. Russia and Ukraine spoke of a ceasefire.\n"
    "No compromise was found after five hours, and the talks ended without a breakthrough."
)
PAGE = Text(title="Russia and Ukraine end a round of peace talks", body=TALKS)
EDITION = Text(
    title="Ukraine and Russia talk again",
    body=TALKS.replace("five hours", "ten hours") + "\nA prisoner exchange was agreed with Ukraine.",
    outlet_name="State Herald",
    published=datetime(2025, 12, 5, 9, tzinfo=UTC),
    url="https://herald.example/2",
)
HUNGARIAN = Text(
    title="Béke",
    body="A küldöttségek Genfben tárgyaltak a béketervről.",
    language="hu",
    url="https://courier.example/hu",
)

Run = Callable[..., AppTest]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("search", words="x")``: that page of the home in ``tmp_path / "home"``, its controls set."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))

    def page(name: str, **state: object) -> AppTest:
        at = AppTest.from_string(
            "from dashboard.data import open_archive\n"
            f"from dashboard.screens import {name}\n"
            "from warehouse.home import default_root\n"
            f"{name}.show(open_archive(default_root()))\n",
            default_timeout=60,
        )
        for key, value in state.items():
            at.session_state[key] = value
        return at.run()

    return page


def shown(at: AppTest) -> str:
    """All HTML of the page."""
    return "\n".join(element.proto.body for element in at.get("html"))


def test_the_sentence_is_shown_with_its_cue_and_source(run: Run, tmp_path: Path) -> None:
    publish_texts(tmp_path / "home", [PAGE, EDITION])

    at = run("evidence")

    assert not at.exception
    assert at.selectbox(key="code").value == "frame:deadlock"
    html = shown(at)
    assert "after five hours" in re.sub("<[^>]*>", "", html)
    assert html.count("<mark") >= 2, "at least one in each article"
    assert 'href="https://courier.example/1"' in html
    assert html.index("State Herald") < html.index("The Courier"), "newest first"
    assert "voice: outlet" in html
    assert re.match(r"\*\*\d\*\* places in \*\*2\*\* dated articles on the talks\.", at.caption[0].value)


def test_evidence_narrows_to_outlet_and_code(run: Run, tmp_path: Path) -> None:
    publish_texts(tmp_path / "home", [PAGE, EDITION])

    at = run("evidence", code="signal:prisoner_exchange", of=["outlet_0"])

    assert not at.exception
    assert "prisoner exchange" in shown(at).lower()
    assert "The Courier" not in shown(at)


def test_evidence_narrows_to_a_voice_and_says_who_speaks_and_why(run: Run, tmp_path: Path) -> None:
    cited = Text(title="After the round", body=TALKS + "\n“The talks are in deadlock,” Smith said.")
    publish_texts(tmp_path / "home", [PAGE, cited])

    at = run("evidence", voice="quoted")

    assert not at.exception
    html = shown(at)
    assert html.count("voice: ") == html.count("voice: quoted, Smith (in quotation marks, attributed by “said”)") == 1
    assert "dated articles on the talks" in at.caption[0].value
    assert at.caption[0].value.startswith("**1** places in **1**")


@pytest.mark.parametrize("name", ["evidence", "search"])
def test_an_empty_archive_names_the_next_step(run: Run, tmp_path: Path, name: str) -> None:
    publish(create_home(tmp_path / "home"))

    at = run(name)

    assert not at.exception
    assert at.info[0].value.startswith("No feed was polled yet.")


def test_search_counts_days_and_lists_articles(run: Run, tmp_path: Path) -> None:
    """k of n by day; a word in nobody's text is an answer, too."""
    publish_texts(tmp_path / "home", [PAGE, EDITION, HUNGARIAN])

    at = run("search", words='Kremlin "ten hours"')

    assert not at.exception
    assert any(c.value.startswith("**1 of 3** dated articles hold all of it.") for c in at.caption)
    table = at.dataframe[0].value
    assert list(table["n_articles"]) == [2, 1]
    assert list(table["n_found"]) == [0, 1]
    assert "<mark" in shown(at)
    assert "Prisoner exchange" in shown(at), "what the article is tagged with"
    assert "State Herald" in shown(at)
    assert "The Courier" not in shown(at)


def test_search_finds_what_cannot_be_measured(run: Run, tmp_path: Path) -> None:
    """And says that it is not measured, instead of naming no topic."""
    publish_texts(tmp_path / "home", [PAGE, HUNGARIAN])

    at = run("search", words="béketerv*")

    assert "topics not measured in this language" in shown(at)
    assert "no topic found" not in shown(at)


def test_an_article_that_waits_to_be_scored_says_so(run: Run, tmp_path: Path) -> None:
    home = publish_texts(tmp_path / "home", [PAGE])
    with open_warehouse(home, "test") as warehouse:
        warehouse.sql.execute("delete from core.score")
        warehouse.sql.execute("delete from core.code_score")
    publish(home)

    assert "not scored yet" in shown(run("search", words="Kremlin"))


@pytest.mark.parametrize(("words", "said"), [("  ", "Type one or more words."), ("xylophone", "None of 1 articles")])
def test_nothing_typed_and_nothing_found_are_no_error(run: Run, tmp_path: Path, words: str, said: str) -> None:
    publish_texts(tmp_path / "home", [PAGE])

    at = run("search", words=words)

    assert not at.exception
    assert at.info[0].value.startswith(said)


def test_what_cannot_be_searched_for_gets_the_way_out(run: Run, tmp_path: Path) -> None:
    publish_texts(tmp_path / "home", [PAGE])

    at = run("search", words="a*")

    assert not at.exception
    assert at.code[0].value == "'a*' would find nearly every text. Give at least 2 letters before the star."


def test_text_of_others_is_text(run: Run, tmp_path: Path) -> None:
    """Headline, outlet, sentence and address of a stranger reach the page as what they are."""
    body = TALKS.replace("five hours", HOSTILE)
    text = Text(title=HOSTILE, body=body, outlet_name=HOSTILE, url="javascript:alert(1)")
    publish_texts(tmp_path / "home", [text])

    for at in (run("evidence"), run("search", words="Kremlin compromise")):
        assert not at.exception
        assert "<script" not in shown(at)
        assert "<img" not in shown(at)
        assert "javascript" not in shown(at)
        assert "&lt;script&gt;" in shown(at)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=5))
def test_marks_change_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever the spans, overlapping or out of order: without its marks the text is what it was."""
    marked = foreign.highlighted(text, [(a, min(b, len(text))) for a, b in spans])

    plain = marked.replace("</mark>", "")
    while "<mark" in plain:
        before, _, rest = plain.partition("<mark")
        plain = before + rest.partition(">")[2]
    assert plain == foreign.highlighted(text, [])
