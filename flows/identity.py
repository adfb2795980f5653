"""What makes two sightings the same item, and two addresses the same page."""

import hashlib
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from courlan import normalize_url

from flows.fetching import registrable_domain

SCHEMES = ("http", "https")
_VARIANTS = ("", "amp", "amp.html", "index.html", "m", "mobile", "print")


def stable_id(*parts: str) -> str:
    """A short, stable name for a tuple of strings: the first 80 bits of its SHA-256, in hex."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def clean_url(url: str, base: str | None = None) -> str | None:
    """
    The address without tracking parameters and fragment; ``None`` where it is no web address.

    Parameters that may tell two stories apart stay (``/?p=123``). Idempotent.
    """
    try:
        absolute = urljoin(base or "", url.strip().replace("&amp;", "&"))  # other entities may be parameters: &copy=
        if urlsplit(absolute).scheme.lower() not in SCHEMES or not urlsplit(absolute).hostname:
            return None
        plain, fragment = urldefrag(absolute)
        keeps_fragment = fragment.startswith("!")  # an address of its own, on pages built by script
        kept = absolute if keeps_fragment else plain
        cleaned = str(normalize_url(kept))
        return cleaned if _says_the_same(kept, cleaned) else kept
    except ValueError:
        return None


def names_page(canonical: str, *addresses: str | None) -> bool:
    """
    Does a canonical link end as one of the page's own addresses, variants of the page apart?

    ``/2025/12/slug`` is the story of ``/amp/2025/12/slug.html`` and of ``/2025/12/slug/amp``;
    the section's front page ``/news`` is nobody's story.
    """
    name = _last_name(canonical)
    return bool(name) and any(_last_name(address) == name for address in addresses if address)


def _last_name(url: str) -> str:
    names = [part.lower() for part in urlsplit(url).path.split("/") if part.lower() not in _VARIANTS]
    return names[-1].removesuffix(".html").removesuffix(".htm").removesuffix(".amp") if names else ""


def _says_the_same(url: str, cleaned: str) -> bool:
    """
    Did cleaning only take parameters away?

    It drops a query without a name, which may be the story's number (/read?1001), and reads
    some parameters as HTML entities: &section= becomes a paragraph sign.
    """
    before, after = (parse_qsl(urlsplit(address).query, keep_blank_values=True) for address in (url, cleaned))
    has_bare = any("=" not in token for token in urlsplit(url).query.split("&") if token)
    return not has_bare and set(after) <= set(before)


def item_key(guid: str | None, url: str | None, title: str | None, published_raw: str | None) -> tuple[str, str]:
    """``(key, rule)``: what identifies an item in its feed, by the first rung of the ladder that holds."""
    if guid:
        return guid, "guid"
    if url:
        return url, "url"
    return f"{title or ''}\x1f{published_raw or ''}", "title+date"


def page_address(asked: str, final: str | None, canonical: str | None) -> str:
    """
    The one address of a page: where redirects led, or what it calls its own.

    Both are believed only within the registrable domain that was asked: a
    canonical link elsewhere is syndication, not identity.
    """
    home = registrable_domain(asked)
    for candidate in (canonical, final):
        cleaned = clean_url(candidate, base=final or asked) if candidate else None
        if cleaned and registrable_domain(cleaned) == home and urlsplit(cleaned).path not in ("", "/"):
            return cleaned
    return asked
