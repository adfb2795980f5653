"""The rows of the core tables: one frozen record per table, the field is the column."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from warehouse.feed_records import FeedMove, FeedProposal, FeedRule, Gap, Poll, RobotsFile
from warehouse.score_records import ActorScoreRow, CodeScoreRow, HitRow, LabelUseRow, Score, ScoreKey, UtteranceRow


class SightingState(StrEnum):
    """Pending, or what finally became of one item seen in a feed. Never "other"."""

    PENDING = "pending"
    STORED = "stored"
    DUPLICATE = "duplicate"
    OFF_TOPIC = "off_topic"
    PAYWALLED = "paywalled"
    WALL = "wall"
    SOFT_404 = "soft_404"
    INDEX = "index"
    VIDEO = "video"
    TOO_SHORT = "too_short"
    ROBOTS = "robots"
    ERROR = "error"


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
    purpose: str = "first"
    """first, revisit or backfill."""
    etag: str | None = None
    last_modified: str | None = None
    verdict: str | None = None
    verdict_evidence: str | None = None
    """JSON: what spoke for the verdict."""
    text_fingerprint: str | None = None
    """SHA-256 of the words of a short text, without ids and times; ``None``: no text, or a long one."""
    modified_utc: datetime | None = None
    """When the page said that it was last changed, also where nothing had."""
    robots: str | None = None
    """allowed, disallowed or unreachable; ``None``: not asked."""
    retry_after_utc: datetime | None = None
    """Not to be asked before, as the host itself said."""
    warc_file: str | None = None
    warc_offset: int | None = None


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
    full_text: str | None = None
    """Of the article, where the feed carries it."""


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
    previous_revision_id: str | None = None
    text_source: str = "page"
    """page, or feed where the page gave no article and the feed carries its full text."""
    feed_overlap: float | None = None
    """Share of the feed's text that the page's holds, in [0, 1]; ``None``: the feed carries no full text."""
    modified_raw: str | None = None
    modified_utc: datetime | None = None
    correction_note: str | None = None
    date_spread_h: float | None = None
    """Hours between the date candidates that lie furthest apart; ``None`` with fewer than two."""
    date_disagrees: bool | None = None
    """Is that more than a day?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionVerdict:
    """A later verdict on a revision that was stored as an article and is none."""

    revision_id: str
    judged_utc: datetime
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidateRow:
    """One date that somebody gave for one revision, in order of trust."""

    revision_id: str
    position: int
    rule: str
    raw: str
    time_utc: datetime
    is_exact: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What changed from one revision of an article to the next."""

    revision_id: str
    previous_revision_id: str
    article_id: str
    seen_utc: datetime
    headline_changed: bool
    n_added: int
    """Sentences."""
    n_removed: int
    added: list[str]
    removed: list[str]
    is_announced: bool | None
    """Did dateModified or a correction note change? ``None``: the page states neither."""
    is_stealth: bool


Record = (
    Poll
    | Fetch
    | Sighting
    | Article
    | Revision
    | RevisionVerdict
    | DateCandidateRow
    | Edit
    | Gap
    | FeedRule
    | FeedMove
    | FeedProposal
    | RobotsFile
    | Score
    | CodeScoreRow
    | HitRow
    | UtteranceRow
    | ActorScoreRow
    | LabelUseRow
)

SCORE_KEY = tuple(field.name for field in fields(ScoreKey))

TABLES: dict[type[Record], tuple[str, tuple[str, ...]]] = {
    Poll: ("poll", ("poll_id",)),
    Fetch: ("fetch", ("fetch_id",)),
    Sighting: ("sighting", ("sighting_id",)),
    Article: ("article", ("article_id",)),
    Revision: ("revision", ("revision_id",)),
    RevisionVerdict: ("revision_verdict", ("revision_id",)),
    DateCandidateRow: ("date_candidate", ("revision_id", "position")),
    Edit: ("edit", ("revision_id",)),
    Gap: ("gap", ("poll_id",)),
    FeedRule: ("feed_rule", ("feed_url", "item_key_rule")),
    FeedMove: ("feed_move", ("feed_url", "moved_utc")),
    FeedProposal: ("feed_proposal", ("feed_url", "proposed_url")),
    RobotsFile: ("robots", ("origin", "fetched_utc")),
    Score: ("score", SCORE_KEY),
    CodeScoreRow: ("code_score", (*SCORE_KEY, "kind", "code_id")),
    UtteranceRow: ("utterance", (*SCORE_KEY, "position")),
    ActorScoreRow: ("actor_score", (*SCORE_KEY, "actor_id")),
    LabelUseRow: ("label_use", (*SCORE_KEY, "label_id")),
    HitRow: ("hit", (*SCORE_KEY, "kind", "code_id", "part", "start_char", "end_char", "cue")),
}
"""Table and key of each record; the key is what makes saving twice the same as saving once."""
