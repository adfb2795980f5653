"""What is to be done next, derived from the logs: there is no schedule that could get out of step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from warehouse.records import Sighting
from warehouse.store import Warehouse

POLL_EVERY = timedelta(minutes=15)
MAX_WAIT = timedelta(hours=24)
"""A failing page is asked again after 30, 60 ... minutes, at least once a day."""
EARLY = POLL_EVERY / 3
"""A poll comes a little after its run began, so the run an interval later would find nothing due without this."""
PENDING_AGE = timedelta(hours=48)
"""How long a page that cannot be fetched stays pending before it is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """A page to fetch now, and the pending sightings that wait for it, oldest first."""

    page_url: str
    outlet_id: str
    sightings: tuple[Sighting, ...]
    purpose: str = "first"
    """first, or backfill where others fetched it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page that was decided before: its article, if it has one, and the state it ended in."""

    article_id: str | None
    state: str
    title: str | None
    text_sha256: str | None
    """Of the article's text; ``None`` where none was kept."""


def wait_after(n_failures: int) -> timedelta:
    """How long to leave a feed or page alone after so many failures in a row."""
    doublings = max(0, min(n_failures, 10))
    return min(POLL_EVERY * (1 << doublings), MAX_WAIT)


def due_pages(warehouse: Warehouse, now: datetime) -> list[DuePage]:
    """
    Pages that pending sightings wait for and that may be asked now.

    Interleaved by outlet, so that no outlet's pause between two requests holds
    up the others.
    """
    rows = warehouse.rows(
        """
        with tries as (
            select url, outlet_id, count(*) as n_tries, max(fetched_utc) as tried_utc from core.fetch group by all
        )
        select
            s.*,
            coalesce(t.n_tries, 0) as n_tries,
            t.tried_utc
        from core.sighting as s
        left join tries as t
            on s.page_url = t.url
            and s.outlet_id = t.outlet_id
        where s.state = 'pending'
        -- Of several that lead to one page the plain address brings the article.
        order by s.first_seen_utc, s.url is distinct from s.page_url, s.sighting_id
        """
    )
    waiting: dict[tuple[str, str], list[Sighting]] = {}
    for row in rows:
        if row["tried_utc"] is None or row["tried_utc"] + wait_after(row["n_tries"] - 1) - EARLY <= now:
            waiting.setdefault((row["outlet_id"], row["page_url"]), []).append(_sighting(row))
    turn: dict[str, int] = {}
    ordered = []
    for (outlet_id, page_url), sightings in waiting.items():
        turn[outlet_id] = turn.get(outlet_id, 0) + 1
        ordered.append((turn[outlet_id], DuePage(page_url=page_url, outlet_id=outlet_id, sightings=tuple(sightings))))
    return [page for _, page in sorted(ordered, key=lambda pair: pair[0])]


def overdue_sightings(warehouse: Warehouse, now: datetime) -> list[tuple[Sighting, str | None]]:
    """
    Pending sightings whose page was tried once more past their age, each with the last error it gave.

    After an outage of ours the page is so asked again before it is given up.
    """
    rows = warehouse.rows(
        """
        select
            s.*,
            (
                select arg_max(f.error, f.fetched_utc)
                from core.fetch as f
                where f.url = s.page_url and f.outlet_id = s.outlet_id
            ) as last_error
        from core.sighting as s
        where s.state = 'pending' and s.first_seen_utc < $now - $age
        and exists (
            select 1
            from core.fetch as f
            where f.url = s.page_url and f.outlet_id = s.outlet_id and f.fetched_utc > s.first_seen_utc + $age
        )
        """,
        {"now": now, "age": PENDING_AGE},
    )
    return [(_sighting(row), row["last_error"]) for row in rows]


def known_pages(warehouse: Warehouse, outlet_ids: Sequence[str]) -> dict[tuple[str, str], KnownPage]:
    """By ``(outlet_id, page_url)``: pages of these outlets that were decided, errors apart."""
    rows = warehouse.rows(
        """
        select
            outlet_id,
            page_url,
            any_value(article_id) as article_id,
            arg_min(state, first_seen_utc) as state,
            arg_min(title, first_seen_utc) as title,
            cast(null as varchar) as text_sha256
        from core.sighting
        where list_contains($outlets, outlet_id)
        and state not in ('pending', 'error')
        and page_url is not null
        group by all
        union all by name
        select
            a.outlet_id,
            a.url as page_url,
            a.article_id,
            'stored' as state,
            arg_max(r.title, r.seen_utc) as title,
            arg_max(r.text_sha256, r.seen_utc) as text_sha256
        from core.article as a
        join core.revision as r
            on a.article_id = r.article_id
        where list_contains($outlets, a.outlet_id)
        group by all
        """,
        {"outlets": list(outlet_ids)},
    )
    return {
        (row["outlet_id"], row["page_url"]): KnownPage(**{field: row[field] for field in KnownPage.__slots__})
        for row in rows
    }


def unscored_revisions(
    warehouse: Warehouse, codebook_version: str, layer: str, scorer_version: str, limit: int
) -> list[dict[str, Any]]:
    """Revisions without a score under this codebook's key for their language, oldest first."""
    return warehouse.rows(
        """
        with hashes as (
            select language, cue_hash from core.cue_hash where codebook_version = $version
        ),
        wanted as (
            select
                r.revision_id,
                r.title,
                r.text,
                r.language,
                r.published_utc,
                r.seen_utc,
                coalesce(h.cue_hash, none.cue_hash) as cue_hash
            from core.revision as r
            left join hashes as h
                on r.language = h.language
            cross join (select cue_hash from hashes where language = '') as none
            where r.revision_id not in (select revision_id from core.revision_verdict)
        )
        select * exclude (seen_utc)
        from wanted
        where not exists (
            select 1
            from core.score as s
            where s.revision_id = wanted.revision_id
            and s.layer = $layer
            and s.scorer_version = $scorer
            and s.cue_hash = wanted.cue_hash
        )
        order by seen_utc, revision_id
        limit $limit
        """,
        {"version": codebook_version, "layer": layer, "scorer": scorer_version, "limit": limit},
    )


def _sighting(row: dict[str, Any]) -> Sighting:
    return Sighting(**{field: row[field] for field in Sighting.__slots__})
