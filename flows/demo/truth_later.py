"""The part of the truth about the demo that no part of Parley can find yet."""

from collections.abc import Sequence
from typing import Any

from flows.demo.story import Origin, Story


def describe_later(plan: dict[str, Any], measured: Sequence[Story]) -> dict[str, Any]:
    """
    Say what was planted for detectors to come.

    Args:
        plan: As in plan.toml.
        measured: The measured articles on the talks that the replay sees.

    Returns:
        As under ``later`` in truth.json, with an ``about`` of its own.
    """
    return {
        "about": {
            "wire": "One agency report, word for word, under another headline in each outlet: eight in reach, one in "
            "framing.",
            "reuse": "Sentences in a row that stood in another outlet's story first: n_words_shared of its "
            "n_words_origin words, titles apart.",
        },
        "wire": _describe_wire(plan["wire"], measured),
        "reuse": [_describe_reuse(story, story.origin) for story in measured if story.origin is not None],
    }


def _describe_wire(wire: dict[str, Any], stories: Sequence[Story]) -> dict[str, Any]:
    prints = [story for story in stories if story.written == wire["story"]]
    return {
        "urls": [story.url for story in prints],
        "n_words": prints[0].n_words,
        "frames": dict(sorted(prints[0].planted.items())),
    }


def _describe_reuse(story: Story, origin: Origin) -> dict[str, Any]:
    return {
        "url": story.url,
        "origin_url": origin.url,
        "sentences": list(origin.sentences),
        "n_words_shared": sum(len(sentence.split()) for sentence in origin.sentences),
        "n_words_origin": origin.n_words,
        "n_words": story.n_words,
    }
