"""How a web server misbehaves: in time, in bytes, in what it says about itself."""

import gzip
import zlib
from collections.abc import Callable
from functools import cache

import brotli
from backports import zstd

from tests.site import Asked, Behaviour, Page, Serves

BOMB_MB = 300
"""Zeros of a bomb: a naive client holds them all, and the line carries some kB."""
BEYOND_PATIENCE_S = 60.0
"""Longer than any client waits."""


def redirect(url: str, status: int = 302) -> Page:
    return status, {"Location": url}, b""


def redirect_next_door(asked: Asked) -> None:
    """To another port of this machine, where something listens that was never meant for the web."""
    asked.serve(redirect(f"http://127.0.0.1:{asked.site.forbidden_port}/secret"))


def in_turn(*answers: Serves) -> Behaviour:
    """Another answer to each request for one address; the last one stays."""
    return lambda asked: asked.serve(answers[min(asked.n, len(answers)) - 1])


def by_round(*answers: Serves) -> Behaviour:
    """Another answer in each round of a run; the last one stays."""
    return lambda asked: asked.serve(answers[min(asked.site.round, len(answers) - 1)])


def drip(page: Page, every_s: float = 0.2) -> Behaviour:
    """One byte at a time, so that no single read ever times out."""

    def answer(asked: Asked) -> None:
        status, headers, body = page
        asked.head(status, {**headers, "Content-Length": str(len(body))})
        for place in range(len(body)):
            if not asked.wait(every_s):
                return
            asked.write(body[place : place + 1])

    return answer


def stall(asked: Asked) -> None:
    """The request is taken and never answered."""
    asked.wait(BEYOND_PATIENCE_S)
    asked.hang_up()


def stall_midway(page: Page) -> Behaviour:
    """Half the body, and then silence."""

    def answer(asked: Asked) -> None:
        _half(asked, page)
        asked.wait(BEYOND_PATIENCE_S)
        asked.hang_up()

    return answer


def reset_midway(page: Page) -> Behaviour:
    """Half the body, and then the connection is reset."""

    def answer(asked: Asked) -> None:
        _half(asked, page)
        asked.wait(0.1)  # the half is on its way
        asked.hang_up(abruptly=True)

    return answer


def claim(page: Page, n_bytes: int) -> Behaviour:
    """The whole body under a Content-Length that is not its own; the end, where more was announced."""

    def answer(asked: Asked) -> None:
        status, headers, body = page
        asked.head(status, {**headers, "Content-Length": str(n_bytes)})
        asked.write(body)
        if n_bytes > len(body):
            asked.hang_up()

    return answer


def chunked(page: Page, n_bytes: int = 7) -> Behaviour:
    """In chunks of a few bytes each."""

    def answer(asked: Asked) -> None:
        status, headers, body = page
        asked.head(status, {**headers, "Transfer-Encoding": "chunked"})
        pieces = [body[place : place + n_bytes] for place in range(0, len(body), n_bytes)]
        asked.write(b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""]))

    return answer


def raw(data: bytes) -> Behaviour:
    """These bytes, from the status line on, and then the end."""

    def answer(asked: Asked) -> None:
        asked.write(data)
        asked.hang_up()

    return answer


def as_http_1_0(page: Page) -> Behaviour:
    """As before 1997: no length, the body ends where the connection does."""
    status, headers, body = page
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return raw(f"HTTP/1.0 {status} OK\r\n{lines}\r\n".encode("latin-1") + body)


def changed_under_one_etag(*bodies: bytes, content_type: str) -> Behaviour:
    """Another body in each round, always under the same ETag, and 304 to whoever sends it back."""
    return by_round(*((200, {"Content-Type": content_type, "ETag": '"same"'}, body) for body in bodies))


def encoded(page: Page, *codings: str) -> Page:
    """A page under these content codings, applied in order."""
    status, headers, body = page
    for coding in codings:
        body = CODERS[coding](body)
    return status, {**headers, "Content-Encoding": ", ".join(codings)}, body


def bomb(content_type: str, *codings: str) -> Page:
    """A few kB that inflate to ``BOMB_MB``."""
    return 200, {"Content-Type": content_type, "Content-Encoding": ", ".join(codings)}, _bomb(codings)


@cache
def _bomb(codings: tuple[str, ...]) -> bytes:
    first, *others = codings
    body = _ZEROS[first]()
    for coding in others:
        body = CODERS[coding](body)
    return body


def _deflated(wbits: int) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, wbits)
    piece = bytes(2**20)
    return b"".join(press.compress(piece) for _ in range(BOMB_MB)) + press.flush()


def _brotlied() -> bytes:
    press = brotli.Compressor(quality=5)
    piece = bytes(2**20)
    return b"".join(press.process(piece) for _ in range(BOMB_MB)) + press.finish()


def _zstandard() -> bytes:
    press = zstd.ZstdCompressor()
    piece = bytes(2**20)
    return b"".join(press.compress(piece) for _ in range(BOMB_MB)) + press.flush()


def _half(asked: Asked, page: Page) -> None:
    status, headers, body = page
    asked.head(status, {**headers, "Content-Length": str(len(body))})
    asked.write(body[: len(body) // 2])


CODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
_ZEROS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: _deflated(31),
    "deflate": lambda: _deflated(15),
    "br": _brotlied,
    "zstd": _zstandard,
}
