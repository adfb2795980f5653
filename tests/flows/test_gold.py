"""The gold sample, as a user draws it, has it judged and reads what follows."""

import json
import shutil
from collections import Counter

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.commands import printing
from flows.commands.doctor import examine
from framing.errors import ParleyError
from tests.conftest import run_parley
from tests.flows.gold_parts import N_ARTICLES, N_SENTENCES, publish_articles, read_rows, write_rows
from warehouse.home import Home, create_home, open_home
from warehouse.judgements import open_judgements

N_CARRIED = N_ARTICLES
N_ALL = N_ARTICLES * N_SENTENCES
ONE_FRAME = ("--language", "en", "--frame", "deadlock")


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Thirty articles on the talks, scored and published."""
    home = create_home(tmp_path_factory.mktemp("gold") / "home")
    publish_articles(home)
    return home


@pytest.fixture
def gold(scored: Home, tmp_path) -> Home:
    """A home of each test's own over the same articles."""
    shutil.copytree(scored.root, tmp_path / "home", symlinks=True)
    return open_home(tmp_path / "home")


def call(home, *arguments):
    """The command line within this process: (what it prints, or None; what it says is wrong, or None)."""
    result = CliRunner().invoke(app, [*arguments, "--home", str(home.root)], env={"COLUMNS": "200"})
    if result.exception is not None:
        assert isinstance(result.exception, ParleyError), result.output
        return None, str(result.exception)
    return result.stdout, None


def draw(home, path, *options, n=60):
    """Draw a sample and read its sheet."""
    said, wrong = call(home, "sample", "--n", str(n), *ONE_FRAME, "--out", str(path), *options)
    assert wrong is None
    return said, read_rows(path)


def units_of(home):
    """The stored units by id."""
    with open_judgements(home, "test") as judgements:
        return {unit.unit_id: unit for unit in judgements.units()}


def test_a_sheet_shows_sentences_and_no_answers(gold, tmp_path):
    """Half of what carries, half of what does not, each with its chance; the coder cannot see which is which."""
    said, rows = draw(gold, tmp_path / "sheet.csv")
    units = units_of(gold)

    assert list(rows[0]) == [
        *("unit_id", "language", "frame", "definition", "is_not", "before", "sentence", "after"),
        *("carried", "voice", "note"),
    ]
    assert {row["unit_id"] for row in rows} == set(units)
    assert Counter(unit.machine_carried for unit in units.values()) == {True: 30, False: 30}
    for row in rows:
        unit = units[row["unit_id"]]
        assert row["sentence"].removeprefix("'") == unit.sentence
        assert ("deadlocked" in unit.sentence) == unit.machine_carried
        assert unit.inclusion_probability == (1.0 if unit.machine_carried else 30 / (N_ALL - N_CARRIED))
        assert (row["carried"], row["voice"], row["note"]) == ("", "", "")
        if unit.machine_carried:
            assert row["before"].startswith("Delegations of Russia")
            assert row["after"].startswith("Envoys of Russia")
        assert not row["sentence"].startswith("=")  # a spreadsheet would run it
    assert "60 sentences of 1 pairs of language and frame" in said


def test_the_same_seed_draws_the_same_sample(gold, tmp_path):
    """Another one draws others; a sheet that may hold work is never written over."""
    _, first = draw(gold, tmp_path / "first.csv")
    again, second = draw(gold, tmp_path / "second.csv")
    _, other = draw(gold, tmp_path / "other.csv", "--seed", "2")
    _, refused = call(gold, "sample", *ONE_FRAME, "--out", str(tmp_path / "first.csv"))

    assert first == second
    assert "drawn before" in again
    assert [row["unit_id"] for row in other] != [row["unit_id"] for row in first]
    assert refused == (
        f"{tmp_path / 'first.csv'}: this file is there already and may hold judgements. Give another name with --out. "
        "Nothing was written."
    )
    assert len(units_of(gold)) == 120


def test_judgements_come_in_once_and_change_by_a_later_word(gold, tmp_path):
    """Importing twice changes nothing; what was said before stays in the file."""
    _, rows = draw(gold, tmp_path / "sheet.csv")
    filled = [row | {"carried": " Yes ", "voice": "outlet"} for row in rows[:40]] + rows[40:]
    sheet = write_rows(tmp_path / "filled.csv", filled, delimiter=";")
    first, _ = call(gold, "judge", str(sheet), "--coder", "Ada")
    again, _ = call(gold, "judge", str(sheet), "--coder", "Ada")
    write_rows(sheet, [filled[0] | {"carried": "no", "voice": ""}, *filled[1:]])
    changed, _ = call(gold, "judge", str(sheet), "--coder", "Ada")
    _, alike = call(gold, "judge", str(sheet), "--coder", "ADA")

    assert first == (
        "Ada: 40 judgements new, 0 changed, 0 known already; 20 sentences of the sheet are not judged yet.\n"
    )
    assert again.startswith("Ada: 0 judgements new, 0 changed, 40 known already;")
    assert changed.startswith("Ada: 0 judgements new, 1 changed, 39 known already;")
    assert alike.startswith("There is a coder 'Ada' already.")
    with open_judgements(gold, "test") as judgements:
        assert Counter(one.carried for one in judgements.latest()) == {"yes": 39, "no": 1}
        assert judgements.sql.execute("select count(*) from judgement").fetchone() == (41,)
    (told,) = [finding for finding in examine(gold) if finding.subject == "judgements"]
    assert told.is_good
    assert told.finding == (f"40 by 1 coders on 60 sentences. No archive gives them again: back up {gold.judgements}")


def test_a_sheet_with_a_fault_is_not_imported_at_all(gold, tmp_path):
    _, rows = draw(gold, tmp_path / "sheet.csv")
    rows = [row | {"carried": "yes"} for row in rows]
    rows[3]["carried"] = "maybe"
    sheet = write_rows(tmp_path / "filled.csv", rows)

    done = run_parley("judge", str(sheet), "--coder", "Ada", home=gold.root)

    assert done.returncode == 1
    assert done.stderr == (
        f"parley: {sheet}, line 5: carried is 'maybe'. Write yes, no or unsure, or leave it empty: not judged yet.\n"
        "Mend the file and import it again. Nothing was imported.\n"
    )
    with open_judgements(gold, "test") as judgements:
        assert judgements.latest() == []


def test_agreement_says_what_follows_and_what_is_missing(gold, tmp_path, monkeypatch):
    """Two coders who agree that a third of what Parley finds is not there: 20 of 150 sentences carry the frame."""
    _, rows = draw(gold, tmp_path / "sheet.csv")
    early, _ = call(gold, "agreement", "--format", "json")
    units = units_of(gold)
    found = [row for row in rows if units[row["unit_id"]].machine_carried]
    gone = {row["unit_id"] for row in found[:10]}
    for row in rows:
        is_there = units[row["unit_id"]].machine_carried and row["unit_id"] not in gone
        row["carried"] = "yes" if is_there else "no"
    sheet = write_rows(tmp_path / "filled.csv", rows)
    for coder in ("Ada", "Ben"):
        call(gold, "judge", str(sheet), "--coder", coder)
    (row,) = json.loads(call(gold, "agreement", "--format", "json")[0])
    monkeypatch.setattr(printing.out, "width", 250)  # rich takes a width at import that no variable changes later
    shown, _ = call(gold, "agreement")
    _, unknown = call(gold, "agreement", "--sample", "nope")

    assert json.loads(early)[0]["lacks"] == (
        "0 sentences judged twice, alpha needs 10; 0 sentences decided, a corrected share needs 30"
    )
    assert (row["frame"], row["language"], row["n_sentences"], row["n_decided"]) == ("deadlock", "en", N_ALL, 60)
    assert (row["n_coders"], row["alpha"], row["lacks"]) == (2, 1.0, None)
    assert row["engine"] == pytest.approx(30 / N_ALL)
    assert row["corrected"] == pytest.approx(20 / N_ALL)
    assert row["corrected_low"] < 20 / N_ALL < row["corrected_high"] < 30 / N_ALL + 0.05
    assert "20.0% of 150" in shown
    assert "13.3% (" in shown
    assert unknown.startswith("There is no sample 'nope' in this home. Name one of these: ")


def test_too_few_for_what_is_asked(gold, tmp_path):
    """Also for a language that is not there, and before any sample was drawn."""
    _, few = call(gold, "sample", "--n", "10", "--out", str(tmp_path / "a.csv"))
    _, none = call(gold, "sample", "--language", "en", "--language", "uk", "--out", str(tmp_path / "a.csv"))
    _, nothing = call(gold, "agreement")

    assert few.startswith("10 units are too few for ")
    assert none == (
        "The published copy holds no measured sentence on the talks of language uk. Leave it out; 'parley frames' "
        "lists the frames, 'parley sql' what is stored: select language, count(*) from article group by all"
    )
    assert nothing == ("No sample was drawn in this home yet. 'parley sample --n 400 --out FILE.csv' draws one.")
    assert not (tmp_path / "a.csv").exists()
