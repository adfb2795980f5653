"""One article for people: its text with every hit, its states, and the texts it shares words with."""

from typing import Any

from dashboard.data import Archive, kept, records_of

MOST_COPIES = 50
"""Of one text, listed; the number told is that of all."""


@kept
def find(archive: Archive, named: str) -> list[str]:
    """Ids of the articles with this id or address, at most two: an address that two outlets share is no name."""
    rows = records_of(
        archive, "select article_id from article where article_id = ? or url = ? order by 1 limit 2", named, named
    )
    return [row["article_id"] for row in rows]


@kept
def newest(archive: Archive, n: int) -> list[dict[str, Any]]:
    """The newest articles on the talks, without their texts."""
    return records_of(
        archive,
        """
        select article_id, outlet_name, outlet_class, title, url, language, published_utc, date_disagrees,
            date_spread_h, text_source
        from article
        where relevant and published_utc is not null
        order by published_utc desc, article_id
        limit ?
        """,
        n,
    )


@kept
def article(archive: Archive, article_id: str) -> dict[str, Any]:
    """The row of ``article`` in its latest revision, with when and where its answer was archived."""
    (row,) = records_of(
        archive,
        """
        with one as (select * from article where article_id = ?)
        select one.*, f.fetched_utc, f.warc_file, f.warc_offset, f.body_sha256
        from one
        left join page_fetch as f on one.fetch_id = f.fetch_id
        """,
        article_id,
    )
    return row


@kept
def places(archive: Archive, article_id: str) -> list[dict[str, Any]]:
    """Every hit of ``evidence`` (of kind frame) and ``tag_evidence`` in the article, in reading order."""
    shared = "part, start_char, end_char, sentence_start, sentence_end, cue, voice, speaker, reason"
    return records_of(
        archive,
        f"""
        select 'frame' as kind, frame_id as code_id, {shared} from evidence where article_id = $1
        union all
        select kind, tag_id, {shared} from tag_evidence where article_id = $1
        order by part desc, start_char, end_char, kind, code_id
        """,
        article_id,
    )


@kept
def frame_scores(archive: Archive, article_id: str) -> list[dict[str, Any]]:
    """``revision_frame`` of every state of the article, the latest first; frames in the codebook's order."""
    return records_of(
        archive,
        """
        select r.position, r.is_latest, r.frame_id, r.carried, r.share
        from revision_frame as r
        join frame as f using (frame_id)
        where r.article_id = ?
        order by r.position desc, f.position
        """,
        article_id,
    )


@kept
def edits(archive: Archive, article_id: str) -> list[dict[str, Any]]:
    """The rows of ``edit`` of the article, newest first, with where each changed page is archived."""
    return records_of(
        archive,
        """
        select e.*, e.headline_after as title, f.warc_file, f.warc_offset, f.body_sha256
        from edit as e
        join revision as r using (revision_id)
        left join page_fetch as f on r.fetch_id = f.fetch_id
        where e.article_id = ?
        order by e.seen_utc desc, e.revision_id
        """,
        article_id,
    )


@kept
def reuse(archive: Archive, article_id: str) -> dict[str, Any] | None:
    """The row of ``reuse``; ``None``: its words were not traced yet."""
    rows = records_of(archive, "select * from reuse where article_id = ?", article_id)
    return rows[0] if rows else None


@kept
def passages(archive: Archive, article_id: str) -> list[dict[str, Any]]:
    """Its rows of ``passage`` with the names of the outlets that had the words first, in reading order."""
    return records_of(
        archive,
        """
        select p.*, o.name as origin_name
        from passage as p
        left join outlet as o on p.origin_outlet_id = o.outlet_id
        where p.article_id = ?
        order by p.position
        """,
        article_id,
    )


@kept
def copies(archive: Archive, article_id: str, cluster_id: str) -> tuple[int, list[dict[str, Any]]]:
    """How many other articles count as the same text, and the first of them in time."""
    rows = records_of(
        archive,
        f"""
        select article_id, outlet_name, outlet_class, title, url, since_utc, share_reused, count(*) over () as n
        from reuse
        where cluster_id = ? and article_id <> ?
        order by since_utc, article_id
        limit {MOST_COPIES}
        """,
        cluster_id,
        article_id,
    )
    return (int(rows[0]["n"]) if rows else 0), rows


@kept
def revision_text(archive: Archive, revision_id: str) -> dict[str, Any] | None:
    """``title`` and ``text`` of one revision; ``None``: this copy does not have it."""
    rows = records_of(archive, "select title, text from revision where revision_id = ?", revision_id)
    return rows[0] if rows else None
