"""The same text under several stories of one outlet: no story, but a wall that no table knows."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from flows.batches import BATCH
from flows.pages.page import Page
from flows.pages.signals import LITTLE_TEXT, count_characters
from flows.pages.verdict import Verdict
from flows.pages.words import fold_words
from warehouse.records import RevisionVerdict
from warehouse.repeats import SeenTexts

MIN_STORIES = 3
"""Twice is a story that was given a second headline."""
OF_A_VISIT = re.compile(
    r"(?=\S*\d)(?=\S*[^\W\d_])\S{6,}|\S*\d{6,}\S*|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d{1,2}:\d\d(?::\d\d)?\b"
)
"""Request ids, addresses of machines, times. Other numbers stay: reports that differ in their numbers alone
(losses, rates) are stories."""


@lru_cache(maxsize=2 * BATCH)  # of each text in a batch it is asked three times
def fingerprint(text: str) -> str | None:
    """
    What a short text is told apart by: SHA-256 of its words without what walls give each visit.

    ``None`` where the text is empty, or longer than walls are: a long
    text under three headlines is a newsroom that prints it again.
    """
    if not text or count_characters(text) >= LITTLE_TEXT:
        return None
    words = " ".join(OF_A_VISIT.sub(" ", fold_words(text)).split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest() if words else None


def repeated(content: Page, n_stories: int) -> Page:
    """The page, as a wall where its text stands under so many stories that it is none of them."""
    if not content.is_article or n_stories < MIN_STORIES:
        return content
    return replace(content, verdict=Verdict.BOT_WALL, evidence=content.evidence | {"same_text_under": n_stories})


def overturned(seen: SeenTexts, now: datetime) -> Iterable[RevisionVerdict]:
    """
    New verdicts on revisions that were stored before their text stood under a third story.

    Their rows and sightings stay as they are; the newer verdict stands beside them.
    """
    for text in seen.values():
        if len(text.headlines) >= MIN_STORIES:
            for revision_id in sorted(text.revision_ids):
                yield RevisionVerdict(
                    revision_id=revision_id,
                    judged_utc=now,
                    verdict=Verdict.BOT_WALL,
                    reason=f"the same text under {len(text.headlines)} stories",
                )
