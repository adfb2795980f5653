"""Registrable domains: the unit of politeness and of trust."""

from functools import cache
from urllib.parse import urlsplit

import tldextract


def registrable_domain(url: str) -> str:
    """``https://www.bbc.co.uk/news`` -> ``bbc.co.uk``; the last two labels where the suffix is no public one."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _domain_of(host)


@cache
def _domain_of(host: str) -> str:
    return _suffixes()(host).top_domain_under_public_suffix or (
        ".".join(host.split(".")[-2:]) if any(c.isalpha() for c in host) and ":" not in host else host
    )


@cache
def _suffixes() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list it ships; no download
