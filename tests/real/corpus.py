"""What ``../shared/data`` holds: 5,000 feed documents and 181 article pages with their true text."""

import gzip
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from tests.site import Site
from tests.site.stories import rss

DATA = Path(__file__).parents[3] / "shared" / "data"
FEED_TYPES = {".xml": "application/xml", ".rss": "application/rss+xml", ".atom": "application/atom+xml"}
FEED_TYPES |= {".rdf": "application/rdf+xml", ".json": "application/json", ".opml": "text/x-opml", ".html": "text/html"}
PAGES_HOST = "pages.example"


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """One file of the feed corpora, and where the site serves it."""

    host: str
    path: str
    body: bytes
    content_type: str

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


@dataclass(frozen=True, slots=True)
class TruePage:
    """One article page with the text that a person marked as its body."""

    path: str
    body: bytes
    true_text: str

    @property
    def url(self) -> str:
        return f"http://{PAGES_HOST}{self.path}"


def read_feeds() -> list[FeedDocument]:
    """Every document of the corpora, whether or not it is a feed."""
    documents = []
    with tarfile.open(DATA / "feeds_corpora.tar.xz") as archive:
        for member in archive:
            name = Path(member.name)
            file = archive.extractfile(member) if member.isfile() and name.suffix in FEED_TYPES else None
            if file is not None:
                host = f"{name.parts[0].lower()}.example"
                path = "/" + quote("/".join(name.parts[1:]))
                documents.append(FeedDocument(host, path, file.read(), FEED_TYPES[name.suffix]))
    return documents


def read_pages() -> list[TruePage]:
    """The pages in a fixed order."""
    with tarfile.open(DATA / "aeb_181_pages.tar") as archive:
        files = {Path(m.name).name: file.read() for m in archive if (file := archive.extractfile(m))}
        truth = json.loads(files["ground-truth.json"])
        return [
            TruePage(f"/{key}.html", gzip.decompress(files[f"{key}.html.gz"]), truth[key]["articleBody"])
            for key in sorted(truth)
        ]


def serve(site: Site, feeds: list[FeedDocument], pages: list[TruePage]) -> str:
    """Put everything on a site; returns the address of the feed over the pages."""
    for feed in feeds:
        site.pages[f"{feed.host}{feed.path}"] = (200, {"Content-Type": feed.content_type}, feed.body)
    for page in pages:
        site.pages[f"{PAGES_HOST}{page.path}"] = (200, {"Content-Type": "text/html"}, page.body)
    items = [{"title": "A page", "link": page.url, "guid": page.path} for page in pages]
    site.pages[f"{PAGES_HOST}/feed.xml"] = (200, {"Content-Type": "application/rss+xml"}, rss(items))
    return f"http://{PAGES_HOST}/feed.xml"


def count_items(body: bytes) -> int:
    """
    Items of one document, counted without the reader of feeds.

    An item is an element called item or entry, in any case, outside the
    namespace of RSS 1.0's content module, whose items are parts of an item;
    lxml reads what it can of broken markup. In a JSON Feed it is an item of its list.
    """
    if body.lstrip().startswith(b"{"):
        return _count_json_items(body)
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return 0
    return 0 if root is None else sum(_is_item(element.tag) for element in root.iter())


def _count_json_items(body: bytes) -> int:
    try:
        document = json.loads(body)
    except ValueError:
        return 0
    return len(document["items"]) if "jsonfeed.org/version/" in str(document.get("version")) else 0


def _is_item(tag: object) -> bool:
    namespace, _, name = str(tag).rpartition("}")
    return name.rpartition(":")[2].lower() in ("item", "entry") and not namespace.endswith("modules/content/")
