"""Broken registry files: each gives exactly these messages, with file, key, finding and way out."""

import pytest

from framing.registry_files import SHIPPED
from tests.framing.overlays import OUTLET, POLISH, faults_of

NEGOTIATION = POLISH[POLISH.index("[gate.negotiation") :]


def shipped(name):
    return (SHIPPED / name).read_text(encoding="utf-8")


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
            "registry/claims.json: the registry has no such file. Known: watch.toml, frames.toml, signals.toml, "
            "topics.toml, policy_frames.toml, narratives.toml, actors.toml, events.toml, swaps.toml, agencies.toml, "
            "outlets/*.toml, languages/*.toml. Rename it or move it away.",
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
            POLISH.replace("bez przełomu", r"sankcj\\w+"),
        ),
        [
            "registry/languages/pl.toml, [frame.deadlock]: The cue 'sankcj\\\\w+' holds '\\\\w+': raw regular "
            "expressions are not cues. Write a star for any ending: 'guarant*'.",
        ],
    ),
    "cues for an unknown frame": (
        (
            "languages/pl.toml",
            POLISH.replace("deadlock", "deadlok").replace("settlement", "peace"),
        ),
        [
            "registry/languages/pl.toml: cues for 'deadlok', but frames.toml has no such frame. "
            "Did you mean 'deadlock'? Rename the table, or add [frame.deadlok] to frames.toml.",
            "registry/languages/pl.toml: cues for 'peace', but the relevance gate has no such gate. "
            "Known: settlement, negotiation. Rename the table.",
            "registry/languages/pl.toml: the table [gate.settlement] is missing: without it texts in this language "
            "would pass for being about something else. Add it: [gate.settlement], then "
            'cues = [{ cue = "...", yes = ["..."], no = ["..."] }].',
        ],
    ),
    "a cue twice": (
        (
            "languages/pl.toml",
            POLISH.replace(
                "cues = [{", 'cues = [{ cue = "Bez przełomu", yes = ["Bez przełomu."], no = ["Przełom."] }, {', 1
            ),
        ),
        [
            "registry/languages/pl.toml, [frame.deadlock]: the cue 'bez przełomu' says the same as "
            "'Bez przełomu'. Delete one.",
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
    "an owner without its source": (
        ("outlets/wire.toml", 'owner = "Example Holding"\n' + OUTLET),
        [
            "registry/outlets/wire.toml: 'owner' and 'owner_source' stand together or not at all. "
            "Name the source and the day it was read, or leave both out: unknown stays unknown.",
        ],
    ),
    "a mirror that is no host": (
        ("outlets/wire.toml", 'mirrors = ["https://mirror.example/"]\n' + OUTLET),
        [
            "registry/outlets/wire.toml: 'mirrors' is ['https://mirror.example/'], not a list of host names. "
            'Write it so: mirrors = ["news.example"].',
        ],
    ),
    "one feed twice": (
        ("outlets/wire.toml", OUTLET + OUTLET[OUTLET.index("[[feeds]]") :]),
        ["registry/outlets/wire.toml: the feed https://wire.example/rss.xml is named twice. Delete one."],
    ),
    "a language by its name": (
        ("outlets/wire.toml", OUTLET.replace('language = "en"', 'language = "English"')),
        [
            "registry/outlets/wire.toml, [[feeds]] 1: 'language' is 'English', not a language in small letters "
            '(ISO 639). Write it so: language = "uk".',
        ],
    ),
    "a cue without its examples": (
        ("languages/pl.toml", POLISH.replace(', yes = ["Trwa rozejm."]', "")),
        [
            "registry/languages/pl.toml, [gate.settlement] cue 1: the key 'yes' is missing. Add it: yes = [\"...\"].",
        ],
    ),
    "examples that are no list": (
        ("languages/pl.toml", POLISH.replace('["Trwa rozejm."]', '"Trwa rozejm."')),
        [
            "registry/languages/pl.toml, [gate.settlement] cue 1: 'yes' is 'Trwa rozejm.', not a list of sentences "
            'with at least one entry. Write it so: yes = ["..."].',
        ],
    ),
    "an example that is missing": (
        ("languages/pl.toml", POLISH.replace('["Rozejście dróg."]', "[]")),
        [
            "registry/languages/pl.toml, [gate.settlement] cue 1: 'no' is [], not a list of sentences "
            'with at least one entry. Write it so: no = ["..."].',
        ],
    ),
    "a cue without a table": (
        (
            "languages/pl.toml",
            POLISH.replace('{ cue = "rozejm*", yes = ["Trwa rozejm."], no = ["Rozejście dróg."] }', '"x"'),
        ),
        [
            "registry/languages/pl.toml, [gate.settlement]: 'cues' is ['x'], not a list of cues, each with the "
            "sentences it must and must not be found in. Write it so: "
            'cues = [{ cue = "...", yes = ["..."], no = ["..."] }].',
        ],
    ),
    "a language with half the gate": (
        ("languages/pl.toml", POLISH[: POLISH.index("[gate.negotiation")]),
        [
            "registry/languages/pl.toml: the table [gate.negotiation] is missing: without it texts in this language "
            "would pass for being about something else. Add it: [gate.negotiation], then "
            'cues = [{ cue = "...", yes = ["..."], no = ["..."] }].',
        ],
    ),
    "the gate under its old name": (
        ("languages/pl.toml", POLISH + POLISH[POLISH.index("[gate") :].replace("[gate.", "[topic.")),
        [
            f"registry/languages/pl.toml: [topic.{name}] is part of the relevance gate. "
            f"Rename the table: [gate.{name}]."
            for name in ("settlement", "negotiation")
        ],
    ),
    "a language without the gate": (
        ("languages/pl.toml", POLISH[: POLISH.index("[gate")]),
        ["registry/languages/pl.toml: the key 'gate' is missing. Add it: [gate.<id>]."],
    ),
    "cues for an unknown signal": (
        (
            "languages/pl.toml",
            POLISH + NEGOTIATION.replace("gate.negotiation", "signal.backchanel"),
        ),
        [
            "registry/languages/pl.toml: cues for 'backchanel', but signals.toml has no such signal. Did you mean "
            "'backchannel'? Rename the table, or add [signal.backchanel] to signals.toml.",
        ],
    ),
    "two alphabets in a word": (
        ("languages/pl.toml", POLISH.replace('cue = "rozejm*"', 'cue = "rоzejm*"')),  # a Cyrillic o
        [
            "registry/languages/pl.toml, [gate.settlement]: The cue 'rоzejm*' holds 'rоzejm', which mixes CYRILLIC and "
            "LATIN letters that look alike. Type the word anew in one alphabet.",
        ],
    ),
    "a stem that matches everything": (
        ("languages/pl.toml", POLISH.replace('cue = "rozejm*"', 'cue = "r*"')),
        [
            "registry/languages/pl.toml, [gate.settlement]: The cue 'r*' holds the stem 'r*', which would match very "
            "many words. Give at least 2 letters before the star.",
        ],
    ),
    "a topic without its code": (
        ("topics.toml", shipped("topics.toml").replace('code = "T5"', "")),
        ["registry/topics.toml, [topic.law]: the key 'code' is missing. Add it: code = \"...\"."],
    ),
    "a signal with a side": (
        ("signals.toml", shipped("signals.toml").replace('code = "S1"', 'code = "S1"\nserves = "RU"')),
        [
            "registry/signals.toml, [signal.backchannel]: unknown key 'serves'. Known keys: code, label, definition, "
            "is_not, swap, swap_none. Rename it or delete it.",
        ],
    ),
    "a rule and a reason for none": (
        ("signals.toml", shipped("signals.toml").replace('code = "S1"', 'code = "S1"\nswap = "same"\nswap_none = "x"')),
        [
            "registry/signals.toml, [signal.backchannel]: has both 'swap' and 'swap_none'. Say what the sentence with "
            "exchanged actors must carry, or say why nobody tells it: one of the two.",
        ],
    ),
    "a rule that asks for a mirror that is not there": (
        ("frames.toml", shipped("frames.toml").replace('swap_none = "The frame is', 'swap = "mirror" #')),
        [
            "registry/frames.toml, [frame.inevitability]: has swap = 'mirror' and no mirror. Write swap = 'same', name "
            "the mirror, or say in swap_none why nobody tells the sentence with exchanged actors.",
        ],
    ),
    "a rule nobody knows": (
        ("topics.toml", shipped("topics.toml").replace('code = "T5"', 'code = "T5"\nswap = "mirrored"')),
        [
            "registry/topics.toml, [topic.law]: 'swap' is 'mirrored', which is none of same, mirror. "
            "Did you mean 'mirror'?",
        ],
    ),
    "a gate of zero sentences": (
        ("watch.toml", shipped("watch.toml").replace("min_talk_sentences = 2", "min_talk_sentences = 0")),
        [
            "registry/watch.toml, [gate]: 'min_talk_sentences' is 0, not a whole number of at least 1. "
            "Write it so: min_talk_sentences = 2.",
        ],
    ),
    "a party that is no side": (
        (
            "watch.toml",
            shipped("watch.toml").replace('required_parties = ["RU", "UA"]', 'required_parties = ["RU", "Ukraine"]'),
        ),
        [
            "registry/watch.toml: 'required_parties' is 'Ukraine', which is none of RU, UA, US, EU. "
            "Choose one of them.",
        ],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_with_the_way_out(overlay, case):
    (name, content), messages = BROKEN[case]

    assert faults_of(overlay(name, content)) == messages
