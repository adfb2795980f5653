"""Which outlet a feed belongs to."""

import re
import tomllib
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.fetching.domains import registrable_domain
from flows.opml.outlines import Outline
from framing import checks
from framing.registry_files import SHIPPED, Registry

CARRIERS = {"feedburner.com", "youtube.com", "google.com", "blogspot.com", "wordpress.com", "medium.com", "github.io"}
CARRIERS |= {"acast.com", "art19.com", "megaphone.fm", "simplecast.com", "buzzsprout.com", "amazonaws.com"}
CARRIERS |= {"substack.com", "tumblr.com", "reddit.com", "rss.app", "feedblitz.com", "libsyn.com", "podbean.com"}
"""They carry feeds of many newsrooms, so their domain names none."""


class Places:
    """The outlets of a registry, by the domains where they live."""

    def __init__(self, registry: Registry, overlay: Path) -> None:
        self._overlay = overlay
        files = {path.stem: _table(path) for path in sorted((overlay / "outlets").glob("*.toml"))}
        self.switched_off = {outlet_id for outlet_id, table in files.items() if table.get("watch") is False}
        self.watched = {feed_key(feed.url) for outlet in registry.outlets for feed in outlet.feeds}
        self._ids = {outlet.outlet_id for outlet in registry.outlets} | set(files)
        self._hosts: dict[str, str] = {}
        self._domains: dict[str, str] = {}
        for outlet_id in sorted(self.switched_off):
            self._settle(outlet_id, str(files[outlet_id].get("home", "")))
        for outlet in registry.outlets:
            self._settle(outlet.outlet_id, outlet.home, *(f"https://{mirror}/" for mirror in outlet.mirrors))
        for outlet in registry.outlets:  # last, for a feed may lie with another newsroom
            self._settle(outlet.outlet_id, *(feed.url for feed in outlet.feeds))

    def _settle(self, outlet_id: str, *addresses: str) -> None:
        """The first outlet at a host or domain has it."""
        for address in addresses:
            domain = registrable_domain(address)
            if domain not in CARRIERS:
                self._hosts.setdefault(_host(address), outlet_id)
                self._domains.setdefault(domain, outlet_id)

    def outlet_of(self, url: str, outline: Outline) -> str:
        """
        The id of the outlet that a feed belongs to, whether it is there or new.

        By the list's own word where it has one, then by the site that the list names or the feed's address.
        """
        stated = str(outline.outlet.get("outlet_id", ""))
        if checks.ID.fullmatch(stated):
            return stated
        site = web_address(outline.home)
        address = site if site and registrable_domain(site) not in CARRIERS else url
        domain = registrable_domain(address)
        found = self._hosts.get(_host(address)) or self._domains.get(domain)
        if found:
            return found
        return outlet_id_of(address if domain in CARRIERS else domain)

    def text_of(self, outlet_id: str) -> str | None:
        """The outlet's file as it stands, the user's own before the one that comes with Parley; ``None``: none."""
        if outlet_id in self._ids:
            for folder in (self._overlay, SHIPPED):
                path = folder / "outlets" / f"{outlet_id}.toml"
                if path.is_file():
                    text = path.read_text(encoding="utf-8")
                    return text if text.endswith("\n") else f"{text}\n"
        return None


def web_address(raw: str) -> str | None:
    """An address as the registry takes it; ``feed:`` is what some browsers made of it. ``None``: it is none."""
    url = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", unescape(raw).strip(), flags=re.IGNORECASE)
    url = f"http:{url}" if url.startswith("//") else url
    return url if checks.URL.holds(url) else None


def feed_key(url: str) -> str:
    """What two addresses of the same feed share: all but scheme, case and a last slash."""
    return url.partition("://")[2].rstrip("/").casefold()


def outlet_id_of(name: str) -> str:
    """``www.bbc.co.uk`` -> ``bbc_co_uk``; an address gives its host and path."""
    plain = name.partition("://")[2] or name
    return re.sub("[^a-z0-9]+", "_", plain.lower().removeprefix("www.")).strip("_") or "unnamed"


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _table(path: Path) -> dict[str, Any]:
    """The registry was read before, so its files are sound."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
