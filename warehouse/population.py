"""The sentences that a sample is drawn from: those of a published copy's articles on the talks, frame by frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow

from framing.codebook import Codebook
from framing.corpus.sampling import Draw, Stratum
from framing.errors import ParleyError

_COUNTED = """
with counted as (
    -- An article counts with its latest revision, in the frames that are measured in its language. Sentences are
    -- counted as the scorer counted them, so none has to be split before it is drawn.
    select
        f.language,
        f.frame_id,
        f.revision_id,
        any_value(f.n_sentences) as n_sentences,
        count(distinct (h.part, h.sentence_start)) filter (where h.part is not null) as n_carried
    from core.scored_frame as f
    left join core.hit as h
        on f.revision_id = h.revision_id
        and f.layer = h.layer
        and f.scorer_version = h.scorer_version
        and f.cue_hash = h.cue_hash
        and h.kind = 'frame'
        and f.frame_id = h.code_id
    where f.carried is not null
    and f.relevant
    group by all

),

part as (

    select language, frame_id, revision_id, true as machine_carried, n_carried as n from counted
    union all
    select language, frame_id, revision_id, false as machine_carried, n_sentences - n_carried as n from counted

)
"""

_SIZES = """
select language, frame_id, machine_carried, sum(n)::bigint
from part
where (len($languages) = 0 or language in $languages)
and (len($frames) = 0 or frame_id in $frames)
group by all
"""

_FOUND = """,

placed as (

    select
        *,
        sum(n) over (partition by language, frame_id, machine_carried order by revision_id) as n_upto
    from part

),

hit_sentence as (

    select
        h.revision_id,
        h.code_id,
        h.part,
        h.sentence_start,
        arg_min(h.voice, h.start_char) filter (where h.voice is not null) as voice
    from core.scored_hit as h
    where h.kind = 'frame'
    group by all

)

select
    d.position,
    cast(d.rank - (p.n_upto - p.n) as bigint) as place,
    a.revision_id,
    a.article_id,
    a.outlet_id,
    coalesce(a.title, '') as title,
    a.text,
    a.n_sentences,
    list([h.part, h.sentence_start::varchar, h.voice]) filter (where h.part is not null) as hits
from drawn as d
join placed as p
    on d.language = p.language
    and d.frame_id = p.frame_id
    and d.machine_carried = p.machine_carried
    and d.rank >= p.n_upto - p.n
    and d.rank < p.n_upto
join core.scored_article as a
    on p.revision_id = a.revision_id
left join hit_sentence as h
    on p.revision_id = h.revision_id
    and p.frame_id = h.code_id
group by all
order by d.position
"""


class NothingToSampleError(ParleyError):
    """The published copy holds no sentence of what is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where a drawn unit is: in which text, and which of its sentences."""

    place: int
    """From 0, among the text's sentences that carry the frame, or among those that do not, as the stratum says."""
    revision_id: str
    article_id: str
    outlet_id: str
    title: str
    text: str
    n_sentences: int
    """As the scorer counted them."""
    voices: dict[tuple[str, int], str | None]
    """``(part, start)`` of each sentence that carries the frame, with the voice of the first hit whose is known."""


def active_codebook_of(connection: duckdb.DuckDBPyConnection) -> Codebook:
    """
    The codebook whose answers a published copy shows.

    Raises:
        NothingToSampleError: Nothing was scored yet.
    """
    row = connection.execute(
        "select c.content from core.active_codebook as a join core.codebook as c using (codebook_version)"
    ).fetchone()
    if row is None:
        raise NothingToSampleError("Nothing was scored in this home yet. 'parley run' collects, scores and publishes.")
    return Codebook.from_json(row[0])


def sizes_of(
    connection: duckdb.DuckDBPyConnection, languages: Sequence[str], frames: Sequence[str]
) -> dict[Stratum, int]:
    """
    How many sentences each stratum holds.

    Args:
        connection: A published copy.
        languages: ISO 639-1; none: all.
        frames: Ids; none: all.

    Raises:
        NothingToSampleError: Not one, or not one of a language or frame that is asked for.
    """
    rows = connection.execute(_COUNTED + _SIZES, {"languages": list(languages), "frames": list(frames)}).fetchall()
    lacking = [f"language {one}" for one in languages if one not in {row[0] for row in rows}]
    lacking += [f"frame {one}" for one in frames if one not in {row[1] for row in rows}]
    if lacking:
        raise NothingToSampleError(
            f"The published copy holds no measured sentence on the talks of {', '.join(lacking)}. Leave it out; "
            "'parley frames' lists the frames, 'parley sql' what is stored: "
            "select language, count(*) from article group by all"
        )
    if not rows:
        raise NothingToSampleError(
            "The published copy holds no measured sentence on the talks yet. 'parley run' collects, scores and "
            "publishes."
        )
    return {Stratum(language, frame, carried): n for language, frame, carried, n in rows}


def locate(connection: duckdb.DuckDBPyConnection, draws: Sequence[Draw]) -> list[Located]:
    """Find the drawn units in the copy whose strata were counted; in the order of the draws."""
    drawn = pyarrow.table(  # noqa: F841 (DuckDB reads it by name)
        {
            "position": list(range(len(draws))),
            "language": [draw.stratum.language for draw in draws],
            "frame_id": [draw.stratum.frame_id for draw in draws],
            "machine_carried": [draw.stratum.machine_carried for draw in draws],
            "rank": [draw.rank for draw in draws],
        }
    )
    rows = connection.execute(_COUNTED + _FOUND).fetchall()
    return [
        Located(
            place=place,
            revision_id=revision_id,
            article_id=article_id,
            outlet_id=outlet_id,
            title=title,
            text=text,
            n_sentences=n_sentences,
            voices={(part, int(start)): voice for part, start, voice in hits or ()},
        )
        for _, place, revision_id, article_id, outlet_id, title, text, n_sentences, hits in rows
    ]
