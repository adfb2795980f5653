"""The commands about the registry, as a user runs them."""

import csv
import io
import json

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


def test_frames_says_what_is_looked_for_whom_it_serves_and_why(tmp_path):
    listed = run_parley("frames", home=tmp_path, COLUMNS="1000")
    rows = list(csv.DictReader(io.StringIO(run_parley("frames", "--format", "csv", home=tmp_path).stdout)))

    assert (listed.returncode, listed.stderr) == (0, "")
    assert [(row["kind"], row["id"]) for row in rows] == list(REGISTRY.codebook.codes)
    said = " ".join(listed.stdout.split())
    for frame in REGISTRY.codebook.frames:
        assert f"{frame.code} {frame.label} (frame {frame.frame_id}) {frame.definition}" in said
        assert f"serves {frame.serves}: {frame.serves_reason}" in said


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
