"""Finding cues in sentences: exactly the right words, with offsets into the original string."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.cues import parse_cue
from framing.matching import CueIndex
from framing.tokens import fold, tokenise


def found(text, *cues):
    return [text[m.start : m.end] for m in CueIndex(("frame.x", parse_cue(c)) for c in cues).find(text)]


@pytest.mark.parametrize(
    ("cue", "text", "hits"),
    [
        ("capitulat*", "They CAPITULATED; capitulation it is.", ["CAPITULATED", "capitulation"]),
        ("peace", "Peaceful peace-makers want peace.", ["peace", "peace"]),
        ("US", "US envoys told us: the US. U.S. and Us", ["US", "US"]),
        ("НАТО*", "НАТОвский, натовский, НАТО", ["НАТОвский", "НАТО"]),
        ("hasn't read", "He hasn’t read it, hasn't  read it.", ["hasn’t read", "hasn't  read"]),
        ("800,000", "an army of 800 000, or 800,000; not 800,001", ["800 000", "800,000"]),
        ("no [..2] compromise", "no compromise; no such compromise; no sort of real compromise", 2),
        ("behind [..3] (back|backs)", "behind Ukraine's back", ["behind Ukraine's back"]),
        ("(frozen|blocked) [..1] (asset*|state funds)", "frozen Russian state funds", 1),
        ("первопричин*", "Первопричи́ны войны", ["Первопричи́ны"]),
        ("первопричин*", "перво\u00adпричины", ["перво\u00adпричины"]),
        ("серьезн* прогресс*", "Серьёзный прогресс", ["Серьёзный прогресс"]),
        ("п'ять", "пʼять п’ять п'ять пять", ["пʼять", "п’ять", "п'ять"]),
        ("weiße* Haus*", "Weisses Haus, das Weiße Haus", ["Weisses Haus", "Weiße Haus"]),
        ("échec", "E\u0301chec ou échec, echec", ["E\u0301chec", "échec"]),
        ("snake", "snake_case", ["snake"]),
    ],
)
def test_a_cue_finds_these_words(cue, text, hits):
    if isinstance(hits, int):
        assert len(found(text, cue)) == hits
    else:
        assert found(text, cue) == hits


def test_of_overlapping_hits_of_one_cue_the_leftmost_longest_stays():
    assert found("no no deal deal", "no [..3] deal") == ["no no deal deal"]
    assert found("stop the war the war", "stop [..8] war") == ["stop the war the war"]


def test_different_cues_may_overlap():
    assert found("security guarantees", "security guarantees", "guarantees") == [
        "security guarantees",
        "guarantees",
    ]


def test_only_the_stretch_asked_for_is_searched():
    index = CueIndex([("frame.x", parse_cue("peace [..8] plan"))])
    text = "peace. The plan for peace is a plan"

    matches = index.find(text, 7, len(text))

    assert [(m.start, m.end) for m in matches] == [(20, len(text))]


WORDS = st.text("abcабвéß ", min_size=1, max_size=30)
WRAPS = st.text(" .,;:!?«»'’-—\n\t😀()[]_", min_size=1, max_size=5)


@given(st.lists(st.tuples(WORDS, WRAPS), max_size=20), st.integers(0, 20))
def test_a_planted_word_is_found_where_it_was_planted(pieces, place):
    """Whatever stands around it, the hit is exactly the planted word."""
    head = "".join(word + wrap for word, wrap in pieces[:place])
    tail = "".join(wrap + word for word, wrap in pieces[place:])
    text = f"{head} Sabotaged {tail}"

    matches = CueIndex([("frame.x", parse_cue("sabotag*"))]).find(text)

    assert [(m.start, text[m.start : m.end]) for m in matches] == [(len(head) + 1, "Sabotaged")]


@given(st.text())
def test_words_are_cut_from_the_original_string(text):
    tokens = tokenise(text)

    assert all(0 <= start < end <= len(text) for start, end, _ in tokens)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(tokens))
    assert all(key == fold(text[start:end]) for start, end, key in tokens)


@given(st.text("абв abcё_ʼ\u0301\u00ad\u200d'-1"))
def test_special_characters_cut_words_no_differently_elsewhere(text):
    """The fast path for ordinary sentences must give what the careful one gives."""
    shifted = [(start, end, key) for start, end, key in tokenise(text + " \u00ad") if end <= len(text)]

    assert tokenise(text) == shifted


def test_hostile_text_costs_no_more_than_its_length():
    """Repeating the beginning of a cue a million times must not multiply the work."""
    index = CueIndex([("frame.x", parse_cue("a1 [..8] a1 [..8] (b1|a1 b1)"))])
    times = []
    for size in (5_000, 10_000):
        text = "a1 " * size
        start = time.perf_counter()
        index.find(text + "b1")
        times.append(time.perf_counter() - start)

    assert times[1] < 4 * times[0] + 0.5
