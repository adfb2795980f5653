"""From the archive back to the responses that were read from the network."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows.fetching.exchange import FetchStatus, Request, Response, meaning_of
from flows.fetching.politeness import retry_after
from flows.fetching.redirects import REDIRECTS, Chain, web_address
from warehouse.warc import Capture, Exchange
from warehouse.warc_reading import Kept

Asked = tuple[str | None, str]
"""Outlet and address of a request."""


class ArchivedSession:
    """A session that gives what was received once, and never touches the network."""

    def __init__(self, responses: Mapping[Asked, Response]) -> None:
        self._responses = responses

    def fetch_all(self, requests: Sequence[Request]) -> list[Response]:
        """One response per request, in the order of the requests."""
        return [self._responses[request.outlet_id, request.url] for request in requests]

    def fetch_each(self, requests: Iterable[Request]) -> Iterator[tuple[int, Response]]:
        """The place of each request and its response, in the order of the requests."""
        for place, request in enumerate(requests):
            yield place, self._responses[request.outlet_id, request.url]


def response_of(kept: Kept) -> Response:
    """The response that this capture was when it came in."""
    capture = kept.capture
    chain = _chain(capture)
    answer = capture.exchanges[-1]
    is_end = chain is None or str(chain.url) == answer.url
    last = answer if is_end else None
    status, error = _outcome(capture)
    is_refused = answer.http_status >= 400
    return Response(
        url=capture.asked_url,
        final_url=last.url if last else None,
        status=status,
        http_status=last.http_status if last else None,
        content_type=_header(last, "content-type"),
        etag=_header(last, "etag"),
        last_modified=_header(last, "last-modified"),
        body=last.body if last and status is FetchStatus.OK else b"",
        fetched_utc=answer.fetched_utc,
        elapsed_ms=capture.elapsed_ms,
        error=error,
        permanent_url=chain.permanent_url if chain and last else None,
        headers=last.headers if last else (),
        robots=capture.robots,
        place=kept.place,
        retry_after_utc=retry_after(_header(answer, "retry-after"), answer.fetched_utc, _header(answer, "date"))
        if is_refused
        else None,
    )


def _outcome(capture: Capture) -> tuple[FetchStatus, str | None]:
    """What became of the request, and what went wrong."""
    if capture.failure is not None:
        return FetchStatus(capture.failure[0]), capture.failure[1]
    return meaning_of(capture.exchanges[-1])


def _chain(capture: Capture) -> Chain | None:
    """Where the redirects led; ``None`` where others asked, by rules of their own."""
    url = web_address(capture.asked_url)
    if url is None or capture.imported_from is not None:
        return None
    chain = Chain(url)
    for exchange in capture.exchanges:
        location = _header(exchange, "location")
        if exchange.http_status in REDIRECTS and location:
            chain.follow(exchange.http_status, location)
    return chain


def _header(exchange: Exchange | None, name: str) -> str | None:
    headers = exchange.headers if exchange else ()
    return next((value for key, value in headers if key.lower() == name), None)
