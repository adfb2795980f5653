"""The shipped outlets: judgements have sources, no newsroom counts twice, no check is claimed that nobody made."""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from framing.registry_files import SHIPPED, load_registry

PATHS = sorted((SHIPPED / "outlets").glob("*.toml"))
OUTLETS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in PATHS}
"""Every shipped file, also those that are not watched."""
LISTS = Path(__file__).parents[3] / "shared" / "data" / "lists"
DAY = re.compile(r"read \d{4}-\d{2}-\d{2}\)")
QUOTE = re.compile(
    r"State_Media_Matrix\.csv, read [\d-]+\): (?P<row>.+?), typology (?P<typology>\w+) \((?P<words>.+?)\)"
)
DISAGREE = "the sources disagree. "
NO_SOURCE = "no source gives a class. "
TYPOLOGY = {
    "SC": ("state-controlled", "state-controlled"),
    "CaPr": ("captured private", "state-aligned"),
    "CaPu": ("captured public or state-managed", "state-aligned"),
    "IP": ("independent public", "public-service"),
    "ISF": ("independent state-funded", "public-service"),
    "ISM": ("independent state-managed", "public-service"),
    "ISFM": ("independent state-funded and state-managed", "public-service"),
}
"""The State Media Matrix's types: what they mean (https://statemediamonitor.com/typology/), and our class for them."""


def host_of(address):
    """The host without its www, in small letters."""
    return (urlsplit(address if "//" in address else f"//{address}").hostname or "").removeprefix("www.")


def quotes():
    """``(outlet_id, match)`` for each class that rests on the State Media Matrix alone."""
    found = {name: QUOTE.search(outlet["class_source"]) for name, outlet in OUTLETS.items()}
    return [(name, match) for name, match in found.items() if match and DISAGREE not in OUTLETS[name]["class_source"]]


def test_the_world_is_watched():
    watched = load_registry().outlets

    assert len(watched) >= 70
    assert len({outlet.country for outlet in watched}) >= 20
    assert {"uk", "ru", "en", "fr", "de"} <= {language for outlet in watched for language in outlet.languages}
    assert {"state-controlled", "state-aligned", "public-service", "private", "exile", "primary", "unknown"} == {
        outlet.outlet_class for outlet in watched
    }


def test_an_id_never_changes():
    """The ten outlets that homes may hold articles of."""
    assert set(OUTLETS) >= {
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
    }


def test_the_sides_speak_for_themselves():
    """Transcripts and press releases of the parties, the EU and NATO, apart from the newsrooms."""
    primary = {host_of(outlet.home) for outlet in load_registry().outlets if outlet.outlet_class == "primary"}

    assert primary >= {
        "kremlin.ru",
        "president.gov.ua",
        "state.gov",
        "consilium.europa.eu",
        "ec.europa.eu",
        "nato.int",
    }


def test_every_judgement_names_its_source_and_the_day_it_was_read():
    texts = {
        f"{name}: {text}"
        for name, outlet in OUTLETS.items()
        for text in (
            outlet["class_source"],
            *([outlet["owner_source"]] if "owner" in outlet else []),
            *(feed["verified_source"] for feed in outlet["feeds"]),
        )
    }

    assert [text for text in sorted(texts) if not DAY.search(text)] == []


def test_a_class_is_unknown_exactly_where_no_source_settles_it():
    unsettled = {name for name, o in OUTLETS.items() if o["class_source"].startswith((DISAGREE, NO_SOURCE))}

    assert {name for name, o in OUTLETS.items() if o["outlet_class"] == "unknown"} == unsettled


def test_a_class_says_what_the_quoted_typology_says():
    assert len(quotes()) >= 25
    for name, match in quotes():
        assert (match["words"], OUTLETS[name]["outlet_class"]) == TYPOLOGY[match["typology"]], name


def test_a_private_or_exiled_newsroom_is_called_so_by_the_list():
    listed = {
        name: re.search(r"outlets\.csv, read [\d-]+\): .*?\blisted as (private|exile)", outlet["class_source"])
        for name, outlet in OUTLETS.items()
        if outlet["outlet_class"] in ("private", "exile")
    }

    assert {name: match and match[1] for name, match in listed.items()} == {
        name: OUTLETS[name]["outlet_class"] for name in listed
    }


def test_no_host_and_no_name_stands_for_two_newsrooms():
    hosts = Counter(host for o in OUTLETS.values() for host in {host_of(o["home"]), *map(host_of, o["mirrors"])})
    names = Counter(name.casefold() for o in OUTLETS.values() for name in (o["name"], *o["aliases"]))

    assert [host for host, n in hosts.items() if n > 1] == []
    assert [name for name, n in names.items() if n > 1] == []


def test_nobody_claims_to_have_fetched_a_feed():
    """Until one of us has, from a machine on the network."""
    assert {feed["verified"] for outlet in OUTLETS.values() for feed in outlet["feeds"]} == {"listed", "unverified"}


def test_the_languages_are_those_of_the_feeds():
    for name, outlet in OUTLETS.items():
        assert outlet["languages"] == list(dict.fromkeys(feed["language"] for feed in outlet["feeds"])), name


def test_an_outlet_that_is_not_watched_says_why():
    reasons = {path.stem for path in PATHS if "\n# Not watched: " in path.read_text(encoding="utf-8")}

    assert reasons == {name for name, outlet in OUTLETS.items() if not outlet["watch"]}
    assert reasons == {"cgtn", "cnn", "tvp_world", "voice_of_america", "xinhua"}


@pytest.mark.skipif(not LISTS.is_dir(), reason="../shared/data is not there: the sources cannot be compared")
def test_the_matrix_says_what_is_quoted():
    with (LISTS / "State_Media_Matrix.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(host_of(row["URL"].strip()), row["Typology"]) for row in csv.DictReader(file)}
    hosts = {host for host, _ in rows}

    for name, outlet in OUTLETS.items():
        for match in QUOTE.finditer(outlet["class_source"]):
            for quoted in re.findall(r"(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)+", match["row"]):
                same = {typology for host, typology in rows if host == quoted or host.endswith(f".{quoted}")}
                assert match["typology"] in same, f"{name}: {quoted}"
        if "not in the State Media Matrix" in outlet["class_source"]:
            assert host_of(outlet["home"]) not in hosts, name


@pytest.mark.skipif(not LISTS.is_dir(), reason="../shared/data is not there: the sources cannot be compared")
def test_the_list_holds_the_feeds_that_are_said_to_be_in_it():
    """In full, or by its last part where the list writes only that."""
    text = (LISTS / "outlets.csv").read_text(encoding="utf-8")

    absent = [
        feed["url"]
        for outlet in OUTLETS.values()
        for feed in outlet["feeds"]
        if feed["verified_source"].startswith("the project's list of outlets")
        and feed["url"] not in text
        and feed["url"].rpartition("/")[2] not in re.findall(r"[\w.?=]+", text)
    ]

    assert absent == []
