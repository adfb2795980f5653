"""The codebook: everything that decides what a text is said to carry, and the versions of it."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeAlias

from framing.records import Actor, Frame, Tag
from framing.scorer_version import SCORER_VERSION
from framing.swap_rules import SwapRule
from framing.swaps import LanguageSwaps

SETTLEMENT: Final = "settlement"
NEGOTIATION: Final = "negotiation"
GATE_CUES: Final = (SETTLEMENT, NEGOTIATION)
"""What the relevance gate looks for: the end that is negotiated, and the negotiating itself."""

KINDS: Final = ("frame", "signal", "topic")
"""What a sentence can carry; each has its own tables of cues."""

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "speech": ("saying", "according", "pronoun", "role", "grammar", "negation", "refutation", "distancing"),
    "tone": ("tone", "lean", "label", "link"),
    "policy": ("policy",),
    "narratives": ("narrative",),
}
"""The parts of a language beside its frames, and the groups of tables each may have: how people are quoted, how
they are judged, and two further layers of codes. A language without a part is not measured in it."""

LAYERS: Final = ("policy", "narrative")
"""The kinds of code whose cues stand in parts of their own: generic policy frames, and candidate narratives."""

CANDIDATES: Final = frozenset({"narrative"})
"""Kinds that are shown as candidates wherever they are shown: a cue is a reason to read the text, not a finding."""

KIND_NAMES: Final = {
    "frame": "frame",
    "signal": "signal",
    "topic": "topic",
    "policy": "policy frame",
    "narrative": "candidate for a narrative",
}
"""What one code of each kind is called before people."""

CueLists: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""``(frame, signal, topic or part of the gate, its cues)`` in order."""

_HASH_LENGTH: Final = 12  # hex digits: 48 bits, enough to tell the codebooks of one warehouse apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """When a text counts as being about the talks; see framing.relevance."""

    required_parties: tuple[str, ...]
    table_sides: tuple[str, ...]
    min_party_sentences: int
    min_talk_sentences: int
    min_settlement_sentences: int
    title_weight: int
    """How many sentences of the text the title is worth."""
    since: str
    """ISO 8601 day; what was published before it is not about these talks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageCues:
    """What one language file holds."""

    language: str
    """ISO 639-1."""
    name: str
    telltale: str
    """Letters of which a longer text in this language always has one; empty: there are none such."""
    frame: CueLists
    signal: CueLists
    topic: CueLists
    gate: CueLists

    def lists(self, kind: str) -> CueLists:
        """The cue lists of one kind: frame, signal, topic or gate."""
        found: CueLists = getattr(self, kind)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTable:
    """One table of a part: a list of cues with a name."""

    group: str
    name: str
    cues: tuple[str, ...]
    min_share: float = 0.0
    """From which share of a text's sentences on the text carries the code; 0: from the first sentence on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePart:
    """One part of a language: see ``PARTS``."""

    language: str
    part: str
    marks: tuple[str, ...]
    """Pairs of quotation marks, "« »"; only of the part speech."""
    tables: tuple[PartTable, ...]

    def cues(self, group: str) -> CueLists:
        """The tables of one group as ``((name, cues), ...)``, in the order of the file."""
        return tuple((table.name, table.cues) for table in self.tables if table.group == group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Frames, tags, actors, cues, parts and gate. Equal content has equal versions; it can be stored as JSON."""

    frames: tuple[Frame, ...]
    tags: tuple[Tag, ...]
    """Signals, topics, policy frames, narratives."""
    actors: tuple[Actor, ...]
    cues: tuple[LanguageCues, ...]
    gate: Gate
    parts: tuple[LanguagePart, ...] = ()
    swaps: tuple[LanguageSwaps, ...] = field(default=(), compare=False)
    """For the symmetry suite alone: no answer depends on them, so they are neither hashed nor stored."""
    swap_rules: tuple[SwapRule, ...] = field(default=(), compare=False)
    """What each code must answer when actors are exchanged; as little hashed or stored."""
    version: str = field(init=False)
    """Short hash over the content and the scorer's version."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", _hash([SCORER_VERSION, self._content()]))

    def __hash__(self) -> int:
        return hash(self.version)

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """``(kind, id)`` of everything a sentence can carry: frames, then tags."""
        return (*(("frame", frame.frame_id) for frame in self.frames), *((tag.kind, tag.tag_id) for tag in self.tags))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that can be measured, in order."""
        return tuple(entry.language for entry in self.cues)

    @property
    def telltale(self) -> dict[str, str]:
        """Telltale letters by language, for framing.languages."""
        return {entry.language: entry.telltale for entry in self.cues if entry.telltale}

    def cues_for(self, language: str | None) -> LanguageCues | None:
        """The cues of a language, or ``None`` where there are none."""
        return next((entry for entry in self.cues if entry.language == language), None)

    def part(self, language: str | None, part: str) -> LanguagePart | None:
        """A part of a language, or ``None`` where it has none: not measured."""
        return next((entry for entry in self.parts if entry.language == language and entry.part == part), None)

    def layer(self, language: str | None, kind: str) -> tuple[PartTable, ...]:
        """The tables of a layer's codes in a language; none where it is not measured."""
        return tuple(
            table
            for entry in self.parts
            if entry.language == language
            for table in entry.tables
            if table.group == kind and kind in LAYERS
        )

    @property
    def unmeasured_hash(self) -> str:
        """Stands for the cue hash where a language has no cues; it changes with what would be measured."""
        return f"unmeasured-{_hash([self.codes, self.gate.since])}"

    def cue_hash(self, language: str) -> str:
        """
        Hash everything that can change an answer in one language.

        That is its cues, parts and telltale letters, the actors' aliases and sides, the gate and the ids of
        frames and tags; not the definitions, which are for readers. Scores under an equal hash need not be made again.
        """
        content = self._content()
        return _hash(
            [
                [entry for entry in content["cues"] if entry["language"] == language],
                [entry for entry in content["parts"] if entry["language"] == language],
                [(actor.actor_id, actor.side, actor.aliases) for actor in self.actors],
                self.codes,
                content["gate"],
            ]
        )

    def to_json(self) -> str:
        """The whole content as JSON, readable again by ``from_json`` for as long as scores refer to it."""
        return json.dumps(self._content(), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, stored: str) -> "Codebook":
        """
        Read what ``to_json`` wrote.

        The version is computed anew, so a codebook read by a later scorer bears that scorer's version: the
        two together make the answer.
        """
        content = json.loads(stored)
        return cls(
            frames=tuple(Frame(**frame) for frame in content["frames"]),
            tags=tuple(Tag(**tag) for tag in content["tags"]),
            actors=tuple(Actor(**_with_tuples(actor)) for actor in content["actors"]),
            cues=tuple(
                LanguageCues(**entry | {kind: _read_cue_lists(entry[kind]) for kind in (*KINDS, "gate")})
                for entry in content["cues"]
            ),
            gate=Gate(**_with_tuples(content["gate"])),
            parts=tuple(_read_part(entry) for entry in content.get("parts", ())),
        )

    def _content(self) -> dict[str, Any]:
        return {
            "frames": [asdict(frame) for frame in self.frames],
            "tags": [asdict(tag) for tag in self.tags],
            "actors": [asdict(actor) for actor in self.actors],
            "cues": [asdict(entry) for entry in self.cues],
            "gate": asdict(self.gate),
            "parts": [asdict(entry) for entry in self.parts],
        }


def _hash(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_LENGTH]


def _with_tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _read_cue_lists(lists: list[Any]) -> CueLists:
    return tuple((name, tuple(cues)) for name, cues in lists)


def _read_part(entry: dict[str, Any]) -> LanguagePart:
    tables = tuple(PartTable(**_with_tuples(table)) for table in entry["tables"])
    return LanguagePart(**_with_tuples(entry) | {"tables": tables})
