"""Texts from outside the pipeline: one page for ``parley extract``, a corpus for ``parley annotate``."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.commands.annotations import annotation_facts
from flows.fetching.domains import registrable_domain
from flows.pages.dates import choose_date, parse_time
from flows.pages.page import read_page
from flows.world import now_utc
from framing.errors import ParleyError
from framing.languages import identify_language
from framing.registry_files import Registry
from framing.scoring import annotate


class InputError(ParleyError):
    """A file or a line the user gave cannot be used."""


def extract_file(path: Path, url: str, registry: Registry) -> dict[str, Any]:
    """
    What the pipeline would store of a saved page.

    Returns:
        ``verdict``, ``evidence`` (what spoke for it: facts by name), ``title``, ``text``, ``published`` (ISO 8601
        UTC or ``None``), ``published_rule``, ``authors``, ``language``, ``language_confidence`` and ``canonical``.

    Raises:
        InputError: The file cannot be read.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Give the path of a saved HTML page.") from error
    page = read_page(body, None, url)
    date = choose_date(list(page.dates), now_utc())
    prior = _languages_at(url, registry)
    language, confidence = identify_language(f"{page.title or ''}\n{page.text}", prior, registry.codebook.telltale)
    return {
        "verdict": str(page.verdict),
        "evidence": page.evidence,
        "title": page.title,
        "text": page.text,
        "published": date.time_utc.isoformat() if date else None,
        "published_rule": date.rule if date else None,
        "authors": list(page.authors),
        "language": language if page.text else None,
        "language_confidence": confidence if page.text else None,
        "canonical": page.canonical,
    }


def _languages_at(url: str, registry: Registry) -> tuple[str, ...]:
    """The languages of the outlet an address belongs to, by front page, mirrors or feeds; none: nobody's."""
    domain = registrable_domain(url)
    for outlet in registry.outlets:
        hosts = (f"https://{host}/" for host in outlet.mirrors)
        if domain in map(registrable_domain, (outlet.home, *hosts, *(feed.url for feed in outlet.feeds))):
            return outlet.languages
    return ()


def annotate_lines(lines: Iterable[str], registry: Registry) -> Iterator[dict[str, Any] | InputError]:
    """
    Annotate a corpus, one JSON object a line, one at a time.

    Args:
        lines: Each with ``id`` and ``text``, optional ``title``, ``lang`` (taken at its word) and
            ``outlet`` (its languages are the prior where ``lang`` is missing) and ``published`` (ISO 8601;
            before the talks began a text is not about them). Blank lines are skipped.

    Yields:
        One result per line, in order; for a line that cannot be used an ``InputError`` naming its number.
    """
    languages = {outlet.outlet_id: outlet.languages for outlet in registry.outlets}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _annotate(_document(line, number), languages, registry)
        except InputError as error:
            yield error


def _document(line: str, number: int) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except ValueError as error:
        raise InputError(f"line {number}: not JSON ({error}). Each line must be one JSON object.") from error
    except RecursionError:
        raise InputError(f"line {number}: nested too deep. Each line must be one flat JSON object.") from None
    if not isinstance(document, dict) or "id" not in document or not isinstance(document.get("text"), str):
        raise InputError(f'line {number}: needs "id" and "text" (a string). Example: {{"id": "1", "text": "..."}}')
    for key in ("title", "lang", "outlet", "published"):
        if not isinstance(document.get(key) or "", str):
            raise InputError(f'line {number}: "{key}" must be a string. Leave it out where it is unknown.')
    if document.get("published") and parse_time(document["published"]) is None:
        raise InputError(
            f'line {number}: "published" is no ISO 8601 time. Write it so: "2025-12-02T19:30:00+03:00", '
            "or leave it out."
        )
    if not any(map(str.isalnum, f"{document.get('title') or ''}{document['text']}")):
        raise InputError(f"line {number}: has neither title nor text. Remove the line.")
    return document | {key: _whole(document[key]) for key in ("title", "text") if document.get(key)}


def _whole(text: str) -> str:
    """The text with half surrogate pairs replaced, one character for one: nothing can be done with them."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


def _annotate(document: dict[str, Any], languages: dict[str, tuple[str, ...]], registry: Registry) -> dict[str, Any]:
    title, text = document.get("title") or "", document["text"]
    language = (document.get("lang") or "").replace("_", "-").partition("-")[0].lower() or None  # en-GB is en
    if language is None:
        prior = languages.get(document.get("outlet") or "", ())
        language, _ = identify_language(f"{title}\n{text}", prior, registry.codebook.telltale)
    annotation = annotate(title, text, language, registry.codebook, _published(document))
    return {"id": document["id"], **annotation_facts(annotation)}


def _published(document: dict[str, Any]) -> datetime | None:
    given = document.get("published")
    return parse_time(given) if given else None
