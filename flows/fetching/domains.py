"""Registrable domains: the unit of politeness and of trust."""

from functools import cache
from urllib.parse import urlsplit

import httpx2
import tldextract


def registrable_domain(url: str) -> str:
    """
    ``https://www.bbc.co.uk/news`` -> ``bbc.co.uk``; the last two labels where the suffix is no public one.

    One spelling of a host for all: lower case, as IDNA writes it (``www.bücher.example`` -> ``xn--bcher-kva.example``),
    without the root's dot.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _domain_of(host)


@cache
def _domain_of(spelling: str) -> str:
    host = _as_asked(spelling).removesuffix(".")
    return _suffixes()(host).top_domain_under_public_suffix or (
        ".".join(host.split(".")[-2:]) if any(c.isalpha() for c in host) and ":" not in host else host
    )


def _as_asked(host: str) -> str:
    """As httpx2 asks for it; a name that it cannot ask for stays as it is."""
    if host.isascii():
        return host
    try:
        return httpx2.URL(f"http://{host}").raw_host.decode("ascii")
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        return host


@cache
def _suffixes() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list it ships; no download
