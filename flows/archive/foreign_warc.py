"""WARC files that others wrote: their answers, one at a time, as far as they can be read."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from warcio.bufferedreaders import ChunkedDataReader

from flows.fetching.decoding import BodyTooLargeError, BrokenBodyError, Decoder
from framing.errors import ParleyError
from warehouse.warc import Exchange, WarcPlace
from warehouse.warc_reading import Unreadable

MAGIC = {"gzip": (b"\x1f\x8b",), "x-gzip": (b"\x1f\x8b",), "zstd": (b"\x28\xb5\x2f\xfd",)}
"""How a body begins that is encoded as its header says. Many crawlers store the body decoded under its old header."""
WAY_OUT = "Give files as CC-NEWS has them, .warc or .warc.gz. Nothing was imported."


class ForeignWarcError(ParleyError):
    """A file the user gave cannot be read as WARC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignAnswer:
    """One answer in somebody's WARC file. May be read until the next one is taken."""

    place: WarcPlace
    url: str
    record: WarcRecord

    def exchange(self, max_bytes: int) -> Exchange | Unreadable | None:
        """
        The answer, its body decoded and cut off where it grows past ``max_bytes``.

        Returns:
            ``None``: it is no good answer (status 200) with HTML.
        """
        try:
            self.record.parse_http()
            headers = self.record.http_headers
            if headers is None or headers.status_code != 200 or "html" not in (self.record.http_content_type or ""):
                return None
            fields = tuple((str(name), str(value)) for name, value in headers.to_tuples())
            body, is_cut_off = _body(self.record, fields, max_bytes)
        except (OSError, BrokenBodyError) as error:
            return Unreadable(place=self.place, finding=f"the answer cannot be decoded ({error})")
        date = self.record.record_date
        if date is None or date.tzinfo is None:
            return Unreadable(place=self.place, finding="the record has no WARC-Date")
        return Exchange(
            url=self.url,
            fetched_utc=date,
            request_headers=(),
            http_version=(headers.status_line or "").partition(" ")[0] or "HTTP/1.1",
            http_status=200,
            reason=headers.reason_phrase or "",
            headers=fields,
            body=body,
            is_cut_off=is_cut_off,
        )


def check_file(path: Path) -> int:
    """
    Is this a WARC file?

    Returns:
        Its size in bytes.

    Raises:
        ForeignWarcError: It is not, or cannot be read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise ForeignWarcError(f"{path}: cannot be read ({error.strerror}). {WAY_OUT}") from error
    try:
        first = next(ArchiveIterator(str(path), parse_http=False), None)
    except OSError as error:
        raise ForeignWarcError(f"{path}: this is no WARC file ({error}). {WAY_OUT}") from error
    if first is None:
        raise ForeignWarcError(f"{path}: this is no WARC file (it holds no record). {WAY_OUT}")
    return size


def read_answers(path: Path) -> Iterator[ForeignAnswer | Unreadable]:
    """The answers of a file in order; where it is torn or damaged, that is the last item."""
    records = ArchiveIterator(str(path), record_types=WarcRecordType.response, parse_http=False)
    offset = 0
    while True:
        try:
            record = next(records, None)
        except OSError as error:
            finding = f"damaged behind this record; the rest is lost ({error})"
            yield Unreadable(place=WarcPlace(path.name, offset), finding=finding)
            return
        if record is None:
            break
        offset = record.stream_pos
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        yield ForeignAnswer(place=WarcPlace(path.name, offset), url=url, record=record)
    if _is_torn(path, offset):
        yield Unreadable(place=WarcPlace(path.name, offset), finding="the file is torn behind this record")


def _body(record: WarcRecord, headers: tuple[tuple[str, str], ...], max_bytes: int) -> tuple[bytes, bool]:
    """
    The decoded body, and whether it was cut off.

    Raises:
        BrokenBodyError: It is not what its headers say, or ends too early.
        OSError: The file cannot be read.
    """
    length = record.content_length
    raw = record.reader.read(max_bytes + 1)
    if len(raw) < min(length, max_bytes + 1):
        raise BrokenBodyError("the file ends within it")
    named = {name.lower(): value.lower() for name, value in headers}
    if "chunked" in named.get("transfer-encoding", ""):
        raw = _unchunked(raw)
    encoding = named.get("content-encoding", "")
    if not raw.startswith(MAGIC.get(encoding.strip(), b"")):
        encoding = ""
    body = bytearray()
    decoder = Decoder(encoding, max_bytes)
    try:
        for piece in decoder.feed(raw):
            body += piece
            if len(body) > max_bytes:
                return bytes(body[:max_bytes]), True
    except BodyTooLargeError:
        return bytes(body[:max_bytes]), True
    decoder.finish()
    return bytes(body), False


def _unchunked(raw: bytes) -> bytes:
    """The body without its chunks' lengths; as it is where it has none after all."""
    reader = ChunkedDataReader(BytesIO(raw))
    parts = []
    while part := reader.read():
        parts.append(part)
    return b"".join(parts)


def _is_torn(path: Path, offset: int) -> bool:
    """Does a compressed file end within a record? The iterator ends there as if nothing were missing."""
    with path.open("rb") as file:
        file.seek(offset)
        inflate = None
        chunk = file.read(2**16)
        if not chunk.startswith(b"\x1f\x8b"):
            return False
        while chunk:
            inflate = inflate or zlib.decompressobj(zlib.MAX_WBITS + 16)
            inflate.decompress(chunk)
            chunk = inflate.unused_data
            if inflate.eof:
                inflate = None
            chunk = chunk or file.read(2**16)
        return inflate is not None
