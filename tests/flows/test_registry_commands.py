"""The commands about the registry, as a user runs them."""

import csv
import io
import json
from collections import Counter

import pytest

from framing.registry_files import load_registry
from tests.conftest import run_parley
from tests.framing.overlays import POLISH

REGISTRY = load_registry()


def test_outlets_says_who_is_watched_and_on_whose_word(tmp_path):
    listed = run_parley("outlets", home=tmp_path, COLUMNS="1000")
    rows = json.loads(run_parley("outlets", "--format", "json", home=tmp_path).stdout)

    assert (listed.returncode, listed.stderr) == (0, "")
    assert [row["outlet_id"] for row in rows] == [outlet.outlet_id for outlet in REGISTRY.outlets]
    assert all(row["class_source"] and row["feeds"] for row in rows)
    said = " ".join(listed.stdout.split())
    for outlet in REGISTRY.outlets:
        assert f"{outlet.name} ({outlet.outlet_id})" in said
        assert " ".join(outlet.class_source.split()) in said


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """What parley frames prints."""
    return run_parley("frames", home=tmp_path_factory.mktemp("home"), COLUMNS="1000")


def test_frames_says_what_is_looked_for_whom_it_serves_and_why(listed, tmp_path):
    rows = list(csv.DictReader(io.StringIO(run_parley("frames", "--format", "csv", home=tmp_path).stdout)))

    assert (listed.returncode, listed.stderr) == (0, "")
    assert [(row["kind"], row["id"]) for row in rows] == list(REGISTRY.codebook.codes)
    said = " ".join(listed.stdout.split())
    for frame in REGISTRY.codebook.frames:
        assert f"{frame.code} {frame.label} ({frame.frame_id}) {frame.definition}" in said
        assert f"serves {frame.serves}: {frame.serves_reason}" in said
    for tag in REGISTRY.codebook.tags:
        assert f"{tag.code} {tag.label.replace('_', ' ')} ({tag.tag_id}) {tag.definition}" in said
    assert {row["kind"] for row in rows if row["candidate"] == "True"} == {"narrative"}


def test_frames_stand_under_the_heading_of_their_kind(listed):
    """Fifty entries are read by kind; a narrative says above all that it is a candidate."""
    lines = listed.stdout.splitlines()
    counted = Counter(kind for kind, _ in REGISTRY.codebook.codes)

    headings = [line for line in lines if ", kind " in line]
    assert headings == [
        f"{name} ({counted[kind]}, kind {kind})"
        for name, kind in (
            ("Frames", "frame"),
            ("Signals", "signal"),
            ("Topics", "topic"),
            ("Policy frames", "policy"),
            ("Candidate narratives", "narrative"),
        )
    ]
    entries = []
    for line in lines:
        if line in headings:
            kind = line.split("kind ")[1].rstrip(")")
        elif line.endswith(")") and not line.startswith(" "):
            entries.append((kind, line.split("(")[-1].rstrip(")")))
    assert entries == list(REGISTRY.codebook.codes)
    assert lines[lines.index(headings[-1]) + 1].endswith(
        "A candidate speaks in their words; whether it tells, quotes or refutes them is for a reader to say."
    )


def test_check_runs_every_example_of_the_users_own_cues(home):
    """A cue that misses its own example would miss articles, too."""
    path = home.registry / "languages" / "pl.toml"
    path.parent.mkdir(parents=True)
    path.write_text(POLISH, encoding="utf-8")
    sound = run_parley("check", home=home.root)
    path.write_text(POLISH.replace("Trwa rozejm.", "Trwa pokój."), encoding="utf-8")
    broken = run_parley("check", home=home.root)

    n_examples = sum(len(entry.yes) + len(entry.no) for entry in REGISTRY.examples) + 6
    assert (sound.returncode, sound.stderr) == (0, "")
    assert f"Examples: all {n_examples:,} hold." in sound.stdout
    assert broken.returncode == 1
    assert broken.stderr == (
        "parley: registry/languages/pl.toml, [gate.settlement]: the cue 'rozejm*' is not found in its example "
        "'Trwa pokój.'. Mend the cue, or the sentence under 'yes'.\n"
    )
