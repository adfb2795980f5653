"""Content encodings undone in bounded steps, so that a small body cannot become a large one unseen."""

import sys
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
else:
    from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

STEP = 2**18
"""Bytes that one step may give."""
MAX_LAYERS = 3
"""Encodings on top of each other. Servers apply one; a proxy may add another."""
ZSTD_WINDOW_LOG = 23
"""8 MB, what RFC 9659 allows on the web; by default a frame may claim 128 MB of memory."""


class BrokenBodyError(Exception):
    """The body is not what its encoding says, or ends too early."""


class BodyTooLargeError(Exception):
    """The body, or what it was wrapped in, grew past its limit."""


class _Layer(Protocol):
    def pieces(self, data: bytes) -> Iterator[bytes]: ...

    @property
    def is_whole(self) -> bool: ...


class Decoder:
    """
    Undoes the encodings of one body.

    Args:
        content_encoding: The header, with the encodings in the order they were applied. Names that stand for
            no compression, or that nobody knows, are passed over, as browsers do.
        max_bytes: What each layer may give, the outermost included. A body may be empty after any amount of
            compressed data, so counting the result alone would not bound the work.
    """

    def __init__(self, content_encoding: str, max_bytes: int) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",")]
        self._layers = [_LAYERS[name]() for name in reversed(names) if name in _LAYERS]
        self._max_bytes = max_bytes
        self._given = [0] * (len(self._layers) + 1)
        if len(self._layers) > MAX_LAYERS:
            raise BrokenBodyError(f"more than {MAX_LAYERS} encodings on top of each other")

    def feed(self, data: bytes) -> Iterator[bytes]:
        """
        The next part of the body as it came; gives what it decodes to.

        Raises:
            BrokenBodyError: It is not in that encoding.
            BodyTooLargeError: A layer grew past the limit. The result itself may grow past it by one step.
        """
        yield from self._through(0, data)

    def _through(self, depth: int, data: bytes) -> Iterator[bytes]:
        self._given[depth] += len(data)
        if depth == len(self._layers):
            yield data
            return
        if self._given[depth] > self._max_bytes:
            raise BodyTooLargeError
        try:
            for piece in self._layers[depth].pieces(data):
                yield from self._through(depth + 1, piece)
        except (zlib.error, brotli.error, ZstdError) as error:
            raise BrokenBodyError(str(error)) from error

    def finish(self) -> None:
        """
        Raises:
            BrokenBodyError: The data ended before the body did.
        """
        if any(given and not layer.is_whole for given, layer in zip(self._given, self._layers, strict=False)):
            raise BrokenBodyError("the compressed body ends too early")


class _Zlib:
    """gzip, of one or several members; what follows them is no matter."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def pieces(self, data: bytes) -> Iterator[bytes]:
        piece = b""
        while data or len(piece) == STEP:  # a full step may have more behind it than the data left
            if self._inner.eof:
                if not data.startswith(b"\x1f"):
                    return
                self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
            piece = self._inner.decompress(data, STEP)
            yield piece
            data = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail

    @property
    def is_whole(self) -> bool:
        return self._inner.eof


class _Deflate:
    """zlib's format as the standard has it, or bare deflate as many servers send it."""

    def __init__(self) -> None:
        self._head = b""
        self._inner: zlib._Decompress | None = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head += data
            if len(self._head) < 2:
                return
            data = self._head
            is_zlib = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._inner = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        piece = b""
        while (data or len(piece) == STEP) and not self._inner.eof:
            piece = self._inner.decompress(data, STEP)
            yield piece
            data = self._inner.unconsumed_tail

    @property
    def is_whole(self) -> bool:
        return self._inner is not None and self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self.is_whole:
            return
        yield self._inner.process(data, output_buffer_limit=STEP)
        while not self._inner.can_accept_more_data():
            yield self._inner.process(b"", output_buffer_limit=STEP)

    @property
    def is_whole(self) -> bool:
        return bool(self._inner.is_finished())


class _Zstd:
    """zstd, of one or several frames."""

    def __init__(self) -> None:
        self._inner = _zstd()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            if self._inner.eof:
                if not data:
                    return
                self._inner = _zstd()
            yield self._inner.decompress(data, STEP)
            if self._inner.eof:
                data = self._inner.unused_data
            elif self._inner.needs_input:
                return
            else:
                data = b""

    @property
    def is_whole(self) -> bool:
        return self._inner.eof


def _zstd() -> ZstdDecompressor:
    return ZstdDecompressor(options={DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})


_LAYERS: dict[str, type[_Layer]] = {
    "gzip": _Zlib,
    "x-gzip": _Zlib,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
