"""Who had it first, over a real warehouse: reach and independence, in whatever order articles come."""

import random
from datetime import timedelta

import pytest

from flows.analysis.reuse import analyse_reuse
from tests.conftest import NOW
from tests.flows.reuse_parts import CREDITS, HOUR, Told, analyse, clusters, contents, words
from warehouse.checking import failed_checks
from warehouse.home import create_home
from warehouse.records import RevisionVerdict
from warehouse.store import open_warehouse

WIRE = f"KYIV, Nov 24 (Reuters) - {words('wire', 180)}"


@pytest.fixture
def warehouse(home):
    with open_warehouse(home, "test") as opened:
        yield opened
        assert failed_checks(opened.sql) == []


def test_twelve_outlets_with_one_agency_text_are_one_text(warehouse):
    """Twelve in reach, one in framing."""
    analyse(warehouse, [Told(outlet_id=f"o{n:02}", text=WIRE, at=NOW + n * HOUR) for n in range(12)])

    (counted,) = warehouse.rows("select count(*) as n, count(distinct cluster_id) as n_eff from core.article_cluster")
    (cluster,) = warehouse.rows("select * from cluster")
    assert counted == {"n": 12, "n_eff": 1}
    assert (cluster["n_articles"], cluster["n_outlets"], cluster["n_eff"]) == (12, 12, 1)
    assert (cluster["origin_outlet_id"], cluster["first_utc"]) == ("o00", NOW)
    assert (cluster["agencies"], cluster["n_owners"], cluster["n_outlets_owner_unknown"]) == (["reuters"], 0, 12)
    assert cluster["as_of"] == NOW + 12 * HOUR


def test_a_copy_of_two_fifths_stays_a_text_of_its_own(warehouse):
    """Its passages name who had them first, character by character."""
    taken = words("first", 40)
    first = Told(outlet_id="first", text=f"{words('a', 30)}\n{taken}\n{words('b', 30)}")
    copy = Told(outlet_id="copy", text=f"{words('c', 60)}\n{taken.upper()}", at=NOW + HOUR)
    analyse(warehouse, [first, copy])

    (row,) = warehouse.rows("select * from reuse where outlet_id = 'copy'")
    (passage,) = warehouse.rows("select * from passage")
    assert (row["n_words"], row["n_own"], row["n_reused"], row["share_reused"]) == (100, 60, 40, 0.4)
    assert (row["origin_article_id"], row["origin_outlet_id"], row["counts_with"]) == ("first-story", "first", None)
    assert (passage["passage"], passage["paragraph"], passage["n_words"]) == (taken.upper(), 1, 40)
    assert passage["origin_url"] == "http://first.example/story"
    assert clusters(warehouse) == {"first-story": "first-story", "copy-story": "copy-story"}


def test_an_article_with_hardly_a_word_of_its_own_counts_with_its_main_origin(warehouse):
    """A digest of two stories does not make one text of the two."""
    one, two = words("one", 100), words("two", 60)
    told = [
        Told(outlet_id="one", text=one),
        Told(outlet_id="two", text=two, at=NOW + HOUR),
        Told(outlet_id="digest", text=f"{one}\n{words('lead', 20)}\n{two}", at=NOW + 2 * HOUR),
    ]
    analyse(warehouse, told)

    found = clusters(warehouse)
    assert found == {"one-story": "one-story", "two-story": "two-story", "digest-story": "one-story"}


def test_the_same_paragraph_in_many_articles_of_one_outlet_is_no_reuse(warehouse):
    """From the fourth article on it is furniture; it never makes a cluster."""
    appeal = words("appeal", 40)
    told = [
        Told(outlet_id="press", name=str(n), text=f"{words(f'own {n}', 80)}\n{appeal}", at=NOW + n * HOUR)
        for n in range(8)
    ]
    analyse(warehouse, told)

    rows = warehouse.rows("select * from reuse order by since_utc")
    assert [row["n_boilerplate"] for row in rows] == [0, 0, 0, 40, 40, 40, 40, 40]
    assert [row["n_repeated"] for row in rows] == [0, 40, 40, 0, 0, 0, 0, 0]
    assert {row["n_own"] for row in rows[1:]} == {80}
    assert {row["n_reused"] for row in rows} == {0}
    assert len(set(clusters(warehouse).values())) == 8


def test_who_came_late_may_have_been_first(warehouse):
    """A slow feed: the article published first is read last, and those that copied it are traced again."""
    copies = [Told(outlet_id=f"copy{n}", text=WIRE, at=NOW + n * HOUR) for n in range(1, 4)]
    analyse(warehouse, copies)
    assert set(clusters(warehouse).values()) == {"copy1-story"}

    analyse(warehouse, [Told(outlet_id="late", text=WIRE)])

    assert set(clusters(warehouse).values()) == {"late-story"}
    assert {row["origin_outlet_id"] for row in warehouse.rows("select * from passage")} == {"late"}


def test_what_is_added_later_belongs_to_who_had_it_before(warehouse):
    """And what an article held from the beginning stays its own, whoever copied it in between."""
    own, other = words("own", 60), words("other", 60)
    told = [
        Told(outlet_id="edited", text=own),
        Told(outlet_id="other", text=f"{other}\n{own}", at=NOW + HOUR),
        Told(outlet_id="edited", text=f"{own}\n{other}", at=NOW + 2 * HOUR, revision=1),
    ]
    analyse(warehouse, told)

    rows = {row["outlet_id"]: row for row in warehouse.rows("select * from reuse")}
    assert (rows["edited"]["n_own"], rows["edited"]["n_reused"]) == (60, 60)
    assert (rows["other"]["n_own"], rows["other"]["n_reused"]) == (60, 60)
    assert rows["edited"]["revision_id"] == "edited-story-1"


def test_what_is_older_than_the_look_back_is_no_origin(warehouse):
    """The bound that keeps the cost of a new article independent of the archive."""
    told = [Told(outlet_id="old", text=WIRE), Told(outlet_id="new", text=WIRE, at=NOW + timedelta(days=31))]
    analyse(warehouse, told)

    assert len(set(clusters(warehouse).values())) == 2


def test_a_wall_that_was_taken_for_an_article_is_nobodys_origin(warehouse):
    """Once it is found out, those that counted with it are traced again."""
    told = [Told(outlet_id=name, text=WIRE, at=NOW + n * HOUR) for n, name in enumerate(("wall", "b", "c"))]
    analyse(warehouse, told)
    warehouse.save([RevisionVerdict(revision_id="wall-story-0", judged_utc=NOW, verdict="bot_wall", reason="a test")])

    analyse_reuse(warehouse, CREDITS)

    assert clusters(warehouse) == {"wall-story": "wall-story", "b-story": "b-story", "c-story": "b-story"}
    assert {row["article_id"] for row in warehouse.rows("select * from reuse")} == {"b-story", "c-story"}


def a_crowd(rng: random.Random) -> list[Told]:
    """Wires, part reuse, digests, boilerplate and edits, mixed."""
    texts = [words(f"text {n}", 60) for n in range(6)]
    told = []
    for number in range(40):
        taken = rng.sample(texts, rng.choice((0, 1, 1, 2)))
        own = words(f"own {number}", rng.choice((0, 10, 60)) or (0 if taken else 30))
        text = "\n".join([*taken, own, *([words("appeal", 30)] if number % 3 == 0 else [])])
        at = NOW + timedelta(hours=rng.randrange(60 * 24))
        told.append(Told(outlet_id=f"o{number % 5}", name=str(number), text=text, at=at))
        if number % 7 == 0:
            told.append(
                Told(outlet_id=f"o{number % 5}", name=str(number), text=texts[0] + text, at=at + HOUR, revision=1)
            )
    return told


@pytest.mark.parametrize("at_once", [pytest.param(1, marks=pytest.mark.slow), 15])
def test_the_order_of_arrival_changes_nothing(tmp_path, warehouse, at_once):
    """One batch in order of time, and another warehouse to which they come shuffled: the same rows everywhere."""
    rng = random.Random(at_once)
    told = a_crowd(rng)
    analyse(warehouse, told)
    shuffled = rng.sample(told, len(told))

    with open_warehouse(create_home(tmp_path / "other"), "test") as other:
        analyse(other, shuffled, at_once)

        assert contents(other) == contents(warehouse)
        assert len(set(clusters(other).values())) < len(clusters(other))


def test_running_twice_changes_nothing(warehouse):
    analyse(warehouse, a_crowd(random.Random(1)))
    before = contents(warehouse)

    report = analyse_reuse(warehouse, CREDITS)

    assert (report.n_signed, report.n_traced) == (0, 0)
    assert contents(warehouse) == before
