"""What makes two addresses the same page."""

import hashlib
import re
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import httpx2

from flows.fetching.domains import registrable_domain
from flows.pages.tracking import is_tracking
from framing.records import Outlet

SCHEMES = {"http": 80, "https": 443}
"""Each with the port that goes without saying."""
MAX_CHARACTERS = 8_000
"""Longer than any server reads (the usual limit is 8 KB for the request line), and as long as a hostile feed likes."""
MIN_TELLING = 5
"""Characters of a name that is a story's in whatever directory: a number below 10,000 may be counted in each anew."""
_AMPERSAND = re.compile(r"&(?:amp;)+")
_PERCENT = re.compile("%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_AMP_CACHE = re.compile(
    r"https?://(?:[^/?#]+\.cdn\.ampproject\.org|(?:www\.)?google\.[a-z.]+/amp|[^/?#]+\.bing-amp\.com)"
    r"(?:/(?:[a-rt-z]/)?(s/)?)(?=[^/?#]+\.[^/?#]+/)(.+)"
)
"""An address in a cache of AMP pages holds the publisher's own: https where it is preceded by ``s/``."""
_VARIANTS = frozenset(("", "amp", ".amp", "google-amp", "sn-amp", "amp.html", "index.html", "m", "mobile", "print"))
_VARIANT_PARAMETERS = frozenset(("amp", "_amp", "hs_amp", "amp-content", "outputtype", "m", "print"))
"""
What a page's AMP and mobile variants add to its address. Of 131 variants that the 181 pages of the corpus name, 127 are
known by these for the page that names them; the other four have names of their own.
"""


def stable_id(*parts: str) -> str:
    """A short, stable name for a tuple of strings: the first 80 bits of its SHA-256, in hex."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def clean_url(url: str, base: str | None = None) -> str | None:
    """
    The address without tracking parameters and fragment; ``None`` where it is no web address.

    Two spellings become one only where a server cannot tell them apart (RFC 3986, 6.2.2: case of scheme and host, IDNA,
    the port that goes without saying, ``.`` and ``..``, the case of percent signs) or where the difference is known to
    be tracking. All that may tell two stories apart stays: ``/?p=123``, ``/read?1001``, upper case in a path, the order
    of parameters, doubled slashes. Addresses in AMP caches become the publisher's own. Idempotent.

    Args:
        url: As the feed or the page writes it, perhaps relative, perhaps with ``&amp;``.
        base: What it is relative to.
    """
    try:
        return _cleaned(urljoin(base or "", url.strip()))
    except (ValueError, httpx2.InvalidURL):
        return None


def _cleaned(absolute: str) -> str | None:
    if len(absolute) > MAX_CHARACTERS or not urlsplit(absolute).hostname:
        return None
    # What httpx2 makes of an address is what a server is asked for.
    asked = urlsplit(_AMPERSAND.sub("&", str(httpx2.URL(_PERCENT.sub(_normal_percent, absolute)))))
    host = (asked.hostname or "").removesuffix(".")  # the root of all names
    if asked.scheme not in SCHEMES or not all(host.split(".")) or "%" in host:
        return None
    user, at, _ = asked.netloc.rpartition("@")
    port = f":{asked.port}" if asked.port not in (None, SCHEMES[asked.scheme]) else ""
    netloc = f"{user}{at}{f'[{host}]' if ':' in host else host}{port}"
    query = "&".join(token for token in asked.query.split("&") if token and not is_tracking(token))
    # A fragment names a place on a page, or, where a script builds the page, the page itself.
    fragment = asked.fragment if asked.fragment.startswith(("!", "/")) else ""
    cleaned = urlunsplit((asked.scheme, netloc, asked.path or "/", query, fragment))
    in_cache = _AMP_CACHE.fullmatch(cleaned)
    return clean_url(f"{'https' if in_cache[1] else 'http'}://{in_cache[2]}") if in_cache else cleaned


def _normal_percent(sign: re.Match[str]) -> str:
    """What need not be escaped is not, and a percent sign that escapes nothing is."""
    if sign[1] is None:
        return "%25"
    character = chr(int(sign[1], 16))
    return character if character in _UNRESERVED else sign[0].upper()


def names_page(canonical: str, *addresses: str | None) -> bool:
    """
    Does a canonical link end as one of the page's own addresses, variants of the page apart?

    ``/2025/12/slug`` is the story of ``/amp/2025/12/slug.html`` and of ``/2025/12/slug/amp``; the section's front page
    ``/news`` is nobody's story, ``/story.php`` is not ``/story.php?id=7``, and the ``/01/live`` of one day is not the
    ``/02/live`` of the next. Where directories differ, only a name of several words or with a number tells.
    """
    return any(_is_same_name(_names(canonical), _names(address)) for address in addresses if address)


def _is_section_of(canonical: str, address: str) -> bool:
    """Is a canonical link a directory above the page, and of one plain word: ``/news`` of ``/news/talks-end``?"""
    (path, _), (other_path, _) = _names(canonical), _names(address)
    return 0 < len(path) < len(other_path) and other_path[: len(path)] == path and path[-1].isalpha()


def _is_same_name(one: tuple[list[str], str], other: tuple[list[str], str]) -> bool:
    (path, query), (other_path, other_query) = one, other
    if not path or not other_path or path[-1] != other_path[-1] or query != other_query:
        return False
    numbers, other_numbers = ([part for part in names if part.isdecimal()] for names in (path, other_path))
    is_telling = len(path[-1]) >= MIN_TELLING and not path[-1].isalpha()
    return path == other_path or (numbers == other_numbers and is_telling)


def _names(url: str) -> tuple[list[str], str]:
    """The names in an address, in lower case and without what marks a variant, and its query likewise."""
    parts = urlsplit(url)
    names = [name for name in unquote(parts.path).lower().split("/") if name not in _VARIANTS]
    names[-1:] = [name.removesuffix(".html").removesuffix(".htm").removesuffix(".amp") for name in names[-1:]]
    tokens = [token for token in parts.query.split("&") if token and not is_tracking(token)]
    return names, "&".join(token for token in tokens if token.partition("=")[0].lower() not in _VARIANT_PARAMETERS)


def page_address(asked: str, final: str | None, canonical: str | None, outlet: Outlet | None = None) -> str:
    """
    The one address of a page: what it calls its own, or where redirects led; on the outlet's home host.

    Both are believed only within the registrable domain that was asked and the outlet's own: a canonical link elsewhere
    is syndication, not identity.

    Args:
        outlet: Its home and mirror hosts count as one; ``None`` where it is unknown.
    """
    domains = {registrable_domain(asked)} | {registrable_domain(f"//{host}") for host in _hosts(outlet)}
    own = clean_url(canonical, base=final or asked) if canonical else None
    if own and _is_section_of(own, final or asked):
        own = None
    for cleaned in (own, clean_url(final) if final else None):
        if cleaned and registrable_domain(cleaned) in domains and (not is_front_page(cleaned) or is_front_page(asked)):
            return at_home(cleaned, outlet)
    return at_home(asked, outlet)


def page_key(outlet_id: str, url: str, outlet: Outlet | None = None) -> tuple[str, str]:
    """
    What pages are looked up by before they are asked for: alike for http and https, and for an outlet's mirrors.

    That a host serves other stories by https than by http is not known of any; browsers ask by https whatever a link
    says. Mobile and AMP hosts are told apart until their page was read: its canonical link may join them then.
    """
    return outlet_id, at_home(url, outlet).replace("https://", "http://", 1)


def at_home(url: str, outlet: Outlet | None) -> str:
    """An address on one of the outlet's mirror hosts as it is on its home host; any other as it stands."""
    if outlet is None or not outlet.mirrors:
        return url
    parts, home = urlsplit(url), urlsplit(outlet.home)
    host = parts.hostname or ""
    for mirror in outlet.mirrors:
        if host in (mirror, f"www.{mirror}"):
            return parts._replace(scheme=home.scheme, netloc=home.netloc).geturl()
        if host.endswith(f".{mirror}"):
            netloc = f"{host.removesuffix(mirror)}{registrable_domain(outlet.home)}"
            return parts._replace(scheme=home.scheme, netloc=netloc).geturl()
    return url


def is_front_page(url: str) -> bool:
    """Is an address the host's own, whatever its query? A story may live there all the same: ``/?p=123``."""
    return urlsplit(url).path in ("", "/")


def _hosts(outlet: Outlet | None) -> tuple[str, ...]:
    return (urlsplit(outlet.home).netloc, *outlet.mirrors) if outlet else ()
