"""A local web server that plays all fictional outlets at once, up to a settable moment."""

import hashlib
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlsplit

from flows.demo.feeds import FEED_PATH, FEED_TYPES, render_feed
from flows.demo.pages import N_RELATED, render_page
from flows.demo.records import Archive, DemoArticle, Site, load_archive

_ROBOTS: Final = b"User-agent: *\nAllow: /\n"
_IDLE_SECONDS: Final = 30
"""A kept connection that says nothing for so long is closed."""


class DemoRequest(NamedTuple):
    """A request as it was answered."""

    path: str
    """With its query."""
    host: str
    status: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server says to one GET, before the headers that depend on the connection."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    etag: str | None = None


@dataclass(slots=True)
class DemoServer:
    """
    Serves the archive on 127.0.0.1 at a free port, by the name in the Host header.

    Use it as a context manager: the port is open from ``__enter__`` to ``__exit__``. Feeds and pages show
    what is published at ``now``; set it to replay the archive. It starts at the end.
    """

    archive: Archive = field(default_factory=load_archive)
    now: datetime = field(init=False)
    requests: list[DemoRequest] = field(init=False, default_factory=list)
    """In the order in which they were answered."""
    _sites: dict[str, Site] = field(init=False)
    _articles: dict[str, list[DemoArticle]] = field(init=False)
    _listener: "_Listener" = field(init=False)
    _thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        self.now = max(article.updated for article in self.archive.articles)
        self._sites = {site.host: site for site in self.archive.sites}
        self._articles = defaultdict(list)
        for article in sorted(self.archive.articles, key=lambda article: article.published):
            self._articles[article.outlet_id].append(article)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that a resolver has to lead here."""
        return tuple(self._sites)

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return int(self._listener.server_address[1])

    def __enter__(self) -> Self:
        self._listener = _Listener(self)
        # The default poll makes every shutdown wait half a second.
        self._thread = Thread(target=self._listener.serve_forever, args=(0.05,), name="demo", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()

    def answer(self, host: str, path: str) -> Reply:
        """
        Answer one GET.

        Args:
            host: From the Host header, with or without a port, in any case. Under ``m.`` the same is served.
            path: With or without a query, which changes nothing. Under ``/amp`` the same is served.

        Returns:
            A feed, a page, robots.txt, or 404 for all else, articles of the future included; 503 for everything
            on a day on which the outlet's server is down.
        """
        site = self._sites.get(host.partition(":")[0].lower().rstrip(".").removeprefix("m."))
        route = urlsplit(path).path.removeprefix("/amp")
        if site is None:
            return Reply(HTTPStatus.NOT_FOUND, b"No such host in the demo.\n")
        if self.now.date() in site.outage:
            return Reply(HTTPStatus.SERVICE_UNAVAILABLE, b"The server of this outlet is down.\n")
        if route == "/robots.txt":
            return Reply(HTTPStatus.OK, _ROBOTS)
        published = [
            article.as_of(self.now) for article in self._articles[site.outlet_id] if article.published <= self.now
        ]
        if route == FEED_PATH:
            body = render_feed(site, published, self.now.date())
            content_type = f"{FEED_TYPES[site.feed_format]}; charset={site.feed_charset}"
            return Reply(HTTPStatus.OK, body, content_type, _etag(body))
        for index, article in enumerate(published):
            if article.path == route:
                related = published[max(0, index - N_RELATED) : index]
                body = render_page(site, article, related)
                return Reply(HTTPStatus.OK, body, "text/html; charset=utf-8", _etag(body))
        return Reply(HTTPStatus.NOT_FOUND, b"No such page in the demo.\n")


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'


class _Listener(ThreadingHTTPServer):
    """The listening socket; its handlers find the demo here."""

    daemon_threads = True
    request_queue_size = 128
    """All outlets are asked at once; a connection that finds the queue full waits a second for its next try."""

    def __init__(self, demo: DemoServer) -> None:
        self.demo = demo
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was interrupted is no error of the server."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: _Listener
    protocol_version = "HTTP/1.1"
    server_version = "ParleyDemo"
    sys_version = ""
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        reply = self.server.demo.answer(host, self.path)
        if reply.etag is not None and self._holds(reply.etag):
            reply = Reply(HTTPStatus.NOT_MODIFIED, etag=reply.etag)
        self.server.demo.requests.append(DemoRequest(self.path, host, int(reply.status)))
        self.send_response(reply.status)
        if reply.etag is not None:
            self.send_header("ETag", reply.etag)
        if reply.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    do_HEAD = do_GET  # noqa: N815 (the base class finds it by this name)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class names it so)
        """Stay quiet: ``requests`` holds what a log would say."""

    def _holds(self, etag: str) -> bool:
        """Does the client hold this very body? RFC 9110, 13.1.2: a list, weakly compared, or a star."""
        known = [tag.strip().removeprefix("W/") for tag in self.headers.get("If-None-Match", "").split(",")]
        return etag in known or "*" in known
