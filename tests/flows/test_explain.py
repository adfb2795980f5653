"""One text as the engine reads it, in the terminal."""

import re

import pytest

from tests.conftest import run_parley

TEXT = """Talks end in deadlock

“The talks are in deadlock,” Smith said on Tuesday. Jones told reporters that there is no deadlock in the talks.
The frozen Russian assets remain in Belgium.
"""


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_every_hit_is_marked_and_has_its_reason(text):
    done = run_parley("explain", str(text), "--lang", "en", home=None)

    assert (done.returncode, done.stderr) == (0, "")
    told = re.sub(r"\s+", " ", done.stdout)
    assert "Talks end in deadlock[1]" in told
    assert "[1] frame deadlock: outlet, nobody is cited, nothing denies it; cue" in told
    assert "[2] frame deadlock: quoted Smith, in quotation marks, attributed by “said”; cue" in told
    assert re.search(r"\[3\] frame deadlock: rejected Jones, negated by “[^”]*”; cue", told)
    assert "[4] frame sanctions_assets: outlet" in told
    assert (
        "frame deadlock carried, 75% of sentences, foremost in headline; by voice: outlet 1, quoted 1, rejected 1"
        in told
    )
    assert "the headline itself says what the text only cites: deadlock" in told


def test_other_kinds_on_request(text):
    done = run_parley("explain", str(text), "--lang", "en", "--kind", "topic", home=None)

    assert "topic energy_assets" in done.stdout
    assert "frame deadlock" not in done.stdout


def test_a_language_without_cues_is_not_measured(tmp_path):
    path = tmp_path / "hu.txt"
    path.write_text("A küldöttségek Genfben tárgyaltak a béketervről.", encoding="utf-8")

    done = run_parley("explain", str(path), "--lang", "hu", home=None)

    told = re.sub(r"\s+", " ", done.stdout)
    assert "hu · not measured · 1 sentence · voices are not measured in this language" in told
    assert "Cues of kind frame were not looked for" in told


def test_a_text_does_not_reach_the_terminal(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("The talks are in deadlock.\x1b[2J\x07 Really.", encoding="utf-8")

    done = run_parley("explain", str(path), "--lang", "en", home=None)

    assert done.returncode == 0
    assert "\x1b[2J" not in done.stdout
    assert "\x07" not in done.stdout


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (b"", (), "has no word. Give a text of at least one sentence."),
        (b"\xff\xfe", (), "cannot be read"),
        (b"The talks.", ("--kind", "mood"), "--kind mood: there is no such kind. Choose one of frame, "),
    ],
)
def test_what_cannot_be_explained_is_said(tmp_path, content, arguments, message):
    path = tmp_path / "text.txt"
    path.write_bytes(content)

    done = run_parley("explain", str(path), *arguments, home=None)

    assert done.returncode == 1
    assert message in re.sub(r"\s+", " ", done.stderr)
