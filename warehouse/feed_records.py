"""The rows of the core tables that say how feeds are: polled, moved, or with a gap between two polls."""

from dataclasses import dataclass
from datetime import datetime


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
    n_unread: int | None = None
    """Items that stand in the body beside the ``n_items`` and could not be read; no failure, but a loss."""
    asked_url: str | None = None
    """Where the feed was asked: another address than ``feed_url`` once it moved."""
    final_url: str | None = None
    permanent_url: str | None = None
    """Where permanent redirects (301, 308) alone led; ``None``: nowhere else."""
    is_conditional: bool | None = None
    """Were validators sent?"""
    validator_lied: bool | None = None
    """Another body came under the validator of the one before."""
    n_shared: int | None = None
    """Items that the feed's document before held as well; ``None`` where there was none."""
    failure: str | None = None
    """hard, soft, temporary, or ours where most hosts failed at once; ``None``: no failure."""
    interval_s: float | None = None
    """How long this feed is left alone while it answers, before jitter and what its server asks."""
    next_utc: datetime | None = None
    """Not to be asked before."""
    next_reason: str | None = None
    retry_after_utc: datetime | None = None
    """Not to be asked before, as the host itself said."""
    warc_file: str | None = None
    """Below the home's ``warc`` folder; ``None``: no answer to keep."""
    warc_offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Two documents of a feed that share no item: what came and went between them is unknown."""

    poll_id: str
    feed_url: str
    outlet_id: str
    from_utc: datetime
    to_utc: datetime
    n_lost: float | None
    """An estimate of the items nobody saw; ``None``: nothing to estimate it from."""
    basis: str
    """What the estimate rests on, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A feed's newest document that held items; replaced by each one that says something else."""

    feed_url: str
    poll_id: str
    """The first poll that gave it."""
    polled_utc: datetime
    sighting_ids: list[str]
    ttl_s: int | None
    """How long it asks to be left alone; ``None``: it does not say."""
    skip_hours: list[int]
    """In which it asks not to be polled, UTC."""
    skip_days: list[int]
    """Likewise; Monday is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRule:
    """From when on a feed's items are told apart by a lower rung of the ladder, and why."""

    feed_url: str
    since_utc: datetime
    item_key_rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMove:
    """From when on a feed is asked at another address; ``feed_url`` stays its name."""

    feed_url: str
    moved_utc: datetime
    old_url: str
    new_url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedProposal:
    """An address that may be the new one of a feed that is gone; a person decides."""

    feed_url: str
    proposed_url: str
    found_utc: datetime
    found_on: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """One reading of a host's robots.txt."""

    origin: str
    fetched_utc: datetime
    http_status: int | None
    rules: str | None
    """``None``: could not be had for a passing reason."""
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPace:
    """How a registrable domain bore our pace when it was last asked."""

    domain: str
    noted_utc: datetime
    slowing: int
    """What the spacing is multiplied with: 1, 2, 4 ..."""
    rest_until_utc: datetime | None = None
    """Not to be asked before; ``None``: it does not rest."""
    rest_status: str | None = None
    """What its requests are answered with until then."""
    rest_reason: str | None = None
