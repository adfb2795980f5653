"""
Compose the demo archive: which article appears where, when, and with which planted sentences.

Pure and deterministic: the plan's seed decides everything. ``python -m flows.demo.build`` writes the files.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final

from flows.demo.records import Archive, DemoArticle, Site, load_plan, load_sites, write_archive
from flows.demo.sentences import Bank, Theme, load_bank, render
from flows.demo.truth import Story, describe_truth

_MINUTES_A_DAY: Final = 24 * 60
_UPDATE_MINUTES: Final = (15, 90)
_MIN_SLUG: Final = 12
"""A shorter slug says nothing: titles in other scripts get a number instead."""


@dataclass(slots=True, eq=False)
class _Slot:
    """A place in the schedule, before it has words."""

    site: Site
    published: datetime
    off_topic: bool
    planted: dict[str, int] = field(default_factory=dict)
    """Frame -> number of sentences that carry it."""


def build_archive() -> Archive:
    """
    Build the archive that the plan describes.

    Returns:
        The articles by time of publication, and the truth about them. Titles are unique within an outlet
        and texts within the archive; the title carries no frame. A planted sentence carries exactly one.
    """
    plan = load_plan()
    rng = random.Random(plan["seed"])  # noqa: S311 (a reproducible archive, not a secret)
    sites = load_sites()
    slots = [slot for number, site in enumerate(sites) for slot in _schedule(plan, site, number, rng)]
    _plant_shift(plan, sites, slots, rng)
    _plant_rates(plan, sites, slots, rng)
    _limit(slots)
    writers = {site.outlet_id: _Writer(plan, site, rng) for site in sites}
    stories = [writers[slot.site.outlet_id].write(slot) for slot in slots]
    stories = _track(plan, stories)
    stories.sort(key=lambda story: (story.article.published, story.article.outlet_id))
    truth = describe_truth(plan, sites, stories)
    return Archive(sites=sites, articles=tuple(story.article for story in stories), truth=truth)


def _schedule(plan: dict[str, Any], site: Site, number: int, rng: random.Random) -> Iterator[_Slot]:
    """One outlet's times of publication, in UTC and spread over the day; no two are alike."""
    for index, day in enumerate(_days(plan["first_day"], plan["last_day"])):
        n_talks = rng.choice(plan["articles_per_day"])
        n_other = (index + number) % plan["off_topic_every_days"] == 0
        minutes = rng.sample(range(_MINUTES_A_DAY), n_talks + n_other)
        for position, minute in enumerate(minutes):
            moment = datetime.combine(day, time(), UTC) + timedelta(minutes=minute)
            yield _Slot(site, moment, off_topic=position >= n_talks)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _plant_shift(plan: dict[str, Any], sites: Sequence[Site], slots: Sequence[_Slot], rng: random.Random) -> None:
    """Plant the frame whose share changes in one class, outlet by outlet, before and after the moment."""
    shift = plan["shift"]
    for site in sites:
        shares = (shift["elsewhere"], shift["elsewhere"])
        if site.outlet_class == shift["outlet_class"]:
            shares = (shift["before"], shift["after"])
        for is_after, share in enumerate(shares):
            own = [slot for slot in _on_topic(site, slots) if (slot.published >= shift["at"]) == is_after]
            for slot in rng.sample(own, round(share * len(own))):
                slot.planted[shift["frame"]] = rng.randint(1, 3)


def _plant_rates(plan: dict[str, Any], sites: Sequence[Site], slots: Sequence[_Slot], rng: random.Random) -> None:
    """Plant the frames whose shares stay as they are."""
    for site in sites:
        own = _on_topic(site, slots)
        for frame, share in plan["rates"][site.outlet_class].items():
            for slot in rng.sample(own, round(share * len(own))):
                slot.planted[frame] = rng.randint(1, 3)


def _limit(slots: Sequence[_Slot]) -> None:
    """Three frames or more get one sentence each: an article must stay a report on the talks."""
    for slot in slots:
        if len(slot.planted) > 2:
            slot.planted = dict.fromkeys(slot.planted, 1)


def _on_topic(site: Site, slots: Sequence[_Slot]) -> list[_Slot]:
    return [slot for slot in slots if slot.site is site and not slot.off_topic]


class _Writer:
    """Puts an outlet's slots into words; remembers what it has written so that nothing appears twice."""

    def __init__(self, plan: dict[str, Any], site: Site, rng: random.Random) -> None:
        self._plan = plan
        self._site = site
        self._bank: Bank = load_bank(site.language)
        self._rng = rng
        self._titles: set[str] = set()
        self._texts: set[tuple[str, ...]] = set()
        self._themes: list[Theme] = []

    def write(self, slot: _Slot) -> Story:
        """Write the article of one slot."""
        if slot.off_topic:
            theme = self._next_theme()
            sentences = self._new_text(lambda: self._compose_other(theme))
            title = self._new_title(theme.headlines)
        else:
            sentences = self._new_text(lambda: self._compose(slot.planted))
            title = self._new_title(self._bank.headlines)
        article = DemoArticle(
            outlet_id=self._site.outlet_id,
            path=self._path(title, slot.published),
            title=title,
            summary=sentences[0],
            published=slot.published,
            updated=self._updated(slot.published),
            language=self._site.language,
            paragraphs=self._paragraphs(sentences),
            tracked=(),
            off_topic=slot.off_topic,
        )
        return Story(article=article, site=self._site, planted=slot.planted, n_sentences=1 + len(sentences))

    def _compose(self, planted: dict[str, int]) -> list[str]:
        """A lead, then neutral and planted sentences in any order; at least as many neutral as planted."""
        framed = [
            template for frame, k in planted.items() for template in self._rng.sample(self._bank.frames[frame], k)
        ]
        low, high = self._plan["body_sentences"]
        n_body = max(self._rng.randint(low, high), 2 * len(framed))
        one = self._rng.choice(self._bank.both)
        others = [template for template in self._bank.both + self._bank.neutral if template != one]
        body = [*framed, one, *self._rng.sample(others, n_body - 2 - len(framed))]
        self._rng.shuffle(body)
        return [render(template, self._rng) for template in [self._rng.choice(self._bank.leads), *body]]

    def _compose_other(self, theme: Theme) -> list[str]:
        n_body = self._rng.randint(*self._plan["body_sentences_off_topic"])
        return [render(template, self._rng) for template in self._rng.sample(theme.sentences, n_body)]

    def _next_theme(self) -> Theme:
        """All themes in random order, then again: no subject is missing and none crowds the others out."""
        if not self._themes:
            self._themes = self._rng.sample(self._bank.off_topic, len(self._bank.off_topic))
        return self._themes.pop()

    def _new_title(self, headlines: Sequence[str]) -> str:
        while (title := render(self._rng.choice(headlines), self._rng)) in self._titles:
            pass
        self._titles.add(title)
        return title

    def _new_text(self, compose: Callable[[], list[str]]) -> list[str]:
        while (text := tuple(sentences := compose())) in self._texts:
            pass
        self._texts.add(text)
        return sentences

    def _paragraphs(self, sentences: Sequence[str]) -> tuple[str, ...]:
        """Two to five paragraphs of at least one sentence each."""
        n_cuts = self._rng.randint(1, min(4, len(sentences) // 2))
        cuts = sorted(self._rng.sample(range(1, len(sentences)), n_cuts))
        edges = [0, *cuts, len(sentences)]
        return tuple(" ".join(sentences[a:b]) for a, b in pairwise(edges))

    def _updated(self, published: datetime) -> datetime:
        updated = published + timedelta(minutes=self._rng.randint(*_UPDATE_MINUTES))
        is_updated = self._rng.random() < self._plan["updated_share"]
        return updated if is_updated and updated.date() == published.date() else published

    def _path(self, title: str, published: datetime) -> str:
        slug = make_slug(title)
        name = slug if len(slug) >= _MIN_SLUG else f"{100_000 + len(self._titles)}.html"
        return f"/{self._site.section}/{published:%Y/%m/%d}/{name}"


def make_slug(title: str) -> str:
    """The title in lower-case ASCII words joined by hyphens; what has no ASCII form is left out."""
    plain = unicodedata.normalize("NFKD", title.replace("’", " ")).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _track(plan: dict[str, Any], stories: Sequence[Story]) -> list[Story]:
    """Give the day's first story of the chosen outlet its tracked addresses."""
    wanted = plan["two_urls"]
    chosen = min(
        (story for story in stories if story.is_on(wanted["outlet"], wanted["day"])),
        key=lambda story: story.article.published,
    )
    tracked = tuple(f"{chosen.url}?{query}" for query in wanted["queries"])
    marked = replace(chosen, article=replace(chosen.article, tracked=tracked))
    return [marked if story is chosen else story for story in stories]


if __name__ == "__main__":
    write_archive(build_archive())
