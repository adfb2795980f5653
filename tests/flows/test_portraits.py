"""Portraits over a real warehouse: the numbers of the pure functions, in whatever portions articles come."""

import random
from collections import defaultdict
from datetime import timedelta

import pytest

from flows.analysis.portraits import analyse_portraits
from framing.corpus.slant import Attributions, QuotedWords, share_of_voice, verb_slant
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from tests.conftest import NOW
from tests.flows.reuse_parts import Told, store
from warehouse.catalogue import LAYER, activate_codebook, register_codebook, register_events
from warehouse.checking import failed_checks
from warehouse.home import create_home
from warehouse.score_records import ActorScoreRow, Score, UtteranceRow
from warehouse.store import open_warehouse

REGISTRY = load_registry()
SIDES = {actor.actor_id: actor.side for actor in REGISTRY.codebook.actors}
KEY = {"layer": LAYER, "scorer_version": SCORER_VERSION, "cue_hash": REGISTRY.codebook.cue_hash("en")}
HOUR = timedelta(hours=1)
PORTRAYED = ("portrait", "voice_day", "voice_cell", "verb_slant", "event_window", "omission")


@pytest.fixture(scope="module")
def press():
    return a_press(1)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, press):
    """All of the press, portrayed at once."""
    with open_warehouse(create_home(tmp_path_factory.mktemp("portraits") / "home"), "test") as opened:
        prepare(opened)
        keep(opened, press)
        cluster(opened, press)
        analyse_portraits(opened, REGISTRY)
        yield opened
        assert failed_checks(opened.sql) == []


def prepare(warehouse):
    register_codebook(warehouse, REGISTRY.codebook, SCORER_VERSION, NOW)
    register_events(warehouse, REGISTRY.events)
    activate_codebook(warehouse, REGISTRY.codebook.version, NOW)


def a_press(seed, n=160):
    """``(story, what it cites, the text it prints)``: six outlets that print forty texts over and over."""
    chance = random.Random(seed)
    told = []
    for number in range(n):
        outlet, text = f"o{chance.randrange(6)}", f"t{chance.randrange(40)}"
        story = Told(outlet_id=outlet, text="text", name=f"{number:03}", at=NOW - number * 5 * HOUR)
        told.append((story, cited(random.Random(text), text), text))
    return told


def cited(chance, text):
    """All copies cite alike: ``(actor, words, kind, class of the verb)``."""
    return [
        (
            chance.choice(["putin", "zelensky", "trump", None]),
            chance.randint(1, 60),
            chance.choice(["direct", "indirect"]),
            chance.choice(["doubting", "neutral", "approving", None]),
        )
        for _ in range(chance.randint(0, 4))
    ]


def keep(warehouse, press):
    """Store stories with their scores, and the clusters of all that are stored by now."""
    store(warehouse, [story for story, *_ in press])
    warehouse.sql.execute(
        "update core.outlet set outlet_class = case when outlet_id < 'o3' then 'private' else 'exile' end"
    )
    for story, said, text in press:
        warehouse.save(
            [
                Score(
                    revision_id=story.revision_id,
                    **KEY,
                    language="en",
                    relevant=True,
                    n_sentences=5,
                    headline_gap=(int(text[1:]) % 3) / 2,
                    asserted_in_headline=[],
                    scored_utc=NOW,
                ),
                *(_utterance(story, place, *one) for place, one in enumerate(said)),
                *(_actor(story, actor_id) for actor_id in {actor_id for actor_id, *_ in said if actor_id}),
            ]
        )


def cluster(warehouse, press):
    groups = defaultdict(list)
    for story, _, text in press:
        groups[text].append(story)
    first = {text: min(stories, key=lambda story: story.at).article_id for text, stories in groups.items()}
    rows = [
        {"article_id": story.article_id, "cluster_id": first[text]}
        for text, stories in groups.items()
        for story in stories
        if len(stories) > 1
    ]
    warehouse.replace("cluster_member", rows, ("article_id",))


def _utterance(story, place, actor_id, n_words, kind, verb_class):
    return UtteranceRow(
        revision_id=story.revision_id,
        **KEY,
        position=place,
        kind=kind,
        part="text",
        start_char=0,
        end_char=1,
        n_words=n_words,
        depth=0,
        speaker=actor_id,
        actor_id=actor_id,
        verb=verb_class,
        verb_class=verb_class,
    )


def _actor(story, actor_id):
    return ActorScoreRow(
        revision_id=story.revision_id,
        **KEY,
        actor_id=actor_id,
        n_mentions=1,
        n_spoken_words=1,
        n_positive=None,
        n_negative=None,
        role=None,
        role_evidence=[],
    )


def firsts(press, unit_of):
    """Of each unit its texts, each with the article that was first of those that cite anybody."""
    texts = {}
    for story, said, text in sorted(press, key=lambda row: row[0].at):
        if said:
            texts.setdefault((unit_of(story), text), said)
    return texts


def contents(warehouse):
    return [warehouse.rows(f"select * from core.{table} order by all") for table in PORTRAYED]


UNITS = {
    "outlet": lambda story: story.outlet_id,
    "class": lambda story: "private" if story.outlet_id < "o3" else "exile",
    "all": lambda story: "all",
}


@pytest.mark.parametrize("by_what", UNITS)
def test_share_of_voice_is_that_of_the_pure_function(warehouse, press, by_what):
    wanted = share_of_voice(
        QuotedWords(outlet_id=unit, text_id=text, actor_id=actor_id, n_words=n_words)
        for (unit, text), said in firsts(press, UNITS[by_what]).items()
        for actor_id, n_words, *_ in said
    )
    found = {(row["unit"], row["actor_id"]): row for row in warehouse.rows(f"select * from voice_share('{by_what}')")}
    assert set(found) == {(voice.outlet_id, voice.actor_id) for voice in wanted}
    for voice in wanted:
        row = found[voice.outlet_id, voice.actor_id]
        assert (row["n_words"], row["n_quoted_words"]) == (voice.n_words, voice.n_quoted_words)
        assert row["n_direct"] + row["n_indirect"] == voice.n_words
        assert (row["n_eff"], row["too_few"]) == (voice.n_eff, voice.too_few)
        assert [row["share"], row["share_low"], row["share_high"]] == pytest.approx(
            [voice.share, voice.interval.low, voice.interval.high], abs=1e-6
        )
        assert row["n_articles"] >= row["n_eff"] >= row["n_texts"]
    assert any(actor_id is None for _, actor_id in found)


def test_verb_slant_is_that_of_the_pure_function(warehouse, press):
    def attributions(name_of):
        for (outlet, text), said in firsts(press, UNITS["outlet"]).items():
            classes = defaultdict(list)
            for actor_id, _, _, verb_class in said:
                if actor_id and verb_class:
                    classes[name_of(actor_id)].append(verb_class)
            for whose, verbs in classes.items():
                yield Attributions(
                    outlet_id=outlet, text_id=text, side=whose, n_doubting=verbs.count("doubting"), n=len(verbs)
                )

    found = {
        (row["by_what"], row["whose"], row["outlet_id"]): row for row in warehouse.rows("select * from verb_slant")
    }
    n_compared = 0
    for by_what, name_of in (("side", SIDES.get), ("actor", str)):
        for slant in verb_slant(attributions(name_of)):
            row = found.pop((by_what, slant.side, slant.outlet_id))
            assert (row["k"], row["n"], row["n_eff"], row["too_few"]) == (
                slant.n_doubting,
                slant.n,
                slant.n_eff,
                slant.too_few,
            )
            assert row["share"] == pytest.approx(slant.share)
            assert (row["share_low"], row["share_high"]) == pytest.approx((slant.interval.low, slant.interval.high))
            assert row["others_share"] == pytest.approx(slant.others_share)
            assert (row["ratio"] is None) is (slant.ratio is None)
            if slant.ratio is not None:
                assert (row["ratio"], row["p"]) == pytest.approx((slant.ratio, slant.p))
                n_compared += 1
    assert not found
    assert n_compared > 2


def test_articles_in_portions_and_again_give_the_same(warehouse, press, tmp_path):
    """However they come, and nothing is written the second time."""
    shuffled = random.Random(3).sample(press, len(press))
    with open_warehouse(create_home(tmp_path / "other"), "test") as other:
        prepare(other)
        for start in range(0, len(shuffled), 40):
            keep(other, shuffled[start : start + 40])
            cluster(other, shuffled[: start + 40])
            analyse_portraits(other, REGISTRY)
        assert contents(other) == contents(warehouse)
        report = analyse_portraits(other, REGISTRY)
        assert (report.n_counted, report.n_events) == (0, 0)
        assert contents(other) == contents(warehouse)


def test_a_headline_gap_counts_each_text_once(warehouse, press):
    for row in warehouse.rows("select * from headline_gap"):
        mine = [(text, story) for story, _, text in press if story.outlet_id == row["outlet_id"]]
        gaps = {text: (int(text[1:]) % 3) / 2 for text, _ in mine}
        assert (row["n_articles"], row["n_eff"]) == (len(mine), len(gaps))
        assert row["mean_gap"] == pytest.approx(sum(gaps.values()) / len(gaps))
        assert row["gap_low"] < row["mean_gap"] < row["gap_high"]
        assert [one["headline_gap"] for one in row["offenders"]] == sorted(
            (gaps[text] for text, _ in mine if gaps[text]), reverse=True
        )[:10]
