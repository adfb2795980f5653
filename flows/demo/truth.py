"""The truth about the demo archive: what was planted, counted, for tests to find again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flows.demo.records import DemoArticle, Site, write_time

_ABOUT: Final = {
    "frame_shift": "One frame. by_class and by_outlet_day: of n articles on the talks, k carry it. An "
    "article is before or after by its time of publication; a day is a UTC day.",
    "articles": "Every article on the talks by canonical URL. A frame's share is k / n_sentences; the title "
    "is one of the sentences and carries no frame; frames that are not named have k = 0.",
    "off_topic": "Canonical URLs that must end as off-topic.",
    "two_urls": "One story that the feed names under two addresses with different guids.",
    "totals": "Sightings are feed items over the whole replay, given that no step is longer than ten days.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article together with what was planted in it."""

    article: DemoArticle
    site: Site
    planted: dict[str, int]
    """Frame -> number of sentences that carry it."""
    n_sentences: int
    """The title counts as one."""

    @property
    def url(self) -> str:
        """The canonical URL."""
        return self.site.address(self.article.path)

    @property
    def day_utc(self) -> date:
        """The UTC day of publication."""
        return self.article.published.date()

    @property
    def n_sightings(self) -> int:
        """How many items the outlet's feed has for it."""
        return len(self.article.tracked) or 1

    def is_on(self, outlet_id: str, day: date) -> bool:
        """Is it about the talks, in this outlet, on this UTC day?"""
        return (self.article.outlet_id, self.day_utc, self.article.off_topic) == (outlet_id, day, False)


def describe_truth(plan: dict[str, Any], sites: Sequence[Site], stories: Sequence[Story]) -> dict[str, Any]:
    """Count what was planted; the result can be written as JSON and holds no fraction, only counts."""
    on_topic = [story for story in stories if not story.article.off_topic]
    return {
        "about": _ABOUT,
        "frame_shift": _describe_shift(plan["shift"], on_topic),
        "articles": {story.url: _describe_story(story) for story in on_topic},
        "off_topic": [story.url for story in stories if story.article.off_topic],
        "two_urls": _describe_two_urls(stories),
        "totals": _count(stories) | {"by_outlet": _count_by_outlet(sites, stories)},
    }


def _describe_story(story: Story) -> dict[str, Any]:
    return {
        "outlet_id": story.article.outlet_id,
        "published_utc": write_time(story.article.published),
        "n_sentences": story.n_sentences,
        "frames": dict(sorted(story.planted.items())),
    }


def _describe_shift(shift: dict[str, Any], on_topic: Sequence[Story]) -> dict[str, Any]:
    frame = shift["frame"]
    by_class = _carried(frame, ((s.site.outlet_class, _period(shift, s)) for s in on_topic), on_topic)
    by_day = _carried(frame, ((s.article.outlet_id, s.day_utc.isoformat()) for s in on_topic), on_topic)
    return {
        "frame": frame,
        "at_utc": write_time(shift["at"]),
        "outlet_class": shift["outlet_class"],
        "by_class": [{"outlet_class": name, "period": period, "k": k, "n": n} for (name, period), k, n in by_class],
        "by_outlet_day": [{"outlet_id": name, "day_utc": day, "k": k, "n": n} for (name, day), k, n in by_day],
    }


def _period(shift: dict[str, Any], story: Story) -> str:
    return "after" if story.article.published >= shift["at"] else "before"


def _carried(
    frame: str, groups: Iterable[tuple[str, str]], stories: Sequence[Story]
) -> list[tuple[tuple[str, str], int, int]]:
    """``(group, k, n)``: of the n stories in a group, k carry the frame."""
    n: Counter[tuple[str, str]] = Counter()
    k: Counter[tuple[str, str]] = Counter()
    for group, story in zip(groups, stories, strict=True):
        n[group] += 1
        k[group] += frame in story.planted
    return [(group, k[group], n[group]) for group in sorted(n)]


def _describe_two_urls(stories: Sequence[Story]) -> dict[str, Any]:
    (story,) = (story for story in stories if story.article.tracked)
    return {
        "outlet_id": story.article.outlet_id,
        "canonical_url": story.url,
        "urls": list(story.article.tracked),
        "articles": 1,
        "sightings": story.n_sightings,
    }


def _count(stories: Iterable[Story]) -> dict[str, int]:
    stories = list(stories)
    n_off_topic = sum(story.article.off_topic for story in stories)
    return {
        "sightings": sum(story.n_sightings for story in stories),
        "articles": len(stories) - n_off_topic,
        "off_topic": n_off_topic,
    }


def _count_by_outlet(sites: Sequence[Site], stories: Sequence[Story]) -> dict[str, dict[str, int]]:
    return {site.outlet_id: _count(story for story in stories if story.site == site) for site in sites}
