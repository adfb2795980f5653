"""One annotation as the rows of the warehouse that hold it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from framing.actors.records import Cast, Portrait
from framing.codebook import Codebook
from framing.records import Annotation, CodeScore
from framing.scoring import SCORER_VERSION, annotate
from framing.speech.records import Utterance
from framing.tokens import tokenise
from warehouse.catalogue import LAYER
from warehouse.records import Record
from warehouse.score_records import ActorScoreRow, CodeScoreRow, HitRow, LabelUseRow, Score, UtteranceRow


def score_rows(row: dict[str, Any], codebook: Codebook, now: datetime) -> list[Record]:
    """
    Annotate one unscored revision.

    Args:
        row: As ``warehouse.agenda.unscored_revisions`` gives it.

    Returns:
        The rows to store: the score itself, its codes with their hits, who is cited, how actors are spoken of.
    """
    title, text = row["title"] or "", row["text"]
    strings = {"title": title, "text": text}
    annotation = annotate(title, text, row["language"], codebook, row["published_utc"])
    key = {
        "revision_id": row["revision_id"],
        "layer": LAYER,
        "scorer_version": SCORER_VERSION,
        "cue_hash": row["cue_hash"],
    }
    return [
        _score(key, annotation, now),
        *(record for code in annotation.codes for record in _code(key, code)),
        *(_utterance(key, n, one, strings) for n, one in enumerate(annotation.utterances or ())),
        *(_cast(key, annotation.cast, strings) if annotation.cast else ()),
    ]


def _score(key: dict[str, str], annotation: Annotation, now: datetime) -> Score:
    asserted = annotation.headline.asserted if annotation.headline else None
    return Score(
        **key,
        language=annotation.language,
        relevant=annotation.relevant,
        n_sentences=annotation.n_sentences,
        headline_gap=annotation.headline.gap if annotation.headline else None,
        asserted_in_headline=list(asserted) if asserted is not None else None,
        scored_utc=now,
    )


def _code(key: dict[str, str], code: CodeScore) -> Iterator[Record]:
    voices = code.voices
    yield CodeScoreRow(
        **key,
        kind=code.kind,
        code_id=code.code_id,
        carried=code.carried,
        share=code.share,
        n_outlet=voices.outlet if voices else None,
        n_quoted=voices.quoted if voices else None,
        n_reported=voices.reported if voices else None,
        n_rejected=voices.rejected if voices else None,
        n_scare=voices.scare if voices else None,
        prominence=code.prominence,
    )
    for hit in code.hits:
        yield HitRow(
            **key,
            kind=hit.kind,
            code_id=hit.code_id,
            part=hit.part,
            start_char=hit.start,
            end_char=hit.end,
            sentence_start=hit.sentence_start,
            sentence_end=hit.sentence_end,
            cue=hit.cue,
            voice=hit.voice,
            speaker=hit.speaker,
            reason=hit.reason,
        )


def _utterance(key: dict[str, str], position: int, utterance: Utterance, strings: dict[str, str]) -> UtteranceRow:
    return UtteranceRow(
        **key,
        position=position,
        kind=utterance.kind,
        part=utterance.part,
        start_char=utterance.start,
        end_char=utterance.end,
        n_words=len(tokenise(strings[utterance.part], utterance.start, utterance.end)),
        depth=utterance.depth,
        speaker=utterance.speaker,
        actor_id=utterance.actor_id,
        verb=utterance.verb,
        verb_class=utterance.verb_class,
    )


def _cast(key: dict[str, str], cast: Cast, strings: dict[str, str]) -> Iterator[Record]:
    yield from (_actor(key, portrait, strings) for portrait in cast.portraits)
    n_outlet = Counter(hit.label_id for hit in cast.labels or () if hit.is_outlet)
    is_voiced = all(hit.is_outlet is not None for hit in cast.labels or ())
    for label_id, n_hits in Counter(hit.label_id for hit in cast.labels or ()).items():
        own = n_outlet[label_id] if is_voiced else None
        yield LabelUseRow(**key, label_id=label_id, n_hits=n_hits, n_outlet=own)


def _actor(key: dict[str, str], portrait: Portrait, strings: dict[str, str]) -> ActorScoreRow:
    tone, lean = portrait.tone, portrait.own_lean
    return ActorScoreRow(
        **key,
        actor_id=portrait.actor_id,
        n_mentions=portrait.n_mentions,
        n_spoken_words=portrait.n_quoted_words,
        n_positive=tone.n_positive if tone else None,
        n_negative=tone.n_words - tone.n_positive if tone else None,
        role=lean.role if lean else None,
        role_evidence=[strings[part][start:end] for part, start, end in lean.evidence] if lean else [],
    )
