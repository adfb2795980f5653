"""What two homes say differently of the same articles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from warehouse.home import Home
from warehouse.reading import current_publication, open_current

N_EXAMPLES = 5
"""Shown of each kind of change; the counts say how many there are."""

LATEST = """
    create temp table {name}_latest as
    select a.article_id, a.outlet_id, a.url, r.revision_id, r.title, r.text_sha256, r.n_words
    from {core}.article as a
    join {core}.revision as r
        on a.article_id = r.article_id
    where {wanted}
    qualify row_number() over (partition by r.article_id order by r.seen_utc desc, r.revision_id) = 1
"""
EXPECTED = """
    a.first_seen_utc >= coalesce($since, timestamptz '0001-01-01 00:00:00+00')
    or a.article_id in (select article_id from new_latest)
"""
CODES = """
    create temp table {name}_code as
    with shown as (
        select h.cue_hash, c.layer, c.scorer_version
        from {core}.active_codebook as k
        join {core}.codebook as c using (codebook_version)
        join {core}.cue_hash as h using (codebook_version)
    )
    select
        l.article_id,
        s.kind,
        s.code_id,
        s.carried,
        s.share
    from {name}_latest as l
    join {core}.code_score as s
        on l.revision_id = s.revision_id
    semi join shown
        on s.cue_hash = shown.cue_hash
        and s.layer = shown.layer
        and s.scorer_version = shown.scorer_version
"""
ONLY_IN = """
    select n.outlet_id, n.url, n.title
    from {one}_latest as n
    anti join {other}_latest as o on n.article_id = o.article_id
    order by n.outlet_id, n.url
"""
TEXTS = """
    select
        n.outlet_id,
        n.url,
        o.title as title_before,
        n.title as title_after,
        o.n_words as words_before,
        n.n_words as words_after
    from new_latest as n
    join old_latest as o
        on n.article_id = o.article_id
    where n.text_sha256 is distinct from o.text_sha256
    or n.title is distinct from o.title
    order by n.outlet_id, n.url
"""
SCORES = """
    with scored as (
        select article_id from new_code intersect select article_id from old_code
    )
    select
        l.outlet_id,
        l.url,
        kind,
        code_id,
        o.carried as carried_before,
        n.carried as carried_after,
        o.share as share_before,
        n.share as share_after
    from (from new_code semi join scored using (article_id)) as n
    full join (from old_code semi join scored using (article_id)) as o using (article_id, kind, code_id)
    join new_latest as l using (article_id)
    where n.carried is distinct from o.carried
    or n.share is distinct from o.share
    order by l.outlet_id, l.url, kind, code_id
"""
REVISIONS = """
    with new_revision as (select revision_id from core.revision semi join new_latest using (article_id)),
    old_revision as (select revision_id from old_home.core.revision semi join old_latest using (article_id))
    select
        (select count(*) from old_revision),
        (select count(*) from new_revision),
        (select count(*) from new_revision semi join old_revision using (revision_id))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One kind of difference: how many there are, and the first of them."""

    what: str
    n: int
    n_articles: int
    examples: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The published copies of two homes, side by side."""

    n_articles_before: int
    n_articles_after: int
    n_revisions_before: int
    n_revisions_after: int
    n_revisions_alike: int
    """Revisions that both have: the same article, headline and text."""
    changes: tuple[Change, ...]


def compare(new: Home, old: Home, since: datetime | None = None) -> Comparison:
    """
    What would change if the new home took the old one's place.

    The newest revision of each article is compared, and the scores that each home shows for it. Articles that
    only one of them has scored are not compared by score.

    Args:
        since: What the old home saw earlier is no loss where the new one does not have it.

    Raises:
        NothingPublishedError: One of the two was never published.
    """
    path = str(current_publication(old).path).replace("'", "''")
    with open_current(new) as connection:
        connection.execute(f"attach '{path}' as old_home (read_only)")
        connection.execute(LATEST.format(name="new", core="core", wanted="true"))
        connection.execute(LATEST.format(name="old", core="old_home.core", wanted=EXPECTED), {"since": since})
        for name, core in (("new", "core"), ("old", "old_home.core")):
            connection.execute(CODES.format(name=name, core=core))
        before, after, alike = _one(connection, REVISIONS)
        return Comparison(
            n_articles_before=_one(connection, "select count(*) from old_latest")[0],
            n_articles_after=_one(connection, "select count(*) from new_latest")[0],
            n_revisions_before=before,
            n_revisions_after=after,
            n_revisions_alike=alike,
            changes=(
                _change(connection, "articles added", ONLY_IN.format(one="new", other="old")),
                _change(connection, "articles lost", ONLY_IN.format(one="old", other="new")),
                _change(connection, "texts changed", TEXTS),
                _change(connection, "scores changed", SCORES),
            ),
        )


def _change(connection: duckdb.DuckDBPyConnection, what: str, query: str) -> Change:
    n, n_articles = _one(connection, f"select count(*), count(distinct url) from ({query})")
    cursor = connection.execute(f"{query} limit {N_EXAMPLES}")
    names = [column[0] for column in cursor.description or ()]
    examples = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    return Change(what=what, n=n, n_articles=n_articles, examples=examples)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    """The one row of counts that a query gives."""
    return tuple(int(value) for value in connection.execute(query).fetchall()[0])
