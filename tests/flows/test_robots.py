"""robots.txt: asked for once a day, obeyed, kept."""

import asyncio
from datetime import timedelta

import pytest

from flows.fetching.exchange import FetchStatus, Request
from flows.fetching.fetcher import Fetcher
from flows.fetching.opening import open_session
from flows.fetching.robots import Ruling
from flows.fetching.session import FetchSession
from tests.conftest import NOW
from warehouse.feed_records import RobotsFile
from warehouse.store import open_warehouse

FORBIDDING = b"User-agent: *\nDisallow: /\n"


def page(path: str) -> Request:
    return Request(url=f"http://a.example/{path}", max_bytes=100, kind="page")


def file(rules: str | None, age: timedelta) -> RobotsFile:
    return RobotsFile(
        origin="http://a.example",
        fetched_utc=NOW - age,
        http_status=200,
        rules=rules,
        warc_file=None,
        warc_offset=None,
    )


def test_robots_are_asked_once_and_obeyed(site, world):
    """The page is not fetched, the state says why, and the ruling stands beside it."""
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
    site.pages["/private"] = site.pages["/open"] = (200, {}, b"text")
    with FetchSession(world) as session:
        refused, allowed = session.fetch_all([page("private"), page("open")])

    assert (refused.status, refused.robots, refused.place) == (FetchStatus.ROBOTS, "disallowed", None)
    assert (allowed.status, allowed.robots) == (FetchStatus.OK, "allowed")
    assert site.counts == {"robots.txt": 1, "open": 1}


@pytest.mark.parametrize(
    ("status", "outcome", "robots"),
    [
        (503, "unreachable", "unreachable"),
        (429, "unreachable", "unreachable"),
        (403, "ok", "allowed"),
        (404, "ok", "allowed"),
    ],
)
def test_rules_that_cannot_be_had(site, ask, status, outcome, robots):
    """For a passing reason the page waits; a host that keeps its rules to itself has none."""
    site.pages["/robots.txt"] = (status, {}, b"")
    site.pages["/x"] = (200, {}, b"text")

    response = ask("http://a.example/x", kind="page")

    assert (response.status, response.robots) == (outcome, robots)


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        (FORBIDDING + b"# padding\n" * 100_000, "robots"),
        (b"#" * 499_990 + b"\n" + b"User-agent: *\nDisallow: /closed\n", "ok"),
        (b"User-agent: parley\nAllow: /\n\nUser-agent: *\nDisallow: /\n", "ok"),
        (b"User-agent: PARLEY\nDisallow: /\n", "robots"),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", "robots"),
        (b"<html>User-agent: *\nno rules here</html>", "ok"),
    ],
    ids=["long", "cut in a line", "by name", "in capitals", "byte order mark", "web page"],
)
def test_rules_as_they_come(site, ask, rules, status):
    """The first 500 kB count, and a line that was cut in two does not."""
    site.pages["/robots.txt"] = (200, {}, rules)
    site.pages["/x"] = (200, {}, b"text")

    assert ask("http://a.example/x", kind="page").status == status


def test_rules_are_followed_to_another_host(site, ask):
    """RFC 9309, 2.3.1.2: they then hold for the host that was asked; a chain without end is no rule."""
    site.pages["a.example/robots.txt"] = (301, {"Location": "http://b.example/robots.txt"}, b"")
    site.pages["b.example/robots.txt"] = (200, {}, FORBIDDING)
    site.pages["c.example/robots.txt"] = (301, {"Location": "/robots.txt"}, b"")
    site.pages["/x"] = (200, {}, b"text")

    assert ask("http://a.example/x", kind="page").status is FetchStatus.ROBOTS
    assert ask("http://c.example/x", kind="page").status is FetchStatus.OK


def test_rules_off_the_public_internet_are_never_asked_for(site, ask):
    """Neither is the page: it ends at once, for another try would end the same."""
    site.pages["a.example/robots.txt"] = (301, {"Location": "http://10.0.0.1/robots.txt"}, b"")
    site.pages["b.example/x"] = (302, {"Location": "http://10.0.0.1/x"}, b"")
    site.pages["b.example/robots.txt"] = (404, {}, b"")

    rules, page, feed = (
        ask(f"http://{host}.example/x", kind=kind) for host, kind in (("a", "page"), ("b", "page"), ("b", "feed"))
    )

    assert [response.status for response in (rules, page, feed)] == [FetchStatus.REFUSED] * 3
    assert rules.error == page.error == "robots.txt: 10.0.0.1 leads to 10.0.0.1:80, off the public internet"
    assert site.counts["x"] == 2


def test_rules_of_a_host_that_is_left_alone_are_none_that_could_not_be_had(site, world):
    """They were not asked for: there is nothing to keep, and nothing to remember."""

    async def rule() -> tuple[Ruling, list[RobotsFile]]:
        pauses = {"a.example": NOW + timedelta(minutes=1)}
        fetcher = Fetcher(world, "Parley", 5.0, None, (), pauses)
        return await fetcher.robots.ruling("http://www.a.example/x"), fetcher.robots.read

    assert asyncio.run(rule()) == (Ruling.UNREACHABLE, [])
    assert not site.requests


def test_a_host_that_answers_with_a_pause_is_not_asked_for_pages(site, world):
    """They wait for a later run, and it is no try of theirs."""
    site.pages["/robots.txt"] = (429, {"Retry-After": "60"}, b"")
    with FetchSession(world) as session:
        (held,) = session.fetch_all([page("x")])

    assert (held.status, held.was_asked) == (FetchStatus.RATE_LIMITED, False)
    assert site.counts == {"robots.txt": 1}


@pytest.mark.parametrize(
    ("rules", "age", "status", "n_asked"),
    [
        ("", timedelta(hours=23), "ok", 0),
        (FORBIDDING.decode(), timedelta(hours=23), "robots", 0),
        (FORBIDDING.decode(), timedelta(days=29), "robots", 1),
        (FORBIDDING.decode(), timedelta(days=31), "unreachable", 1),
        (None, timedelta(hours=1), "unreachable", 1),
    ],
)
def test_a_copy_stands_in_for_rules_that_cannot_be_had(site, world, rules, age, status, n_asked):
    """A day without asking, a month without an answer."""
    site.pages["/robots.txt"] = (500, {}, b"")
    site.pages["/x"] = (200, {}, b"text")
    with FetchSession(world, robots=[file(rules, age)]) as session:
        (response,) = session.fetch_all([page("x")])

    assert response.status == status
    assert site.counts["robots.txt"] == n_asked


def test_rules_outlive_their_run(site, world, home):
    """Stored with the place of the answer, and not asked for again."""
    site.pages["/robots.txt"] = (200, {}, FORBIDDING)
    for _ in range(2):
        with open_warehouse(home, "test") as warehouse, open_session(warehouse, world) as session:
            assert session.fetch_all([page("x")])[0].status is FetchStatus.ROBOTS

    with open_warehouse(home, "test") as warehouse:
        (row,) = warehouse.rows("select * from core.robots")
    assert (row["origin"], row["http_status"], row["rules"]) == ("http://a.example", 200, FORBIDDING.decode())
    assert (home.warc / row["warc_file"]).stat().st_size > row["warc_offset"] > 0
    assert site.counts == {"robots.txt": 1}


@pytest.mark.parametrize(("delay", "wait"), [("0.2", 1.0), ("2.5", 2.5), ("600", 30.0)])
def test_a_crawl_delay_is_kept(site, clock, slow_world, delay, wait):
    """Where it is longer than our own, up to half a minute; also for feeds, once it is known."""
    rules = f"User-agent: *\nCrawl-delay: {delay}\n"
    site.pages["/robots.txt"] = (200, {}, rules.encode())
    with FetchSession(slow_world) as session:
        session.fetch_all([page("x"), page("y")])
    with FetchSession(slow_world, robots=[file(rules, timedelta(hours=1))]) as session:
        session.fetch_all([Request(url=f"http://a.example/{n}", max_bytes=10) for n in range(2)])

    assert clock.waits == [wait, wait, wait]
