"""Texts that were read before, by their fingerprints."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from warehouse.store import Warehouse

REMEMBERED = timedelta(days=30)
"""A wall stands before many stories within days; a notice that comes back after a season is none."""


@dataclass(frozen=True, slots=True)
class SeenText:
    """Under which headlines of its outlet a text was found, and the revisions that were stored of it."""

    headlines: set[str] = field(default_factory=set)
    revision_ids: set[str] = field(default_factory=set)


SeenTexts = dict[tuple[str, str], SeenText]
"""By ``(outlet_id, fingerprint)``."""


def seen_texts(warehouse: Warehouse, keys: Collection[tuple[str, str]], now: datetime) -> SeenTexts:
    """
    What is known of these texts: where each was found in the last month.

    A story is told by its headline: mobile, AMP and mirror addresses of one story share it.
    """
    seen: SeenTexts = {key: SeenText() for key in keys}
    rows = warehouse.rows(
        """
        select
            f.outlet_id,
            f.text_fingerprint,
            lower(coalesce(min(s.title), f.url)) as headline,
            r.revision_id
        from core.fetch as f
        left join core.sighting as s
            on f.url = s.page_url
            and f.outlet_id = s.outlet_id
        left join core.revision as r
            on f.fetch_id = r.fetch_id
            and r.text_source = 'page'
        where list_contains($fingerprints, f.text_fingerprint)
        and f.fetched_utc >= $since
        group by f.outlet_id, f.text_fingerprint, f.url, r.revision_id
        """,
        {"fingerprints": sorted({fingerprint for _, fingerprint in keys}), "since": now - REMEMBERED},
    )
    for row in rows:
        text = seen.get((row["outlet_id"], row["text_fingerprint"]))
        if text is not None:
            text.headlines.add(row["headline"])
            if row["revision_id"] is not None:
                text.revision_ids.add(row["revision_id"])
    return seen
