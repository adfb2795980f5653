"""The archive: every answer as it came, in WARC files, before anything reads it."""

import hashlib
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import IO

from warcio.warcwriter import WARCWriter

from warehouse.home import Home
from warehouse.store import storage_errors
from warehouse.warc_heads import exact_field, request_head, response_head, uri, warc_date

MAX_FILE_BYTES = 10**9
"""What the WARC standard advises: small enough to be moved and checked in one piece, large enough to be few."""
COMPRESSION = 2
"""On 181 real pages of 186 kB level 9, which warcio takes, needs 5.0 ms a page, 6 needs 3.0 ms, 4 needs 1.7 ms, 2 needs
1.2 ms and 15 % more room than 6. Fetching shares its cores with extraction, so the time counts for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer; a redirect is an exchange of its own."""

    url: str
    fetched_utc: datetime
    request_headers: tuple[tuple[str, str], ...]
    http_version: str
    """As in the status line: HTTP/1.1."""
    http_status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """Decompressed; cut off where it grew past its limit."""
    is_cut_off: bool = False
    """Is ``body`` not the whole: past its limit, out of time, or broken?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What came of one address that was asked: its redirects, then its answer."""

    kind: str
    """feed, page, robots or discovery."""
    asked_url: str
    outlet_id: str | None
    exchanges: tuple[Exchange, ...]
    """At least one; the last is the answer."""
    failure: tuple[str, str] | None = None
    """Fetch status and reason where the last answer does not count: cut off, or no answer came from where it leads."""
    robots: str | None = None
    """allowed, disallowed or unreachable; ``None``: not asked."""
    elapsed_ms: int = 0
    imported_from: str | None = None
    """The name of the WARC file of others that it was copied from; ``None``: Parley asked itself."""


@dataclass(frozen=True, slots=True)
class WarcPlace:
    """Where an answer lies in the archive."""

    file: str
    """Below the home's ``warc`` folder."""
    offset: int
    """Of the record, in bytes of the compressed file."""


class Archive:
    """
    Writes captures to WARC files of its own, one after the other.

    A file is made at the first capture and never opened again once its writer is gone: behind the tear that a
    killed process leaves, nothing could be found. Each record is a gzip member, so that an offset is enough to
    read it. May be called from several threads.
    """

    def __init__(self, home: Home, clock: Callable[[], datetime], user_agent: str) -> None:
        self._home = home
        self._clock = clock
        self._user_agent = user_agent
        self._lock = Lock()
        self._file: IO[bytes] | None = None
        self._size = 0
        self._serial = 0

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def write(self, capture: Capture) -> WarcPlace:
        """
        Keep one capture, whole or not at all.

        Returns:
            The place of its answer. It outlives a power cut after the next ``sync``.

        Raises:
            StorageError: The disk is full, or this user may not write there.
        """
        with self._lock, storage_errors(self._home):
            if self._file is not None and self._size >= MAX_FILE_BYTES:
                self._finish()
            file = self._file or self._start()
            members = _members(capture, self._size)
            place = WarcPlace(
                str(Path(file.name).relative_to(self._home.warc)), self._size + sum(map(len, members[:-1]))
            )
            self._append(file, b"".join(members))
            return place

    def sync(self) -> None:
        """Wait until the disk holds what was written; called before a database commit refers to it."""
        with self._lock, storage_errors(self._home):
            if self._file is not None:
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """Finish the file; a later capture starts another one."""
        with self._lock, storage_errors(self._home):
            self._finish()

    def _start(self) -> IO[bytes]:
        now = self._clock().astimezone(UTC)
        folder = self._home.warc / f"{now:%Y}" / f"{now:%m}"
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / f"parley-{now:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}-{self._serial:05}.warc.gz"
            self._serial += 1
            try:
                file = path.open("xb", buffering=0)
                break
            except FileExistsError:  # two runs under a clock that stands still
                continue
        self._file, self._size = file, 0
        self._append(file, _warcinfo(path.name, now, self._user_agent))
        for changed in (folder, folder.parent, self._home.warc):
            _sync_folder(changed)
        return file

    def _append(self, file: IO[bytes], content: bytes) -> None:
        """All of it, or nothing: what a full disk took in is given back, and the file is closed for good."""
        left = memoryview(content)
        try:
            while left:
                left = left[file.write(left) :]
        except OSError:
            file.truncate(self._size)
            self._file = None
            file.close()
            raise
        self._size += len(content)

    def _finish(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            with file:
                os.fsync(file.fileno())


def _members(capture: Capture, start: int) -> list[bytes]:
    """The records of a capture, each as a gzip member: a request and its response for each exchange."""
    members = []
    before = None
    n_hops = len(capture.exchanges)
    for hop, exchange in enumerate(capture.exchanges, 1):
        fields = {
            "WARC-Target-URI": uri(exchange.url),
            "WARC-Date": warc_date(exchange.fetched_utc),
            "Parley-Kind": uri(capture.kind),
            "Parley-Asked-URI": uri(capture.asked_url),
            "Parley-Elapsed-Ms": str(capture.elapsed_ms),
            "Parley-Hop": f"{hop}/{n_hops}",
            "Parley-Capture-Offset": str(start),
        }
        if capture.outlet_id is not None:
            fields["Parley-Outlet"] = uri(capture.outlet_id)
        if capture.robots is not None:
            fields["Parley-Robots"] = uri(capture.robots)
        name = WARCWriter._make_warc_id()
        tie: dict[str, str] = {"WARC-Concurrent-To": before} if before else {}
        extra = exact_field(capture, exchange) | ({"WARC-Truncated": "unspecified"} if exchange.is_cut_off else {})
        members.append(_member("request", request_head(exchange), b"", {**fields, "WARC-Concurrent-To": name}))
        members.append(
            _member(
                "response", response_head(exchange), exchange.body, {"WARC-Record-ID": name, **fields, **tie, **extra}
            )
        )
        before = name
    return members


def _member(kind: str, head: bytes, body: bytes, fields: dict[str, str]) -> bytes:
    """
    One record, byte for byte as warcio writes it, without its copies of the body: 1.6 ms a page where that took 1.8.

    Args:
        head: Of the HTTP message, with the empty line.
    """
    block = hashlib.sha256(head)
    payload = hashlib.sha256(body)
    block.update(body)
    lines = {
        **fields,
        "WARC-Block-Digest": f"sha256:{block.hexdigest()}",
        "WARC-Payload-Digest": f"sha256:{payload.hexdigest()}",
        "WARC-Type": kind,
    }
    lines.setdefault("WARC-Record-ID", WARCWriter._make_warc_id())
    lines |= {"Content-Type": f"application/http; msgtype={kind}", "Content-Length": str(len(head) + len(body))}
    written = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return _compress(f"WARC/1.1\r\n{written}\r\n".encode(), head, body, b"\r\n\r\n")


def _warcinfo(name: str, now: datetime, user_agent: str) -> bytes:
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version="1.1")
    record = writer.create_warcinfo_record(
        name,
        {
            "software": f"Parley/{version('parley')} warcio/{version('warcio')}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obeyed for pages; feeds are published to be polled",
            "http-header-user-agent": uri(user_agent, " "),
        },
    )
    record.rec_headers.replace_header("WARC-Date", warc_date(now))
    writer.write_record(record)
    return _compress(buffer.getvalue())


def _compress(*parts: bytes) -> bytes:
    gzip = zlib.compressobj(COMPRESSION, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return b"".join([*map(gzip.compress, parts), gzip.flush()])


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
