"""The demo archive: what is committed is what the plan says, and every article carries what was planted in it."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest

from flows.demo.build import build_archive
from flows.demo.polls import POLL_TIME, count_sightings, poll_times
from flows.demo.records import ARTICLES_FILE, FOLDER, REGISTRY, TRUTH_FILE, write_archive
from framing.languages import identify_language
from framing.reading import read_sentences
from framing.registry_files import load_registry
from framing.relevance import is_relevant
from framing.scoring import annotate
from tests.flows.demo_parts import (
    ARCHIVE,
    BY_URL,
    CODEBOOK,
    HOSTS,
    MEASURED,
    OFF_TOPIC,
    SITES,
    TRUTH,
    UNMEASURED,
    carried,
    read,
    url_of,
)


def test_a_rebuild_reproduces_the_committed_files(tmp_path):
    """Whoever changes the plan or the bank must commit what comes of it."""
    write_archive(build_archive(), tmp_path)

    for name in (ARTICLES_FILE, TRUTH_FILE):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), f"{name}: run flows.demo.build"


def test_reading_gives_back_what_was_built():
    """The files lose nothing."""
    assert build_archive() == ARCHIVE


def test_the_archive_is_a_small_world():
    """Thirty days, many outlets of many classes in five languages that are measured, and two that are not."""
    days = {article.published.date() for article in ARCHIVE.articles}
    measured = [site for site in ARCHIVE.sites if site.language in MEASURED]

    assert days == {date(2025, 11, 17) + timedelta(days=n) for n in range(30)}
    assert len(ARCHIVE.articles) >= 400
    assert len(measured) >= 16
    assert {site.language for site in measured} == set(MEASURED)
    assert len({site.outlet_class for site in measured}) >= 5
    assert {site.language for site in ARCHIVE.sites} - set(MEASURED) == set(UNMEASURED)


def test_the_demo_differs_from_the_shipped_registry_only_in_its_outlets():
    """The demo's watch.toml repeats the shipped gate; it must not be left behind."""
    overlaid = load_registry(REGISTRY)

    assert overlaid.codebook.version == CODEBOOK.version
    assert overlaid.events == load_registry().events
    assert [outlet.outlet_id for outlet in overlaid.outlets] == sorted(HOSTS)
    assert all(outlet.home.endswith(".example/") for outlet in overlaid.outlets)
    assert all(outlet.class_source.startswith("Fictional: ") for outlet in overlaid.outlets)


def test_the_planted_shift_is_in_the_committed_truth():
    """One class moves from about a tenth to about six tenths; nobody else moves."""
    groups = {(g["outlet_class"], g["period"]): g["k"] / g["n"] for g in TRUTH["frame_shift"]["by_class"]}

    assert groups.pop(("state-controlled", "before")) == pytest.approx(0.10, abs=0.02)
    assert groups.pop(("state-controlled", "after")) == pytest.approx(0.60, abs=0.02)
    assert len(groups) == 12
    assert all(0.02 < share < 0.14 for share in groups.values()), groups


def test_the_truth_counts_the_articles():
    """Every article is in the truth, once; totals, days and classes are sums over the same articles."""
    totals, shift = TRUTH["totals"], TRUTH["frame_shift"]
    carriers = [entry for entry in TRUTH["articles"].values() if shift["frame"] in entry["frames"]]
    named = [*TRUTH["articles"], *TRUTH["unmeasured"], *OFF_TOPIC, *TRUTH["outage"]["lost"]]
    stored = Counter(BY_URL[url].outlet_id for url in (*TRUTH["articles"], *TRUTH["unmeasured"]))

    assert Counter(named) == Counter(map(url_of, ARCHIVE.articles))
    assert {article.off_topic for article in map(BY_URL.get, OFF_TOPIC)} == {True}
    assert totals["articles"] == stored.total()
    assert (totals["unmeasured"], totals["off_topic"]) == (len(TRUTH["unmeasured"]), len(OFF_TOPIC))
    assert totals["duplicates"] == sum(len(planted["urls"]) - 1 for planted in TRUTH["duplicates"])
    assert totals["sightings"] == totals["articles"] + totals["off_topic"] + totals["duplicates"]
    assert {name: entry["articles"] for name, entry in totals["by_outlet"].items()} == stored
    for groups in (shift["by_class"], shift["by_outlet_day"]):
        assert sum(group["n"] for group in groups) == len(TRUTH["articles"])
        assert sum(group["k"] for group in groups) == len(carriers)
        assert sum(group["n_unmeasured"] for group in groups) == len(TRUTH["unmeasured"])


def test_titles_and_texts_are_unique():
    """A text that came twice would be a duplicate, which nobody planted; the wire report is meant."""
    titles = [(article.outlet_id, article.title) for article in ARCHIVE.articles]
    texts = Counter(article.paragraphs for article in ARCHIVE.articles)
    wire = BY_URL[TRUTH["later"]["wire"]["urls"][0]]

    assert len(set(titles)) == len(titles)
    assert texts.pop(wire.paragraphs) == len(TRUTH["later"]["wire"]["urls"])
    assert set(texts.values()) == {1}


def test_every_article_carries_exactly_what_was_planted():
    """The truth's k and n are those that the framing engine counts, title included."""
    for url, planted in TRUTH["articles"].items():
        found = read(BY_URL[url])
        assert found.relevant is True, url
        assert found.n_sentences == planted["n_sentences"], url
        assert carried(found) == planted["frames"], url


def test_off_topic_articles_fail_the_gate():
    """Football as well as what looks like the talks."""
    for url in OFF_TOPIC:
        article = BY_URL[url]
        assert is_relevant(article.title, "\n".join(article.paragraphs), article.language, CODEBOOK) is False, url


@pytest.mark.parametrize("theme", TRUTH["look_alikes"])
def test_a_look_alike_shares_actors_with_the_talks(theme):
    """In every language there is one, and each names those who take part in the talks."""
    articles = [BY_URL[url] for url in TRUTH["off_topic"][theme]]

    assert {article.language for article in articles} == set(MEASURED)
    for article in articles:
        text = "\n".join(article.paragraphs)
        sentences = read_sentences(article.title, text, article.language, CODEBOOK)
        assert any(sentence.sides for sentence in sentences), article.path


@pytest.mark.parametrize("site", ARCHIVE.sites, ids=lambda site: site.outlet_id)
def test_the_language_of_every_article_is_recognised(site):
    """An article in no language is not measured; one in a foreign language is not taken for the outlet's own."""
    for article in ARCHIVE.articles:
        if article.outlet_id == site.outlet_id:
            text = "\n".join((article.title, *article.paragraphs))
            assert identify_language(text, [site.language])[0] == article.language, article.path


def test_unmeasured_languages_are_planted_where_they_hurt():
    """In outlets of their own and in a Russian one; whoever took the Bulgarian for Russian would find frames."""
    articles = [BY_URL[url] for url in TRUTH["unmeasured"]]
    foreign = [article for article in articles if SITES[article.outlet_id].language != article.language]
    bulgarian = [article for article in articles if article.language == "bg"]
    mistaken = [annotate("", "\n".join(article.paragraphs), "ru", CODEBOOK) for article in bulgarian]

    assert {article.language for article in articles} == set(UNMEASURED)
    assert [(SITES[article.outlet_id].language, article.language) for article in foreign] == [("ru", "bg")] * 2
    assert any(carried(annotation) for annotation in mistaken)
    for article in articles:
        found = read(article)
        assert found.relevant is None
        assert {(score.carried, score.share) for score in found.codes} == {(None, None)}


def test_the_outage_loses_some_items_and_delays_others():
    """Three days in a row; what the feed still names afterwards is late, what it has dropped is lost."""
    outage = TRUTH["outage"]
    site = SITES[outage["outlet_id"]]
    missed = [BY_URL[url] for url in (*outage["late"], *outage["lost"])]
    sightings = count_sightings(site, ARCHIVE.articles)

    assert [day.isoformat() for day in site.outage] == outage["days_utc"]
    assert [day - site.outage[0] for day in site.outage] == [timedelta(days=n) for n in range(3)]
    assert {article.published.date() for article in missed} == set(site.outage)
    assert len(outage["late"]) >= 2
    assert len(outage["lost"]) >= 2
    assert {sightings[BY_URL[url].path] for url in outage["late"]} == {1}
    assert {sightings[BY_URL[url].path] for url in outage["lost"]} == {0}


def test_our_own_outage_loses_nothing():
    """Every feed still names on the next day what it named on this one, so that only the day itself is doubtful."""
    days = {date.fromisoformat(day) for day in TRUTH["our_outage"]["days_utc"]}
    missed = [article for article in ARCHIVE.articles if article.published.date() in days]

    assert days
    assert not days & set(chain.from_iterable(site.outage for site in SITES.values()))
    assert TRUTH["our_outage"]["n_feeds"] == len(SITES)
    assert len(missed) >= 10
    assert all(count_sightings(SITES[article.outlet_id], ARCHIVE.articles)[article.path] for article in missed)


def test_guids_churn_in_one_feed_only():
    """Its feed names enough items on that day for the churn to be seen, and as many sightings as stories."""
    churn = TRUTH["churn"]
    site = SITES[churn["outlet_id"]]
    first = date.fromisoformat(churn["first_day_utc"])
    before = [a for a in ARCHIVE.articles if a.outlet_id == site.outlet_id and a.published.date() < first]

    assert [s.outlet_id for s in SITES.values() if s.guids_churn_from] == [site.outlet_id]
    assert len(before) >= 8
    assert set(count_sightings(site, ARCHIVE.articles).values()) == {1}


def test_the_silent_outlet_publishes_before_and_never_after():
    """So that its silence can be seen."""
    silence = TRUTH["silence"]
    days = sorted(a.published.date().isoformat() for a in ARCHIVE.articles if a.outlet_id == silence["outlet_id"])

    assert len(set(days)) >= 8
    assert days[-1] < silence["first_day_utc"]
    assert silence["last_day_utc"] == "2025-12-16"


def test_the_replay_polls_once_a_day():
    """Quiet days included; what the truth calls seen hangs on it."""
    moments = poll_times(ARCHIVE.articles)

    assert [moment.date() for moment in moments] == [date(2025, 11, 17) + timedelta(days=n) for n in range(30)]
    assert moments[0] == datetime(2025, 11, 17, 23, 59, tzinfo=UTC)
    assert {moment.time() for moment in moments} == {POLL_TIME}
