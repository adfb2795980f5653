"""Streams of responses: bounded, closable, and no domain waits for another."""

import asyncio
import threading
import time
from datetime import timedelta

import pytest

from flows.fetching.exchange import FetchStatus, Request
from flows.fetching.pools import CONNECTIONS
from flows.fetching.session import FetchSession
from flows.fetching.streaming import AHEAD
from flows.world import World, loopback_world
from tests.conftest import NOW


def many(n, n_hosts=20):
    return (Request(url=f"http://h{i % n_hosts}.example/{i}", max_bytes=3_000_000) for i in range(n))


@pytest.fixture
def serve_all(site):
    """Every path of ``many`` answers with its own name."""

    def put(n, body=b"", page=None):
        for i in range(n):
            site.pages[f"/{i}"] = page or (200, {}, str(i).encode() + body)

    return put


def test_responses_come_in_the_order_of_the_requests(world, serve_all):
    """Whatever the order of the answers."""
    serve_all(20)
    done = []
    with FetchSession(world) as session:
        responses = session.fetch_all(list(many(20, 5)), done.append)

    assert [r.body for r in responses] == [str(n).encode() for n in range(20)]
    assert len(done) == 20


def test_each_response_names_its_request(world, serve_all):
    """From a generator, and again in the same session."""
    serve_all(200)
    with FetchSession(world) as session:
        for n in (200, 3, 0):
            bodies = {number: response.body for number, response in session.fetch_each(many(n))}
            assert bodies == {number: str(number).encode() for number in range(n)}


@pytest.mark.parametrize(("n_bytes", "most"), [(10, AHEAD + CONNECTIONS), (2 * 2**20, 8 + CONNECTIONS)])
def test_fetching_waits_for_a_reader_that_does_not_come(site, world, serve_all, n_bytes, most):
    """A bounded number of responses, and of bytes, wait ahead; then all goes on."""
    serve_all(90, b"x" * n_bytes)
    with FetchSession(world) as session:
        stream = session.fetch_each(many(90))
        next(stream)
        n_asked = 0
        while n_asked < len(site.requests):  # until nothing more is asked for
            n_asked = len(site.requests)
            time.sleep(0.3)
        rest = list(stream)

    assert n_asked <= most + 1
    assert len(rest) == 89
    assert len(site.requests) == 90


def test_who_reads_a_stream_may_fetch_besides(world, serve_all):
    """Also from a domain that the stream itself waits to ask, while nobody takes its responses."""
    serve_all(90)
    with FetchSession(world) as session:
        stream = session.fetch_each(many(90, 2))
        next(stream)
        time.sleep(0.2)
        (response,) = session.fetch_all([Request(url="http://h0.example/7", max_bytes=10)])
        rest = list(stream)

    assert (response.body, len(rest)) == (b"7", 89)


def test_a_domain_that_waits_its_time_holds_up_no_other(site):
    """A thousand pages of one domain first, each a second after the other."""
    site.pages["/x"] = (200, {}, b"text")
    calm = loopback_world(site.port, clock=lambda: NOW)
    others_came = asyncio.Event()

    async def sleep(_seconds):
        await others_came.wait()

    world = World(clock=calm.clock, resolve=calm.resolve, sleep=sleep, admitted=calm.admitted)
    hosts = ["slow.example"] * 1000 + [f"h{n}.example" for n in range(50)]
    with FetchSession(world) as session:
        stream = session.fetch_each(Request(url=f"http://{host}/x", max_bytes=10) for host in hosts)
        first = [next(stream)[0] for _ in range(51)]
        stream.close()

    assert sorted(first) == [0, *range(1000, 1050)]


def test_a_closed_stream_leaves_nothing_under_way(site, world, serve_all):
    """Closed early, by its reader or with its session: no request comes later, no thread stays."""

    def stall(asked):
        asked.wait(20)

    serve_all(60, page=stall)
    site.pages["/0"] = (200, {}, b"0")
    with FetchSession(world) as session:
        stream = session.fetch_each(many(60))
        next(stream)
        closing = time.monotonic()
        stream.close()
        seconds = time.monotonic() - closing
        n_asked = len(site.requests)
        stream = session.fetch_each(many(60))
        next(stream)
    stream.close()

    assert seconds < 1
    assert n_asked < 60
    assert not [thread for thread in threading.enumerate() if thread.name == "fetching"]


def test_what_the_archive_cannot_keep_stops_the_reader(world, serve_all):
    """A full disk is no matter of the outside world: nothing may be read that is not kept."""
    serve_all(5)

    def full(_capture):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"), FetchSession(world, full) as session:
        session.fetch_all(list(many(5)))
    assert not [thread for thread in threading.enumerate() if thread.name == "fetching"]


def test_a_request_that_cannot_be_made_stops_the_stream(world, serve_all):
    """An exception of the caller's own generator reaches him, and the session ends in order."""
    serve_all(3)

    def requests():
        yield from many(3)
        raise RuntimeError("out of requests")

    with pytest.raises(RuntimeError, match="out of requests"), FetchSession(world) as session:
        list(session.fetch_each(requests()))


def test_a_silent_host_costs_the_run_three_deadlines(site, world, monkeypatch):
    """Then its other requests are answered without it."""
    monkeypatch.setattr("flows.fetching.session.DEADLINE_S", 0.1)
    for n in range(6):
        site.pages[f"/{n}"] = lambda asked: asked.wait(1)
    with FetchSession(world) as session:
        responses = session.fetch_all(list(many(6, 1)))

    assert [r.status for r in responses] == [FetchStatus.TIMEOUT] * 6
    assert [r.elapsed_ms > 0 for r in responses] == [True] * 3 + [False] * 3
    assert len(site.requests) == 3
    assert NOW + timedelta(minutes=15) > world.clock()
