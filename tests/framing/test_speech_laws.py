"""Laws of reading speech, over arbitrary text."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from framing.registry_files import load_registry
from framing.speech.marks import find_marked
from framing.speech.reading import read_speech

BOOK = load_registry().codebook
MARKS = BOOK.part("en", "speech").marks

WORDS = (
    "he",
    "said",
    "Peskov",
    "that",
    "according to",
    "the",
    "talks",
    ",",
    ".",
    ":",
    "“",
    "”",
    '"',
    "'",
    "(",
    ")",
    "—",
    "\n",
)
TANGLES = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
PLAIN = st.lists(st.sampled_from(("the", "talks", "go", "on", "in", "Geneva", "and", "Kyiv")), max_size=12).map(
    " ".join
)


@given(st.one_of(st.text(max_size=300), TANGLES), st.one_of(st.text(max_size=60), TANGLES))
def test_any_text_has_an_answer_inside_it(text, title):
    """Whatever is read, every span lies in its string, the mentions too, and starts ascend."""
    found = read_speech(title, text, "en", BOOK)

    starts = [(u.part != "title", u.start) for u in found]
    assert starts == sorted(starts)
    for u in found:
        length = len(title if u.part == "title" else text)
        spans = [(u.start, u.end), (u.speaker_start, u.speaker_end), (u.cue_start, u.cue_end), *u.insertions]
        assert all(0 <= start < end <= length for start, end in spans if start is not None)
        assert (u.speaker_start is None) == (u.speaker_end is None)
        assert u.speaker is None or u.speaker_start is not None
        assert u.kind in ("direct", "indirect")
    direct = [(u.part, u.start, u.end) for u in found if u.kind == "direct"]
    assert len(direct) == len(set(direct))


@given(TANGLES)
def test_reading_twice_gives_the_same(text):
    """No state is kept from one text to the next."""
    assert read_speech("", text, "en", BOOK) == read_speech("", text, "en", BOOK)


@given(PLAIN, PLAIN, st.sampled_from(("“{}”", '"{}"', "« {} »", "„{}“")))
def test_a_planted_quotation_is_found_with_its_span(before, behind, marks):
    """Between any two paragraphs, in any marks."""
    planted = marks.format("We are ready for it,")
    text = f"{before}\n\n{planted} Dmitry Peskov said.\n\n{behind}"

    place = text.index(planted)
    assert [
        (u.speaker, u.verb)
        for u in read_speech("", text, "en", BOOK)
        if (u.start, u.end) == (place, place + len(planted))
    ] == [("Dmitry Peskov", "said")]


@given(st.text(alphabet="“”\"'‘’«» a.\n", max_size=200))
def test_quotations_are_nested_or_apart(text):
    """No two quotations cross each other."""
    open_ends = []
    for marked in find_marked(text, MARKS):
        while open_ends and open_ends[-1] <= marked.start:
            open_ends.pop()
        assert not open_ends or marked.end <= open_ends[-1]
        open_ends.append(marked.end)


def family(n):
    """So many people with one surname, each of whom says something."""
    return " ".join(f"An{''.join(chr(97 + int(digit)) for digit in str(k))} Keller said Keller left." for k in range(n))


def n_calls(text):
    """Calls of Python functions that reading a text takes: work, whatever else the machine does."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        read_speech("", text, "en", BOOK)
    finally:
        sys.setprofile(None)
    return calls


def test_many_people_with_one_surname_cost_no_more_than_their_sentences():
    n_calls(family(400))
    assert n_calls(family(400)) < 2.2 * n_calls(family(200))
