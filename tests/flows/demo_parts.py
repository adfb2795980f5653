"""What the tests of the demo share: the committed archive and how to ask for it."""

import http.client
from collections.abc import Mapping
from itertools import chain
from typing import Any

from flows.demo.records import DemoArticle, load_archive
from flows.demo.server import DemoServer
from framing.records import Annotation
from framing.registry_files import load_registry
from framing.scoring import annotate

MEASURED = ("de", "en", "fr", "ru", "uk")
UNMEASURED = ("bg", "hu")
ARCHIVE = load_archive()
TRUTH = ARCHIVE.truth
CODEBOOK = load_registry().codebook
SITES = {site.outlet_id: site for site in ARCHIVE.sites}
HOSTS = {site.outlet_id: site.host for site in ARCHIVE.sites}


def url_of(article: DemoArticle) -> str:
    """The canonical address."""
    return SITES[article.outlet_id].address(article.path)


BY_URL = {url_of(article): article for article in ARCHIVE.articles}
OFF_TOPIC = set(chain.from_iterable(TRUTH["off_topic"].values()))


def read(article: DemoArticle) -> Annotation:
    """What the framing engine says of an article."""
    return annotate(article.title, "\n".join(article.paragraphs), article.language, CODEBOOK)


def carried(annotation: Annotation) -> dict[str, int]:
    """Frame -> number of sentences that carry it, for the frames that are there."""
    frames = annotation.of_kind("frame")
    return {score.code_id: round(score.share * annotation.n_sentences) for score in frames if score.carried}


def get(server: DemoServer, host: str, path: str, **headers: str) -> tuple[int, Mapping[str, Any], bytes]:
    """One request: status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host, **headers})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()
