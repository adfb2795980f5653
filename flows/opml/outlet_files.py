"""Outlet files of the registry, written from lists of feeds."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from flows.fetching.domains import registrable_domain
from flows.opml.outlet_places import web_address
from flows.opml.outlines import Outline
from framing.records import Feed, Outlet

UNKNOWN_COUNTRY = "ZZ"
"""Unknown region, which CLDR has in the place of an ISO 3166-1 code."""
UNKNOWN_LANGUAGE = "und"
"""Undetermined, ISO 639-2: no prior for any language, so that each text's own words decide."""
HEAD = """\
# {name}, from a list of feeds. What the list did not say is unknown: country "ZZ", language "und".
# One file per outlet. The file name is the outlet_id: it never changes once articles are stored.
# To stop watching it, set watch = false.

"""


def outlet_table(feeds: Sequence[tuple[str, Outline]], day: datetime.date) -> str:
    """The upper part of a new outlet's file; the first of its feeds names its site."""
    list_name, outline = feeds[0]
    address = web_address(outline.home) or web_address(outline.url) or ""
    domain = registrable_domain(address)
    keys: dict[str, Any] = {
        "name": domain,
        "home": web_address(outline.home) or f"https://{domain}/",
        "country": UNKNOWN_COUNTRY,
        "languages": sorted({other.settings.get("language") or UNKNOWN_LANGUAGE for _, other in feeds}),
        "outlet_class": "unknown",
        "class_source": f"the list {list_name} (read {day}) says nothing of it",
    }
    keys |= {name: value for name, value in outline.outlet.items() if name != "outlet_id" and value}
    ordered = [known.name for known in fields(Outlet) if known.name in keys]
    return HEAD.format(name=_one_line(str(keys["name"]))) + "".join(_line(name, keys[name]) for name in ordered)


def feed_tables(feeds: Sequence[tuple[str, Outline]], day: datetime.date) -> str:
    """``[[feeds]]`` for each feed of a list, with its title and groups as a comment."""
    return "".join(f"\n{_comment(outline)}[[feeds]]\n{_feed_lines(name, outline, day)}" for name, outline in feeds)


def _feed_lines(list_name: str, outline: Outline, day: datetime.date) -> str:
    keys: dict[str, Any] = {
        "url": web_address(outline.url),
        "language": UNKNOWN_LANGUAGE,
        "verified": "unverified",
        "verified_source": f"the list {list_name} (read {day}): named there, nobody is said to have fetched it",
    }
    keys |= {name: value for name, value in outline.settings.items() if name != "url" and value is not None}
    ordered = [known.name for known in fields(Feed) if known.name in keys]
    return "".join(_line(name, keys[name]) for name in ordered)


def _comment(outline: Outline) -> str:
    words = " / ".join(part for part in (*outline.groups, outline.title) if part)
    return f"# {_one_line(words)}\n" if words and not outline.outlet else ""


def _one_line(words: str) -> str:
    return "".join(c for c in " ".join(words.split()) if c.isprintable())


def _line(name: str, value: Any) -> str:
    return f"{name} = {toml(value)}\n"


def toml(value: Any) -> str:
    """A value as TOML writes it: JSON's strings, numbers, lists and truth values are TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
