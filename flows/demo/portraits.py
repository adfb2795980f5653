"""What is planted for the portraits of outlets: an event in some of them, doubted words, headlines that say more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.demo.records import write_time
from flows.demo.story import Story


def plant_portraits(plan: Mapping[str, Any], stories: Sequence[Story]) -> list[Story]:
    """
    Add to stories that are written already; nothing else of the archive moves.

    Args:
        plan: As under ``portraits`` in plan.toml.
        stories: In any order; those that are written out word for word stay as they are.
    """
    planted = list(stories)
    for row in plan["event"]["outlets"]:
        place = min(_ordinary(planted, row, plan["event"]["from"]), key=lambda n: planted[n].article.published)
        planted[place] = _add(planted[place], plan["event"]["sentence"])
    for row in plan["said"]:
        places = _ordinary(planted, row["outlet"], None)
        for n, place in enumerate(places):
            verb = row["doubting"] if n < row["k"] else row["neutral"]
            planted[place] = replace(_add(planted[place], plan["said_sentence"].format(verb=verb)), attributed=verb)
    headlines = plan["headline"]
    for place, title in zip(_ordinary(planted, headlines["outlet"], None), headlines["titles"], strict=False):
        planted[place] = _head(planted[place], title, headlines["frame"])
    return planted


def _ordinary(stories: Sequence[Story], outlet_id: str, since: datetime | None) -> list[int]:
    """Places of an outlet's stories on the talks that the bank gave the words of, by time of publication."""
    found = [
        place
        for place, story in enumerate(stories)
        if story.article.outlet_id == outlet_id
        and story.theme is None
        and story.is_measured
        and story.written is None
        and story.origin is None
        and (since is None or story.article.published >= since)
    ]
    return sorted(found, key=lambda place: stories[place].article.published)


def _add(story: Story, sentence: str) -> Story:
    *others, last = story.article.paragraphs
    article = replace(story.article, paragraphs=(*others, f"{last} {sentence}"))
    return replace(story, article=article, n_sentences=story.n_sentences + 1)


def _head(story: Story, title: str, frame: str) -> Story:
    """Another headline, which carries a frame; the address keeps the words of the first."""
    planted = {**story.planted, frame: story.planted.get(frame, 0) + 1}
    gap = 0.0 if frame in story.planted else 1.0
    return replace(story, article=replace(story.article, title=title), planted=planted, headline_gap=gap)


def describe_portraits(plan: Mapping[str, Any], seen: Sequence[Story]) -> dict[str, Any]:
    """
    Count what was planted.

    Args:
        plan: As under ``portraits`` in plan.toml.
        seen: The stories that the replay sees.
    """
    event, headlines = plan["event"], plan["headline"]
    return {
        "event": {
            "event_id": event["event_id"],
            "covered": sorted({s.article.outlet_id for s in seen if _holds(s, event["sentence"])}),
        },
        "said": [_describe_said(row, seen) for row in plan["said"]],
        "whose": plan["whose"],
        "headline": {
            "outlet_id": headlines["outlet"],
            "frame": headlines["frame"],
            "gaps": {
                story.url: story.headline_gap
                for story in sorted(seen, key=lambda s: (write_time(s.article.published), s.url))
                if story.headline_gap is not None
            },
        },
    }


def _describe_said(row: Mapping[str, Any], seen: Sequence[Story]) -> dict[str, Any]:
    verbs = [s.attributed for s in seen if s.article.outlet_id == row["outlet"] and s.attributed]
    return {"outlet_id": row["outlet"], "k": verbs.count(row["doubting"]), "n": len(verbs)}


def _holds(story: Story, sentence: str) -> bool:
    return any(sentence in paragraph for paragraph in story.article.paragraphs)
