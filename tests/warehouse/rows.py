"""Rows for tests that look at views: one outlet, one feed, articles with one frame."""

from datetime import UTC, datetime, timedelta

from warehouse.records import Article, Poll, Revision, Sighting
from warehouse.score_records import CodeScoreRow, Score
from warehouse.store import Warehouse

NOW = datetime(2025, 12, 3, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SAMPLE_KEY = {"layer": "event", "scorer_version": "1", "cue_hash": "hash"}
FEED = "http://wire.example/feed.xml"


def poll_row(poll_id: str, fetch_status: str = "ok", error: str | None = None) -> Poll:
    return Poll(
        poll_id=poll_id,
        feed_url=FEED,
        outlet_id="wire",
        polled_utc=NOW,
        fetch_status=fetch_status,
        http_status=None,
        etag=None,
        last_modified=None,
        body_sha256=None,
        feed_format=None,
        n_items=None,
        n_new=None,
        elapsed_ms=1,
        error=error,
    )


def sighting_row(
    sighting_id: str, state: str = "pending", reason: str | None = None, first_seen_utc: datetime = NOW
) -> Sighting:
    return Sighting(
        sighting_id=sighting_id,
        outlet_id="wire",
        feed_url=FEED,
        poll_id="p",
        item_key=sighting_id,
        item_key_rule="guid",
        url="http://wire.example/1",
        page_url="http://wire.example/1",
        title=None,
        summary=None,
        published_raw=None,
        published_utc=None,
        first_seen_utc=first_seen_utc,
        state=state,
        reason=reason,
        state_utc=first_seen_utc,
        article_id=None,
    )


def article_rows(
    warehouse: Warehouse, article_id: str, carried: bool | None, share: float | None, relevant: bool | None
) -> None:
    """One article of ``wire`` at ``NOW`` with one frame, scored under the one active codebook."""
    register(warehouse)
    revision_id = f"r-{article_id}"
    url = f"http://wire.example/{article_id}"
    warehouse.save(
        [
            Article(article_id=article_id, outlet_id="wire", url=url, first_seen_utc=NOW),
            Revision(
                revision_id=revision_id,
                article_id=article_id,
                fetch_id="f",
                seen_utc=NOW,
                verdict="article",
                title="A title",
                text="A text.",
                text_sha256="0",
                n_words=2,
                authors=[],
                published_utc=NOW,
                published_rule="feed",
                published_raw="",
                language="en",
                language_confidence=1.0,
                extractor="none",
            ),
            Score(
                revision_id=revision_id,
                **SAMPLE_KEY,
                language="en",
                relevant=relevant,
                n_sentences=2,
                scored_utc=NOW,
            ),
            CodeScoreRow(
                revision_id=revision_id,
                **SAMPLE_KEY,
                kind="frame",
                code_id="deadlock",
                carried=carried,
                share=share,
                n_outlet=None if share is None else round(2 * share),
                n_quoted=None if share is None else 0,
                n_reported=None if share is None else 0,
                n_rejected=None if share is None else 0,
                n_scare=None if share is None else 0,
            ),
        ]
    )


def register(warehouse: Warehouse) -> None:
    """The outlet, its feed, and a codebook that is active."""
    outlet = {
        "outlet_id": "wire",
        "name": "Wire",
        "home": "http://wire.example/",
        "country": "UA",
        "languages": ["en"],
        "outlet_class": "private",
        "class_source": "a test",
        "mirrors": [],
        "keep": "on-topic",
        "is_watched": True,
    }
    feed = {"feed_url": FEED, "outlet_id": "wire", "language": "en", "verified": "listed", "verified_source": "a test"}
    book = {"codebook_version": "v", "layer": "event", "scorer_version": "1", "content": "{}", "registered_utc": NOW}
    warehouse.merge("outlet", [outlet], ("outlet_id",))
    warehouse.merge("feed", [{**feed, "is_watched": True}], ("feed_url",))
    warehouse.merge("codebook", [book], ("codebook_version",))
    warehouse.merge("cue_hash", [{"codebook_version": "v", "language": "en", "cue_hash": "hash"}], ("language",))
    warehouse.merge("active_codebook", [{"codebook_version": "v", "activated_utc": NOW}], ("codebook_version",))
    words = dict.fromkeys(("code", "label", "definition", "is_not", "serves_reason"), "x") | {"serves": "none"}
    frame = {"codebook_version": "v", "position": 1, "frame_id": "deadlock", "mirror": None, "no_mirror": "x", **words}
    warehouse.merge("frame", [frame], ("codebook_version", "frame_id"))
