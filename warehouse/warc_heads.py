"""How requests, answers and times stand in a WARC record, and how they are read back exactly."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from warehouse.warc import Capture, Exchange

Headers = tuple[tuple[str, str], ...]

TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""They speak of how the body travelled; it is stored decompressed, so they are kept under another name."""
ORIGINAL = "X-Archive-Orig-"
"""As Common Crawl names them."""
EXACT = "Parley-Exact"
"""JSON: what a record cannot say in its own form, such as a header with a line break."""
OF_THE_WHOLE = ("kind", "asked_url", "outlet_id", "failure", "imported_from")
_VISIBLE = "".join(map(chr, range(0x21, 0x7F)))


def uri(text: str, also: str = "") -> str:
    """A text as a header may carry it: everything but visible ASCII is percent-encoded."""
    return quote(text, safe=_VISIBLE + also, errors="replace")


def warc_date(time: datetime) -> str:
    """With microseconds, which WARC/1.1 allows: ids are made of times, so none may be lost."""
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def response_head(exchange: "Exchange") -> bytes:
    """Status line and headers, with a length that fits the body as it is stored."""
    version = exchange.http_version if re.fullmatch(r"HTTP/1\.[01]", exchange.http_version) else "HTTP/1.1"
    status = " ".join(f"{version} {exchange.http_status} {_text(exchange.reason)}".split())
    headers = [(f"{ORIGINAL}{name}" if name.lower() in TRANSFER else name, value) for name, value in exchange.headers]
    return _head(status, (*headers, ("Content-Length", str(len(exchange.body)))))


def request_head(exchange: "Exchange") -> bytes:
    """The request line and its headers."""
    try:
        parts = urlsplit(exchange.url)
    except ValueError:  # an address that was asked has none of these; one that was imported may
        return _head(f"GET {uri(exchange.url)} HTTP/1.1", exchange.request_headers)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _head(f"GET {uri(target)} HTTP/1.1", exchange.request_headers)


def read_head(head: bytes) -> tuple[str, int, str, Headers]:
    """
    ``(version, status, reason, headers)`` of an answer that ``response_head`` wrote.

    Raises:
        ValueError: It is not one.
    """
    status_line, headers = read_headers(head)
    version, status, *reason = status_line.split(" ", 2)
    if not headers or headers[-1][0] != "Content-Length":
        raise ValueError("the answer's headers are not as Parley writes them")
    return version, int(status), reason[0] if reason else "", tuple((_own_name(k), v) for k, v in headers[:-1])


def read_headers(head: bytes) -> tuple[str, Headers]:
    """First line and headers of a request or an answer."""
    first, *lines = head.decode("utf-8", "replace").split("\r\n")
    return first, tuple(
        (name, value.removeprefix(" ")) for name, _, value in (line.partition(":") for line in lines if line)
    )


def exact_field(capture: "Capture", exchange: "Exchange") -> dict[str, str]:
    """The record's field for what is not read back as it was; empty where all is, which is the rule."""
    differing = {
        name: exact
        for name, exact, plain in (
            ("kind", capture.kind, uri(capture.kind)),
            ("asked_url", capture.asked_url, uri(capture.asked_url)),
            ("outlet_id", capture.outlet_id, None if capture.outlet_id is None else uri(capture.outlet_id)),
            ("failure", capture.failure, None),
            ("imported_from", capture.imported_from, None),
            ("url", exchange.url, uri(exchange.url)),
            ("request_headers", exchange.request_headers, read_headers(request_head(exchange))[1]),
            *zip(
                ("http_version", "http_status", "reason", "headers"),
                (exchange.http_version, exchange.http_status, exchange.reason, exchange.headers),
                read_head(response_head(exchange)),
                strict=True,
            ),
        )
        if exact != plain
    }
    return {EXACT: json.dumps(differing, separators=(",", ":"))} if differing else {}


def exactly(capture: "Capture", exchange: "Exchange", field: str | None) -> tuple["Capture", "Exchange"]:
    """
    The two with what ``exact_field`` said of them.

    Raises:
        ValueError: The field is not what ``exact_field`` writes.
    """
    stated: dict[str, Any] = json.loads(field) if field else {}
    for name in ("headers", "request_headers"):
        if name in stated:
            stated[name] = tuple((str(key), str(value)) for key, value in stated[name])
    if "failure" in stated:
        status, reason = stated["failure"]
        stated["failure"] = str(status), str(reason)
    whole = {name: stated.pop(name) for name in OF_THE_WHOLE if name in stated}
    return replace(capture, **whole), replace(exchange, **stated)


def _own_name(name: str) -> str:
    return name[len(ORIGINAL) :] if name.startswith(ORIGINAL) else name


def _head(first: str, headers: Headers) -> bytes:
    lines = [first, *(f"{_name(name)}: {_text(value)}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("utf-8", "replace")


def _name(name: str) -> str:
    return re.sub(r"[^!-9;-~]", "_", name) or "_"


def _text(value: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", " ", value)
