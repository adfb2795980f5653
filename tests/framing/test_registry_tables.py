"""Registry tables of any content are read or refused, never a crash: users write them by hand."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import registry_tables as tables
from framing.registry_languages import read_language

KEYS = [
    "name",
    "frame",
    "topic",
    "signal",
    "cue",
    "yes",
    "no",
    "actor",
    "event",
    "gate",
    "feeds",
    "cues",
    "aliases",
    "sides",
    "mirror",
]
WORDS = st.sampled_from([*KEYS, "time", "side", "serves", "watch", "telltale", "deadlock", "RU", "", "http://["])
VALUES = st.recursive(
    st.one_of(
        WORDS,
        st.integers(),
        st.booleans(),
        st.floats(),
        st.text(max_size=5),
        st.just(datetime.date(2025, 1, 1)),
        st.just(datetime.datetime(2025, 1, 1)),  # noqa: DTZ001 (TOML has such times; they must be refused)
        st.just(datetime.time(1, 2)),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)
READERS = {
    "watch": lambda table, faults: tables.read_watch("watch.toml", table, faults),
    "outlet": lambda table, faults: tables.read_outlet("outlets/x.toml", "x", table, faults),
    "frames": lambda table, faults: tables.read_frames("frames.toml", table, ("RU",), faults),
    "tags": lambda table, faults: tables.read_tags("signals.toml", "signal", table, faults),
    "actors": lambda table, faults: tables.read_actors("actors.toml", table, ("RU",), faults),
    "events": lambda table, faults: tables.read_events("events.toml", table, faults),
    "language": lambda table, faults: read_language(
        "pl.toml", "pl", table, {"frame": ("deadlock",), "signal": (), "topic": ()}, faults
    ),
}


@pytest.mark.parametrize("reader", READERS)
@given(table=st.dictionaries(WORDS, VALUES, max_size=5))
def test_no_table_crashes_the_reader(reader, table):
    faults = []

    READERS[reader](table, faults)

    assert faults or (reader == "tags" and not table), "no such table is complete; without tags is"
    assert all(": " in fault and fault.endswith(".") for fault in faults)
