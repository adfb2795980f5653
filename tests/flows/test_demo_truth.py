"""The demo, replayed as a user would, gives back what was planted in it."""

import json
from pathlib import Path

import pytest

import flows.demo
from warehouse.checking import failed_checks
from warehouse.reading import open_current

pytestmark = pytest.mark.slow
TRUTH = json.loads((Path(flows.demo.__file__).parent / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def demo(demo_home):
    """Reads the published copy of a freshly replayed demo."""
    with open_current(demo_home) as connection:
        assert failed_checks(connection) == []
        yield connection


def test_every_item_is_accounted_for(demo):
    """Sightings, articles and off-topic items per outlet, exactly."""
    found = demo.execute(
        "select outlet_id, sum(n_seen), sum(n_stored), sum(n_off_topic), sum(n_duplicate), sum(n_error + n_pending) "
        "from coverage group by all"
    ).fetchall()

    duplicates = {TRUTH["two_urls"]["outlet_id"]: 1}
    assert {row[0]: row[1:] for row in found} == {
        outlet: (n["sightings"], n["articles"], n["off_topic"], duplicates.get(outlet, 0), 0)
        for outlet, n in TRUTH["totals"]["by_outlet"].items()
    }


def test_every_frame_is_measured_exactly(demo):
    """Each article's share of each frame is the planted k over n."""
    found = demo.execute(
        "select url, n_sentences, frame_id, share, published_utc, relevant "
        "from article join core.frame_score using (revision_id)"
    ).fetchall()

    assert {row[0] for row in found} == set(TRUTH["articles"])
    for url, n_sentences, frame, share, published, relevant in found:
        planted = TRUTH["articles"][url]
        assert relevant is True
        assert n_sentences == planted["n_sentences"]
        assert share == pytest.approx(planted["frames"].get(frame, 0) / n_sentences), (url, frame)
        assert published.isoformat().replace("+00:00", "Z") == planted["published_utc"]


def test_the_shift_is_in_the_trend(demo):
    """k and n of the shifted frame, per outlet and day, as the view shows them."""
    shift = TRUTH["frame_shift"]
    found = demo.execute(
        "select outlet_id, day_utc::varchar, n_carried, n_articles from outlet_day where frame_id = ?", [shift["frame"]]
    ).fetchall()

    assert {(outlet, day): (k, n) for outlet, day, k, n in found} == {
        (row["outlet_id"], row["day_utc"]): (row["k"], row["n"]) for row in shift["by_outlet_day"]
    }


def test_the_shift_is_in_one_class_only(demo):
    """Before and after the event, per class; the interval of the shifted class moves clear of itself."""
    shift = TRUTH["frame_shift"]
    found = demo.execute(
        """
        select
            outlet_class,
            case when published_utc < $at::timestamptz then 'before' else 'after' end as period,
            count_if(share > 0)::integer as k,
            count(*)::integer as n,
            core.wilson_low(k, n) as low,
            core.wilson_high(k, n) as high
        from article
        join core.frame_score using (revision_id)
        where frame_id = $frame
        group by all
        """,
        {"at": shift["at_utc"], "frame": shift["frame"]},
    ).fetchall()
    intervals = {(row[0], row[1]): row[4:] for row in found}

    assert {row[:2]: row[2:4] for row in found} == {
        (row["outlet_class"], row["period"]): (row["k"], row["n"]) for row in shift["by_class"]
    }
    for outlet_class in {row[0] for row in found}:
        (_, high_before), (low_after, _) = intervals[outlet_class, "before"], intervals[outlet_class, "after"]
        assert (low_after > high_before) == (outlet_class == shift["outlet_class"])


def test_off_topic_items_say_so(demo):
    """Exactly the planted ones."""
    found = demo.execute("select page_url from core.sighting where state = 'off_topic'").fetchall()

    assert {url for (url,) in found} == set(TRUTH["off_topic"])


def test_one_story_under_two_addresses_is_one_article(demo):
    """Two sightings, one article."""
    planted = TRUTH["two_urls"]
    found = demo.execute(
        "select url, state, article_id from core.sighting where list_contains(?, url)", [planted["urls"]]
    ).fetchall()

    assert sorted(state for _, state, _ in found) == ["duplicate", "stored"]
    assert len({article for _, _, article in found}) == planted["articles"] == 1
    assert demo.execute("select count(*) from article where url = ?", [planted["canonical_url"]]).fetchone() == (1,)


def test_evidence_stands_in_the_text(demo):
    """Every hit's words are where its offsets say."""
    rows = demo.execute(
        "select e.matched, e.sentence, e.start_char, e.end_char, case e.part when 'title' then a.title else a.text end "
        "from evidence as e join article as a using (article_id)"
    ).fetchall()

    assert len(rows) >= sum(sum(article["frames"].values()) for article in TRUTH["articles"].values())
    for matched, sentence, start, end, text in rows:
        assert text[start:end] == matched
        assert matched in sentence
