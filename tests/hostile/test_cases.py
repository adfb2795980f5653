"""The hostile web is what it says it is: its bombs inflate, its ETags lie, and every family has its cases."""

import gzip
import socket
import time
import zlib
from collections import Counter
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import brotli
import pytest
from backports import zstd
from lxml.html import document_fromstring

from tests.hostile.case import Case
from tests.hostile.cases import CASES
from tests.hostile.checking import agree, match_all, match_first
from tests.hostile.markup import html
from tests.hostile.stories import STORIES, words_of
from tests.site import Site
from tests.site.behaviours import (
    BOMB_MB,
    bomb,
    by_round,
    changed_under_one_etag,
    chunked,
    claim,
    drip,
    in_turn,
    raw,
    redirect_next_door,
    reset_midway,
    stall,
)

LEAST = {
    "bombs": 8,
    "drip and stall": 4,
    "nested markup": 1,
    "changes": 8,
    "feed formats": 12,
    "items": 6,
    "redirects": 8,
    "bot walls": 6,
    "consent": 6,
    "teasers": 5,
    "soft 404": 6,
    "index": 2,
    "video": 1,
    "too short": 1,
    "not html": 2,
    "live blog": 1,
    "identity": 5,
    "storms": 4,
    "robots": 8,
    "broken answers": 6,
    "near misses": 10,
    "off topic": 1,
}
"""Families, with the cases each must have."""
STATES = {
    "pending", "stored", "duplicate", "off_topic", "paywalled", "wall", "soft_404", "too_short", "robots", "index",
    "video", "error",
}  # fmt: skip
VERDICTS = {
    "article", "live_blog", "teaser", "consent", "bot_wall", "soft_404", "index", "video", "too_short", "not_html",
    "unreadable", "none",
}  # fmt: skip


def test_every_family_has_its_cases():
    """A family that is emptied by mistake would pass for one that is well."""
    n_cases = Counter(case.family for case in CASES)

    assert set(n_cases) == set(LEAST)
    assert [family for family, n in LEAST.items() if n_cases[family] < n] == []


def test_names_are_unique():
    """A case is its name, its host and its outlet."""
    assert [name for name, n in Counter(case.outlet_id for case in CASES).items() if n > 1] == []


def test_no_case_serves_for_another():
    """All stand on one server; an address that two cases serve would give one of them the wrong page."""
    assert [address for address, n in Counter(a for case in CASES for a in case.pages).items() if n > 1] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_expects_what_can_happen(case: Case):
    """A state or verdict that is misspelt could never be met, or, beside another, never be missed."""
    states = [*case.states, *(case.after_first or {})]

    assert {state for pattern in states for state in pattern.split("|")} <= STATES
    assert {verdict for pattern in case.verdicts or () for verdict in pattern.split("|")} <= VERDICTS
    assert case.polls
    assert "/feed.xml" in case.serves


def test_pages_are_markup_with_the_words_in_it():
    """A wall that is no page would be rejected for the wrong reason."""
    pages = [page for case in CASES for page in case.serves.values() if not callable(page)]
    texts = [body for _, headers, body in pages if headers == {"Content-Type": "text/html; charset=utf-8"} and body]
    read = [document_fromstring(body) for body in texts if len(body) < 100_000]

    assert len(read) > 60
    assert [tree for tree in read if not tree.findtext(".//title")] == []


@pytest.mark.parametrize("language", sorted(STORIES))
def test_stories_are_long_and_each_its_own(language):
    """Two hundred words and more; two cases do not carry one text."""
    title, texts = words_of("one", language)

    assert len(" ".join(texts).split()) > 190
    assert (title, texts) != words_of("other", language)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_inflates(coding):
    """A few kB on the line, hundreds of MB for who believes them."""
    _, headers, body = bomb("text/html", coding)

    assert headers["Content-Encoding"] == coding
    assert len(body) < 400_000
    assert _size(coding, body) == BOMB_MB * 2**20


def test_a_nested_bomb_is_a_bomb_in_a_box():
    """Inflated once it is still small."""
    _, headers, body = bomb("text/html", "gzip", "gzip")

    assert headers["Content-Encoding"] == "gzip, gzip"
    assert len(gzip.decompress(body)) < 400_000 < _size("gzip", gzip.decompress(body))


def test_an_etag_lies(site: Site):
    """The body changes, and who asks with the ETag is told that nothing has."""
    site.pages["/feed"] = changed_under_one_etag(b"one", b"two", content_type="text/xml")

    first = _get(site, "/feed")
    site.round = 1
    again = _get(site, "/feed", **{"If-None-Match": '"same"'})
    afresh = _get(site, "/feed")

    assert (first, again, afresh) == ((200, b"one"), (304, b""), (200, b"two"))


def test_answers_change_by_request_and_by_round(site: Site):
    """The last one stays."""
    site.pages |= {"/turn": in_turn(html("1"), html("2")), "/round": by_round(html("1"), html("2"))}

    turns = [_get(site, "/turn")[1] for _ in range(3)]
    rounds = []
    for site.round in range(3):
        rounds += [_get(site, "/round")[1], _get(site, "/round")[1]]

    assert turns == [b"1", b"2", b"2"]
    assert rounds == [b"1", b"1", b"2", b"2", b"2", b"2"]


def test_a_drip_takes_its_time(site: Site):
    """Every read succeeds, and the whole does not come."""
    site.pages["/drip"] = drip(html("x" * 20), every_s=0.02)
    started = time.monotonic()

    assert _get(site, "/drip") == (200, b"x" * 20)
    assert time.monotonic() - started > 0.35


def test_a_stall_says_nothing(site: Site):
    """The connection stands, and no byte comes."""
    site.pages["/stall"] = stall

    with socket.create_connection(("127.0.0.1", site.port), timeout=0.3) as line:
        line.sendall(b"GET /stall HTTP/1.1\r\nHost: a.example\r\n\r\n")
        with pytest.raises(TimeoutError):
            line.recv(1)


def test_bytes_on_the_line(site: Site):
    """Chunks, lies about the length, resets, and what is no HTTP at all."""
    site.pages |= {
        "/chunked": chunked(html("in chunks of seven")),
        "/long": claim(html("short"), 50),
        "/reset": reset_midway(html("never whole")),
        "/raw": raw(b"SSH-2.0\r\n"),
    }

    assert _get(site, "/chunked") == (200, b"in chunks of seven")
    assert _line(site, "/long").endswith(b"Content-Length: 50\r\n\r\nshort")
    assert _line(site, "/raw") == b"SSH-2.0\r\n"
    with pytest.raises(ConnectionResetError):
        _line(site, "/reset")


def test_a_redirect_leads_next_door(site: Site):
    """To a port of this machine that is not the site's."""
    site.forbidden_port = 4711
    site.pages["/story"] = redirect_next_door

    assert b"Location: http://127.0.0.1:4711/secret" in _line(site, "/story")


def test_the_checker_tells_right_from_wrong():
    """Alternatives, ranges and orders; and what was not asked for is not right."""
    assert agree({"stored": 2, "error|too_short": 1}, {"stored": 2, "too_short": 1})
    assert not agree({"stored": 2}, {"stored": 2, "error": 1})
    assert not agree({"stored": 2}, {"stored": 1})
    assert agree({"stored": range(2)}, {})
    assert not agree({"stored": range(2)}, {"stored": 2})
    assert match_all(("none|article", "article"), ["article", "none"])
    assert not match_all(("article",), ["article", "article"])
    assert not match_all(("article",), [])
    assert match_first(("timeout", "ok|unread"), ["timeout", "unread", "ok"])
    assert not match_first(("timeout", "ok"), ["timeout"])


def _size(coding: str, body: bytes) -> int:
    """Bytes that it inflates to, a MB at a time."""
    piece_size = 2**20
    if coding == "br":
        brotlied = brotli.Decompressor()
        n = len(brotlied.process(body, output_buffer_limit=piece_size))
        while not brotlied.is_finished():
            n += len(brotlied.process(b"", output_buffer_limit=piece_size))
        return n
    if coding == "zstd":
        standard = zstd.ZstdDecompressor()
        n = len(standard.decompress(body, piece_size))
        while not standard.eof:
            n += len(standard.decompress(b"", piece_size))
        return n
    deflated = zlib.decompressobj(31 if coding == "gzip" else 15)
    n = len(deflated.decompress(body, piece_size))
    while not deflated.eof:
        n += len(deflated.decompress(deflated.unconsumed_tail, piece_size))
    return n


def _get(site: Site, path: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urlopen(Request(f"http://127.0.0.1:{site.port}{path}", headers=headers)) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def _line(site: Site, path: str) -> bytes:
    """All bytes of an answer, until the server closes."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: line.recv(65536), b""))
