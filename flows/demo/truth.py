"""The truth about the demo archive: what was planted, counted, for tests to find again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from flows.demo.polls import count_sightings, our_outage
from flows.demo.portraits import describe_portraits
from flows.demo.records import Edit, Site, write_time
from flows.demo.story import Story
from flows.demo.truth_later import describe_later

_ABOUT: Final = {
    "frame_shift": "One frame. by_class and by_outlet_day: of n measured articles on the talks, k carry it; "
    "n_unmeasured more are in a language without cues. An article is before or after by its time of "
    "publication; a day is a UTC day.",
    "articles": "Every measured article on the talks by canonical URL. A frame's share is k / n_sentences; the title "
    "is one of the sentences and carries no frame; frames that are not named have k = 0.",
    "unmeasured": "Articles in a language without cues, by canonical URL: stored and identified, with no share of "
    "any frame; not even zero.",
    "off_topic": "Theme -> canonical URLs that must end as off-topic. look_alikes: the themes that share actors or "
    "words with the talks.",
    "duplicates": "Stories that the feed names under several addresses with different guids: one article each.",
    "outage": "On these UTC days no poll of this outlet succeeds. What it published meanwhile is late (first seen "
    "after the last of them) or lost: it left the feed before any poll could see it, and is nowhere else in "
    "this file.",
    "our_outage": "On these UTC days no name can be looked up: each poll of each outlet fails, and the fault is ours.",
    "churn": "From this UTC day on the outlet's feed gives every item another guid each day; no item is new for that.",
    "edits": "Pages that say something else from edited_utc on, after they were read: frames are counted before and "
    "after. The next visit finds the edit; the first version stays beside it. Announced: with a new date of change.",
    "voice": "One frame in two outlets, the same k of n articles: in one always in the outlet's own voice, in the "
    "other only within quotation marks that name a speaker.",
    "silence": "On these UTC days every poll of this outlet succeeds, and none finds a new item.",
    "portraits": "event: the outlets that print a sentence with all that the title of one event of the registry names. "
    "said: of n attributions to one actor, with k a verb that doubts. headline: articles whose headline carries the "
    "frame, by canonical URL; a gap of 1 where the text does not.",
    "totals": "Over the whole replay, with one poll a day at 23:59 UTC. Sightings are feed items; articles are those "
    "stored, the unmeasured ones among them; every other sighting is off-topic or a duplicate.",
    "later": "Planted, and not yet found by any part of Parley: tests look only whether it is there.",
}


def describe_truth(plan: dict[str, Any], sites: Sequence[Site], stories: Sequence[Story]) -> dict[str, Any]:
    """
    Count what was planted.

    Args:
        plan: As in plan.toml.
        sites: All outlets.
        stories: All there are, by time of publication.

    Returns:
        As in truth.json: only counts, no fraction.
    """
    articles = [story.article for story in stories]
    sightings = {site.outlet_id: count_sightings(site, articles) for site in sites}
    seen = [story for story in stories if story.article.path in sightings[story.article.outlet_id]]
    on_topic = [story for story in seen if story.theme is None]
    measured = [story for story in on_topic if story.is_measured]
    by_outlet = {
        site.outlet_id: _count([s for s in seen if s.site == site], sightings[site.outlet_id]) for site in sites
    }
    return {
        "about": _ABOUT,
        "frame_shift": _describe_shift(plan["shift"], on_topic),
        "articles": {story.url: _describe_story(story) for story in measured},
        "unmeasured": {story.url: _describe_unmeasured(story) for story in on_topic if not story.is_measured},
        "off_topic": _by_theme(seen),
        "look_alikes": plan["look_alikes"],
        "duplicates": [_describe_duplicate(row, stories) for row in plan["duplicates"]],
        "outage": _describe_outage(sites, stories, seen),
        "our_outage": {"days_utc": sorted(day.isoformat() for day in our_outage()), "n_feeds": len(sites)},
        "churn": _describe_churn(sites),
        "edits": _describe_edits(measured),
        "voice": [_describe_voice(voice, measured) for voice in plan["voice"]],
        "silence": _describe_silence(plan, sites),
        "portraits": describe_portraits(plan["portraits"], measured),
        "totals": _sum(by_outlet.values()) | {"by_outlet": by_outlet},
        "later": describe_later(plan, measured),
    }


def _describe_story(story: Story) -> dict[str, Any]:
    return {
        "outlet_id": story.article.outlet_id,
        "published_utc": write_time(story.article.published),
        "n_sentences": story.n_sentences,
        "frames": dict(sorted(story.planted.items())),
    }


def _describe_unmeasured(story: Story) -> dict[str, Any]:
    return {
        "outlet_id": story.article.outlet_id,
        "published_utc": write_time(story.article.published),
        "language": story.article.language,
    }


def _describe_voice(voice: dict[str, Any], stories: Sequence[Story]) -> dict[str, Any]:
    described: dict[str, Any] = {"frame": voice["frame"]}
    for role in ("own", "quoted"):
        of_outlet = [story for story in stories if story.article.outlet_id == voice[role]]
        urls = [story.url for story in of_outlet if voice["frame"] in story.planted]
        described[role] = {"outlet_id": voice[role], "k": len(urls), "n": len(of_outlet), "urls": urls}
    return described


def _describe_shift(shift: dict[str, Any], on_topic: Sequence[Story]) -> dict[str, Any]:
    frame = shift["frame"]
    return {
        "frame": frame,
        "at_utc": write_time(shift["at"]),
        "outlet_class": shift["outlet_class"],
        "by_class": _carried(
            frame, ("outlet_class", "period"), [((s.site.outlet_class, _period(shift, s)), s) for s in on_topic]
        ),
        "by_outlet_day": _carried(
            frame, ("outlet_id", "day_utc"), [((s.article.outlet_id, s.day_utc.isoformat()), s) for s in on_topic]
        ),
    }


def _period(shift: dict[str, Any], story: Story) -> str:
    return "after" if story.article.published >= shift["at"] else "before"


def _carried(
    frame: str, keys: tuple[str, str], stories: Iterable[tuple[tuple[str, str], Story]]
) -> list[dict[str, Any]]:
    """Of the n measured stories in a group, k carry the frame."""
    groups: defaultdict[tuple[str, str], list[Story]] = defaultdict(list)
    for group, story in stories:
        groups[group].append(story)
    return [
        dict(zip(keys, group, strict=True))
        | {
            "k": sum(frame in story.planted for story in groups[group]),
            "n": sum(story.is_measured for story in groups[group]),
            "n_unmeasured": sum(not story.is_measured for story in groups[group]),
        }
        for group in sorted(groups)
    ]


def _by_theme(stories: Iterable[Story]) -> dict[str, list[str]]:
    themes: defaultdict[str, list[str]] = defaultdict(list)
    for story in stories:
        if story.theme is not None:
            themes[story.theme].append(story.url)
    return dict(sorted(themes.items()))


def _describe_duplicate(row: dict[str, Any], stories: Sequence[Story]) -> dict[str, Any]:
    (story,) = (s for s in stories if s.article.addresses and s.is_on(row["outlet"], row["day"]))
    return {
        "variant": row["variant"],
        "outlet_id": story.article.outlet_id,
        "canonical_url": story.url,
        "urls": list(story.article.addresses),
        "articles": 1,
    }


def _describe_outage(sites: Sequence[Site], stories: Sequence[Story], seen: Sequence[Story]) -> dict[str, Any]:
    (site,) = (site for site in sites if site.outage)
    missed = [story for story in stories if story.site == site and story.day_utc in site.outage]
    return {
        "outlet_id": site.outlet_id,
        "days_utc": [day.isoformat() for day in site.outage],
        "late": [story.url for story in missed if story in seen],
        "lost": [story.url for story in missed if story not in seen],
    }


def _describe_churn(sites: Sequence[Site]) -> dict[str, Any]:
    ((site, first),) = ((site, site.guids_churn_from) for site in sites if site.guids_churn_from)
    return {"outlet_id": site.outlet_id, "first_day_utc": first.isoformat()}


def _describe_edits(stories: Sequence[Story]) -> list[dict[str, Any]]:
    edited = ((story, story.article.edit, story.edited) for story in stories)
    return [_describe_edit(story, edit, frames) for story, edit, frames in edited if edit and frames is not None]


def _describe_edit(story: Story, edit: Edit, frames: dict[str, int]) -> dict[str, Any]:
    return {
        "url": story.url,
        "outlet_id": story.article.outlet_id,
        "published_utc": write_time(story.article.published),
        "edited_utc": write_time(edit.at),
        "is_announced": edit.is_announced,
        "headline_before": story.article.title,
        "headline_after": edit.title,
        "frames_before": dict(sorted(story.planted.items())),
        "frames_after": dict(sorted(frames.items())),
    }


def _describe_silence(plan: dict[str, Any], sites: Sequence[Site]) -> dict[str, Any]:
    ((site, first),) = ((site, site.silent_from) for site in sites if site.silent_from)
    return {
        "outlet_id": site.outlet_id,
        "first_day_utc": first.isoformat(),
        "last_day_utc": plan["last_day"].isoformat(),
    }


def _count(stories: Sequence[Story], sightings: Counter[str]) -> dict[str, int]:
    n_off_topic = sum(story.article.off_topic for story in stories)
    return {
        "sightings": sightings.total(),
        "articles": len(stories) - n_off_topic,
        "unmeasured": sum(not story.is_measured for story in stories),
        "off_topic": n_off_topic,
        "duplicates": sightings.total() - len(stories),
    }


def _sum(counts: Iterable[dict[str, int]]) -> dict[str, Any]:
    counts = list(counts)
    return {key: sum(count[key] for count in counts) for key in counts[0]}
