"""Clusters of articles that count as one text, kept up to date where something changed."""

from collections.abc import Iterable
from typing import Any

from framing.corpus.clusters import find_clusters
from framing.corpus.reuse import Place
from warehouse.store import Warehouse


def update_clusters(warehouse: Warehouse, article_ids: Iterable[str]) -> None:
    """Find the clusters anew that these articles are in, were in or now join; no others are read."""
    touched = _touched(warehouse, sorted(set(article_ids)))
    rows = _members(warehouse, touched)
    places = {row["article_id"]: Place(row["since_utc"], row["article_id"], "") for row in rows}
    clusters = find_clusters(places, {row["article_id"]: row["counts_with"] for row in rows})
    shared = {cluster_id for article_id, cluster_id in clusters.items() if article_id != cluster_id}
    members: list[dict[str, object]] = [
        {"article_id": article_id, "cluster_id": cluster_id}
        for article_id, cluster_id in clusters.items()
        if cluster_id in shared
    ]
    alone = sorted(set(touched) - {str(member["article_id"]) for member in members})
    warehouse.sql.execute("delete from core.cluster_member where article_id in (select unnest($1))", [alone])
    warehouse.replace("cluster_member", members, ("article_id",))


def _touched(warehouse: Warehouse, article_ids: list[str]) -> list[str]:
    """These articles, those they count with, and all that share a cluster with one of them."""
    rows = warehouse.rows(
        """
        with named as (
            select unnest($1::varchar[]) as article_id
            union
            select counts_with
            from core.reuse
            where article_id in (select unnest($1)) and counts_with is not null
        )
        select article_id from named
        union
        select article_id
        from core.cluster_member
        where cluster_id in (
            select cluster_id from core.cluster_member where article_id in (select article_id from named)
        )
        """,
        [article_ids],
    )
    return [row["article_id"] for row in rows]


def _members(warehouse: Warehouse, article_ids: list[str]) -> list[dict[str, Any]]:
    """Of each article: what its latest revision counts with, and since when it holds any text."""
    return warehouse.rows(
        """
        select
            r.article_id,
            r.counts_with,
            min(r.since_utc) over (partition by r.article_id) as since_utc
        from core.reuse as r
        join core.signature as s
            on r.revision_id = s.revision_id
        where r.article_id in (select unnest($1))
        qualify row_number() over (partition by r.article_id order by s.seen_utc desc, r.revision_id) = 1
        """,
        [article_ids],
    )
