"""Redirects: followed by us, hop by hop, each as careful as the first."""

import socket

import httpx2
import pytest

from flows.fetching import session as fetching
from flows.fetching.exchange import FetchStatus, Request
from flows.fetching.redirects import Chain, web_address
from flows.fetching.session import FetchSession

HOPS = "http://a.example/0", "http://a.example/1", "http://a.example/2"


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ((301,), HOPS[1]),
        ((308, 301), HOPS[2]),
        ((301, 302), HOPS[1]),
        ((302, 301), None),
        ((307,), None),
        ((303,), None),
        ((), None),
    ],
)
def test_only_permanent_redirects_move_an_address(site, ask, statuses, permanent):
    """A feed is moved where 301 and 308 alone led, and no further."""
    for n, status in enumerate(statuses):
        site.pages[f"/{n}"] = (status, {"Location": f"/{n + 1}"}, b"moved")
    site.pages[f"/{len(statuses)}"] = (200, {}, b"here")

    response = ask(HOPS[0])

    assert (response.url, response.final_url, response.body) == (HOPS[0], HOPS[len(statuses)], b"here")
    assert response.permanent_url == permanent


def test_a_redirect_that_leads_nowhere_moves_nothing(site, ask):
    """A permanent redirect to a dead host is no new address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    site.pages["/a"] = (301, {"Location": f"http://127.0.0.1:{port}/"}, b"")

    response = ask("http://a.example/a")

    assert (response.status, response.http_status, response.final_url, response.permanent_url) == (
        FetchStatus.REFUSED,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("location", "status", "error"),
    [
        ("/loop", "client_error", "redirects in a circle, back to http://a.example/loop"),
        ("ftp://a.example/x", "bad_address", "redirects to 'ftp://a.example/x', which is no web address"),
        ("javascript:alert(1)", "bad_address", "redirects to 'javascript:alert(1)', which is no web address"),
        ("http://a.example:99999/", "bad_address", "redirects to 'http://a.example:99999/', which is no web address"),
    ],
)
def test_redirects_that_are_not_followed(site, ask, location, status, error):
    """The answer that sent us there is told, and no further one asked for."""
    site.pages["/loop"] = (302, {"Location": location}, b"")

    response = ask("http://a.example/loop")

    assert (response.status, response.error, response.http_status) == (status, error, 302)
    assert site.counts == {"loop": 1}


def test_the_fifth_redirect_is_the_last(site, ask):
    """A chain that never ends is left."""
    for n in range(10):
        site.pages[f"/{n}"] = (302, {"Location": f"/{n + 1}"}, b"")
    site.pages["/5"] = (200, {}, b"five hops away")

    assert ask("http://a.example/0").body == b"five hops away"
    site.pages["/5"] = (302, {"Location": "/6"}, b"")
    assert (ask("http://a.example/0").status, ask("http://a.example/0").error) == (
        "client_error",
        "more than 5 redirects",
    )


def test_a_redirect_to_another_port_of_this_machine_is_refused(site, ask):
    """The one admitted address is a host and a port, not the machine."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        other.settimeout(0.1)
        site.pages["/a"] = (302, {"Location": f"http://127.0.0.1:{port}/secret"}, b"")

        response = ask("http://a.example/a")

        assert response.status is FetchStatus.REFUSED
        assert response.error == f"127.0.0.1 leads to 127.0.0.1:{port}, off the public internet"
        with pytest.raises(TimeoutError):
            other.accept()


def test_the_host_that_is_redirected_to_has_its_own_rules(site, ask):
    """What robots.txt forbids is not fetched through a side door."""
    site.pages["b.example/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /closed\n")
    site.pages["a.example/x"] = (302, {"Location": "http://b.example/closed"}, b"")

    page, feed = (ask("http://a.example/x", kind=kind) for kind in ("page", "feed"))

    assert (page.status, page.robots, page.http_status) == (FetchStatus.ROBOTS, "disallowed", None)
    assert (feed.status, feed.robots) == (FetchStatus.GONE, None)
    assert site.counts["closed"] == 1


def test_the_host_that_is_redirected_to_has_its_own_pause(site, world):
    """A host that asked to be left alone is left alone by everybody's redirects."""
    site.pages["b.example/busy"] = (429, {"Retry-After": "60"}, b"")
    site.pages["a.example/x"] = (302, {"Location": "http://b.example/other"}, b"")
    with FetchSession(world) as session:
        session.fetch_all([Request(url="http://b.example/busy", max_bytes=10)])
        (response,) = session.fetch_all([Request(url="http://a.example/x", max_bytes=10)])

    assert (response.status, response.was_asked) == (FetchStatus.RATE_LIMITED, True)
    assert response.error == "not asked: b.example asked to be left alone until 2025-12-03 12:01:00 UTC"
    assert site.counts["other"] == 0


def test_all_hops_share_one_deadline(site, ask, monkeypatch):
    """Each hop is quick enough by itself."""
    monkeypatch.setattr(fetching, "DEADLINE_S", 0.5)

    def slowly(asked):
        asked.wait(0.2)
        asked.serve((302, {"Location": asked.path + "x"}, b""))

    for n in range(6):
        site.pages["/" + "x" * n] = slowly

    response = ask("http://a.example/")

    assert response.status is FetchStatus.TIMEOUT
    assert 400 < response.elapsed_ms < 800


def test_a_downgrade_is_followed_as_given():
    """Some newsrooms do it; what was read is stored under the address it came from."""
    chain = Chain(httpx2.URL("https://a.example/"))

    assert chain.follow(301, "http://a.example/") is None
    assert (str(chain.url), chain.permanent_url) == ("http://a.example/", "http://a.example/")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://u:p@a.example/x#top", "http://a.example/x"),
        ("HTTP://A.Example:80/ü b", "http://a.example/%C3%BC%20b"),
        ("http://пример.example/", "http://xn--e1afmkfd.example/"),
        ("//a.example/x", None),
        ("http://a.example:0/", None),
    ],
)
def test_addresses_as_they_are_asked(text, address):
    """Without user name and fragment, percent-encoded."""
    url = web_address(text)

    assert (url and str(url)) == address
