"""The rows of scores: what the framing engine said of one revision."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreKey:
    """Which revision was scored, by what: the layer of codes, the code of the scorer, the cues of the language."""

    revision_id: str
    layer: str
    scorer_version: str
    cue_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(ScoreKey):
    """That one revision was scored under one key, and what holds for all its codes."""

    language: str | None
    relevant: bool | None
    n_sentences: int
    scored_utc: datetime
    headline_gap: float | None = None
    """Frames of the headline that the body does not carry / frames of the headline; ``None``: it carries none."""
    asserted_in_headline: list[str] | None = None
    """Frames that the headline states in the outlet's voice and the body does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeScoreRow(ScoreKey):
    """One frame, signal, topic or code of a layer, of one score."""

    kind: str
    """frame, signal, topic, policy or narrative."""
    code_id: str
    carried: bool | None
    share: float | None
    n_outlet: int | None = None
    """Sentences that carry the code in the outlet's own voice; ``None``: voice not measured."""
    n_quoted: int | None = None
    n_reported: int | None = None
    n_rejected: int | None = None
    n_scare: int | None = None
    prominence: str | None = None
    """headline, lead or body: the foremost place of a hit; ``None``: none, or not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow(ScoreKey):
    """One hit of one score; characters in ``part``, ends exclusive."""

    kind: str
    code_id: str
    part: str
    start_char: int
    end_char: int
    sentence_start: int
    sentence_end: int
    cue: str
    voice: str | None
    speaker: str | None
    reason: str | None = None
    """Why it is taken to be in this voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceRow(ScoreKey):
    """One quotation or indirect speech of one score; characters in ``part``, ends exclusive."""

    position: int
    """From 0, in the order of the text."""
    kind: str
    """direct or indirect."""
    part: str
    start_char: int
    end_char: int
    n_words: int
    depth: int
    """1: a quotation inside a quotation."""
    speaker: str | None
    actor_id: str | None
    verb: str | None
    verb_class: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorScoreRow(ScoreKey):
    """How one score speaks of one actor that the text names or lets speak."""

    actor_id: str
    n_mentions: int
    n_spoken_words: int | None
    """Words given to the actor, in direct and indirect speech; ``None``: not measured."""
    n_positive: int | None
    """Judging words on the actor in the outlet's own voice; ``None``: not measured."""
    n_negative: int | None
    role: str | None
    """Protagonist, Antagonist or Innocent by the outlet's own words; ``None``: nothing says, or not measured."""
    role_evidence: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelUseRow(ScoreKey):
    """How often one score holds one slant marker."""

    label_id: str
    n_hits: int
    n_outlet: int | None
    """Of them, in the outlet's own words; ``None``: not measured."""
