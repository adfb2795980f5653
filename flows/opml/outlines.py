"""OPML: lists of feeds, as feed readers and other installations of Parley exchange them."""

import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from listparser.common import SuperDict
from listparser.opml import OpmlMixin
from lxml import etree

from flows.feeds.charsets import decode
from flows.feeds.xml_feed import ILLEGAL
from framing.records import Feed, Outlet

NAMESPACE = "urn:parley:opml"
PREFIX = "parley"
"""Attributes of this prefix carry what the registry says of a feed or an outlet, one attribute a key."""

MAX_GROUPS = 10
"""Around one feed; a list nested deeper was made to be slow."""
ADDRESS = re.compile(r"\bxmlurl\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list."""

    url: str
    """As the list gives it, which may be anything."""
    title: str
    home: str
    """The site that the list names for it; often empty."""
    groups: tuple[str, ...]
    """Titles of the outlines around it, and its categories."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What the list says of ``framing.records.Feed``, by field."""
    outlet: dict[str, Any] = field(default_factory=dict)
    """What the outline around it says of ``framing.records.Outlet``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """One list."""

    outlines: tuple[Outline, ...]
    """In its order; empty where it has none, or is no list."""
    n_unread: int
    """Addresses of feeds that stand in the text and in no outline that could be read."""


class _Outlines(OpmlMixin):
    """
    listparser's reader, which also hands over what it has no word for.

    It keeps of each address one outline, without its attributes; here every outline with
    an address is kept, so that duplicates can be counted.
    """

    def __init__(self) -> None:
        super().__init__()
        self.harvest = {"meta": SuperDict(), "feeds": [], "lists": [], "opportunities": []}
        self.outlines: list[Outline] = []
        self._outlets: list[dict[str, Any]] = [{}]

    def start_opml_outline(self, attrs: dict[str, str]) -> None:
        groups = [title for title in self.hierarchy[-MAX_GROUPS:] if title]
        super().start_opml_outline(attrs)
        about = _stated(Outlet, attrs)
        if "outlet_id" in about:
            about |= {"name": attrs.get("text", ""), "home": attrs.get("htmlurl", "")}
        self._outlets.append(about if "outlet_id" in about else self._outlets[-1])
        if "xmlurl" in attrs:
            categories = [part.strip() for part in attrs.get("category", "").split(",") if part.strip()]
            outline = Outline(
                url=attrs["xmlurl"].strip(),
                title=(attrs.get("text") or attrs.get("title") or "").strip(),
                home=attrs.get("htmlurl", "").strip(),
                groups=(*groups, *categories),
                settings=_stated(Feed, attrs),
                outlet=self._outlets[-1],
            )
            self.outlines.append(outline)

    def end_opml_outline(self) -> None:
        if len(self._outlets) > 1:  # there may be an end without a beginning
            self._outlets.pop()
            super().end_opml_outline()


def read_opml(body: bytes) -> FeedList:
    """
    The feeds of a list.

    Most lists are not well-formed XML, so they are read as browsers read pages; nothing is repaired by
    guessing. What is lost that way, such as an outline with a link in its description, is counted.
    """
    reader = _Outlines()
    text = decode(body, None).text
    if text.strip():
        target: Any = reader  # lxml's types ask for a result of its close()
        parser = etree.HTMLParser(target=target, recover=True, encoding="utf-8", huge_tree=True)
        etree.parse(io.BytesIO(text.encode("utf-8", "replace")), parser)
    n_unread = max(len(ADDRESS.findall(text)) - len(reader.outlines), 0)
    return FeedList(outlines=tuple(reader.outlines), n_unread=n_unread)


def write_opml(outlets: Iterable[Outlet], title: str) -> bytes:
    """A list of all feeds of some outlets, one outline around those of each outlet, with what the registry says."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={PREFIX: NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for outlet in outlets:
        about = asdict(outlet)
        feeds, name, home = about.pop("feeds"), about.pop("name"), about.pop("home")
        group = etree.SubElement(body, "outline", {"text": _legal(name), "htmlUrl": home} | _attributes(about))
        for feed in feeds:
            url = feed.pop("url")
            known = {"type": "rss", "text": _legal(name), "xmlUrl": url, "htmlUrl": home}
            etree.SubElement(group, "outline", known | _attributes(feed))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _attributes(keys: Mapping[str, Any]) -> dict[str, str]:
    """Texts as they are, other values as JSON; a key without value is left out."""
    return {
        f"{{{NAMESPACE}}}{key}": _legal(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for key, value in keys.items()
        if value is not None
    }


def _stated(record: type[Outlet | Feed], attrs: Mapping[str, str]) -> dict[str, Any]:
    """Our attributes, as the values of the record's fields; what cannot be a value is left out."""
    stated = {}
    for known in fields(record):
        raw = attrs.get(f"{PREFIX}:{known.name}")
        if raw is not None:
            try:
                stated[known.name] = raw if known.type in (str, str | None) else json.loads(raw)
            except (ValueError, RecursionError):
                continue
    return stated


def _legal(text: str) -> str:
    return ILLEGAL.sub("", text)
