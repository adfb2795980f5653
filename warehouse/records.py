"""The rows of the core tables: one frozen record per table, the field is the column."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SightingState(StrEnum):
    """Pending, or what finally became of one item seen in a feed. Never "other"."""

    PENDING = "pending"
    STORED = "stored"
    DUPLICATE = "duplicate"
    OFF_TOPIC = "off_topic"
    PAYWALLED = "paywalled"
    WALL = "wall"
    SOFT_404 = "soft_404"
    TOO_SHORT = "too_short"
    ROBOTS = "robots"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One request for a feed and what it gave."""

    poll_id: str
    feed_url: str
    outlet_id: str
    polled_utc: datetime
    fetch_status: str
    http_status: int | None
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    feed_format: str | None
    n_items: int | None
    """``None``: no body was read, for example after 304."""
    n_new: int | None
    elapsed_ms: int
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One request for a page."""

    fetch_id: str
    url: str
    final_url: str | None
    outlet_id: str
    fetched_utc: datetime
    fetch_status: str
    http_status: int | None
    content_type: str | None
    n_bytes: int | None
    """After decompression."""
    body_sha256: str | None
    elapsed_ms: int
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One item seen in one feed; the grain of the coverage ledger."""

    sighting_id: str
    outlet_id: str
    feed_url: str
    poll_id: str
    item_key: str
    item_key_rule: str
    url: str | None
    page_url: str | None
    """The address without tracking: what is fetched, and what articles are told apart by."""
    title: str | None
    summary: str | None
    published_raw: str | None
    published_utc: datetime | None
    first_seen_utc: datetime
    state: str
    reason: str | None
    """Why the state is what it is; always given for ``error``."""
    state_utc: datetime
    article_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One story of one outlet."""

    article_id: str
    outlet_id: str
    url: str
    first_seen_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of an article's text; all scores hang on it."""

    revision_id: str
    article_id: str
    fetch_id: str
    seen_utc: datetime
    verdict: str
    title: str | None
    text: str
    text_sha256: str
    n_words: int
    authors: list[str]
    published_utc: datetime | None
    published_rule: str | None
    published_raw: str | None
    language: str | None
    language_confidence: float | None
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """That one revision was scored under one key, and what holds for all its codes."""

    revision_id: str
    layer: str
    scorer_version: str
    cue_hash: str
    language: str | None
    relevant: bool | None
    n_sentences: int
    scored_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeScoreRow:
    """One frame, signal or topic of one score."""

    revision_id: str
    layer: str
    scorer_version: str
    cue_hash: str
    kind: str
    """frame, signal or topic."""
    code_id: str
    carried: bool | None
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """One hit of one score; characters in ``part``, ends exclusive."""

    revision_id: str
    layer: str
    scorer_version: str
    cue_hash: str
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


Record = Poll | Fetch | Sighting | Article | Revision | Score | CodeScoreRow | HitRow

SCORE_KEY = ("revision_id", "layer", "scorer_version", "cue_hash")

TABLES: dict[type[Record], tuple[str, tuple[str, ...]]] = {
    Poll: ("poll", ("poll_id",)),
    Fetch: ("fetch", ("fetch_id",)),
    Sighting: ("sighting", ("sighting_id",)),
    Article: ("article", ("article_id",)),
    Revision: ("revision", ("revision_id",)),
    Score: ("score", SCORE_KEY),
    CodeScoreRow: ("code_score", (*SCORE_KEY, "kind", "code_id")),
    HitRow: ("hit", (*SCORE_KEY, "kind", "code_id", "part", "start_char", "end_char", "cue")),
}
"""Table and key of each record; the key is what makes saving twice the same as saving once."""
