"""Effects of the demo that no part of Parley finds yet: here only whether they are there."""

import pytest

from tests.flows.demo_parts import BY_URL, TRUTH, carried, read

LATER = TRUTH["later"]


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


def test_two_pages_are_edited():
    """What it says before and after, test_demo_site.py looks up."""
    assert [url for url, article in BY_URL.items() if article.edit] == [edit["url"] for edit in TRUTH["edits"]]
    assert [edit["is_announced"] for edit in TRUTH["edits"]] == [True, False]
