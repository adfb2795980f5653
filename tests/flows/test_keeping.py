"""The archive gets every answer, of any kind, before anybody reads it."""

import gzip
import socket

import pytest

from flows.fetching.exchange import FetchStatus, Request
from flows.fetching.session import FetchSession
from flows.world import loopback_world
from tests.conftest import NOW
from tests.site.behaviours import claim
from warehouse.warc import WarcPlace


@pytest.mark.parametrize(
    ("status", "body", "kept"),
    [
        (200, b"text", b"text"),
        (404, b"not here", b"not here"),
        (403, b"x" * 300_000, b"x" * 100_000),
        (500, b"broken", b"broken"),
        (429, b"slow down", b"slow down"),
    ],
)
def test_every_answer_is_kept(site, ask, archive, status, body, kept):
    """Errors too, with as much of their body as shows whose notice it is."""
    site.pages["/x"] = (status, {"X-Vendor": "Ünlü", "Content-Type": "text/html"}, body)

    response = ask("http://a.example/x", outlet_id="wire", kind="discovery")

    (capture,) = archive.captures
    (exchange,) = capture.exchanges
    assert (capture.kind, capture.asked_url, capture.outlet_id) == ("discovery", "http://a.example/x", "wire")
    assert (exchange.http_status, exchange.body, exchange.is_cut_off) == (status, kept, len(body) > len(kept))
    assert (exchange.http_version, exchange.fetched_utc) == ("HTTP/1.1", NOW)
    assert dict(exchange.request_headers)["Host"] == "a.example"
    assert response.place == WarcPlace("kept.warc.gz", 1)
    assert response.body == (body if status == 200 else b"")
    assert response.headers == exchange.headers
    assert response.header("x-vendor") == "Ünlü"


def test_not_modified_is_kept(site, ask, archive):
    """That nothing had changed is evidence as well."""
    site.pages["/rss.xml"] = (200, {"ETag": '"v1"'}, b"<rss/>")

    response = ask("http://a.example/rss.xml", etag='"v1"')

    assert (response.status, response.place) == (FetchStatus.NOT_MODIFIED, WarcPlace("kept.warc.gz", 1))
    (exchange,) = archive.captures[0].exchanges
    assert (exchange.http_status, exchange.body) == (304, b"")
    assert dict(exchange.request_headers)["If-None-Match"] == '"v1"'


def test_redirects_are_kept_with_their_answer(site, ask, archive):
    """One capture, each hop an exchange; decompressed, with the headers as sent."""
    site.pages["a.example/x"] = (301, {"Location": "http://b.example/y"}, b"over there")
    site.pages["b.example/y"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"text"))

    response = ask("http://a.example/x")

    (capture,) = archive.captures
    assert [(e.url, e.http_status, e.body) for e in capture.exchanges] == [
        ("http://a.example/x", 301, b"over there"),
        ("http://b.example/y", 200, b"text"),
    ]
    assert response.header("Content-Encoding") == "gzip"


def test_a_chain_that_breaks_is_kept_as_far_as_it_went(site, ask, archive):
    """The redirect was an answer, though the end of the chain gave none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    site.pages["/x"] = (302, {"Location": f"http://127.0.0.1:{port}/"}, b"")

    response = ask("http://a.example/x")

    assert [e.http_status for e in archive.captures[0].exchanges] == [302]
    assert (response.http_status, response.headers) == (None, ())
    assert response.place is not None


def test_robots_are_kept_beside_their_page(site, world, archive):
    """Each under its own kind, the rules before what they rule on."""
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nAllow: /\n")
    site.pages["/x"] = (200, {}, b"text")
    with FetchSession(world, archive.keep) as session:
        session.fetch_all([Request(url="http://a.example/x", max_bytes=100, kind="page")])
        (rules,) = session.robots_files

    assert [(capture.kind, capture.asked_url) for capture in archive.captures] == [
        ("robots", "http://a.example/robots.txt"),
        ("page", "http://a.example/x"),
    ]
    assert (rules.warc_file, rules.warc_offset) == ("kept.warc.gz", 1)


def test_half_an_answer_is_kept_and_marked(site, ask, archive):
    """So that nobody takes it for the whole."""
    site.pages["/x"] = claim((200, {}, b"half"), 8)

    response = ask("http://a.example/x")

    assert (response.status, response.http_status, response.body) == (FetchStatus.SERVER_ERROR, 200, b"")
    assert [(e.body, e.is_cut_off) for e in archive.captures[0].exchanges] == [(b"half", True)]


def test_no_answer_is_nothing_to_keep(archive):
    """Neither is an address that is none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with FetchSession(loopback_world(port), archive.keep) as session:
        responses = session.fetch_all([Request(url=url, max_bytes=10) for url in ("http://a.example/", "ftp://x/")])

    assert [response.place for response in responses] == [None, None]
    assert archive.captures == []
