"""Label on a drawn sample: coders judge apart from each other, and what they say is in the store."""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard import labelling
from flows.cli import app
from tests.dashboard.pages import markup
from tests.flows.gold_parts import publish_articles
from warehouse.home import Home, create_home
from warehouse.judgements import open_judgements


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Thirty scored articles and a sample of twenty sentences in regard to one frame."""
    home = create_home(tmp_path_factory.mktemp("label") / "home")
    publish_articles(home)
    sheet = home.root.parent / "sheet.csv"
    asked = ("sample", "--n", "20", "--language", "en", "--frame", "deadlock", "--out", str(sheet))
    result = CliRunner().invoke(app, [*asked, "--home", str(home.root)])
    assert result.exit_code == 0, result.output
    return home


@pytest.fixture(autouse=True)
def fresh(drawn: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing judged yet."""
    monkeypatch.setenv("PARLEY_HOME", str(drawn.root))
    with open_judgements(drawn, "test") as judgements:
        judgements.sql.execute("delete from judgement")


def label_as(coder: str) -> AppTest:
    at = AppTest.from_string(
        "from dashboard.data import open_archive\n"
        "from dashboard.screens import label\n"
        "from warehouse.home import default_root\n"
        "label.show(open_archive(default_root()))\n",
        default_timeout=60,
    )
    at.session_state["coder"] = coder
    return at.run()


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()


def said(home: Home) -> list[tuple[str, str, str | None, str | None]]:
    with open_judgements(home, "test") as judgements:
        return [(one.coder, one.carried, one.voice, one.note) for one in judgements.latest()]


def html_of(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def test_each_answer_is_kept_and_the_next_sentence_comes(drawn: Home) -> None:
    at = label_as("Ada")
    first = html_of(at)

    press(at, "Yes")
    second = html_of(at)
    press(at, "No")
    press(at, "Unsure")

    assert not at.exception
    assert first != second
    assert sorted(answer for _, answer, _, _ in said(drawn)) == ["no", "unsure", "yes"]
    assert at.get("progress")[0].proto.text == "3 of 20 sentences judged by you"


def test_nothing_of_the_engine_is_shown(drawn: Home) -> None:
    """Neither its answer, nor the outlet, nor the cue."""
    at = label_as("Ada")

    shown = html_of(at) + markup(at)
    with open_judgements(drawn, "test") as judgements:
        stratum = judgements.units()[0].stratum
    assert stratum not in shown
    assert "wire.example" not in shown
    assert "cue" not in shown


def test_a_voice_and_a_note_go_with_a_yes(drawn: Home) -> None:
    at = label_as("Ada")

    at.text_input[1].set_value("  an observer says so ").run()
    at.get("button_group")[0].set_value("reported").run()
    press(at, "Yes")

    assert said(drawn) == [("Ada", "yes", "reported", "an observer says so")]


def test_who_goes_back_changes_the_last_word(drawn: Home) -> None:
    at = label_as("Ada")
    press(at, "Yes")

    press(at, "Back to the one before")
    press(at, "No")

    assert said(drawn) == [("Ada", "no", None, None)]
    assert at.get("progress")[0].proto.text == "1 of 20 sentences judged by you"


def test_coders_have_orders_of_their_own_that_stay(drawn: Home) -> None:
    orders = {
        coder: [unit.unit_id for unit in labelling.read_work(drawn.root, coder, ["en"]).units]
        for coder in ("Ada", "Ben")
    }

    assert orders["Ada"] != orders["Ben"]
    assert sorted(orders["Ada"]) == sorted(orders["Ben"])
    assert orders["Ada"] == [unit.unit_id for unit in labelling.read_work(drawn.root, "Ada", ["en"]).units]


def test_another_spelling_of_a_coder_is_refused(drawn: Home) -> None:
    press(label_as("Ada"), "Yes")

    at = label_as("ada")

    assert at.warning[0].value == "This name cannot be used."
    assert not [button for button in at.button if button.label == "Yes"]


def test_agreement_is_shown_when_asked_for(drawn: Home) -> None:
    for coder in ("Ada", "Ben"):
        at = label_as(coder)
        for _ in range(10):
            press(at, "Yes")

    at = label_as("Ada")
    at.toggle[0].set_value(True).run()

    told = [text.value for text in at.text if text.value.startswith("Deadlock: ")]
    assert len(told) == 1
    assert "judged twice" in told[0]


def test_without_a_sample_the_way_to_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = create_home(tmp_path / "home")
    publish_articles(home)
    monkeypatch.setenv("PARLEY_HOME", str(home.root))

    at = label_as("Ada")

    assert "`parley sample --n 400 --out FILE.csv` draws one" in at.info[0].value


def test_going_back_needs_a_sentence_of_the_chosen_languages(drawn: Home) -> None:
    """Who judged some English and reads on in another language has nothing to go back to there."""
    press(label_as("Ada"), "Yes")

    work = labelling.read_work(drawn.root, "Ada", ["uk"])

    assert work.units == ()
    assert len(work.said) == 1


def test_the_next_coder_in_the_same_tab_starts_afresh(drawn: Home) -> None:
    at = label_as("Ada")
    press(at, "Yes")
    press(at, "Back to the one before")
    shown = html_of(at)

    at.text_input[0].set_value("Ben").run()

    assert html_of(at) != shown
    assert at.get("progress")[0].proto.text == "0 of 20 sentences judged by you"


def test_a_store_that_another_holds_is_told_and_not_a_fault(drawn: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelling, "WAIT_S", 0.1)
    holder = "import sys, time; from pathlib import Path; from warehouse.home import open_home; "
    holder += "from warehouse.judgements import open_judgements\n"
    holder += f"with open_judgements(open_home(Path({str(drawn.root)!r})), 'test'):\n"
    holder += "    print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "held\n"
            at = label_as("Ada")
        finally:
            process.kill()

    assert not at.exception
    assert at.warning[0].value == "The judgements cannot be opened now. Try again in a moment."
