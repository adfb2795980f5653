"""Redirects: where an answer sends us, how far we follow, and what is a lasting move."""

import httpx2

from flows.fetching.exchange import FetchStatus

MAX_REDIRECTS = 5
PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}

Failure = tuple[FetchStatus, str]
"""Why no answer counts: what became of the request, and the sentence for the log."""


class Chain:
    """The addresses that one request leads to, hop by hop."""

    def __init__(self, url: httpx2.URL) -> None:
        self.url = url
        """To be asked now."""
        self.permanent_url: str | None = None
        """Where permanent redirects alone have led; ``None``: nowhere else."""
        self._is_permanent = True
        self._seen = {str(url)}

    def follow(self, http_status: int, location: str) -> Failure | None:
        """
        Go where a redirect leads; ``url`` is then the next address.

        Returns:
            Why it is not followed; ``None``: it is.
        """
        if len(self._seen) > MAX_REDIRECTS:
            return FetchStatus.CLIENT_ERROR, f"more than {MAX_REDIRECTS} redirects"
        following = web_address(location, self.url)
        if following is None:
            return FetchStatus.BAD_ADDRESS, f"redirects to {location[:200]!r}, which is no web address"
        if str(following) in self._seen:
            return FetchStatus.CLIENT_ERROR, f"redirects in a circle, back to {following}"
        self._seen.add(str(following))
        self.url = following
        self._is_permanent = self._is_permanent and http_status in PERMANENT
        if self._is_permanent:
            self.permanent_url = str(following)
        return None


def web_address(text: str, base: httpx2.URL | None = None) -> httpx2.URL | None:
    """
    An address as it can be asked: absolute, without user name and fragment.

    Returns:
        ``None`` where this is no address of the web.
    """
    try:
        url = base.join(text) if base is not None else httpx2.URL(text)
        port = 80 if url.port is None else url.port
        if url.scheme not in ("http", "https") or not url.host or not 0 < port < 2**16:
            return None
        return url.copy_with(userinfo=b"", fragment=None)
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        return None
