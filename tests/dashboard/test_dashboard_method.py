"""Method: what is known of each code is shown, and what is not is blank."""

from pathlib import Path

import pytest

from dashboard import quality
from dashboard.screens import method
from flows.analysis.portraits import analyse_portraits
from flows.analysis.quality import analyse_quality
from framing.registry_files import load_registry
from tests.dashboard.pages import markup, run_page
from tests.flows.gold_parts import publish_articles
from warehouse.home import create_home
from warehouse.publication import publish
from warehouse.store import open_warehouse


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))
    home = create_home(tmp_path / "home")
    publish_articles(home)
    with open_warehouse(home, "test") as warehouse:
        analyse_portraits(warehouse, load_registry())
        analyse_quality(warehouse, load_registry())
    publish(home)
    return home.root


def test_what_nobody_judged_is_blank(home: Path) -> None:
    at = run_page("method")

    assert not at.exception
    table = at.dataframe[0].value
    english = table[table["language"] == "en"]
    assert len(english) == 14
    assert english["n_cues"].min() > 0
    assert english[["precision", "recall", "alpha"]].isna().all(axis=None)
    assert "**0 of " in markup(at)


def test_the_whole_account_is_there(home: Path) -> None:
    at = run_page("method")

    assert [expander.label for expander in at.expander] == list(quality.sections())
    assert "What the numbers do not say yet" in quality.sections()


def test_each_word_explained_is_a_column_or_a_value() -> None:
    """A word that no view uses any more would mislead."""
    dictionary = (Path(method.__file__).parents[2] / "docs" / "data-dictionary.md").read_text(encoding="utf-8")

    words = [word.strip("* ") for line in method.WORDS.split("\n") for word in line[2:].split("**")[1].split(",")]
    assert {"n", "k", "n_eff", "share_low", "too_few", "coverage_flag", "q"} <= set(words)
    for word in words:
        assert f"\n| {word} |" in dictionary or word == "null", word
