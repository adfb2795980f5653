"""Which stored articles are to be asked for again, derived from the log of requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from warehouse.agenda import wait_after
from warehouse.records import Revision, Sighting
from warehouse.store import Warehouse

STEPS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(days=3),
    timedelta(days=14),
    timedelta(days=60),
)
"""After the first sighting. Most edits come in the first hours, so the visits grow rarer."""
AUDITS = (STEPS[2], STEPS[5])
"""Visits that send no validators: some servers give changed pages the old ones, and would hide an edit for ever."""
UNTIL = 2 * STEPS[-1]
"""An article this old is left alone, whatever was missed: imported archives hold millions of old ones."""
PASSING = ("rate_limited", "server_error", "unreachable", "timeout")
"""Outcomes that say nothing about the page. They are tried again, each after a longer wait."""
TRIES = 3
"""Failures after which a step is let go and the next one is waited for."""
PER_OUTLET = 200
"""Revisits of one outlet in one run, newest articles first: at one request a second the run goes on within minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRevisit:
    """A stored article to be asked for now, with what its last full answer said about freshness."""

    article_id: str
    outlet_id: str
    url: str
    """Where its latest revision was read: an address known to give the article."""
    etag: str | None = None
    last_modified: str | None = None
    """Both ``None`` where the page is asked for in full."""
    body_sha256: str | None = None
    """Of the last full answer that gave the article."""
    title: str | None = None
    """Headline of its latest revision; tells the article from what may stand in its place."""


def due_revisits(warehouse: Warehouse, now: datetime) -> list[DueRevisit]:
    """
    Articles whose last visit lies before the latest step that has passed; interleaved by outlet.

    A visit is a request that said something of the page. One visit makes up for all steps before it.
    """
    rows = warehouse.rows(
        """
        with followed as (
            select a.article_id, a.outlet_id, a.first_seen_utc, f.url, r.title
            from core.article as a
            join core.outlet as o on a.outlet_id = o.outlet_id
            join core.article_revision as r on a.article_id = r.article_id
            join core.fetch as f on r.fetch_id = f.fetch_id
            where o.is_watched
            and a.first_seen_utc > $oldest
            and exists (select 1 from core.sighting as s where s.article_id = a.article_id and s.state = 'stored')
            qualify row_number() over (partition by a.article_id order by r.seen_utc desc, r.revision_id) = 1
        ),
        stepped as (
            select followed.*, max(step.after) as step, max(first_seen_utc + step.after) as step_utc
            from followed
            join (select unnest($steps) as after) as step on first_seen_utc + step.after <= $now
            group by all
        ),
        visited as (
            select
                s.article_id,
                max(f.fetched_utc) filter (where not list_contains($passing, f.fetch_status)) as visited_utc,
                count(*) filter (where f.fetched_utc >= s.step_utc) as n_tries,
                max(f.fetched_utc) as tried_utc,
                arg_max(struct_pack(e := f.etag, m := f.last_modified, b := f.body_sha256), f.fetched_utc) filter (
                    where f.fetch_status = 'ok' and coalesce(f.verdict, 'article') in ('article', 'live_blog')
                ) as told
            from stepped as s
            join core.fetch as f on s.url = f.url and s.outlet_id = f.outlet_id
            group by s.article_id
        )
        select
            s.article_id,
            s.outlet_id,
            s.url,
            s.title,
            case when not list_contains($audits, s.step) then v.told.e end as etag,
            case when not list_contains($audits, s.step) then v.told.m end as last_modified,
            v.told.b as body_sha256,
            v.n_tries,
            v.tried_utc,
            row_number() over (partition by s.outlet_id order by s.first_seen_utc desc, s.article_id) as turn
        from stepped as s
        join visited as v on s.article_id = v.article_id
        where v.visited_utc < s.step_utc
        and v.n_tries < $tries
        qualify turn <= $per_outlet
        order by turn, s.outlet_id
        """,
        {
            "oldest": now - UNTIL,
            "now": now,
            "steps": list(STEPS),
            "audits": list(AUDITS),
            "passing": list(PASSING),
            "tries": TRIES,
            "per_outlet": PER_OUTLET,
        },
    )
    return [
        DueRevisit(**{field: row[field] for field in DueRevisit.__slots__})
        for row in rows
        if row["n_tries"] == 0 or row["tried_utc"] + wait_after(row["n_tries"] - 1) <= now
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What an article is compared with when it is visited."""

    first: Sighting
    """The sighting that brought it."""
    last: Revision
    """Its latest revision that still counts as one."""
    modified_utc: datetime | None
    """The date of change that its page stated when an article was last found there, whether or not it had changed."""


def latest_states(warehouse: Warehouse, article_ids: Sequence[str]) -> dict[str, State]:
    """By article; those are left out of which no revision still counts as one."""
    sightings = warehouse.rows(
        "select * from core.sighting where state = 'stored' and list_contains(?, article_id) "
        "qualify row_number() over (partition by article_id order by first_seen_utc, sighting_id) = 1",
        [list(article_ids)],
    )
    revisions = warehouse.rows(
        """
        select
            r.*,
            (
                select arg_max(f.modified_utc, f.fetched_utc)
                from core.fetch as f
                join core.fetch as own on f.url = own.url and f.outlet_id = own.outlet_id
                where own.fetch_id = r.fetch_id
                and f.fetched_utc >= r.seen_utc
                and f.verdict in ('article', 'live_blog')
            ) as told_utc
        from core.article_revision as r
        where list_contains(?, r.article_id)
        qualify row_number() over (partition by r.article_id order by r.seen_utc desc, r.revision_id) = 1
        """,
        [list(article_ids)],
    )
    first = {row["article_id"]: Sighting(**{name: row[name] for name in Sighting.__slots__}) for row in sightings}
    return {
        row["article_id"]: State(
            first=first[row["article_id"]],
            last=Revision(**{name: row[name] for name in Revision.__slots__}),
            modified_utc=row["told_utc"] or row["modified_utc"],
        )
        for row in revisions
        if row["article_id"] in first
    }
