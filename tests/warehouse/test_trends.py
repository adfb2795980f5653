"""Trends: what is counted incrementally is what counting anew gives, and both are what the statistics say of it."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from flows.analysis.trends import analyse_trends
from framing.corpus.intervals import share_interval
from framing.corpus.shrinkage import class_prior, shrink
from tests.warehouse.trend_parts import FRAMES, OUTLETS, VOICES, Archive, Expected, expected
from warehouse.checking import failed_checks
from warehouse.home import create_home
from warehouse.store import open_warehouse

FRAME_CODES = {frame: {frame} for frame in FRAMES}
SIDE_CODES = {side: {frame for frame, of in FRAMES.items() if of == side} for side in set(FRAMES.values())}
UNITS = {
    "outlet": lambda story: story.outlet_id,
    "class": lambda story: OUTLETS[story.outlet_id][0],
    "language": lambda story: story.language or "-",
    "country": lambda story: OUTLETS[story.outlet_id][1],
    "all": lambda story: "all",
}
ALWAYS = date(1900, 1, 1)
TABLES = ("trend_article", "trend_cell", "trend_copy", "trend_state")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A few days of eight outlets, two fifths of them copies, counted."""
    with open_warehouse(create_home(tmp_path_factory.mktemp("trends")), "test") as warehouse:
        archive = Archive(warehouse, random.Random(7))
        archive.register()
        for _ in range(150):
            archive.arrive()
        for _ in range(15):
            archive.revise()
        archive.withdraw()
        archive.count()
        yield archive


def assert_row(row: dict[str, object], want: Expected) -> None:
    """The row says what the statistics say of the same articles."""
    tally = want.tally
    counts = {"n": tally.n, "k": tally.k, "n_eff": tally.n_eff, "n_unmeasured": want.n_unmeasured}
    assert {name: row[name] for name in counts} == counts
    assert (row["n_outlets"], row["too_few"]) == (len(want.outlets), tally.too_few)
    assert row["k_eff"] == pytest.approx(tally.k_eff)
    for name, interval in (("share", tally.text_interval), ("reach", tally.reach_interval)):
        found = (row[f"{name}_low"], row[f"{name}_high"])
        assert found == (pytest.approx((interval.low, interval.high), abs=1e-6) if interval else (None, None))
    assert row["share"] == (pytest.approx(tally.k_eff / tally.n_eff) if tally.n else None)
    assert row["reach"] == (pytest.approx(tally.k / tally.n) if tally.n else None)


@pytest.mark.parametrize("by_what", UNITS)
@pytest.mark.parametrize(
    ("macro", "code", "codes"), [("frame_use", "frame_id", FRAME_CODES), ("side_use", "serves", SIDE_CODES)]
)
def test_a_breakdown_is_what_the_statistics_say(archive, macro, code, codes, by_what):
    """Each voice, over two of the days and over all."""
    for voice in VOICES:
        wanted = expected(archive, codes, voice, UNITS[by_what])
        rows = archive.warehouse.rows(f"select * from {macro}('{by_what}', in_voice := '{voice}')")
        whole = whole_period(archive, codes, voice, UNITS[by_what])
        assert {(row["unit"], row[code]) for row in rows} == set(whole)
        assert {voice} == {row["voice"] for row in rows}
        for row in rows:
            assert_row(row, whole[row["unit"], row[code]])
        (day,) = {day for _, _, day in wanted if day == date(2026, 3, 29)}
        days = {(unit, key): want for (unit, key, on), want in wanted.items() if on == day}
        rows = archive.warehouse.rows(
            f"select * from {macro}('{by_what}', first_day := $1, last_day := $1, in_voice := $2)", [day, voice]
        )
        assert {(row["unit"], row[code]) for row in rows} == set(days)
        for row in rows:
            assert_row(row, days[row["unit"], row[code]])


def whole_period(archive, codes, voice, unit_of):
    """The same as on one day: every article is moved there."""
    (at, *_) = (story.at for story in archive.counted())
    moved = replace(archive, stories={s.article_id: replace(s, at=at) for s in archive.counted()})
    return {key[:2]: want for key, want in expected(moved, codes, voice, unit_of).items()}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Kyiv", "Europe/Moscow"])
@pytest.mark.parametrize("by_what", ["outlet", "class", "country"])
def test_the_trend_has_the_readers_days(archive, by_what, zone):
    """Across the night in which Kyiv's clocks go forward."""
    wanted = expected(archive, FRAME_CODES, "outlet", UNITS[by_what], zone)
    rows = archive.warehouse.rows(f"select * from frame_trend('{by_what}', time_zone := '{zone}')")

    assert {(row["unit"], row["frame_id"], row["day"]) for row in rows} == set(wanted)
    for row in rows:
        assert_row(row, wanted[row["unit"], row["frame_id"], row["day"]])
        assert (row["coverage_flag"], row["n_watched"], row["n_blind"]) == ("not watched", 0, 0)


@pytest.mark.parametrize(
    ("view", "key", "by_what"),
    [
        ("outlet_day", "outlet_id", "outlet"),
        ("class_day", "outlet_class", "class"),
        ("language_day", "language", "language"),
    ],
)
def test_the_views_are_the_trend_in_every_voice(archive, view, key, by_what):
    rows = archive.warehouse.rows(f"select * from {view}")

    for voice in VOICES:
        wanted = expected(archive, FRAME_CODES, voice, UNITS[by_what])
        of_voice = [row for row in rows if row["voice"] == voice]
        assert {(row[key], row["frame_id"], row["day_utc"]) for row in of_voice} == set(wanted)
        for row in of_voice:
            assert_row({"n_outlets": int(row["n"] > 0), **row}, wanted[row[key], row["frame_id"], row["day_utc"]])


def test_outlets_are_drawn_towards_their_class(archive):
    """As the statistics say, class by class; nothing is drawn where two outlets make no class."""
    shrunken = []
    for voice in ("any", "outlet"):
        rows = archive.warehouse.rows(f"select * from frame_use('outlet', in_voice := '{voice}')")
        peers = defaultdict(list)
        for row in rows:
            peers[OUTLETS[row["unit"]][0], row["frame_id"]].append((row["k_eff"], row["n_eff"]))
        for row in rows:
            prior = class_prior(peers[OUTLETS[row["unit"]][0], row["frame_id"]])
            is_drawn = prior is not None and row["n_eff"]
            want = pytest.approx(shrink(row["k_eff"], row["n_eff"], prior).share) if is_drawn else None
            assert row["shrunken_share"] == want
            shrunken.append(want)
    assert None not in shrunken
    assert {row["shrunken_share"] for row in archive.warehouse.rows("select * from frame_use('class')")} == {None}
    days = archive.warehouse.rows("select shrunken_share from outlet_day where n_eff > 0")
    assert {row["shrunken_share"] is None for row in days} == {True, False}


def test_no_row_is_without_its_date(archive):
    """as_of is the newest score, not the clock."""
    (row,) = archive.warehouse.rows("select distinct as_of from outlet_day")
    assert archive.warehouse.rows("select max(scored_utc) as as_of from core.score") == [row]


def contents(warehouse):
    """All that was counted, in a fixed order; sums of fractions depend on theirs."""
    return {
        table: warehouse.rows(
            f"select * from core.{table} order by all"
            if table != "trend_cell"
            else "select * replace (round(sum_share, 9) as sum_share) from core.trend_cell order by all"
        )
        for table in TABLES
    }


@pytest.mark.parametrize("seed", range(3))
def test_counting_what_is_new_is_counting_anew(home, seed):
    """After any order of arrivals, revisions, new dates, walls, clusters that grow or fall apart, and codebooks."""
    rng = random.Random(seed)
    with open_warehouse(home, "test") as warehouse:
        archive = Archive(warehouse, rng)
        archive.register()
        happenings = [archive.arrive] * 8 + [archive.revise, archive.withdraw, archive.merge, archive.part]
        for number in range(6):
            for happening in [archive.arrive, *rng.choices(happenings, k=12)]:
                happening()
            if number == 3:
                archive.activate("2")
            archive.count()
        incremental = contents(warehouse)
        assert failed_checks(warehouse.sql) == []
        for table in TABLES:
            warehouse.sql.execute(f"delete from core.{table}")
        analyse_trends(warehouse)

        assert all(incremental.values())
        assert contents(warehouse) == incremental


def test_only_days_that_changed_are_counted(home):
    """Those of new articles, and of those that share their text with others than before; without any, none."""
    with open_warehouse(home, "test") as warehouse:
        archive = Archive(warehouse, random.Random(1))
        archive.register()
        for _ in range(60):
            archive.arrive()
        assert archive.count().n_days == len({(s.outlet_id, s.at.date()) for s in archive.counted()})
        before, clusters = contents(warehouse), dict(archive.clusters)
        warehouse.sql.execute("checkpoint")

        assert analyse_trends(warehouse).n_days == 0
        assert contents(warehouse) == before
        log = home.database.with_name(f"{home.database.name}.wal")
        assert not log.exists() or log.stat().st_size == 0

        known = set(archive.stories)
        for _ in range(5):
            archive.arrive()
        changed = [
            (story.outlet_id, story.at.date())
            for name, story in archive.stories.items()
            if story in archive.counted() and (name not in known or archive.clusters.get(name) != clusters.get(name))
        ]
        assert archive.count().n_days == len(set(changed)) > 1


@pytest.mark.parametrize("n", [*range(1, 13), 20, 200])
def test_the_interval_is_that_of_the_statistics(archive, n):
    """Whole and fractional carriers."""
    for k in {*range(min(n, 12) + 1), n, n / 3, n - 0.5}:
        (row,) = archive.warehouse.rows("select share_low($1, $2) as low, share_high($1, $2) as high", [k, n])
        interval = share_interval(k, n)
        assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high), abs=1e-6)


def test_nothing_measured_has_no_interval(archive):
    """Null, not 0 to 1: no number is better than an invented one."""
    assert archive.warehouse.rows("select share_low(0, 0) as low, share_high(0, 0) as high") == [
        {"low": None, "high": None}
    ]
