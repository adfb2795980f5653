"""What revisions are looked up by: which have no signature yet, and which must lose theirs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from framing.corpus.shingles import Signature
from warehouse.store import Warehouse


def unsigned_revisions(warehouse: Warehouse, method: str, limit: int) -> list[dict[str, Any]]:
    """
    Revisions without a signature of this method, those first that were seen first, with what a signature is made of.

    ``since_utc`` of a first revision is its time of publication where an exact one is known, and never later than
    when it was first seen; a vague day claims no hour. A later revision holds its text since it was seen.
    """
    fresh = warehouse.rows(
        """
        select revision_id, seen_utc
        from core.article_revision
        where revision_id not in (select revision_id from core.signature where method = $method)
        order by seen_utc, revision_id
        limit $limit
        """,
        {"method": method, "limit": limit},
    )
    if not fresh:
        return []
    return warehouse.rows(
        """
        select
            r.revision_id,
            r.article_id,
            a.outlet_id,
            case
                when r.previous_revision_id is not null then r.seen_utc
                when d.revision_id is not null then least(d.time_utc, a.first_seen_utc)
                else a.first_seen_utc
            end as since_utc,
            r.seen_utc,
            r.text,
            r.authors
        from core.revision as r
        join core.article as a
            on r.article_id = a.article_id
        left join core.date_candidate as d
            on r.revision_id = d.revision_id
            and d.is_chosen
            and d.is_exact
        where r.revision_id in (select unnest($revision_ids))
        and r.seen_utc between $from_utc and $to_utc
        order by r.seen_utc, r.revision_id
        """,
        {
            "revision_ids": [row["revision_id"] for row in fresh],
            "from_utc": fresh[0]["seen_utc"],
            "to_utc": fresh[-1]["seen_utc"],
        },
    )


def save_signatures(
    warehouse: Warehouse,
    method: str,
    rows: Iterable[Mapping[str, Any]],
    signatures: Iterable[Signature],
    agencies: Iterable[Sequence[str]],
) -> None:
    """Store the signature of each row of ``unsigned_revisions``, in its order; one of another method is replaced."""
    keys = ("revision_id", "article_id", "outlet_id", "since_utc", "seen_utc")
    warehouse.replace(
        "signature",
        [
            {key: row[key] for key in keys}
            | {
                "method": method,
                "n_words": signature.n_words,
                "fingerprints": list(signature.fingerprints),
                "bands": list(signature.bands),
                "agencies": list(credited),
            }
            for row, signature, credited in zip(rows, signatures, agencies, strict=True)
        ],
        ("revision_id",),
    )


def withdraw_overturned(warehouse: Warehouse) -> tuple[list[str], list[str]]:
    """
    Forget the signatures of revisions that later proved to be no article.

    Returns:
        The revisions that are said to hold words of theirs or to be near duplicates, to be traced again; and the
        articles whose revisions are gone.
    """
    gone = warehouse.rows(
        "select revision_id, article_id from core.signature "
        "where revision_id in (select revision_id from core.revision_verdict)"
    )
    if not gone:
        return [], []
    ids, articles = [row["revision_id"] for row in gone], sorted({row["article_id"] for row in gone})
    for table in ("passage", "reuse", "signature"):
        warehouse.sql.execute(f"delete from core.{table} where revision_id in (select unnest($1))", [ids])
    orphans = warehouse.rows(
        """
        select revision_id from core.passage where origin_revision_id in (select unnest($1))
        union
        select revision_id from core.reuse where near_article_id in (select unnest($2))
        union
        select revision_id from core.reuse where article_id in (select unnest($2))
        """,
        [ids, articles],
    )
    return sorted(row["revision_id"] for row in orphans), articles


def articles_of(warehouse: Warehouse, revision_ids: Sequence[str]) -> list[str]:
    """The articles of signed revisions."""
    rows = warehouse.rows(
        "select distinct article_id from core.signature where revision_id in (select unnest($1::varchar[]))",
        [list(revision_ids)],
    )
    return sorted(row["article_id"] for row in rows)
