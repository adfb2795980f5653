"""What the demo plants about voices, read from its texts without the voice reader."""

import re
from collections.abc import Iterator

import pytest

from flows.demo.records import DemoArticle
from tests.flows.demo_parts import BY_URL, TRUTH, read

QUOTATION = re.compile("“[^“”]*”")


def sentences_with(frame: str, article: DemoArticle) -> Iterator[tuple[str, int, int]]:
    """Each sentence of the text in which a cue of the frame stands, and where the cue stands in it."""
    text = "\n".join(article.paragraphs)
    (score,) = (score for score in read(article).of_kind("frame") if score.code_id == frame)
    for hit in score.hits:
        start = hit.sentence_start
        assert hit.part == "text"
        yield text[start : hit.sentence_end], hit.start - start, hit.end - start


@pytest.mark.parametrize("voice", TRUTH["voice"], ids=lambda voice: voice["frame"])
def test_one_frame_is_as_frequent_quoted_as_in_the_own_voice(voice):
    """The same k of the same n, in any voice."""
    assert (voice["own"]["k"], voice["own"]["n"]) == (voice["quoted"]["k"], voice["quoted"]["n"])
    assert voice["own"]["k"] / voice["own"]["n"] == pytest.approx(0.40, abs=0.05)
    for side in (voice["own"], voice["quoted"]):
        of_outlet = {url: entry for url, entry in TRUTH["articles"].items() if entry["outlet_id"] == side["outlet_id"]}
        assert (len(of_outlet), len(side["urls"])) == (side["n"], side["k"])
        assert {url for url, entry in of_outlet.items() if voice["frame"] in entry["frames"]} == set(side["urls"])


@pytest.mark.parametrize("voice", TRUTH["voice"], ids=lambda voice: voice["frame"])
def test_the_quoting_outlet_uses_the_frame_only_in_quotation_marks(voice):
    """With a speaker outside of them; the other outlet never quotes it."""
    for url in voice["quoted"]["urls"]:
        for sentence, start, end in sentences_with(voice["frame"], BY_URL[url]):
            (quotation,) = QUOTATION.finditer(sentence)
            assert quotation.start() < start < end < quotation.end(), sentence
            around = sentence[: quotation.start()] + sentence[quotation.end() :]
            assert re.search(r"\b(said|told)\b", around), sentence
            assert re.search(r"\b(Russian|Ukrainian|Moscow|Kyiv)\b", around), sentence
    for url in voice["own"]["urls"]:
        for sentence, _, _ in sentences_with(voice["frame"], BY_URL[url]):
            assert not re.search('[“”"]|said|told', sentence), sentence


def test_both_sides_are_quoted():
    """What is planted about one side has its mirror."""
    assert {voice["frame"] for voice in TRUTH["voice"]} == {"kyiv_obstacle", "moscow_obstacle"}
