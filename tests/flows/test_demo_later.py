"""Effects of the demo that no part of Parley finds yet: here only whether they are there."""

import re
from collections.abc import Iterator

import pytest

from flows.demo.records import DemoArticle
from tests.flows.demo_parts import BY_URL, TRUTH, carried, read

LATER = TRUTH["later"]
QUOTATION = re.compile("“[^“”]*”")


def sentences_with(frame: str, article: DemoArticle) -> Iterator[tuple[str, int, int]]:
    """Each sentence of the text in which a cue of the frame stands, and where the cue stands in it."""
    text = "\n".join(article.paragraphs)
    (score,) = (score for score in read(article).of_kind("frame") if score.code_id == frame)
    for hit in score.hits:
        start = hit.sentence_start
        assert hit.part == "text"
        yield text[start : hit.sentence_end], hit.start - start, hit.end - start


def test_the_wire_report_is_one_text_in_eight_outlets():
    """Word for word, with its credit line, under a headline of each outlet's own."""
    articles = [BY_URL[url] for url in LATER["wire"]["urls"]]
    (paragraphs,) = {article.paragraphs for article in articles}

    assert len({article.outlet_id for article in articles}) == len(articles) == 8
    assert len({article.title for article in articles}) == 8
    assert {article.language for article in articles} == {"en"}
    assert paragraphs[-1].endswith("This report comes from the Sample News Agency, which exists only in this demo.")
    assert len(" ".join(paragraphs).split()) == LATER["wire"]["n_words"] >= 200
    assert {tuple(carried(read(article)).items()) for article in articles} == {tuple(LATER["wire"]["frames"].items())}


@pytest.mark.parametrize("reuse", LATER["reuse"], ids=lambda reuse: reuse["url"].rsplit("/", 1)[1])
def test_a_copy_holds_two_fifths_of_an_earlier_story(reuse):
    """The same sentences in the same order, in another outlet and later."""
    copy, origin = BY_URL[reuse["url"]], BY_URL[reuse["origin_url"]]
    words = {article: len(" ".join(article.paragraphs).split()) for article in (copy, origin)}
    shared = " ".join(reuse["sentences"])

    assert shared in " ".join(copy.paragraphs)
    assert shared in " ".join(origin.paragraphs)
    assert len(shared.split()) == reuse["n_words_shared"]
    assert (words[copy], words[origin]) == (reuse["n_words"], reuse["n_words_origin"])
    assert reuse["n_words_shared"] / reuse["n_words_origin"] == pytest.approx(0.40, abs=0.03)
    assert copy.outlet_id != origin.outlet_id
    assert copy.published > origin.published


def test_nobody_else_holds_the_copied_sentences():
    """Sentences of the bank come in many articles; those of a reused story only where they were copied."""
    texts = {url: " ".join(article.paragraphs) for url, article in BY_URL.items()}

    assert len(LATER["reuse"]) == 4
    assert len({BY_URL[reuse["url"]].outlet_id for reuse in LATER["reuse"]}) == 1
    for reuse in LATER["reuse"]:
        for sentence in reuse["sentences"]:
            holders = {url for url, text in texts.items() if sentence in text}
            assert holders == {reuse["url"], reuse["origin_url"]}, sentence


@pytest.mark.parametrize("voice", LATER["voice"], ids=lambda voice: voice["frame"])
def test_one_frame_is_as_frequent_quoted_as_in_the_own_voice(voice):
    """Today both count alike: same k of same n."""
    assert (voice["own"]["k"], voice["own"]["n"]) == (voice["quoted"]["k"], voice["quoted"]["n"])
    assert voice["own"]["k"] / voice["own"]["n"] == pytest.approx(0.40, abs=0.05)
    for side in (voice["own"], voice["quoted"]):
        of_outlet = {url: entry for url, entry in TRUTH["articles"].items() if entry["outlet_id"] == side["outlet_id"]}
        assert (len(of_outlet), len(side["urls"])) == (side["n"], side["k"])
        assert {url for url, entry in of_outlet.items() if voice["frame"] in entry["frames"]} == set(side["urls"])


@pytest.mark.parametrize("voice", LATER["voice"], ids=lambda voice: voice["frame"])
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
    assert {voice["frame"] for voice in LATER["voice"]} == {"kyiv_obstacle", "moscow_obstacle"}


def test_two_pages_are_edited():
    """What it says before and after, test_demo_site.py looks up."""
    assert [url for url, article in BY_URL.items() if article.edit] == [edit["url"] for edit in TRUTH["edits"]]
    assert [edit["is_announced"] for edit in TRUTH["edits"]] == [True, False]
