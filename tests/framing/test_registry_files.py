"""The registry: what ships is sound, overlays replace file by file, faults are named with the way out."""

import datetime
import pickle
import shutil
import tomllib

from framing.codebook import Codebook
from framing.registry_files import SHIPPED, load_registry
from tests.framing.overlays import OUTLET, POLISH, faults_of


def test_what_ships_is_whole():
    registry = load_registry()

    shipped = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (SHIPPED / "outlets").glob("*.toml")}
    assert [outlet.outlet_id for outlet in registry.outlets] == sorted(
        name for name in shipped if shipped[name]["watch"]
    )
    assert [frame.code for frame in registry.codebook.frames] == [f"F{n:02}" for n in range(1, 15)]
    assert registry.codebook.languages == ("de", "en", "fr", "ru", "uk")
    times = [event.event_time_utc for event in registry.events]
    assert times == sorted(times)
    assert {time.utcoffset() for time in times} == {datetime.timedelta(0)}


def test_every_frame_has_cues_in_every_language_and_every_judgement_a_day():
    registry = load_registry()
    frame_ids = {frame.frame_id for frame in registry.codebook.frames}

    for entry in registry.codebook.cues:
        assert {frame_id for frame_id, _ in entry.frame} == frame_ids
    for outlet in registry.outlets:
        assert "read 2026-11-24" in outlet.class_source
        assert all("read 2026-11-24" in feed.verified_source for feed in outlet.feeds)
        assert {feed.verified for feed in outlet.feeds} <= {"listed", "unverified"}, "nobody fetched them yet"
    assert all("read 2026-11-23" in event.source for event in registry.events)


def test_an_event_in_moscow_time_is_stored_in_utc():
    events = {event.event_id: event for event in load_registry().events}

    assert events["ushakov_no_compromise"].event_time_utc == datetime.datetime(2025, 12, 2, 22, 20, tzinfo=datetime.UTC)


def test_mirrors_are_mutual():
    frames = {frame.frame_id: frame for frame in load_registry().codebook.frames}

    assert frames["kyiv_obstacle"].mirror == "moscow_obstacle"
    for frame in frames.values():
        assert frame.no_mirror if frame.mirror is None else frames[frame.mirror].mirror == frame.frame_id


def test_a_missing_or_empty_overlay_changes_nothing(tmp_path):
    assert load_registry(tmp_path / "absent") == load_registry(tmp_path) == load_registry()


def test_an_outlet_is_one_file(overlay):
    folder = overlay("outlets/wire.toml", OUTLET)

    wire = next(outlet for outlet in load_registry(folder).outlets if outlet.outlet_id == "wire")

    assert (wire.keep, wire.mirrors, wire.languages) == ("on-topic", (), ("en",))
    assert wire.feeds[0].url == "https://wire.example/rss.xml"
    assert len(load_registry(folder).outlets) == len(load_registry().outlets) + 1


def test_an_overlay_file_replaces_the_shipped_one_whole(overlay):
    folder = overlay("outlets/tass.toml", OUTLET)

    names = {outlet.outlet_id: outlet.name for outlet in load_registry(folder).outlets}

    assert names["tass"] == "Example Wire"
    assert len(names) == len(load_registry().outlets)


def test_watch_false_takes_an_outlet_out(overlay):
    folder = overlay("outlets/npr.toml", "watch = false", shipped="outlets/npr.toml", old="watch = true ")

    assert "npr" not in {outlet.outlet_id for outlet in load_registry(folder).outlets}


def test_only_the_users_outlets_are_watched_where_the_user_says_so(overlay):
    overlay("outlets/wire.toml", OUTLET)
    folder = overlay("watch.toml", "shipped_outlets = false", shipped="watch.toml", old="shipped_outlets = true")

    registry = load_registry(folder)

    assert [outlet.outlet_id for outlet in registry.outlets] == ["wire"]
    assert registry.watch.shipped_outlets is False
    assert registry.codebook.version == load_registry().codebook.version


def test_another_negotiation_brings_its_own_frames_and_cues(overlay):
    """The shipped cues are for the shipped frames; the user cannot edit them, but can leave them out."""
    for name in ("signals.toml", "topics.toml", "policy_frames.toml", "narratives.toml"):
        overlay(name, "")
    overlay("languages/pl.toml", POLISH)
    frame = SHIPPED.joinpath("frames.toml").read_text(encoding="utf-8").partition("[frame.momentum]")[0]
    overlay("frames.toml", frame.replace('mirror = "momentum"', 'no_mirror = "A single frame."'))
    folder = overlay("watch.toml", "shipped_languages = false", shipped="watch.toml", old="shipped_languages = true")

    codebook = load_registry(folder).codebook

    assert (codebook.languages, codebook.tags) == (("pl",), ())
    assert codebook.codes == (("frame", "deadlock"),)


def test_a_language_is_one_file(overlay):
    registry = load_registry(overlay("languages/pl.toml", POLISH))

    assert registry.codebook.languages == ("de", "en", "fr", "pl", "ru", "uk")
    assert registry.codebook.cues_for("pl").frame == (("deadlock", ("bez przełomu",)),)
    assert [(e.where, e.kind, e.code_id, e.yes) for e in registry.examples if e.language == "pl"] == [
        ("registry/languages/pl.toml, [frame.deadlock]", "frame", "deadlock", ("Rozmowy bez przełomu.",)),
        ("registry/languages/pl.toml, [gate.settlement]", "gate", "settlement", ("Trwa rozejm.",)),
        ("registry/languages/pl.toml, [gate.negotiation]", "gate", "negotiation", ("Trwają negocjacje.",)),
    ]


def test_what_editors_leave_behind_is_passed_over(overlay):
    overlay(".DS_Store", b"\0\xff")
    overlay("outlets/.wire.toml.swp", b"\0\xff")
    folder = overlay("outlets/wire.toml~", "not toml")

    assert load_registry(folder) == load_registry()


def test_a_mirror_must_name_its_frame_back(overlay):
    folder = overlay(
        "frames.toml",
        'serves_reason = "x"\nno_mirror = "none"\n[frame.old]',
        shipped="frames.toml",
        old='serves_reason = "Every side reports deadlock at times, each to explain another next step."\n'
        'mirror = "momentum"\nswap = "same"\n\n[frame.momentum]',
    )

    assert faults_of(folder)[:2] == [
        "registry/frames.toml, [frame.old]: its mirror 'deadlock' does not name it back. "
        "Write mirror = 'old' in [frame.deadlock], or no_mirror here.",
        "languages/de.toml: cues for 'momentum', but frames.toml has no such frame. Known: "
        "deadlock, old, land_for_peace, capitulation, sovereignty_law, europe_spoiler, excluded_parties, "
        "kyiv_obstacle, moscow_obstacle, deal_making, guarantees_nato, sanctions_assets, root_causes, "
        "inevitability. Rename the table, or add [frame.momentum] to frames.toml.",
    ]


def test_all_faults_are_told_at_once(overlay):
    overlay("outlets/wire.toml", OUTLET.replace('"UA"', '"ua"'))
    overlay("outlets/other.toml", "name = 3")
    folder = overlay("actors.toml", "actor = 3")

    faults = faults_of(folder)

    assert faults[0] == ("registry/actors.toml: 'actor' is 3, not one or more tables. Write it so: [actor.<id>].")
    assert len([fault for fault in faults if fault.startswith("registry/outlets/other.toml: ")]) == 7
    assert faults[-1].startswith("registry/outlets/wire.toml: 'country'")


def test_a_file_in_the_folders_place_is_named(tmp_path):
    (tmp_path / "registry").write_text("")

    assert faults_of(tmp_path / "registry") == [
        "registry: this is a file, not a folder. Move it away and make a folder of that name."
    ]


def test_the_shipped_files_can_be_copied_as_they_are(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "registry")

    copied, shipped = load_registry(tmp_path / "registry"), load_registry()

    assert (copied.watch, copied.outlets, copied.events) == (shipped.watch, shipped.outlets, shipped.events)
    assert copied.codebook == shipped.codebook


def test_a_codebook_survives_storage():
    codebook = load_registry().codebook

    stored = Codebook.from_json(codebook.to_json())

    assert (stored, stored.version, hash(stored)) == (codebook, codebook.version, hash(codebook))
    assert stored.to_json() == codebook.to_json()
    assert {stored.cue_hash(language) for language in stored.languages} == {
        codebook.cue_hash(language) for language in codebook.languages
    }
    assert pickle.loads(pickle.dumps(codebook)) == codebook


def test_a_new_cue_changes_the_hash_of_its_language_only(overlay):
    before = load_registry().codebook
    cue = 'cues = [\n    { cue = "marasme*", yes = ["Le marasme."], no = ["La mare."] },\n'
    folder = overlay("languages/fr.toml", cue, shipped="languages/fr.toml", old="cues = [\n")

    after = load_registry(folder).codebook

    assert after.version != before.version
    assert after.cue_hash("fr") != before.cue_hash("fr")
    assert after.cue_hash("de") == before.cue_hash("de")


def test_an_example_changes_neither_version_nor_hash(overlay):
    """Examples are for people; a corrected one must not have an archive scored anew."""
    folder = overlay("languages/pl.toml", POLISH)
    before = load_registry(folder)

    after = load_registry(overlay("languages/pl.toml", POLISH.replace("Trwa rozejm", "Rozejm trwa")))

    assert after.examples != before.examples
    assert after.codebook == before.codebook


def test_a_definition_changes_the_version_and_no_cue_hash(overlay):
    before = load_registry().codebook
    folder = overlay("frames.toml", 'label = "Stalemate"', shipped="frames.toml", old='label = "Deadlock"')

    after = load_registry(folder).codebook

    assert after.version != before.version
    assert all(after.cue_hash(language) == before.cue_hash(language) for language in before.languages)
