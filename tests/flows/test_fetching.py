"""The network edge, against a real server on this machine."""

import socket
import threading

import pytest

from flows.fetching import session as fetching
from flows.fetching.domains import registrable_domain
from flows.fetching.exchange import FetchStatus, Request
from flows.fetching.guard import is_public
from flows.fetching.session import FetchSession
from flows.world import LIVE, World, loopback_world

INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "0.0.0.0",
    "100.64.0.1",
    "224.0.0.1",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "fec0::1",
    "ff02::1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
]


def test_unchanged_feed_costs_no_body(site, ask):
    """A feed we already hold is asked for by etag and comes back empty."""
    site.pages["/rss.xml"] = (200, {"ETag": '"v1"'}, b"<rss/>")

    first = ask("http://a.example/rss.xml")
    again = ask("http://a.example/rss.xml", etag=first.etag)

    assert (first.status, first.body) == (FetchStatus.OK, b"<rss/>")
    assert (again.status, again.body, again.body_sha256) == (FetchStatus.NOT_MODIFIED, b"", None)
    assert site.requests[1][1]["If-None-Match"] == '"v1"'


def test_not_modified_means_nothing_to_who_has_nothing(site, ask):
    """A server that says so to everybody has a fault; its robots.txt then allows nothing, and forbids nothing."""
    site.pages["/x"] = site.pages["/robots.txt"] = (304, {}, b"")

    feed, page = ask("http://a.example/x"), ask("http://a.example/x", kind="page")
    held = ask("http://a.example/x", last_modified="Wed, 03 Dec 2025 12:00:00 GMT")

    assert (feed.status, feed.http_status) == (FetchStatus.SERVER_ERROR, 304)
    assert feed.error == "HTTP 304 to a request that named no version to compare with"
    assert (page.status, page.http_status, page.robots) == (FetchStatus.UNREACHABLE, None, "unreachable")
    assert (held.status, held.error) == (FetchStatus.NOT_MODIFIED, None)


@pytest.mark.parametrize(
    ("http_status", "status"),
    [
        (404, "gone"),
        (410, "gone"),
        (401, "blocked"),
        (403, "blocked"),
        (451, "blocked"),
        (429, "rate_limited"),
        (400, "client_error"),
        (500, "server_error"),
        (503, "server_error"),
    ],
)
def test_every_answer_is_a_value(site, ask, http_status, status):
    """What the outside world does is stored, not raised."""
    site.pages["/x"] = (http_status, {}, b"no")

    response = ask("http://a.example/x")

    assert (response.status, response.http_status, response.error) == (status, http_status, f"HTTP {http_status}")
    assert response.has_answer


@pytest.mark.parametrize("number", INSIDE)
def test_names_that_lead_inside_are_refused(number):
    """Checked after the name was resolved, on the address that would be connected to."""

    async def resolve(host, port):
        return [(number, port)]

    with FetchSession(World(resolve=resolve)) as session:
        (response,) = session.fetch_all([Request(url="http://public.example/", max_bytes=10)])

    assert response.status is FetchStatus.REFUSED


def test_the_live_world_admits_nothing_inside():
    """Neither registry nor environment can open the guard."""
    assert LIVE.admitted is None
    with FetchSession(LIVE) as session:
        (response,) = session.fetch_all([Request(url="http://localhost:1/", max_bytes=10)])
    assert response.status is FetchStatus.REFUSED


def test_a_dripping_server_meets_the_deadline(monkeypatch):
    """Timeouts are per read; the deadline is for the whole request."""
    monkeypatch.setattr(fetching, "DEADLINE_S", 0.5)
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=drip, args=(server,), daemon=True).start()

    with FetchSession(loopback_world(server.getsockname()[1])) as session:
        (response,) = session.fetch_all([Request(url="http://slow.example/", max_bytes=10_000)])
    server.close()

    assert response.status is FetchStatus.TIMEOUT
    assert response.elapsed_ms < 3_000


def drip(server):
    """A byte every 0.1 s, for ever."""
    connection, _ = server.accept()
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    try:
        while True:
            connection.sendall(b".")
            threading.Event().wait(0.1)
    except OSError:
        return


def test_a_host_that_does_not_answer_is_unreachable():
    """No exception, and no HTTP status."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with FetchSession(loopback_world(port)) as session:
        (response,) = session.fetch_all([Request(url="http://a.example/", max_bytes=10)])

    assert (response.status, response.http_status, response.has_answer) == (FetchStatus.UNREACHABLE, None, False)


@pytest.mark.parametrize("url", ["ftp://a.example/x", "http://", "http:///x", "javascript:alert(1)", ""])
def test_what_is_no_address_is_told(ask, url):
    """Feeds hold all sorts of links."""
    assert ask(url).status is FetchStatus.BAD_ADDRESS


@pytest.mark.parametrize(
    ("url", "domain"),
    [("https://www.bbc.co.uk/news", "bbc.co.uk"), ("http://wire.example:80/x", "wire.example"), ("http://[", "")],
)
def test_registrable_domain(url, domain):
    """The unit of politeness and of trust."""
    assert registrable_domain(url) == domain


def test_public_addresses_are_let_through():
    """The guard is no wall."""
    assert all(is_public(number) for number in ("93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"))


def test_a_validator_that_cannot_be_sent_is_left_out(site, ask):
    """Otherwise the feed would fail at every poll from then on."""
    site.pages["/rss.xml"] = (200, {}, b"<rss/>")

    assert ask("http://a.example/rss.xml", etag='"é"').status is FetchStatus.OK
