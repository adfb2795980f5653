"""What the archive gives back is what the network gave, field by field."""

import gzip

import pytest

from flows.archive.archived import ArchivedSession, response_of
from flows.fetching.exchange import FetchStatus, Request
from flows.fetching.session import FetchSession
from tests.conftest import NOW
from warehouse.warc import Archive
from warehouse.warc_reading import read_capture, read_captures

HOST = "http://wire.example"
PAGES = {
    "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private\n"),
    "/page": (200, {"Content-Type": "text/html", "ETag": '"a"', "Last-Modified": "Tue, 02 Dec 2025"}, b"<p>Talks</p>"),
    "/zipped": (200, {"Content-Encoding": "gzip", "X-Odd": "déjà vu"}, gzip.compress(b"<p>Talks</p>" * 9)),
    "/broken": (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b\x08 no gzip"),
    "/moved": (301, {"Location": "/moved-again"}, b"over there"),
    "/moved-again": (308, {"Location": "/page"}, b""),
    "/elsewhere": (302, {"Location": "/moved"}, b""),
    "/circle": (302, {"Location": "/circle"}, b""),
    "/astray": (302, {"Location": "http://127.0.0.1:9/"}, b""),
    "/led-in": (302, {"Location": "/private/x"}, b""),
    "/nowhere": (302, {"Location": "mailto:desk@wire.example"}, b""),
    "/pathless": (302, {}, b""),
    "/large": (200, {"Content-Type": "text/html"}, b"x" * 5_000),
    "/nothing-new": (304, {}, b""),
    "/busy": (429, {"Retry-After": "120"}, b"slow down"),
    "/down": (503, {}, b"later"),
    "/wall": (403, {"Server": "a wall"}, b"are you a robot"),
}
NAMES = [path for path in PAGES if path != "/robots.txt"] + ["/gone"]


@pytest.mark.parametrize("kind", ["feed", "page"])
def test_a_response_comes_back_as_it_was(home, site, world, kind):
    """Status, headers, redirects, failures, times and hashes; both sides of the same door."""
    site.pages |= PAGES
    requests = [Request(url=f"{HOST}{path}", max_bytes=2_000, kind=kind, outlet_id="wire") for path in NAMES]
    requests.append(Request(url=f"{HOST}/page", max_bytes=2_000, kind=kind, outlet_id="wire", etag='"a"'))
    responses = []
    with Archive(home, world.clock, "Parley") as archive:
        for request in requests:  # each in a session of its own: after 429 a host is left alone
            with FetchSession(world, keep=archive.write) as session:
                responses += session.fetch_all([request])

    kept = [one for one in read_captures(home.warc) if one.capture.kind == kind]

    assert [response.place for response in responses] == [one.place for one in kept]
    assert [response_of(one) for one in kept] == responses
    assert {response.status for response in responses} >= {
        *(FetchStatus.OK, FetchStatus.NOT_MODIFIED, FetchStatus.GONE, FetchStatus.BLOCKED, FetchStatus.RATE_LIMITED),
        *(FetchStatus.SERVER_ERROR, FetchStatus.CLIENT_ERROR, FetchStatus.TOO_LARGE),
        FetchStatus.ROBOTS if kind == "page" else FetchStatus.REFUSED,
    }
    assert read_capture(home.warc, responses[0].place, responses[0].body_sha256) == kept[0]


def test_an_archived_session_answers_in_the_place_of_the_network(home, site, world):
    """By outlet and address: two outlets may have asked the same one."""
    site.pages |= PAGES
    requests = [Request(url=f"{HOST}/page", max_bytes=2_000, outlet_id=name) for name in ("post", "wire")]
    with Archive(home, world.clock, "Parley") as archive, FetchSession(world, keep=archive.write) as session:
        responses = session.fetch_all(requests)
    kept = list(read_captures(home.warc))

    shelf = ArchivedSession({(one.capture.outlet_id, one.capture.asked_url): response_of(one) for one in kept})

    assert shelf.fetch_all(requests) == responses
    assert list(shelf.fetch_each(requests)) == list(enumerate(responses))
    assert {response.fetched_utc for response in responses} == {NOW}
