"""Reuse in the warehouse: the texts to compare a revision with, and what was found."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from framing.corpus.reuse import LOOK_BACK, Place, Reuse, Version
from framing.corpus.shingles import ShingledText
from warehouse.store import Warehouse

N_HOLDERS: Final = 3
"""Articles under each fingerprint that are compared word by word, the earliest ones: as many as make a paragraph
boilerplate. With all of them a new article would be the dearer the more often its text was printed."""


# One row for each fingerprint and band of the asked revisions, and of all whose time makes them comparable. The bounds
# are numbers, not joins, so that the blocks of older articles are never read.
_ASKED_AND_HELD: Final = """
        asked as (
            select revision_id, article_id, outlet_id, since_utc, unnest(list_concat(fingerprints, bands)) as key
            from core.signature
            where revision_id in (select unnest($revision_ids))
            and method = $method
        ),
        held as (
            select revision_id, article_id, outlet_id, since_utc, unnest(list_concat(fingerprints, bands)) as key
            from core.signature
            where since_utc between $from_utc and $to_utc
            and method = $method
        )
"""


def later_holders(warehouse: Warehouse, method: str, revision_ids: Sequence[str]) -> list[str]:
    """Revisions that may hold words of these and held them later: what is said of them changes with an early one."""
    rows = warehouse.rows(
        f"""
        with {_ASKED_AND_HELD}
        select distinct held.revision_id
        from asked
        join held
            on asked.key = held.key
            and (held.since_utc, held.article_id, held.revision_id)
                > (asked.since_utc, asked.article_id, asked.revision_id)
            and held.since_utc <= asked.since_utc + $look_back
        """,
        _parameters(warehouse, method, revision_ids, timedelta(0), LOOK_BACK),
    )
    return sorted(row["revision_id"] for row in rows)


def comparable(warehouse: Warehouse, method: str, revision_ids: Sequence[str]) -> list[tuple[Version, list[Version]]]:
    """
    Each of these revisions with the earlier texts that may share words with it.

    Those are the earliest ``N_HOLDERS`` articles under each of its fingerprints and bands within ``LOOK_BACK``, of its
    own outlet and of all others apart, and the earlier states of the article itself.
    """
    rows = warehouse.rows(
        f"""
        with {_ASKED_AND_HELD},
        met as (
            select
                asked.revision_id,
                asked.key,
                held.outlet_id = asked.outlet_id as is_same_outlet,
                held.article_id = asked.article_id as is_itself,
                min((held.since_utc, held.article_id, held.revision_id)) as place
            from asked
            join held
                on asked.key = held.key
                and (held.since_utc, held.article_id, held.revision_id)
                    < (asked.since_utc, asked.article_id, asked.revision_id)
                and held.since_utc >= asked.since_utc - $look_back
            group by asked.revision_id, asked.key, is_same_outlet, is_itself, held.article_id
        ),
        first as (
            select revision_id, min(place, $n_holders) as places
            from met
            group by revision_id, key, is_same_outlet, is_itself
        )
        select distinct revision_id, unnest(places)[3] as other_id
        from first
        """,
        _parameters(warehouse, method, revision_ids, LOOK_BACK, timedelta(0)) | {"n_holders": N_HOLDERS},
    )
    versions = _versions(warehouse, sorted({*revision_ids, *(row["other_id"] for row in rows)}))
    others: dict[str, list[Version]] = {revision_id: [] for revision_id in revision_ids}
    for row in rows:
        others[row["revision_id"]].append(versions[row["other_id"]])
    return [(versions[revision_id], found) for revision_id, found in others.items()]


def save_reuse(warehouse: Warehouse, found: Sequence[tuple[Version, Reuse]]) -> None:
    """Make the warehouse say this of these revisions, and nothing else of them."""
    ids = [version.place.revision_id for version, _ in found]
    warehouse.sql.execute("delete from core.passage where revision_id in (select unnest($1))", [ids])
    warehouse.merge("passage", [row for pair in found for row in _passage_rows(*pair)], ("revision_id", "position"))
    warehouse.replace("reuse", [_reuse_row(*pair) for pair in found], ("revision_id",))


def _versions(warehouse: Warehouse, revision_ids: Sequence[str]) -> dict[str, Version]:
    """By revision, with their texts; only the blocks of the days on which they were seen are read."""
    places = warehouse.rows(
        """
        select revision_id, article_id, outlet_id, since_utc, seen_utc
        from core.signature
        where revision_id in (select unnest($1))
        """,
        [list(revision_ids)],
    )
    seen = [row["seen_utc"] for row in places]
    texts = warehouse.rows(
        """
        select revision_id, text
        from core.revision
        where revision_id in (select unnest($1)) and seen_utc between $2 and $3
        """,
        [list(revision_ids), min(seen), max(seen)],
    )
    text_of = {row["revision_id"]: row["text"] for row in texts}
    return {
        row["revision_id"]: Version(
            place=Place(row["since_utc"], row["article_id"], row["revision_id"]),
            outlet_id=row["outlet_id"],
            text=ShingledText(text_of[row["revision_id"]]),
        )
        for row in places
    }


def _reuse_row(version: Version, reuse: Reuse) -> dict[str, object]:
    def article(place: Place | None) -> str | None:
        return place.article_id if place else None

    return {
        "revision_id": version.place.revision_id,
        "article_id": version.article_id,
        "since_utc": version.place.since_utc,
        "n_words": reuse.n_words,
        "n_own": reuse.n_own,
        "n_reused": reuse.n_reused,
        "n_repeated": reuse.n_repeated,
        "n_boilerplate": reuse.n_boilerplate,
        "origin_article_id": article(reuse.origin),
        "near_article_id": article(reuse.near),
        "counts_with": article(reuse.counts_with),
    }


def _passage_rows(version: Version, reuse: Reuse) -> list[dict[str, object]]:
    return [
        {
            "revision_id": version.place.revision_id,
            "position": position,
            "paragraph": passage.paragraph,
            "start_char": passage.start,
            "end_char": passage.end,
            "n_words": passage.n_words,
            "is_same_outlet": passage.is_same_outlet,
            "origin_article_id": passage.origin.article_id,
            "origin_revision_id": passage.origin.revision_id,
        }
        for position, passage in enumerate(reuse.passages)
    ]


def _parameters(
    warehouse: Warehouse, method: str, revision_ids: Sequence[str], back: timedelta, ahead: timedelta
) -> dict[str, object]:
    """Of ``_ASKED_AND_HELD``: whose time lies in the span of the asked ones, widened by ``back`` and ``ahead``."""
    (span,) = warehouse.rows(
        """
        select min(since_utc) as first_utc, max(since_utc) as last_utc
        from core.signature
        where revision_id in (select unnest($1))
        """,
        [list(revision_ids)],
    )
    return {
        "method": method,
        "revision_ids": list(revision_ids),
        "from_utc": span["first_utc"] - back,
        "to_utc": span["last_utc"] + ahead,
        "look_back": LOOK_BACK,
    }
