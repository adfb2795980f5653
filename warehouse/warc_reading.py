"""Reading the archive back: every capture as it was written, or where it can no longer be read."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from warehouse.warc import Capture, Exchange, WarcPlace
from warehouse.warc_heads import EXACT, exactly, read_head, read_headers

CHUNK = 2**16
START = "Parley-Capture-Offset"
HTTP_RECORDS = (WarcRecordType.request, WarcRecordType.response)
MAX_HEADER_BYTES = 2**24
"""Of a record; a server's headers with line breaks stand there a second time, as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture, and the place of its answer."""

    capture: Capture
    place: WarcPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A place of the archive that cannot be read, and what is the matter with it."""

    place: WarcPlace
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """One request or answer of a capture."""

    offset: int
    kind: WarcRecordType
    fields: dict[str, str]
    head: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class _Damage:
    """What stands where a record should."""

    offset: int
    finding: str
    start: str = ""
    """Of the capture it belongs to, where that can still be read."""


def warc_files(folder: Path) -> list[str]:
    """The files below an archive's folder, in the order in which they were written."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.warc.gz"))


def read_captures(folder: Path, files: Iterable[str] | None = None) -> Iterator[Kept | Unreadable]:
    """
    Every capture in the order of writing.

    A file that a killed process tore gives all that stands before the tear, then an ``Unreadable``; reading goes
    on with the next file. An answer whose hash is not the stated one is ``Unreadable``, never a capture.

    Args:
        folder: A home's ``warc`` folder.
        files: Paths below it; all of them by default.
    """
    for name in warc_files(folder) if files is None else files:
        yield from _read_file(folder, name)


def read_capture(folder: Path, place: WarcPlace, body_sha256: str | None = None) -> Kept | Unreadable:
    """
    The one capture whose answer lies here.

    Args:
        folder: A home's ``warc`` folder.
        body_sha256: What the database says of the body, in hex; ``None``: it says nothing.
    """
    record = next(_records(folder / place.file, place.offset), _Damage(place.offset, "the file ends before"))
    if isinstance(record, _Damage):
        return Unreadable(place=place, finding=record.finding)
    start = record.fields.get(START, "")
    kept = next(_read_file(folder, place.file, int(start)), None) if start.isdecimal() else None
    if isinstance(kept, Unreadable):
        return kept
    if kept is None or kept.place != place:
        return Unreadable(place=place, finding="what stands here is no answer")
    if body_sha256 not in (None, hashlib.sha256(kept.capture.exchanges[-1].body).hexdigest()):
        return Unreadable(place=place, finding="the body's SHA-256 is not the one that the database has")
    return kept


def _read_file(folder: Path, name: str, start: int = 0) -> Iterator[Kept | Unreadable]:
    """The captures of one file, from the first record of one of them on."""
    for _, group in groupby(_records(folder / name, start), _capture_offset):
        records = list(group)
        last = records[-1]
        place = WarcPlace(name, last.offset)
        damages = [record for record in records if isinstance(record, _Damage)]
        if damages:
            yield from (Unreadable(place=WarcPlace(name, d.offset), finding=d.finding) for d in damages)
            continue
        try:
            capture = _capture([record for record in records if isinstance(record, _Record)])
        except (KeyError, ValueError, TypeError) as error:
            yield Unreadable(place=place, finding=f"no capture as Parley writes it ({type(error).__name__}: {error})")
            continue
        yield Kept(capture=capture, place=place)


def _capture_offset(record: _Record | _Damage) -> str:
    """What the records of one capture share."""
    start = record.fields.get(START, "") if isinstance(record, _Record) else record.start
    return start or f"at {record.offset}"


def _capture(records: list[_Record]) -> Capture:
    """
    Put a capture together.

    Raises:
        KeyError, ValueError, TypeError: A record is missing, or not as Parley writes it.
    """
    first = records[0].fields
    capture = Capture(
        kind=first["Parley-Kind"],
        asked_url=first["Parley-Asked-URI"],
        outlet_id=first.get("Parley-Outlet"),
        exchanges=(),
        robots=first.get("Parley-Robots"),
        elapsed_ms=int(first["Parley-Elapsed-Ms"]),
    )
    hops = [record.fields["Parley-Hop"] for record in records]
    n_hops = len(records) // 2
    if hops != [f"{hop}/{n_hops}" for hop in range(1, n_hops + 1) for _ in range(2)]:
        raise ValueError(f"its records are {', '.join(hops)}")
    exchanges = []
    for request, answer in zip(records[::2], records[1::2], strict=True):
        version, status, reason, headers = read_head(answer.head)
        exchange = Exchange(
            url=answer.fields["WARC-Target-URI"],
            fetched_utc=datetime.fromisoformat(answer.fields["WARC-Date"]),
            request_headers=read_headers(request.head)[1],
            http_version=version,
            http_status=status,
            reason=reason,
            headers=headers,
            body=answer.body,
            is_cut_off="WARC-Truncated" in answer.fields,
        )
        capture, exchange = exactly(capture, exchange, answer.fields.get(EXACT))
        exchanges.append(exchange)
    return replace(capture, exchanges=tuple(exchanges))


def _records(path: Path, start: int) -> Iterator[_Record | _Damage]:
    """The requests and answers of a file, each compared with its hash; the last item may say why there are no more."""
    begun = ""
    for offset, content in _gzip_members(path, start):
        if isinstance(content, str):
            yield _Damage(offset, content, begun)
            return
        try:
            records = ArchiveIterator(
                BytesIO(content), parse_http=False, max_header_len=MAX_HEADER_BYTES, stream_detect=False
            )
            record = next(records, None)
        except OSError as error:
            yield _Damage(offset, f"no WARC record ({error})")
            continue
        if record is None or record.record_type not in HTTP_RECORDS:
            continue
        block = record.reader.read()
        head, _, body = block.partition(b"\r\n\r\n")
        fields = dict(record.headers.items())
        begun = "" if _is_last(record.record_type, fields) else fields.get(START, "")
        stated = (fields.get("WARC-Block-Digest"), fields.get("WARC-Payload-Digest"))
        if stated == (_digest(block), _digest(body)):
            yield _Record(offset=offset, kind=record.record_type, fields=fields, head=head, body=body)
        else:
            finding = "the SHA-256 of what is stored is not the one that was written down"
            yield _Damage(offset, finding, fields.get(START, ""))


def _is_last(kind: WarcRecordType, fields: dict[str, str]) -> bool:
    """Does a capture end with this record?"""
    hop, _, n_hops = fields.get("Parley-Hop", "").partition("/")
    return kind is WarcRecordType.response and hop == n_hops


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _gzip_members(path: Path, start: int) -> Iterator[tuple[int, bytes | str]]:
    """Offset and content of each gzip member from here on; a finding instead of content where the file is broken."""
    offset = start
    try:
        with path.open("rb") as file:
            file.seek(start)
            inflate, parts, rest = _inflate(), [], b""
            while chunk := rest or file.read(CHUNK):
                parts.append(inflate.decompress(chunk))
                rest = inflate.unused_data
                if inflate.eof:
                    yield offset, b"".join(parts)
                    offset, inflate, parts = file.tell() - len(rest), _inflate(), []
            if file.tell() > offset:
                yield offset, "the file is torn here: its last record is not complete"
    except zlib.error as error:
        yield offset, f"the file is damaged here ({error})"
    except OSError as error:
        yield offset, f"cannot be read ({error.strerror})"


def _inflate() -> "zlib._Decompress":
    return zlib.decompressobj(zlib.MAX_WBITS + 16)
