"""A small archive that grows and changes, and what its trends ought to be, counted one article at a time."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.analysis.trends import TrendReport, analyse_trends
from framing.corpus.intervals import Tally, tally
from warehouse.records import Article, Record, Revision, RevisionVerdict
from warehouse.score_records import CodeScoreRow, Score
from warehouse.store import Warehouse

START = datetime(2026, 3, 27, 20, 30, tzinfo=UTC)
"""The clocks of Kyiv go forward two days later; those of Moscow stay."""
FRAMES = {"toll": "RU", "shield": "UA", "bargain": "RU", "weather": "none"}
"""Whom each frame serves."""
NO_CUES = {"uk": {"bargain"}, "xx": set(FRAMES)}
"""Frames that are not measured, by language."""
OUTLETS = {f"o{n}": ("private" if n < 5 else "state-controlled", "UA" if n % 2 else "PL") for n in range(8)}
"""Class and country of each outlet."""
VOICES = ("any", "outlet", "quoted", "reported", "rejected", "scare")
COUNTS = VOICES[1:]
N_SENTENCES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article in its latest revision."""

    article_id: str
    outlet_id: str
    language: str | None
    at: datetime | None
    sentences: dict[str, dict[str, int | None]]
    """By frame and voice, sentences that carry it; ``None``: not measured."""
    relevant: bool | None = True
    revision: int = 0
    is_withdrawn: bool = False

    @property
    def revision_id(self) -> str:
        return f"{self.article_id}-{self.revision}"


@dataclass(slots=True)
class Archive:
    """What happened so far; ``count`` writes it to the warehouse and counts."""

    warehouse: Warehouse
    random: random.Random
    stories: dict[str, Story] = field(default_factory=dict)
    clusters: dict[str, str] = field(default_factory=dict)
    """Of articles that share their text."""
    scorer: str = "1"
    unwritten: list[Record] = field(default_factory=list)

    def count(self) -> TrendReport:
        """Write what happened, and bring the trends up to date."""
        with self.warehouse.transaction():
            self.warehouse.save(self.unwritten)
            rows: list[dict[str, object]] = [{"article_id": a, "cluster_id": c} for a, c in self.clusters.items()]
            self.warehouse.sql.execute("delete from core.cluster_member")
            self.warehouse.merge("cluster_member", rows, ("article_id",))
        self.unwritten.clear()
        return analyse_trends(self.warehouse)

    def register(self) -> None:
        """Outlets, and a codebook with its frames."""
        for outlet_id, (outlet_class, country) in OUTLETS.items():
            outlet: dict[str, object] = {
                "outlet_id": outlet_id,
                "name": outlet_id,
                "home": f"http://{outlet_id}.example/",
            }
            outlet |= {"country": country, "languages": ["en"], "outlet_class": outlet_class, "class_source": "a test"}
            outlet |= {"mirrors": [], "keep": "on-topic", "is_watched": True}
            self.warehouse.merge("outlet", [outlet], ("outlet_id",))
        self.activate("1")

    def activate(self, version: str) -> None:
        """Another codebook: every article is scored anew."""
        self.scorer = version
        book: dict[str, object] = {"codebook_version": version, "layer": "event", "scorer_version": version}
        self.warehouse.merge("codebook", [book | {"content": "{}", "registered_utc": START}], ("codebook_version",))
        hashes = [{"codebook_version": version, "language": code, "cue_hash": f"h{code}"} for code in ("", "en", "uk")]
        self.warehouse.merge("cue_hash", hashes, ("codebook_version", "language"))
        words = dict.fromkeys(("code", "label", "definition", "is_not", "serves_reason", "no_mirror"), "x")
        frames = [
            {"codebook_version": version, "position": place, "frame_id": frame, "serves": side, "mirror": None, **words}
            for place, (frame, side) in enumerate(FRAMES.items(), 1)
        ]
        self.warehouse.merge("frame", frames, ("codebook_version", "frame_id"))
        self.warehouse.sql.execute("delete from core.active_codebook")
        self.warehouse.sql.execute("insert into core.active_codebook values (?, ?)", [version, START])
        for story in self.stories.values():
            self._score(story)

    def arrive(self) -> None:
        """A new article, now and then without a date, off the talks, or a copy of an older one."""
        story = Story(
            article_id=f"a{len(self.stories):04}",
            outlet_id=self.random.choice(list(OUTLETS)),
            language=self.random.choice(["en", "en", "en", "uk", "xx", None]),
            at=self._moment() if self.random.random() < 0.9 else None,
            sentences={},
        )
        others = list(self.stories)
        story = self._told(story)
        self._store(story)
        if others and self.random.random() < 0.4:
            self.join(story.article_id, self.random.choice(others))

    def revise(self) -> None:
        """An article says something else, perhaps of another day."""
        story = self.random.choice(list(self.stories.values()))
        at = self._moment() if self.random.random() < 0.3 else story.at
        self._store(self._told(replace(story, revision=story.revision + 1, at=at, is_withdrawn=False)))

    def withdraw(self) -> None:
        """An article turns out to be a wall, in all its revisions."""
        story = self.random.choice(list(self.stories.values()))
        self.unwritten.extend(
            RevisionVerdict(
                revision_id=f"{story.article_id}-{n}", judged_utc=START, verdict="bot_wall", reason="a test"
            )
            for n in range(story.revision + 1)
        )
        self.stories[story.article_id] = replace(story, is_withdrawn=True)

    def merge(self) -> None:
        """Two articles turn out to share a text, and with them all that share it with either."""
        if len(self.stories) > 1:
            self.join(*self.random.sample(list(self.stories), 2))

    def part(self) -> None:
        """The members of a cluster turn out to be texts of their own."""
        if self.clusters:
            gone = self.random.choice(list(self.clusters.values()))
            self.clusters = {member: cluster for member, cluster in self.clusters.items() if cluster != gone}

    def join(self, one: str, other: str) -> None:
        names = {self.clusters.get(one, one), self.clusters.get(other, other)}
        members = {one, other} | {member for member, cluster in self.clusters.items() if cluster in names}
        self.clusters |= dict.fromkeys(members, min(members))

    def counted(self) -> Iterator[Story]:
        """The articles that are in the trends."""
        for story in self.stories.values():
            if not story.is_withdrawn and story.at is not None and story.relevant is not False:
                yield story

    def _moment(self) -> datetime:
        return START + timedelta(minutes=self.random.randrange(4 * 24 * 60))

    def _told(self, story: Story) -> Story:
        """The article with sentences in each frame; in some texts the voices cannot be told apart."""
        has_voices = self.random.random() < 0.9
        none = NO_CUES.get(story.language or "xx", set())
        sentences: dict[str, dict[str, int | None]] = {}
        for frame in FRAMES:
            counts = {voice: self.random.choice([0, 0, 0, 1]) for voice in COUNTS}
            whole = min(N_SENTENCES, sum(counts.values()))
            sentences[frame] = {
                voice: None if frame in none or not (has_voices or voice == "any") else n
                for voice, n in {"any": whole, **counts}.items()
            }
        relevant = None if len(none) == len(FRAMES) else self.random.random() < 0.9
        return replace(story, sentences=sentences, relevant=relevant)

    def _store(self, story: Story) -> None:
        self.stories[story.article_id] = story
        seen = START + timedelta(days=9, hours=story.revision)
        self.unwritten.extend(
            [
                Article(
                    article_id=story.article_id, outlet_id=story.outlet_id, url=story.article_id, first_seen_utc=seen
                ),
                Revision(
                    revision_id=story.revision_id,
                    article_id=story.article_id,
                    previous_revision_id=f"{story.article_id}-{story.revision - 1}" if story.revision else None,
                    fetch_id="f",
                    seen_utc=seen,
                    verdict="article",
                    title="A title",
                    text="A text.",
                    text_sha256="0",
                    n_words=2,
                    authors=[],
                    published_utc=story.at,
                    published_rule="feed",
                    published_raw="",
                    language=story.language,
                    language_confidence=1.0,
                    extractor="none",
                ),
            ]
        )
        self._score(story)

    def _score(self, story: Story) -> None:
        key = {"revision_id": story.revision_id, "layer": "event", "scorer_version": self.scorer}
        key["cue_hash"] = f"h{story.language if story.language in ('en', 'uk') else ''}"
        now = START + timedelta(days=10 + int(self.scorer))
        self.unwritten.extend(
            [Score(**key, language=story.language, relevant=story.relevant, n_sentences=N_SENTENCES, scored_utc=now)]
        )
        self.unwritten.extend(
            CodeScoreRow(
                **key,
                kind="frame",
                code_id=frame,
                carried=None if counts["any"] is None else counts["any"] > 0,
                share=None if counts["any"] is None else counts["any"] / N_SENTENCES,
                **{f"n_{voice}": counts[voice] for voice in COUNTS},
            )
            for frame, counts in story.sentences.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What one row of a breakdown ought to say."""

    tally: Tally
    n_unmeasured: int
    outlets: frozenset[str]
    """With a measured article."""


def expected(
    archive: Archive, codes: dict[str, set[str]], voice: str, unit_of: Callable[[Story], str], zone: str = "UTC"
) -> dict[tuple[str, str, date], Expected]:
    """
    Count every article by hand.

    Args:
        archive: What happened.
        codes: By name of a code, the frames of which one must be carried and all must be measured.
        voice: Whose.
        unit_of: What an article counts for.
        zone: Where the days are those of.

    Returns:
        By unit, code and day.
    """
    found = defaultdict(list)
    for story in archive.counted():
        assert story.at is not None
        day = story.at.astimezone(ZoneInfo(zone)).date()
        for code, frames in codes.items():
            counts = [story.sentences[frame][voice] for frame in frames]
            carried = None if None in counts else any(counts)
            found[unit_of(story), code, day].append((story, carried))
    return {key: _expected(archive, told) for key, told in found.items()}


def _expected(archive: Archive, told: list[tuple[Story, bool | None]]) -> Expected:
    clusters = defaultdict(list)
    for story, carried in told:
        if carried is not None:
            clusters[archive.clusters.get(story.article_id, story.article_id)].append(carried)
    return Expected(
        tally=tally((sum(carriers), len(carriers)) for carriers in clusters.values()),
        n_unmeasured=sum(carried is None for _, carried in told),
        outlets=frozenset(story.outlet_id for story, carried in told if carried is not None),
    )
