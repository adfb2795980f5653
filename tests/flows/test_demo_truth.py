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
    """Sightings, articles, off-topic items and duplicates per outlet, exactly; nothing else became of any item."""
    found = demo.execute(
        "select outlet_id, sum(n_seen), sum(n_stored), sum(n_unmeasured), sum(n_off_topic), sum(n_duplicate), "
        "sum(n_scored) from coverage group by all"
    ).fetchall()

    assert {row[0]: row[1:] for row in found} == {
        outlet: (n["sightings"], n["articles"], n["unmeasured"], n["off_topic"], n["duplicates"], n["articles"])
        for outlet, n in TRUTH["totals"]["by_outlet"].items()
    }


def test_every_frame_is_measured_exactly(demo):
    """Each article's share of each frame is the planted k over n, as the article was first published."""
    found = demo.execute(
        "select r.url, r.n_sentences, f.frame_id, f.share, r.published_utc, r.relevant "
        "from revision as r join revision_frame as f using (revision_id) where r.position = 1 and f.carried is not null"
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
        "select outlet_id, day_utc::varchar, k, n, n_unmeasured from outlet_day where voice = 'any' and frame_id = ?",
        [shift["frame"]],
    ).fetchall()

    assert {row[:2]: row[2:] for row in found} == {
        (row["outlet_id"], row["day_utc"]): (row["k"], row["n"], row["n_unmeasured"]) for row in shift["by_outlet_day"]
    }


def test_the_shift_is_in_one_class_only(demo):
    """Before and after the event, per class; the interval of the shifted class moves clear of itself."""
    shift = TRUTH["frame_shift"]
    found = demo.execute(
        """
        select
            outlet_class,
            case when published_utc < $at::timestamptz then 'before' else 'after' end as period,
            count_if(carried)::integer as k,
            count(carried)::integer as n,
            count(*)::integer - n as n_unmeasured,
            share_low(k, n) as low,
            share_high(k, n) as high
        from article
        join core.code_score using (revision_id)
        where kind = 'frame' and code_id = $frame
        group by all
        """,
        {"at": shift["at_utc"], "frame": shift["frame"]},
    ).fetchall()
    intervals = {(row[0], row[1]): row[5:] for row in found}

    assert {row[:2]: row[2:5] for row in found} == {
        (row["outlet_class"], row["period"]): (row["k"], row["n"], row["n_unmeasured"]) for row in shift["by_class"]
    }
    for outlet_class in {row[0] for row in found}:
        (_, high_before), (low_after, _) = intervals[outlet_class, "before"], intervals[outlet_class, "after"]
        assert (low_after > high_before) == (outlet_class == shift["outlet_class"])


@pytest.mark.parametrize("by_what", ["language", "all"])
def test_the_wire_is_eight_articles_and_one_text(demo, by_what):
    """No other text stands in two articles: in every frame all but the wire's articles are texts of their own."""
    wire = TRUTH["later"]["wire"]
    rows = demo.execute(
        f"select frame_id, n - n_eff, k - k_eff from frame_use('{by_what}', in_voice := 'any') where n > 0 "
        "and unit in ('en', 'all')"
    ).fetchall()
    on_its_day = demo.execute(
        "select n - n_eff from frame_trend('all', in_voice := 'any') where frame_id = 'deadlock' and day = $1::date",
        ["2025-12-09"],
    ).fetchone()

    n_copies = len(wire["urls"]) - 1
    assert n_copies == 7
    assert {row[0]: row[1:] for row in rows} == {
        frame: (n_copies, float(n_copies) if frame in wire["frames"] else 0.0) for frame, *_ in rows
    }
    assert on_its_day == (n_copies,)


def test_off_topic_items_say_so(demo):
    """Exactly the planted ones, look-alikes of the talks among them."""
    found = demo.execute("select page_url from core.sighting where state = 'off_topic'").fetchall()

    assert sorted(url for (url,) in found) == sorted(url for urls in TRUTH["off_topic"].values() for url in urls)
    assert all(TRUTH["off_topic"][theme] for theme in TRUTH["look_alikes"])


@pytest.mark.parametrize("planted", TRUTH["duplicates"], ids=lambda planted: planted["variant"])
def test_one_story_under_two_addresses_is_one_article(demo, planted):
    """Two sightings, one article under the page's own address: with tracking, as AMP and for mobile."""
    found = demo.execute(
        "select url, state, article_id from core.sighting where list_contains(?, url)", [planted["urls"]]
    ).fetchall()

    assert sorted(url for url, _, _ in found) == sorted(planted["urls"])
    assert sorted(state for _, state, _ in found) == ["duplicate", "stored"]
    assert len({article for _, _, article in found}) == planted["articles"] == 1
    assert demo.execute("select article_id from article where url = ?", [planted["canonical_url"]]).fetchall() == [
        (found[0][2],)
    ]


def test_an_outage_is_no_silence(demo):
    """On these days, in this outlet and nowhere else, no poll succeeds; our own outage apart."""
    outage = TRUTH["outage"]
    found = demo.execute(
        "select outlet_id, day_utc::varchar, n_polls > 0, n_seen from coverage where n_polls_ok = 0 "
        "and coverage_flag <> 'our outage' order by day_utc"
    ).fetchall()
    polls = demo.execute(
        "select distinct fetch_status, http_status from core.poll "
        "where outlet_id = ? and polled_utc::date::varchar in ?",
        [outage["outlet_id"], outage["days_utc"]],
    ).fetchall()

    assert found == [(outage["outlet_id"], day, True, 0) for day in outage["days_utc"]]
    assert polls == [("server_error", 503)]


def test_after_an_outage_some_items_are_late_and_some_are_lost(demo):
    """The feed still names some; those that it has dropped no view can know of."""
    outage = TRUTH["outage"]
    missed = [*outage["late"], *outage["lost"]]
    found = demo.execute(
        "select page_url, first_seen_utc::date::varchar, published_utc::date::varchar from core.sighting "
        "where list_contains(?, page_url)",
        [missed],
    ).fetchall()

    assert {url for url, _, _ in found} == set(outage["late"])
    for _, seen, published in found:
        assert published in outage["days_utc"]
        assert seen > outage["days_utc"][-1]


def test_a_silent_outlet_answers_and_says_nothing_new(demo):
    """Every day its feed can be read, and nothing is seen in it."""
    silence = TRUTH["silence"]
    found = demo.execute(
        "select day_utc::varchar, n_polls > 0 and n_polls = n_polls_ok, n_seen from coverage "
        "where outlet_id = $outlet_id and day_utc between $first_day_utc and $last_day_utc order by day_utc",
        silence,
    ).fetchall()
    (seen_before,) = demo.execute(
        "select sum(n_seen) from coverage where outlet_id = $outlet_id and day_utc < $first_day_utc",
        {key: silence[key] for key in ("outlet_id", "first_day_utc")},
    ).fetchone()

    assert len(found) >= 10
    assert (found[0][0], found[-1][0]) == (silence["first_day_utc"], silence["last_day_utc"])
    assert {row[1:] for row in found} == {(True, 0)}
    assert seen_before >= 10


def test_what_cannot_be_measured_is_never_zero(demo):
    """Bulgarian and Hungarian: stored and identified, and without an answer to any question about framing."""
    articles = demo.execute(
        "select url, outlet_id, language, relevant from article where relevant is null and scored_utc is not null"
    ).fetchall()
    scores = demo.execute(
        "select distinct c.carried, c.share from article join core.code_score as c using (revision_id) "
        "where list_contains(?, url)",
        [list(TRUTH["unmeasured"])],
    ).fetchall()
    evidence = demo.execute("select count(*) from evidence where list_contains(?, url)", [list(TRUTH["unmeasured"])])

    assert {url: (outlet, language) for url, outlet, language, _ in articles} == {
        url: (planted["outlet_id"], planted["language"]) for url, planted in TRUTH["unmeasured"].items()
    }
    assert scores == [(None, None)]
    assert evidence.fetchone() == (0,)


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


@pytest.mark.parametrize("planted", TRUTH["edits"], ids=lambda planted: planted["outlet_id"])
def test_a_planted_edit_is_found(demo, planted):
    """With its headlines, with what it did to the frames, and whether the page said so."""
    found = demo.execute(
        "select unchanged_utc < $at and seen_utc >= $at, modified_utc = $at, is_announced, is_stealth, "
        "headline_changed, headline_before, headline_after, frames_before, frames_after, frames_lost, frames_gained, "
        "n_added, n_removed from edit where url = $url",
        {"at": planted["edited_utc"], "url": planted["url"]},
    ).fetchall()
    before, after = list(planted["frames_before"]), list(planted["frames_after"])
    headlines = (planted["headline_before"], planted["headline_after"])
    told = (planted["is_announced"], planted["is_announced"], not planted["is_announced"])

    assert found == [(True, *told, headlines[0] != headlines[1], *headlines, before, after, before, after, 1, 1)]


def test_no_edit_is_found_that_was_not_planted(demo):
    """Nor any further revision; the first versions stay."""
    assert demo.execute("select count(*) from edit").fetchone() == (len(TRUTH["edits"]),)
    assert demo.execute("select count(*) from revision where position > 1").fetchone() == (len(TRUTH["edits"]),)
    assert demo.execute("select count(*) from revision where not is_latest").fetchone() == (len(TRUTH["edits"]),)


def test_an_outage_of_ours_is_told_from_one_of_theirs(demo):
    """On that day no feed answers; it is held against none, and none is asked less often for it."""
    ours = TRUTH["our_outage"]
    found = demo.execute("select from_utc::date::varchar, to_utc > from_utc, n_feeds from outage").fetchall()
    flags = demo.execute(
        "select day_utc::varchar, count(*) from coverage where coverage_flag = 'our outage' group by all"
    ).fetchall()
    failures = demo.execute(
        "select distinct failure from core.poll where polled_utc::date::varchar in ?", [ours["days_utc"]]
    )

    assert found == [(day, True, ours["n_feeds"]) for day in ours["days_utc"]]
    assert flags == [(day, ours["n_feeds"]) for day in ours["days_utc"]]
    assert failures.fetchall() == [("ours",)]


def test_the_gap_is_found_and_estimated(demo):
    """The short feed shares no item with its last document before the outage; how many were lost is a guess."""
    outage = TRUTH["outage"]
    (found,) = demo.execute("select outlet_id, from_utc::date::varchar, to_utc, n_missed from gap").fetchall()
    flags = demo.execute(
        "select day_utc::varchar from coverage where coverage_flag = 'gap' order by day_utc"
    ).fetchall()

    print(f"lost {len(outage['lost'])}, estimated {found[3]:.1f}")
    assert found[0] == outage["outlet_id"]
    assert found[1] < outage["days_utc"][0]
    assert found[2].date().isoformat() > outage["days_utc"][-1]
    assert abs(found[3] - len(outage["lost"])) <= 0.5 * len(outage["lost"])
    assert [day for (day,) in flags] == [found[1], found[2].date().isoformat()]


def test_churning_guids_bring_no_new_item(demo):
    """The feed's items are told apart by their links from the day on; the ledger above counts each story once."""
    churn = TRUTH["churn"]
    found = demo.execute("select outlet_id, at_utc::date::varchar, what, value from feed_log").fetchall()

    assert found == [(churn["outlet_id"], churn["first_day_utc"], "item key", "url")]


# Effects that nothing finds yet: here only whether they arrive in the warehouse as they were planted.


def test_the_wire_report_is_stored_in_eight_outlets(demo):
    """The same text, eight times; today it counts as eight articles."""
    found = demo.execute(
        "select outlet_id, text_sha256 from article join core.revision using (revision_id) where list_contains(?, url)",
        [TRUTH["later"]["wire"]["urls"]],
    ).fetchall()

    assert len({outlet for outlet, _ in found}) == len(found) == 8
    assert len({text for _, text in found}) == 1


def test_copied_sentences_are_stored_in_both_articles(demo):
    """Word for word, and the copy never before its origin."""
    for reuse in TRUTH["later"]["reuse"]:
        texts = demo.execute(
            "select replace(text, chr(10), ' ') from article where url in (?, ?)", [reuse["url"], reuse["origin_url"]]
        ).fetchall()
        assert len(texts) == 2
        assert all(" ".join(reuse["sentences"]) in text for (text,) in texts)


@pytest.mark.parametrize("voice", TRUTH["voice"], ids=lambda voice: voice["frame"])
def test_quoting_is_told_from_asserting(demo, voice):
    """The same k of n in any voice; in the outlet's own all of it in one outlet and none in the other."""
    own, quoted = voice["own"], voice["quoted"]
    found = demo.execute(
        "select voice, outlet_id, sum(k), sum(n) from outlet_day "
        "where frame_id = ? and outlet_id in (?, ?) and voice in ('any', 'outlet', 'quoted') group by all",
        [voice["frame"], own["outlet_id"], quoted["outlet_id"]],
    ).fetchall()
    n_speakers = demo.execute(
        "select count(*) filter (where speaker is null) from evidence where voice = 'quoted' and outlet_id = ?",
        [quoted["outlet_id"]],
    ).fetchone()

    assert {row[:2]: row[2:] for row in found} == {
        ("any", own["outlet_id"]): (own["k"], own["n"]),
        ("any", quoted["outlet_id"]): (quoted["k"], quoted["n"]),
        ("outlet", own["outlet_id"]): (own["k"], own["n"]),
        ("outlet", quoted["outlet_id"]): (0, quoted["n"]),
        ("quoted", own["outlet_id"]): (0, own["n"]),
        ("quoted", quoted["outlet_id"]): (quoted["k"], quoted["n"]),
    }
    assert n_speakers == (0,)
