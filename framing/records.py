"""The records the framing engine takes and gives: frozen, one per idea."""

from dataclasses import dataclass
from datetime import datetime

from framing.actors.records import Cast
from framing.speech.records import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed address of an outlet."""

    url: str
    language: str
    """ISO 639-1 of the items; the prior for language identification."""
    verified: str
    """How far the address was checked: fetched, listed or unverified."""
    verified_source: str
    """Where and on which day the address was read."""
    interval_minutes: int | None = None
    """How often it is asked, where its server allows; ``None``: as its pace demands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One newsroom that Parley watches. The registry file's name is the id."""

    outlet_id: str
    name: str
    home: str
    country: str
    """ISO 3166-1 alpha-2: where the newsroom answers to."""
    languages: tuple[str, ...]
    outlet_class: str
    """state-controlled, state-aligned, public-service, private, exile, aggregator, primary or unknown."""
    class_source: str
    feeds: tuple[Feed, ...]
    keep: str = "on-topic"
    """on-topic: the text of off-topic articles is not stored; everything: it is."""
    mirrors: tuple[str, ...] = ()
    """Other hosts that serve the same stories."""
    aliases: tuple[str, ...] = ()
    """Other names of the same newsroom."""
    owner: str | None = None
    """Who owns or runs it; ``None`` means unknown."""
    owner_source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way of telling the story, and whom that telling serves."""

    frame_id: str
    code: str
    label: str
    definition: str
    is_not: str
    """What looks like the frame and is not."""
    serves: str
    """RU, UA, US, EU or none."""
    serves_reason: str
    mirror: str | None
    """The frame that says the same of the other side."""
    no_mirror: str | None
    """Why there is no mirror, where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What a text speaks of beside its frames; it says nothing of how the story is told."""

    kind: str
    """signal: a diplomatic signal; topic: a subject of the talks."""
    tag_id: str
    code: str
    label: str
    definition: str
    is_not: str
    """What looks like it and is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueExamples:
    """One cue and the sentences it must and must not be found in; for people and for ``parley check``."""

    where: str
    """File and table, as messages name them."""
    language: str
    kind: str
    """frame, signal, topic or gate: what the cue stands for."""
    code_id: str
    cue: str
    yes: tuple[str, ...]
    """Sentences in which this cue is found."""
    no: tuple[str, ...]
    """Near misses: sentences in which no cue of the same table is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person in office, a state or a body that takes part in the talks."""

    actor_id: str
    name: str
    side: str
    """RU, UA, US, EU or other."""
    aliases: tuple[str, ...]
    """Cues (see framing.cues) in every script the name is seen in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated event of the talks, declared before anyone looked at a series."""

    event_id: str
    title: str
    event_time_utc: datetime
    tz_note: str
    """How exact the time is and in which zone it was given."""
    certainty: str
    """confirmed, claimed or contested."""
    source: str
    added_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place in a text where a cue was found."""

    kind: str
    """frame, signal or topic."""
    code_id: str
    """Which of that kind."""
    part: str
    """title or text: which of the two strings ``start`` and ``end`` count in."""
    start: int
    end: int
    """Characters, end exclusive."""
    sentence_start: int
    sentence_end: int
    """The sentence around the hit, in the same string."""
    cue: str
    """The cue as the registry writes it."""
    voice: str | None = None
    """outlet, quoted, reported, rejected or scare; ``None`` means not measured."""
    speaker: str | None = None
    reason: str | None = None
    """Why it is taken to be in this voice, in a few words; ``None``: not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCounts:
    """Sentences of one text that carry one code, by voice; one with hits in two voices counts in both."""

    outlet: int = 0
    quoted: int = 0
    reported: int = 0
    rejected: int = 0
    scare: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeScore:
    """How much of one text speaks in one frame, gives one signal or is on one topic."""

    kind: str
    code_id: str
    carried: bool | None
    """``None`` means not measured: no confident language, or no cues for it."""
    share: float | None
    """Sentences carrying the code / all sentences, in [0, 1]; ``None`` as for ``carried``."""
    voices: VoiceCounts | None = None
    """``None``: voice is not measured in the text's language, or the code is not."""
    prominence: str | None = None
    """headline, lead or body: the foremost place with a hit; ``None``: no hit."""
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineGap:
    """The headline's framing against the body's."""

    only_headline: tuple[str, ...]
    """Frames that the headline carries and the body does not, in any voice."""
    only_body: tuple[str, ...]
    """Frames that the body carries and the headline does not."""
    asserted: tuple[str, ...] | None
    """Frames that the headline states in the outlet's own voice, while the body only cites, rejects or holds them
    at a distance; ``None``: voice is not measured."""
    gap: float | None
    """Frames in ``only_headline`` / frames of the headline, in [0, 1]; ``None``: the headline carries none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """All that the framing engine says of one text."""

    language: str | None
    """ISO 639-1, or ``None`` when identification was not confident."""
    relevant: bool | None
    """Is the text about the talks? ``None`` when it cannot be measured in its language."""
    n_sentences: int
    """The title, where there is one, counts as one sentence."""
    codes: tuple[CodeScore, ...]
    """One per frame, then one per signal, topic and code of the layers, in the codebook's order."""
    headline: HeadlineGap | None = None
    """``None``: not measured, no headline, or no text beneath it."""
    cast: Cast | None = None
    """What it makes of the registry's actors; ``None``: not measured in this language."""
    utterances: tuple[Utterance, ...] | None = None
    """Who is cited where, in the order of the text; ``None``: not measured in this language."""

    def of_kind(self, kind: str) -> tuple[CodeScore, ...]:
        """The scores of the frames, signals or topics alone."""
        return tuple(score for score in self.codes if score.kind == kind)
