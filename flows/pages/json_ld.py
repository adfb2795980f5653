"""What a page says of itself in JSON-LD."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import html

from flows.pages.identity import clean_url, names_page
from flows.pages.words import fold_words

ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
"""NewsArticle, BlogPosting, LiveBlogPosting, Report ..., as schema.org names what is one piece of writing."""
MAX_NODES = 500
"""A page describes itself in a few dozen; what holds thousands is made to cost time."""
BROKEN_TYPE = re.compile(r'"@type"\s*:\s*"(\w{1,40})"')
BROKEN_PAID = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfDescription:
    """The page's own statements; empty where it makes none."""

    types: tuple[str, ...] = ()
    """Of all nodes that are not part of another, without repetition."""
    is_free: bool | None = None
    """isAccessibleForFree of the article or of any of its parts; ``None``: not stated."""
    paid_selectors: tuple[str, ...] = ()
    """CSS selectors of the parts that are not free."""
    article_body: str = ""
    n_words: int | None = None
    """wordCount."""
    n_articles: int = 0
    """Outer nodes that call themselves a piece of writing; the same address is one."""
    is_of_page: bool = False
    """Does one of them have the page's headline or address?"""

    @property
    def n_body_characters(self) -> int:
        """Letters and digits of articleBody."""
        return sum(map(str.isalnum, self.article_body))

    @property
    def is_article(self) -> bool:
        """Does any node call itself a piece of writing?"""
        return any(ARTICLE.search(kind) for kind in self.types)


def describe_itself(tree: html.HtmlElement, url: str = "") -> SelfDescription:
    """Read all JSON-LD of a page; what is broken still tells its types and whether it is free."""
    types: dict[str, None] = {}
    nodes: list[dict[str, Any]] = []
    is_broken_paid = False
    for script, found in json_ld_nodes(tree):
        nodes += found or ()
        if found is None:
            types.update(dict.fromkeys(BROKEN_TYPE.findall(script)[:MAX_NODES]))
            is_broken_paid |= BROKEN_PAID.search(script) is not None
    nodes = nodes[:MAX_NODES]
    types.update(dict.fromkeys(kind for node in nodes for kind in _types(node)))
    articles = [node for node in nodes if is_article(node)]
    titles = page_titles(tree)
    parts = [part for node in articles or nodes for part in _parts(node)]
    paid = [part for part in parts if _truth(part.get("isAccessibleForFree")) is False]
    stated = [truth for part in parts if (truth := _truth(part.get("isAccessibleForFree"))) is not None]
    return SelfDescription(
        types=tuple(types),
        is_free=False if paid or is_broken_paid else (True if stated else None),
        paid_selectors=tuple(s for part in paid for s in _strings(part.get("cssSelector"))),
        article_body=max((str(a.get("articleBody") or "") for a in articles), key=len, default=""),
        n_articles=len({str(a.get("url") or a.get("@id") or a.get("headline")) for a in articles}),
        is_of_page=any(is_of_page(node, titles, url) for node in articles),
        n_words=max((n for a in articles if (n := _number(a.get("wordCount")))), default=None),
    )


@lru_cache(maxsize=1)  # every reading of a page begins with it
def json_ld_nodes(tree: html.HtmlElement) -> tuple[tuple[str, list[dict[str, Any]] | None], ...]:
    """The blocks of JSON-LD as written, each with its outer nodes; ``None``: it is broken."""
    return tuple((script, _nodes_of(script)) for script in _scripts(tree))


def _scripts(tree: html.HtmlElement) -> Iterator[str]:
    """Newsrooms add a charset to their type."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text


def _nodes_of(script: str) -> list[dict[str, Any]] | None:
    try:
        return list(_outer_nodes(json.loads(script)))
    except (ValueError, RecursionError):
        return None


@lru_cache(maxsize=1)
def page_titles(tree: html.HtmlElement) -> set[str]:
    """The page's title, and its heading where it has one only, folded; a list has many."""
    headings = [heading.text_content() for heading in tree.iter("h1")]
    stated = [tree.findtext(".//title") or "", *(headings if len(headings) == 1 else [])]
    stated += [m.get("content") or "" for m in tree.iter("meta") if m.get("property") == "og:title"]
    return {fold_words(one) for one in stated if one.strip()}


def is_article(node: dict[str, Any]) -> bool:
    """Does a node call itself a piece of writing?"""
    return any(ARTICLE.search(kind) for kind in _types(node))


def is_of_page(node: dict[str, Any], titles: set[str], url: str) -> bool:
    """Does a node have the page's headline or address?"""
    main = node.get("mainEntityOfPage")
    stated = (node.get("url"), node.get("@id"), main.get("@id") if isinstance(main, dict) else main)
    addresses = [clean_url(one, base=url) for one in stated if isinstance(one, str) and one]
    has_address = bool(url) and any(one and names_page(one, url) for one in addresses)
    return has_address or fold_words(str(node.get("headline") or "")) in titles


def _outer_nodes(document: object) -> Iterator[dict[str, Any]]:
    """Nodes that stand for themselves: of lists and graphs, and the main entity of a page that describes one."""
    if isinstance(document, list):
        for node in document[:MAX_NODES]:
            yield from _outer_nodes(node)
    elif isinstance(document, dict):
        yield document
        yield from _outer_nodes(document.get("@graph") or [])
        yield from _outer_nodes(document.get("mainEntity") or [])


def _parts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    parts = node.get("hasPart")
    yield from (part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict))


def _types(node: dict[str, Any]) -> list[str]:
    return [kind.rpartition("/")[2] for kind in _strings(node.get("@type"))]


def _strings(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _truth(value: object) -> bool | None:
    """Newsrooms write it as a truth value, a word, or schema.org's address of one."""
    word = str(value).lower().rpartition("/")[2]
    return {"true": True, "false": False, "1": True, "0": False}.get(word)


def _number(value: object) -> int | None:
    digits = re.sub(r"\D", "", str(value))[:7]
    return int(digits) if digits else None
