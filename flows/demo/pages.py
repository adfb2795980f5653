"""Article pages of the fictional outlets, as HTML like that of real ones."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from html import escape
from string import Template
from typing import Final

from flows.demo.feeds import FEED_PATH, FEED_TYPES
from flows.demo.records import FOLDER, DemoArticle, Site
from flows.demo.sentences import load_bank

N_RELATED: Final = 3


def render_page(site: Site, article: DemoArticle, related: Sequence[DemoArticle]) -> bytes:
    """
    Make the page of one article.

    Args:
        site: The article's outlet.
        article: The article; its text stands in ``<article><p>``, all else outside of it.
        related: Linked from the margin. The page does not change while this does not.

    Returns:
        HTML in UTF-8. Everything that comes from the archive is escaped.
    """
    words = load_bank(article.language).page
    texts = {
        "language": article.language,
        "title": article.title,
        "outlet": site.name,
        "summary": article.summary,
        "author": site.author,
        "url": site.address(article.path),
        "home": site.address("/"),
        "feed_type": FEED_TYPES[site.feed_format],
        "feed_url": site.address(FEED_PATH),
        "published": _local_time(site, article.published),
        "updated": _local_time(site, article.updated),
        "notice": words.notice,
        "by": words.by,
        "related_label": words.related,
        "footer": words.footer,
    }
    markup = {
        "json_ld": _json_ld(site, article),
        "nav": " ".join(f'<a href="{escape(site.address("/"))}">{escape(label)}</a>' for label in words.nav),
        "paragraphs": "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs),
        "related": "".join(
            f'<li><a href="{escape(site.address(other.path))}">{escape(other.title)}</a></li>' for other in related
        ),
    }
    return _load_template().substitute({k: escape(v) for k, v in texts.items()} | markup).encode()


@cache
def _load_template() -> Template:
    return Template((FOLDER / "templates" / "article.html").read_text(encoding="utf-8"))


def _local_time(site: Site, moment: datetime) -> str:
    """ISO 8601 in the outlet's own zone: near midnight it is another day there than in UTC."""
    return moment.astimezone(timezone(timedelta(hours=site.utc_offset_hours))).isoformat()


def _json_ld(site: Site, article: DemoArticle) -> str:
    content = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "inLanguage": article.language,
        "mainEntityOfPage": site.address(article.path),
        "datePublished": _local_time(site, article.published),
        "dateModified": _local_time(site, article.updated),
        "author": {"@type": "Person", "name": site.author},
        "publisher": {"@type": "NewsMediaOrganization", "name": site.name, "url": site.address("/")},
    }
    # A script ends at the first "</" whatever JSON says, and HTML entities are not read inside it.
    return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
