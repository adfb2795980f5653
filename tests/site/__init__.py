"""A small real web server; a test says in ``pages`` what it answers. How it misbehaves is in ``behaviours``."""

import socket
import struct
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

Page = tuple[int, dict[str, str], bytes]
Behaviour = Callable[["Asked"], None]
"""Answers a request by itself, in its own time."""
Serves = Page | Behaviour


class Site:
    """
    Serves ``pages`` on a free port of 127.0.0.1, for any host name.

    A page is ``(status, headers, body)`` under its path, or under
    ``host/path`` where the host matters. An ``ETag`` among the headers is
    honoured with 304. A function in the place of a page answers as it likes.
    Unknown paths answer 404.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Serves] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        """``(host/path, headers)`` of each request, in order."""
        self.round = 0
        """Of a run in rounds: what changes from one to the next is chosen by it."""
        self.forbidden_port = 9
        """Of this machine, and another than ours: whoever asks there was led astray."""
        self.stopped = Event()
        self._asked: Counter[str] = Counter()
        self._lock = Lock()
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(path.partition("/")[2] for path, _ in self.requests)

    def __enter__(self) -> "Site":
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, host: str, path: str) -> Serves:
        name = host.partition(":")[0]
        return self.pages.get(f"{name}{path}") or self.pages.get(path) or (404, {}, b"not here")

    def note(self, address: str, headers: dict[str, str]) -> int:
        """Log a request; returns how often this address was asked for, this time included."""
        with self._lock:
            self.requests.append((address, headers))
            self._asked[address] += 1
            return self._asked[address]


class Asked:
    """One request, as a behaviour sees it."""

    def __init__(self, site: Site, handler: "_Handler", n: int) -> None:
        self.site = site
        self.path = handler.path
        self.headers = handler.headers
        self.n = n
        """How often this address was asked for, this time included."""
        self._handler = handler

    def serve(self, serves: Serves) -> None:
        """Answer as a page does, or hand on to another behaviour."""
        if callable(serves):
            serves(self)
            return
        status, headers, body = serves
        if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.head(status, headers if status == 304 else {**headers, "Content-Length": str(len(body))})
        self.write(body)

    def head(self, status: int, headers: dict[str, str]) -> None:
        """Status line and headers, no more than these."""
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def write(self, data: bytes) -> None:
        """Bytes onto the socket, as they are."""
        self._handler.wfile.write(data)

    def wait(self, seconds: float) -> bool:
        """Let time pass; ``False`` once the site is stopped."""
        return not self.site.stopped.wait(seconds)

    def hang_up(self, abruptly: bool = False) -> None:
        """Close the connection after this answer; abruptly: with a reset, whatever was announced."""
        self._handler.close_connection = True
        if abruptly:  # lingering for no time makes closing a reset
            self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._handler.connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, site: Site) -> None:
        self.site = site
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_arguments: Any) -> None:
        """A client that went away, or spoke TLS to us, is no matter for the test's output."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Head and body are written one after the other: the second would wait 40 ms for word of the first."""

    def do_GET(self) -> None:
        site, host = self.server.site, self.headers.get("Host", "")
        n = site.note(f"{host.partition(':')[0]}{self.path}", dict(self.headers))
        Asked(site, self, n).serve(site.answer(host, self.path))

    def log_message(self, *_arguments: Any) -> None:
        """Quiet."""
