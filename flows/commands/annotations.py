"""An annotation as plain facts, for JSON."""

from dataclasses import asdict
from typing import Any, Final

from framing.codebook import CANDIDATES
from framing.records import Annotation, CodeScore, Hit

_NAMES: Final = {
    "frame": "frames",
    "signal": "signals",
    "topic": "topics",
    "policy": "policy_frames",
    "narrative": "narratives",
}
"""How the codes of each kind are headed."""


def annotation_facts(annotation: Annotation) -> dict[str, Any]:
    """All that was measured of one text; ``None`` is not measured, and never zero."""
    codes = {name: [_code(score) for score in annotation.of_kind(kind)] for kind, name in _NAMES.items()}
    return {
        "language": annotation.language,
        "relevant": annotation.relevant,
        "n_sentences": annotation.n_sentences,
        **codes,
        "headline": asdict(annotation.headline) if annotation.headline else None,
        "actors": [asdict(portrait) for portrait in annotation.cast.portraits] if annotation.cast else None,
        "labels": _labels(annotation),
        "utterances": None if annotation.utterances is None else [asdict(one) for one in annotation.utterances],
    }


def _code(score: CodeScore) -> dict[str, Any]:
    """``{"frame": "deadlock", "carried": ..., "share": ..., "hits": [...]}``; others alike, a candidate says so."""
    mark = {"candidate": True} if score.kind in CANDIDATES else {}
    return {
        score.kind: score.code_id,
        **mark,
        "carried": score.carried,
        "share": score.share,
        "prominence": score.prominence,
        "voices": asdict(score.voices) if score.voices else None,
        "hits": [_hit(hit) for hit in score.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "start": hit.start,
        "end": hit.end,
        "cue": hit.cue,
        "voice": hit.voice,
        "speaker": hit.speaker,
        "reason": hit.reason,
        "part": hit.part,
    }


def _labels(annotation: Annotation) -> list[dict[str, Any]] | None:
    if annotation.cast is None or annotation.cast.labels is None:
        return None
    return [asdict(label) for label in annotation.cast.labels]
