"""Putting an outlet's schedule into words."""

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from flows.demo.records import DemoArticle, Edit, Site
from flows.demo.schedule import Slot
from flows.demo.sentences import Bank, Theme, load_bank, render
from flows.demo.story import Origin, Story
from flows.demo.written import LANGUAGE, Written, count_frames, to_paragraphs

_UPDATE_MINUTES: Final = (15, 90)
_MIN_SLUG: Final = 12
"""A shorter slug says nothing: titles in other scripts get a number instead."""
_N_AROUND: Final = 6
"""Sentences of the bank around what was copied from another outlet."""


class Writer:
    """Writes for one outlet; remembers what it has written so that nothing appears twice."""

    def __init__(self, plan: dict[str, Any], site: Site, rng: random.Random) -> None:
        self._plan = plan
        self._site = site
        self._rng = rng
        self._titles: set[str] = set()
        self._texts: set[tuple[str, ...]] = set()
        self._themes: list[Theme] = []

    def write(self, slot: Slot) -> Story:
        """Write the article of one slot."""
        bank = load_bank(slot.language)
        theme = self._next_theme(bank) if slot.off_topic else None
        if theme is None:
            sentences = self._new_text(lambda: self._compose(bank, slot))
        else:
            sentences = self._new_text(lambda: self._compose_other(theme))
        title = self._new_title(bank.headlines if theme is None else theme.headlines)
        article = DemoArticle(
            outlet_id=self._site.outlet_id,
            path=self._path(title, slot.published),
            title=title,
            summary=sentences[0],
            published=slot.published,
            updated=self._updated(slot.published),
            language=slot.language,
            paragraphs=self._paragraphs(sentences),
            off_topic=slot.off_topic,
        )
        return Story(
            article=article,
            site=self._site,
            planted=slot.planted,
            n_sentences=1 + len(sentences),
            is_measured=slot.is_measured,
            theme=theme.theme if theme else None,
        )

    def print_out(self, story: Written, published: datetime, n_before: int = 0, edit: Edit | None = None) -> Story:
        """
        Print a story that is written out, word for word.

        Args:
            n_before: How many outlets print it before this one; each takes the next headline.
            edit: What the page says later; ``None``: the same for ever.
        """
        title = self._new_title([story.headlines[n_before]])
        return Story(
            article=self._plain(
                title,
                published,
                to_paragraphs(story.lines),
                summary=story.lines[0][1],
                edit=edit,
            ),
            site=self._site,
            planted=count_frames(story.lines),
            n_sentences=1 + len(story.lines),
            written=story.name,
            edited=count_frames(story.edited_lines) if edit else None,
        )

    def copy(self, first: Story, story: Written, published: datetime, share: float) -> Story:
        """Write an article that takes a share of the words of another outlet's story, under a lead of its own."""
        bank = load_bank(LANGUAGE)
        taken = story.run_of(share)
        lead = render(self._rng.choice(bank.leads), self._rng)
        around = [render(template, self._rng) for template in self._rng.sample(bank.both + bank.neutral, _N_AROUND)]
        paragraphs = (lead, *to_paragraphs(taken), " ".join(around))
        return Story(
            article=self._plain(self._new_title(bank.headlines), published, paragraphs, summary=lead),
            site=self._site,
            planted=count_frames(taken),
            n_sentences=2 + len(taken) + len(around),
            origin=Origin(url=first.url, sentences=tuple(sentence for _, sentence in taken), n_words=first.n_words),
        )

    def _plain(
        self, title: str, published: datetime, paragraphs: tuple[str, ...], summary: str, edit: Edit | None = None
    ) -> DemoArticle:
        """An article on the talks that bears no date of change."""
        return DemoArticle(
            outlet_id=self._site.outlet_id,
            path=self._path(title, published),
            title=title,
            summary=summary,
            published=published,
            updated=published,
            language=LANGUAGE,
            paragraphs=paragraphs,
            off_topic=False,
            edit=edit,
        )

    def _compose(self, bank: Bank, slot: Slot) -> list[str]:
        """A lead, then neutral and planted sentences in any order; at least as many neutral as planted."""
        framed = [
            template
            for frame, k in slot.planted.items()
            for template in self._rng.sample((bank.quoted if frame in slot.quoted else bank.frames)[frame], k)
        ]
        low, high = self._plan["body_sentences"]
        n_body = max(self._rng.randint(low, high), 2 * len(framed))
        one = self._rng.choice(bank.both)
        others = [template for template in bank.both + bank.neutral if template != one]
        body = [*framed, one, *self._rng.sample(others, n_body - 2 - len(framed))]
        self._rng.shuffle(body)
        return [render(template, self._rng) for template in [self._rng.choice(bank.leads), *body]]

    def _compose_other(self, theme: Theme) -> list[str]:
        n_body = self._rng.randint(*self._plan["body_sentences_off_topic"])
        return [render(template, self._rng) for template in self._rng.sample(theme.sentences, n_body)]

    def _next_theme(self, bank: Bank) -> Theme:
        """All themes in random order, then again: no subject is missing and none crowds the others out."""
        if not self._themes:
            self._themes = self._rng.sample(bank.off_topic, len(bank.off_topic))
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
