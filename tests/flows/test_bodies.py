"""Bodies: decoded in bounded steps, whatever they say of themselves."""

import gzip
import random
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from flows.fetching.decoding import STEP, BodyTooLargeError, BrokenBodyError, Decoder
from flows.fetching.exchange import FetchStatus
from tests.site.behaviours import claim

LIMIT = 1_000_000
TEXT = random.Random(1).randbytes(100_000) + b"words and words " * 20_000


def bare(data):
    """Deflate without zlib's frame, as many servers send it."""
    press = zlib.compressobj(wbits=-15)
    return press.compress(data) + press.flush()


def wide(data):
    """A zstd frame that claims a window of 128 MB."""
    press = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    return press.compress(data) + press.flush()


CODERS = [
    ("gzip", gzip.compress),
    ("x-gzip", lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:]) + b"\0\0"),
    ("deflate", zlib.compress),
    ("deflate", bare),
    ("br", lambda data: brotli.compress(data, quality=5)),
    ("zstd", zstd.compress),
    ("zstd", lambda data: zstd.compress(data[:9]) + zstd.compress(data[9:])),
    ("gzip, br", lambda data: brotli.compress(gzip.compress(data), quality=5)),
    ("identity, GZIP", gzip.compress),
    ("", bytes),
    ("utf-8", bytes),
]


def decode(encoding, data, step=65_536, limit=LIMIT):
    decoder = Decoder(encoding, limit)
    body = b"".join(piece for at in range(0, len(data), step) for piece in decoder.feed(data[at : at + step]))
    decoder.finish()
    return body


@pytest.mark.parametrize(("encoding", "coder"), CODERS)
@pytest.mark.parametrize("step", [1, 1_000, 10**9])
def test_what_was_encoded_is_decoded(encoding, coder, step):
    """In whatever pieces it comes."""
    text = TEXT if step > 1 else TEXT[:2_000] + TEXT[-2_000:]

    assert decode(encoding, coder(text), step) == text
    assert decode(encoding, b"") == b""


@pytest.mark.parametrize(("encoding", "coder"), CODERS[:8])
def test_half_a_body_is_no_body(encoding, coder):
    """Half a page would be stored as an article that ends in the middle."""
    whole = coder(TEXT)

    with pytest.raises(BrokenBodyError):
        decode(encoding, whole[: len(whole) // 2])
    with pytest.raises(BrokenBodyError):
        decode(encoding, b"<html>in plain text</html>" * 10)


@given(st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, zstd"]), st.binary(max_size=300))
def test_any_bytes_are_survived(encoding, data):
    """A broken body is a value of the outside world."""
    try:
        decode(encoding, data)
    except (BrokenBodyError, BodyTooLargeError):
        return


@pytest.mark.parametrize(("encoding", "coder"), CODERS[:8])
def test_a_bomb_is_never_held_whole(encoding, coder):
    """Each step gives a bounded piece; who counts them can stop in time."""
    decoder = Decoder(encoding, LIMIT)
    given_bytes = 0
    for piece in decoder.feed(coder(bytes(30_000_000))):
        assert len(piece) <= 2 * STEP
        given_bytes += len(piece)
        if given_bytes > LIMIT:
            break

    assert LIMIT < given_bytes <= LIMIT + 2 * STEP


def test_work_without_a_result_is_bounded_too():
    """Gigabytes of nothing, wrapped: no byte of the body itself would ever come."""
    nothing = b"\0\0\0\xff\xff" * 10_000_000  # empty blocks of deflate

    with pytest.raises(BodyTooLargeError):
        decode("deflate, gzip", gzip.compress(b"\x78\x9c" + nothing, 1))


def test_claims_on_memory_are_refused():
    """A window of 128 MB, or encodings without end."""
    with pytest.raises(BrokenBodyError, match="too much memory"):
        decode("zstd", wide(TEXT))
    with pytest.raises(BrokenBodyError, match="more than 3 encodings"):
        decode("gzip, gzip, gzip, gzip", b"")


def test_a_large_body_is_cut_off_after_decompression(site, ask, archive):
    """A small answer may hold a large body; what was read of it is kept."""
    site.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000)))

    response = ask("http://a.example/bomb", max_bytes=LIMIT)

    assert (response.status, response.body, response.http_status) == (FetchStatus.TOO_LARGE, b"", 200)
    assert response.error == "the body is larger than 1,000,000 bytes"
    (exchange,) = archive.captures[0].exchanges
    assert (len(exchange.body), exchange.is_cut_off) == (LIMIT, True)


@pytest.mark.parametrize(("n_bytes", "status", "body"), [(900, "server_error", b""), (5, "ok", b"xxxxx")])
def test_a_content_length_that_lies(site, ask, archive, n_bytes, status, body):
    """Announced and not sent is broken; sent and not announced is not read."""
    site.pages["/x"] = claim((200, {}, b"x" * 500), n_bytes)

    response = ask("http://a.example/x")

    assert (response.status, response.body) == (status, body)
    assert archive.captures[0].exchanges[0].is_cut_off is (status != "ok")


def test_a_broken_body_of_an_error_is_still_that_error(site, ask):
    """What a server says with its status counts, whatever it says besides."""
    site.pages["/x"] = (403, {"Content-Encoding": "gzip"}, b"in plain text")
    site.pages["/y"] = (200, {"Content-Encoding": "gzip"}, b"in plain text")

    assert ask("http://a.example/x").status is FetchStatus.BLOCKED
    broken = ask("http://a.example/y")
    assert (broken.status, broken.error) == (
        FetchStatus.SERVER_ERROR,
        "broken answer: Error -3 while decompressing data: incorrect header check",
    )
