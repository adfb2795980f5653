"""The registry: what ships is sound, overlays replace file by file, faults are named with the way out."""

import datetime
import pickle
import shutil

import pytest

from framing.codebook import Codebook
from framing.errors import RegistryError
from framing.registry_files import SHIPPED, load_registry

OUTLET = """
name = "Example Wire"
home = "https://wire.example/"
country = "UA"
languages = ["en"]
outlet_class = "private"
class_source = "https://registry.example/wire (read 2026-02-11)"

[[feeds]]
url = "https://wire.example/rss.xml"
language = "en"
verified = "listed"
verified_source = "https://registry.example/feeds (read 2026-02-11)"
"""


@pytest.fixture
def overlay(tmp_path):
    """A function that puts one file into a registry folder of the user's own."""

    def put(name, content, *, shipped=None, old=None):
        """``content`` as it is, or the shipped file with ``old`` replaced by it."""
        if shipped is not None:
            text = (SHIPPED / shipped).read_text(encoding="utf-8")
            assert old in text
            content = text.replace(old, content, 1)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return put


def faults_of(folder):
    with pytest.raises(RegistryError) as raised:
        load_registry(folder)
    assert str(raised.value) == "\n".join(raised.value.faults)
    return raised.value.faults


def test_what_ships_is_whole():
    registry = load_registry()

    assert [outlet.outlet_id for outlet in registry.outlets] == [
        "bbc",
        "kyiv_independent",
        "le_monde",
        "meduza",
        "npr",
        "ria_novosti",
        "tagesschau",
        "tass",
        "ukrainska_pravda",
        "ukrinform",
    ]
    assert [frame.code for frame in registry.codebook.frames] == [f"F{n:02}" for n in range(1, 15)]
    assert registry.codebook.languages == ("de", "en", "fr", "ru", "uk")
    times = [event.event_time_utc for event in registry.events]
    assert times == sorted(times)
    assert {time.utcoffset() for time in times} == {datetime.timedelta(0)}


def test_every_frame_has_cues_in_every_language_and_every_judgement_a_day():
    registry = load_registry()
    frame_ids = {frame.frame_id for frame in registry.codebook.frames}

    for entry in registry.codebook.cues:
        assert {frame_id for frame_id, _ in entry.frames} == frame_ids
    for outlet in registry.outlets:
        assert "read 2026-11-23" in outlet.class_source
        assert all("read 2026-11-23" in feed.verified_source for feed in outlet.feeds)
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
    assert len(load_registry(folder).outlets) == 11


def test_an_overlay_file_replaces_the_shipped_one_whole(overlay):
    folder = overlay("outlets/tass.toml", OUTLET)

    names = {outlet.outlet_id: outlet.name for outlet in load_registry(folder).outlets}

    assert names["tass"] == "Example Wire"
    assert len(names) == 10


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


def test_a_language_is_one_file(overlay):
    folder = overlay(
        "languages/pl.toml",
        'name = "Polish"\n[frame.deadlock]\ncues = ["bez przełomu"]\n[topic.settlement]\ncues = ["rozejm*"]',
    )

    codebook = load_registry(folder).codebook

    assert codebook.languages == ("de", "en", "fr", "pl", "ru", "uk")
    assert codebook.cues_for("pl").frames == (("deadlock", ("bez przełomu",)),)


def test_what_editors_leave_behind_is_passed_over(overlay):
    overlay(".DS_Store", b"\0\xff")
    overlay("outlets/.wire.toml.swp", b"\0\xff")
    folder = overlay("outlets/wire.toml~", "not toml")

    assert load_registry(folder) == load_registry()


BROKEN = {
    "unknown key": (
        ("outlets/wire.toml", OUTLET.replace("languages =", "langauges =")),
        [
            "registry/outlets/wire.toml: unknown key 'langauges'. Did you mean 'languages'? Rename it or delete it.",
            "registry/outlets/wire.toml: the key 'languages' is missing. Add it: languages = [\"uk\"].",
        ],
    ),
    "value not allowed": (
        ("outlets/wire.toml", OUTLET.replace('"private"', '"stat-controlled"')),
        [
            "registry/outlets/wire.toml: 'outlet_class' is 'stat-controlled', which is none of "
            "state-controlled, state-aligned, public-service, private, exile, aggregator, primary, unknown. "
            "Did you mean 'state-controlled'?",
        ],
    ),
    "wrong type": (
        ("outlets/wire.toml", 'watch = "yes"\n' + OUTLET),
        [
            "registry/outlets/wire.toml: 'watch' is 'yes', not true or false, without quotes. "
            "Write it so: watch = true.",
        ],
    ),
    "not a web address": (
        ("outlets/wire.toml", OUTLET.replace("https://wire.example/rss.xml", "file:///etc/passwd")),
        [
            "registry/outlets/wire.toml, [[feeds]] 1: 'url' is 'file:///etc/passwd', not an address that begins "
            'with http:// or https://. Write it so: url = "https://wire.example/".',
        ],
    ),
    "no feed": (
        ("outlets/wire.toml", "feeds = []\n" + OUTLET.partition("[[feeds]]")[0]),
        [
            "registry/outlets/wire.toml: 'feeds' is [], not one or more [[tables]]. "
            'Write it so: [[feeds]], then url = "...".',
        ],
    ),
    "a country in small letters": (
        ("outlets/wire.toml", OUTLET.replace('"UA"', '"ua"')),
        [
            "registry/outlets/wire.toml: 'country' is 'ua', not a country in two capitals (ISO 3166-1). "
            'Write it so: country = "UA".',
        ],
    ),
    "a feed of another outlet": (
        ("outlets/wire.toml", OUTLET.replace("https://wire.example/rss.xml", "https://tass.com/rss/v2.xml")),
        [
            "registry/outlets/wire.toml: the feed https://tass.com/rss/v2.xml is also in outlets/tass.toml. "
            "Delete it from one of them.",
        ],
    ),
    "a bad file name": (
        ("outlets/Example Wire.toml", OUTLET),
        [
            "registry/outlets/Example Wire.toml: the file name 'Example Wire' is the outlet's id and may hold "
            "only a-z, 0-9 and _. Rename the file.",
        ],
    ),
    "a folder nobody reads": (
        ("outlet/wire.toml", OUTLET),
        [
            "registry/outlet: the registry has no such folder. Did you mean 'outlets'? Rename it or move it away.",
        ],
    ),
    "a folder in a folder": (
        ("outlets/mine/wire.toml", OUTLET),
        ["registry/outlets/mine: folders inside outlets/ are not read. Move its files up, or the folder away."],
    ),
    "a misspelt file": (
        ("frame.toml", ""),
        [
            "registry/frame.toml: the registry has no such file. Did you mean 'frames.toml'? "
            "Rename it or move it away.",
        ],
    ),
    "a file nobody reads": (
        ("languages/xx.txt", "peace"),
        [
            "registry/languages/xx.txt: files in languages/ end in .toml. Rename it to languages/xx.toml, "
            "or move it away.",
        ],
    ),
    "a stray file": (
        ("claims.json", "{}"),
        [
            "registry/claims.json: the registry has no such file. Known: watch.toml, frames.toml, actors.toml, "
            "events.toml, outlets/*.toml, languages/*.toml. Rename it or move it away.",
        ],
    ),
    "not TOML": (
        ("actors.toml", "name = \n"),
        [
            "registry/actors.toml: this is not TOML: Invalid value (at line 1, column 8). "
            "Compare that line with a file that works.",
        ],
    ),
    "not UTF-8": (
        ("outlets/wire.toml", OUTLET.replace("Example Wire", "Провод").encode("cp1251")),
        ["registry/outlets/wire.toml: byte 9 is not UTF-8. Save the file as UTF-8."],
    ),
    "a raw regular expression": (
        (
            "languages/pl.toml",
            'name = "Polish"\n[frame.deadlock]\ncues = ["sankcj\\\\w+"]\n[topic.settlement]\ncues = ["rozejm*"]',
        ),
        [
            "registry/languages/pl.toml, [frame.deadlock]: The cue 'sankcj\\\\w+' holds '\\\\w+': raw regular "
            "expressions are not cues. Write a star for any ending: 'guarant*'.",
        ],
    ),
    "cues for an unknown frame": (
        (
            "languages/pl.toml",
            'name = "Polish"\n[frame.deadlok]\ncues = ["impas*"]\n[topic.peace]\ncues = ["rozejm*"]',
        ),
        [
            "registry/languages/pl.toml: cues for 'deadlok', but frames.toml has no such frame. "
            "Did you mean 'deadlock'? Rename the table, or add [frame.deadlok] to frames.toml.",
            "registry/languages/pl.toml: cues for 'peace', but the list of topics has no such topic. "
            "Known: settlement, negotiation. Rename the table.",
        ],
    ),
    "a cue twice": (
        (
            "languages/pl.toml",
            'name = "Polish"\n[frame.deadlock]\ncues = ["impas*", "Impas*"]\n[topic.settlement]\ncues = ["rozejm*"]',
        ),
        [
            "registry/languages/pl.toml, [frame.deadlock]: the cue 'Impas*' says the same as 'impas*'. Delete one.",
        ],
    ),
    "an event without offset": (
        (
            "events.toml",
            '[event.talks]\ntitle = "Talks"\ntime = 2026-01-01T12:00:00\ntz_note = "day only"\n'
            'certainty = "sure"\nsource = "x"\nadded_by = "me"',
        ),
        [
            "registry/events.toml, [event.talks]: 'time' is 2026-01-01T12:00:00, not a time with its offset, "
            "without quotes. Write it so: time = 2025-12-02T19:30:00+03:00.",
            "registry/events.toml, [event.talks]: 'certainty' is 'sure', which is none of confirmed, claimed, "
            "contested. Choose one of them.",
        ],
    ),
    "a side nobody knows": (
        ("actors.toml", '[actor.x]\nname = "X"\nside = "UN"\naliases = ["peace [..3]"]'),
        [
            "registry/actors.toml, [actor.x]: 'side' is 'UN', which is none of RU, UA, US, EU, other. "
            "Choose one of them.",
            "registry/actors.toml, [actor.x] aliases: The cue 'peace [..3]' begins or ends with a gap, "
            "which says nothing. Delete that gap.",
        ],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_with_the_way_out(overlay, case):
    (name, content), messages = BROKEN[case]

    assert faults_of(overlay(name, content)) == messages


def test_a_mirror_must_name_its_frame_back(overlay):
    folder = overlay(
        "frames.toml",
        'serves_reason = "x"\nno_mirror = "none"\n[frame.old]',
        shipped="frames.toml",
        old='serves_reason = "Every side reports deadlock at times, each to explain another next step."\n'
        'mirror = "momentum"\n\n[frame.momentum]',
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

    assert load_registry(tmp_path / "registry") == load_registry()


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
    folder = overlay("languages/fr.toml", 'cues = ["marasme*", ', shipped="languages/fr.toml", old="cues = [\n    ")

    after = load_registry(folder).codebook

    assert after.version != before.version
    assert after.cue_hash("fr") != before.cue_hash("fr")
    assert after.cue_hash("de") == before.cue_hash("de")


def test_a_definition_changes_the_version_and_no_cue_hash(overlay):
    before = load_registry().codebook
    folder = overlay("frames.toml", 'label = "Stalemate"', shipped="frames.toml", old='label = "Deadlock"')

    after = load_registry(folder).codebook

    assert after.version != before.version
    assert all(after.cue_hash(language) == before.cue_hash(language) for language in before.languages)
