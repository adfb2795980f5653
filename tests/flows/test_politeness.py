"""Politeness: spacing, pauses and slowing, per registrable domain."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetching.domains import registrable_domain
from flows.fetching.exchange import FetchStatus, Request
from flows.fetching.opening import open_session
from flows.fetching.politeness import MAX_PAUSE, SLOWEST_S, SPACING_S, Politeness, retry_after
from flows.fetching.session import FetchSession
from tests.conftest import NOW
from tests.warehouse.rows import poll_row
from warehouse.feed_records import HostPace, Poll
from warehouse.records import Fetch
from warehouse.robots_cache import keep_paces, known_paces
from warehouse.store import open_warehouse

DOMAIN = "a.example"
REQUESTS = st.tuples(
    st.sampled_from(["a.example", "b.example", "c.example"]),
    st.sampled_from([200, 200, 304, 404, 429, 503, None]),
    st.floats(0, 3),
)


@given(st.lists(REQUESTS, max_size=60), st.dictionaries(st.sampled_from(["a.example", "b.example"]), st.floats(0, 90)))
def test_no_domain_is_asked_sooner_than_its_spacing(requests, delays):
    """For any order of domains and answers, and however long each takes."""
    polite = Politeness()
    for domain, delay in delays.items():
        polite.note_crawl_delay(domain, delay)
    now, ended, spacing = NOW, {}, {}
    for domain, http_status, seconds in requests:
        if polite.pause(domain, now) is not None:
            continue
        now += timedelta(seconds=polite.wait_s(domain, now))
        if domain in ended:
            assert (now - ended[domain]).total_seconds() >= spacing[domain] - 1e-5
        now += timedelta(seconds=seconds)
        polite.note_answer(domain, http_status, None, now)
        ended[domain], spacing[domain] = now, polite.spacing_s(domain)
        assert SPACING_S <= spacing[domain] <= 30


def test_whole_sessions_keep_the_spacing(site, clock, slow_world):
    """Many hosts of few domains at once, with redirects from one to the other: each by its own log."""
    asked = defaultdict(list)

    def log(request):
        asked[registrable_domain(f"http://{request.headers['Host']}")].append(clock.now)
        n = int(request.path[1:])
        target = f"http://d{n % 3}.example/{n + 100}"
        request.serve((302, {"Location": target}, b"") if n % 5 == 0 and n < 100 else (200, {}, b"text"))

    for n in range(150):
        site.pages[f"/{n}"] = log
    urls = [f"http://{host}.d{n % 4}.example/{n}" for n, host in enumerate(["www", "m", "amp"] * 14)]
    with FetchSession(slow_world) as session:
        responses = session.fetch_all([Request(url=url, max_bytes=100) for url in urls])

    assert {response.status for response in responses} == {FetchStatus.OK}
    assert sum(map(len, asked.values())) == 42 + 9
    for times in asked.values():
        assert all((later - earlier).total_seconds() >= SPACING_S for earlier, later in pairwise(times))


def test_slowing_and_recovery():
    """Each refusal doubles the spacing up to a ceiling, each good answer halves it."""
    polite = Politeness()
    seen = []
    for http_status in (429, 503, 429, 301, 404, 429, 200, 304, 200, 200, 200):
        polite.note_answer(DOMAIN, http_status, None, NOW)
        seen.append(polite.spacing_s(DOMAIN))

    assert seen == [2, 4, 8, 8, 8, 16, 8, 4, 2, 1, 1]
    assert polite.wait_s(DOMAIN, NOW + timedelta(seconds=0.25)) == 0.75
    assert polite.wait_s(DOMAIN, NOW - timedelta(hours=1)) == 1.0, "a clock that was set back"
    assert polite.wait_s("other.example", NOW) == 0.0


def test_who_refuses_at_the_slowest_pace_rests():
    """A hundred pages of a host that refuses them all are not worth a hundred refusals."""
    polite = Politeness()
    n_asked = 0
    while polite.pause(DOMAIN, NOW) is None:
        polite.note_answer(DOMAIN, 429, None, NOW)
        n_asked += 1
    pause = polite.pause(DOMAIN, NOW)

    assert (n_asked, pause.status) == (5, FetchStatus.RATE_LIMITED)
    assert pause.reason == "not asked: a.example refuses even a request every 16 s, so it rests until 13:00 UTC"
    assert polite.pause(DOMAIN, NOW + timedelta(hours=1)) is None


def test_who_does_not_answer_rests():
    """Each timeout would cost the run half a minute; any answer in between counts."""
    polite = Politeness()
    for is_silent in (True, True, False, True, True):
        polite.note_answer(DOMAIN, None, None, NOW, is_silent)
        assert polite.pause(DOMAIN, NOW) is None
    polite.note_answer(DOMAIN, None, None, NOW, is_silent=True)

    assert polite.pause(DOMAIN, NOW).status is FetchStatus.TIMEOUT
    assert polite.pause(DOMAIN, NOW).reason == (
        "not asked: a.example left 3 requests in a row unanswered and rests until 12:15 UTC"
    )


def test_a_long_crawl_delay_is_not_made_longer():
    """The ceiling of slowing bounds slowing alone."""
    polite = Politeness()
    polite.note_crawl_delay(DOMAIN, 20)
    polite.note_answer(DOMAIN, 429, None, NOW)

    assert polite.spacing_s(DOMAIN) == 20 > SLOWEST_S


@pytest.mark.parametrize(
    ("value", "served", "seconds"),
    [
        ("120", None, 120),
        (" 1.5 ", None, 1.5),
        ("0", None, None),
        ("-5", None, None),
        ("soon", None, None),
        ("", None, None),
        (None, None, None),
        ("999999999", None, MAX_PAUSE.total_seconds()),
        ("9" * 500, None, None),
        ("Wed, 03 Dec 2025 12:02:00 GMT", None, 120),
        ("Wed, 03 Dec 2025 11:59:00 GMT", None, None),
        ("Wed, 03 Dec 2025 10:02:00 GMT", "Wed, 03 Dec 2025 10:00:00 GMT", 120),
        ("Wed, 03 Dec 2025 14:02:00 +0200", None, 120),
        ("Wed, 32 Dec 2025 12:02:00 GMT", None, None),
    ],
)
def test_when_a_host_wants_to_be_asked_again(value, served, seconds):
    """Seconds or a date; the host's clock may be wrong, and so may be what it wants."""
    assert retry_after(value, NOW, served) == (None if seconds is None else NOW + timedelta(seconds=seconds))


@given(st.text(max_size=40))
def test_any_retry_after_is_survived(value):
    """Nothing is raised, and nobody waits longer than a day."""
    until = retry_after(value, NOW)

    assert until is None or NOW < until <= NOW + MAX_PAUSE


def test_retry_after_holds_for_the_whole_domain(site, world):
    """For all its hosts, until the time has come; others are asked."""
    site.pages["www.a.example/busy"] = (503, {"Retry-After": "300"}, b"")
    site.pages["/x"] = (200, {}, b"text")
    with FetchSession(world) as session:
        busy, again, other = session.fetch_all(
            [
                Request(url=f"http://{place}", max_bytes=100)
                for place in ("www.a.example/busy", "m.a.example/x", "b.example/x")
            ]
        )

    assert (busy.status, busy.http_status, busy.retry_after_utc) == (
        FetchStatus.SERVER_ERROR,
        503,
        NOW + timedelta(seconds=300),
    )
    assert (again.status, again.http_status, again.has_answer, again.place) == (
        FetchStatus.RATE_LIMITED,
        None,
        False,
        None,
    )
    assert again.error == "not asked: a.example asked to be left alone until 2025-12-03 12:05:00 UTC"
    assert (busy.was_asked, again.was_asked, other.was_asked) == (True, False, True)
    assert other.status is FetchStatus.OK
    assert site.counts == {"busy": 1, "x": 1}


@pytest.mark.parametrize("table", ["fetch", "poll"])
def test_a_pause_outlives_its_run(site, world, home, table):
    """What a host asked for yesterday holds today, for the domain that the redirect led to."""
    wanted = {"www.a.example": NOW + timedelta(hours=2), "b.example": NOW - timedelta(hours=2)}
    site.pages["/x"] = (200, {}, b"text")
    with open_warehouse(home, "test") as warehouse:
        warehouse.save([_row(table, host, until) for host, until in wanted.items()])
        with open_session(warehouse, world) as session:
            urls = [f"http://{host}/x" for host in ("m.a.example", "b.example", "asked.example")]
            responses = session.fetch_all([Request(url=url, max_bytes=100) for url in urls])

    assert [response.status for response in responses] == ["rate_limited", "ok", "ok"]
    assert site.counts == {"x": 2}


@pytest.mark.parametrize(
    ("spelling", "domain"),
    [
        ("http://www.bücher.example/x", "xn--bcher-kva.example"),
        ("http://m.xn--bcher-kva.example/x", "xn--bcher-kva.example"),
        ("http://BÜCHER。example./x", "xn--bcher-kva.example"),
        ("http://новини.укр/x", "xn--b1amarcd.xn--j1amh"),
        ("http://a.公司.cn/x", "a.xn--55qx5d.cn"),  # a public suffix, in either spelling
        ("http://b.a.xn--55qx5d.cn/x", "a.xn--55qx5d.cn"),
        ("http://www.a.example./x", "a.example"),
        ("http://ab_cü.example/x", "ab_cü.example"),  # nobody can ask for it
        ("http://192.168.0.1/x", "192.168.0.1"),
        ("http://[::1]/x", "::1"),
        ("http://[x/", ""),
    ],
)
def test_spellings_of_a_host_are_one_domain(spelling, domain):
    """A feed writes it in its own letters, a redirect as IDNA does."""
    assert registrable_domain(spelling) == domain


def test_spellings_of_a_host_pause_and_are_spaced_together(site, slow_world, clock, home):
    """Within a run and across runs: a pause is found under the address as the registry writes it."""
    site.pages["/x"] = (200, {}, b"text")

    def run(*urls):
        with open_warehouse(home, "test") as warehouse, open_session(warehouse, slow_world) as session:
            return session.fetch_all([Request(url=url, max_bytes=100) for url in urls])

    run("http://www.bücher.example/x", "http://xn--bcher-kva.example/x")
    spaced = [wait for wait in clock.waits if wait > 0]
    with open_warehouse(home, "test") as warehouse:
        warehouse.save([_row("poll", "bücher.example", clock.now + timedelta(hours=2))])
    (kept,) = run("http://m.xn--bcher-kva.example/x")
    clock.now += timedelta(hours=2)
    (asked,) = run("http://m.xn--bcher-kva.example/x")

    assert spaced == [SPACING_S]
    assert (kept.was_asked, asked.status) == (False, FetchStatus.OK)


def test_slowing_and_rests_outlive_their_run(site, slow_world, clock, home):
    """Each run is a session of its own: one that began at full speed would be refused anew every quarter of an hour."""
    site.pages["/busy"] = (429, {}, b"")
    site.pages["/x"] = (200, {}, b"text")

    def run(*places):
        clock.waits.clear()
        with open_warehouse(home, "test") as warehouse, open_session(warehouse, slow_world) as session:
            return session.fetch_all([Request(url=f"http://{place}", max_bytes=100) for place in places])

    run("www.a.example/busy", "www.a.example/busy", "b.example/x")
    clock.now += timedelta(seconds=1)
    again = run("m.a.example/busy", "m.a.example/busy", "m.a.example/busy", "b.example/x")
    waits = [wait for wait in clock.waits if wait > 1]
    clock.now += timedelta(minutes=15)
    resting = run("a.example/x", "b.example/x")
    clock.now += timedelta(hours=1)
    rested = run("a.example/x", "a.example/x")

    assert [response.http_status for response in again] == [429, 429, 429, 200]
    assert waits == [3, 8, 16]
    assert [(response.was_asked, response.http_status) for response in resting] == [(False, None), (True, 200)]
    assert "refuses even a request every 16 s" in resting[0].error
    assert [response.http_status for response in rested] == [200, 200]
    assert clock.waits == [8]


def test_recovery_outlives_its_run(site, slow_world, clock, home):
    """What a host bears again is told to the next run as well."""
    site.pages["/busy"] = (429, {}, b"")
    site.pages["/x"] = (200, {}, b"text")
    told = []
    for path in ("busy", "x", "x"):
        with open_warehouse(home, "test") as warehouse:
            with open_session(warehouse, slow_world) as session:
                session.fetch_all([Request(url=f"http://a.example/{path}", max_bytes=100)] * 2)
            clock.now += timedelta(minutes=15)
            told += [pace.slowing for pace in known_paces(warehouse, clock.now)]

    assert told == [4, 1, 1]


def test_a_killed_run_has_told_how_hosts_bore_its_pace(site, slow_world, home):
    """With each batch that it stored: it says nothing at its end."""
    site.pages["/busy"] = (429, {}, b"")
    with open_warehouse(home, "test") as warehouse, open_session(warehouse, slow_world) as session:
        session.fetch_all([Request(url="http://a.example/busy", max_bytes=100)] * 3)
        with warehouse.transaction():
            pass

        (pace,) = known_paces(warehouse, slow_world.clock())
        assert (pace.domain, pace.slowing, pace.rest_until_utc) == ("a.example", 8, None)


def test_what_was_forgotten_long_ago_or_lies_ahead_slows_nobody(home):
    """Two days later, or with a clock that ran ahead once, a host is asked as any other."""
    rest = {"rest_status": FetchStatus.RATE_LIMITED, "rest_reason": "not asked"}
    paces = [
        HostPace(domain=f"{name}.example", noted_utc=noted_utc, slowing=4, rest_until_utc=until_utc, **rest)
        for name, noted_utc, until_utc in [
            ("now", NOW - timedelta(hours=1), NOW + timedelta(days=9)),
            ("old", NOW - timedelta(days=3), None),
            ("ahead", NOW + timedelta(hours=1), NOW + timedelta(hours=2)),
        ]
    ]
    with open_warehouse(home, "test") as warehouse:
        keep_paces(warehouse, paces)
        found = known_paces(warehouse, NOW)
    polite = Politeness(paces=found)

    assert [pace.domain for pace in found] == ["now.example"]
    assert polite.pause("now.example", NOW).until_utc == NOW - timedelta(hours=1) + MAX_PAUSE
    assert [polite.spacing_s(f"{name}.example") for name in ("now", "old", "ahead")] == [4, 1, 1]


def _row(table: str, host: str, until: datetime) -> Fetch | Poll:
    asked, final = f"http://asked.example/{host}", f"http://{host}/y"
    if table == "fetch":
        return Fetch(
            fetch_id=host,
            url=asked,
            final_url=final,
            outlet_id="o",
            fetched_utc=datetime(2025, 12, 3, tzinfo=UTC),
            fetch_status="rate_limited",
            http_status=429,
            content_type=None,
            n_bytes=None,
            body_sha256=None,
            elapsed_ms=1,
            error="HTTP 429",
            retry_after_utc=until,
        )
    refused = replace(poll_row(host, "rate_limited", "HTTP 429"), feed_url=asked, outlet_id="o", http_status=429)
    return replace(refused, polled_utc=datetime(2025, 12, 3, tzinfo=UTC), final_url=final, retry_after_utc=until)
