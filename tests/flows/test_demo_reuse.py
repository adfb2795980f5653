"""What is planted in the demo is found: the wire of eight outlets, and the two fifths taken from a story."""

import pytest

from tests.flows.demo_parts import BY_URL, TRUTH
from tests.flows.reuse_parts import Told, analyse
from warehouse.home import create_home
from warehouse.store import open_warehouse

WIRE, REUSE = TRUTH["later"]["wire"], TRUTH["later"]["reuse"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Every English story on the talks, stored and analysed."""
    told = [
        Told(outlet_id=article.outlet_id, name=url, text="\n".join(article.paragraphs), at=article.published)
        for url, article in BY_URL.items()
        if not article.off_topic and article.language == "en"
    ]
    with open_warehouse(create_home(tmp_path_factory.mktemp("reuse") / "home"), "test") as warehouse:
        analyse(warehouse, told)
        yield warehouse


def test_the_wire_is_the_only_text_in_several_outlets(archive):
    """Eight in reach, one in framing; whatever sentences others share, each of them is a text of its own."""
    (cluster,) = archive.rows("select * from cluster")

    members = archive.rows("select article_id from core.cluster_member")
    urls = {row["article_id"].split("-", 1)[1] for row in members}
    assert urls == set(WIRE["urls"])
    assert (cluster["n_outlets"], cluster["n_articles"], cluster["n_eff"]) == (8, 8, 1)
    assert cluster["origin_outlet_id"] == BY_URL[WIRE["urls"][0]].outlet_id


@pytest.mark.parametrize("reuse", REUSE, ids=lambda reuse: reuse["url"].rsplit("/", 1)[1])
def test_each_part_that_was_taken_is_traced_to_its_story(archive, reuse):
    """To the word or two that happen to stand before or after it in both; the article stays a text of its own."""
    copy, origin = BY_URL[reuse["url"]], BY_URL[reuse["origin_url"]]
    (row,) = archive.rows("select * from reuse where ends_with(article_id, ?)", [reuse["url"]])
    passages = archive.rows("select * from passage where ends_with(article_id, ?) order by position", [reuse["url"]])

    taken = [passage for passage in passages if passage["origin_outlet_id"] == origin.outlet_id]
    n_taken = sum(len(passage["passage"].split()) for passage in taken)
    assert n_taken == pytest.approx(reuse["n_words_shared"], abs=2)
    assert all(any(sentence[2:-1] in passage["passage"] for passage in taken) for sentence in reuse["sentences"])
    assert row["origin_article_id"] == f"{origin.outlet_id}-{reuse['origin_url']}"
    assert (row["outlet_id"], row["counts_with"]) == (copy.outlet_id, None)
