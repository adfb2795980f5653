"""What each article on the talks gives to a portrait of its outlet, kept up to date article by article."""

import hashlib
from datetime import datetime
from typing import Any, Final

from framing.corpus.marks import KINDS
from warehouse.store import Warehouse
from warehouse.voices import summed_anew

_TABLES: Final = ("portrait", "voice_day", "voice_cell", "portrait_state", "verb_slant", "event_window", "omission")


def full_version(warehouse: Warehouse, version: str) -> str:
    """The version of the way of counting, with a hash of what texts are counted together by: classes and countries."""
    rows = warehouse.rows("select outlet_id, outlet_class, country from core.outlet order by outlet_id")
    return f"{version}-{hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"


def start_anew(warehouse: Warehouse, version: str) -> None:
    """Forget all that was counted in another way or with another codebook, or while no codebook is active."""
    if not warehouse.rows(
        "select 1 from core.portrait_state as s join core.active_codebook using (codebook_version) "
        "where s.version = $1",
        [version],
    ):
        for table in _TABLES:
            warehouse.sql.execute(f"delete from core.{table}")


def stale_articles(warehouse: Warehouse) -> list[dict[str, Any]]:
    """
    The articles that are not counted as they stand, in order of their id.

    Those are the new ones, those that were revised, scored anew, dated otherwise or withdrawn, and those that share
    their text with others than before.

    Returns:
        ``article_id``; ``published_utc`` as it is now, ``None`` where the article is withdrawn; ``counted_utc``, the
        same as it was counted, ``None`` where it was not.
    """
    return warehouse.rows(
        """
        select
            coalesce(a.article_id, p.article_id) as article_id,
            a.published_utc,
            p.published_utc as counted_utc
        from core.portrayable as a
        full join core.portrait as p
            on a.article_id = p.article_id
        where a.revision_id is distinct from p.revision_id
        or a.scorer_version is distinct from p.scorer_version
        or a.cue_hash is distinct from p.cue_hash
        or a.published_utc is distinct from p.published_utc
        or a.cluster_id is distinct from p.cluster_id
        order by article_id
        """
    )


def portray(warehouse: Warehouse, article_ids: list[str]) -> None:
    """Count these articles anew; those that are no longer to be counted are taken out."""
    warehouse.sql.execute(
        "create or replace temp table stale as select unnest($1::varchar[]) as article_id", [article_ids]
    )
    with summed_anew(warehouse):
        warehouse.sql.execute("delete from core.portrait as p using stale where p.article_id = stale.article_id")
        warehouse.sql.execute(_PORTRAITS, [list(KINDS)])
    warehouse.sql.execute("drop table stale")


def counted_until(warehouse: Warehouse) -> datetime | None:
    """The newest poll that was there when omissions were last told; ``None``: never, or there was no poll."""
    rows = warehouse.rows("select polled_utc from core.portrait_state")
    return rows[0]["polled_utc"] if rows else None


def forget_until(warehouse: Warehouse) -> None:
    """Let the next run tell all omissions anew, unless this one comes to its end and notes what it told."""
    warehouse.sql.execute("update core.portrait_state set polled_utc = null")


def note_state(warehouse: Warehouse, version: str) -> None:
    """Note what was counted; where nothing is new this writes nothing."""
    (row,) = warehouse.rows(
        """
        select
            (select codebook_version from core.active_codebook) as codebook_version,
            (select max(scored_utc) from core.score) as as_of_utc,
            (select max(polled_utc) from core.poll) as polled_utc
        """
    )
    if row["codebook_version"] is not None and row["as_of_utc"] is not None:
        warehouse.replace("portrait_state", [{"version": version, **row}], ("version",))


_PORTRAITS = """
insert into core.portrait by name
with article as (
    select p.*
    from core.portrayable as p
    join stale using (article_id)
),
-- What is said within somebody's words is theirs already.
cited as (
    select
        a.article_id,
        u.actor_id,
        k.side,
        coalesce(sum(u.n_words) filter (where u.kind = 'direct'), 0)::integer as n_direct,
        coalesce(sum(u.n_words) filter (where u.kind = 'indirect'), 0)::integer as n_indirect,
        count_if(u.verb_class = 'doubting')::integer as n_doubting,
        count(u.verb_class)::integer as n_classed
    from article as a
    join core.utterance as u
        on a.revision_id = u.revision_id
        and a.layer = u.layer
        and a.scorer_version = u.scorer_version
        and a.cue_hash = u.cue_hash
    left join core.current_actor as k
        on u.actor_id = k.actor_id
    where u.depth = 0
    group by all
),
voice as (
    select
        article_id,
        sum(n_direct + n_indirect)::integer as n_quoted_words,
        list(
            struct_pack(actor_id, side, n_direct, n_indirect, n_doubting, n_classed) order by actor_id nulls last
        ) as voices
    from cited
    group by all
),
-- The foremost place of each signal.
place as (
    select
        a.article_id,
        h.code_id as signal_id,
        c.prominence,
        h.part,
        h.start_char,
        h.end_char,
        h.sentence_start,
        h.sentence_end,
        h.voice,
        h.speaker
    from article as a
    join core.hit as h
        on a.revision_id = h.revision_id
        and a.layer = h.layer
        and a.scorer_version = h.scorer_version
        and a.cue_hash = h.cue_hash
    join core.code_score as c
        on h.revision_id = c.revision_id
        and h.layer = c.layer
        and h.scorer_version = c.scorer_version
        and h.cue_hash = c.cue_hash
        and h.kind = c.kind
        and h.code_id = c.code_id
    where h.kind = 'signal'
    qualify row_number() over (
        partition by a.article_id, h.code_id order by h.part <> 'title', h.start_char, h.end_char, h.cue
    ) = 1
),
signal as (
    select
        article_id,
        list(
            struct_pack(
                signal_id, prominence, part, start_char, end_char, sentence_start, sentence_end, voice, speaker
            ) order by signal_id
        ) as signals
    from place
    group by all
),
subject as (
    select a.article_id, 'actor.' || s.actor_id as subject
    from article as a
    join core.actor_score as s
        on a.revision_id = s.revision_id
        and a.layer = s.layer
        and a.scorer_version = s.scorer_version
        and a.cue_hash = s.cue_hash
    where s.n_mentions > 0
    union
    select a.article_id, c.kind || '.' || c.code_id
    from article as a
    join core.code_score as c
        on a.revision_id = c.revision_id
        and a.layer = c.layer
        and a.scorer_version = c.scorer_version
        and a.cue_hash = c.cue_hash
    where c.carried
    and list_contains($1, c.kind)
),
named as (
    select article_id, list(subject order by subject) as subjects
    from subject
    group by all
)
select
    a.article_id,
    a.revision_id,
    a.scorer_version,
    a.cue_hash,
    a.outlet_id,
    a.language,
    a.published_utc,
    a.day_utc,
    a.cluster_id,
    a.is_measured,
    a.headline_gap,
    a.n_asserted,
    coalesce(v.n_quoted_words, 0) as n_quoted_words,
    coalesce(v.voices, []) as voices,
    coalesce(s.signals, []) as signals,
    coalesce(n.subjects, []) as subjects
from article as a
left join voice as v
    on a.article_id = v.article_id
left join signal as s
    on a.article_id = s.article_id
left join named as n
    on a.article_id = n.article_id
order by a.outlet_id, a.day_utc, a.article_id
"""
