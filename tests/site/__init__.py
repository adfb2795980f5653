"""A small real web server; a test says in ``pages`` what it answers."""

from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Page = tuple[int, dict[str, str], bytes]


class Site:
    """
    Serves ``pages`` on a free port of 127.0.0.1, for any host name.

    A page is ``(status, headers, body)`` under its path, or under
    ``host/path`` where the host matters. An ``ETag`` among the headers is
    honoured with 304. Unknown paths answer 404.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        """``(host/path, headers)`` of each request, in order."""
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
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, host: str, path: str) -> Page:
        name = host.partition(":")[0]
        return self.pages.get(f"{name}{path}") or self.pages.get(path) or (404, {}, b"not here")


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

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        self.server.site.requests.append((f"{host.partition(':')[0]}{self.path}", dict(self.headers)))
        status, headers, body = self.server.site.answer(host, self.path)
        if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Quiet."""
