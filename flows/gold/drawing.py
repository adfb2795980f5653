"""From a published copy to a sample: draw, cut the sentences out, and keep the design."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from framing.codebook import Codebook
from framing.corpus.sampling import Draw, Stratum, draw
from framing.errors import ParleyError
from framing.reading import Sentence, read_sentences
from warehouse.judgements import Sample, SampleStratum, SampleUnit
from warehouse.population import Located, active_codebook_of, locate, sizes_of

_SAMPLE_ID_LENGTH = 12  # hex digits: 48 bits, enough to tell the samples of one home apart
_UNIT_ID_LENGTH = 16


class OtherScorerError(ParleyError):
    """The texts are cut into other sentences than when they were scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What coders get to see of one unit: nothing of what the machine answered."""

    unit_id: str
    language: str
    frame: str
    definition: str
    is_not: str
    before: str
    """The sentence before, as coders need it to see who speaks; empty where there is none."""
    sentence: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A sample, as it is stored and as it is handed out."""

    sample: Sample
    strata: tuple[SampleStratum, ...]
    units: tuple[SampleUnit, ...]
    lines: tuple[Line, ...]
    """One per unit, in random order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A drawn unit in its text."""

    drawn: Draw
    found: Located
    sentences: tuple[Sentence, ...]
    place: int
    """Which of the sentences."""

    @property
    def sentence(self) -> Sentence:
        return self.sentences[self.place]

    @property
    def key(self) -> list[object]:
        return [self.drawn.stratum.name, self.found.revision_id, self.sentence.part, self.sentence.start]

    def text(self, step: int = 0) -> str:
        """The sentence, or the one so many steps on; empty where there is none."""
        if not 0 <= self.place + step < len(self.sentences):
            return ""
        sentence = self.sentences[self.place + step]
        return (self.found.title if sentence.part == "title" else self.found.text)[sentence.start : sentence.end]


def draw_sample(
    connection: duckdb.DuckDBPyConnection,
    n: int,
    seed: int,
    now: datetime,
    languages: Sequence[str] = (),
    frames: Sequence[str] = (),
) -> Drawn:
    """
    Draw sentences of a published copy's articles on the talks, in regard to one frame each.

    Args:
        connection: The published copy.
        n: Units to draw; fewer where there are not as many.
        seed: Equal seeds draw equal samples from equal copies.
        now: When, with time zone.
        languages: ISO 639-1; none: all.
        frames: Ids; none: all.

    Raises:
        NothingToSampleError: There is no such sentence.
        SampleTooSmallError: n does not reach every language and frame.
        OtherScorerError: The copy was scored by another version of Parley.
    """
    codebook = active_codebook_of(connection)
    sizes = sizes_of(connection, languages, frames)
    draws = draw(sizes, n, seed)
    cuts = [_cut(drawn, found, codebook) for drawn, found in zip(draws, locate(connection, draws), strict=True)]
    design = {"n": n, "languages": sorted(set(languages)), "frames": sorted(set(frames))}
    sample = Sample(
        sample_id=_digest([seed, codebook.version, design, [cut.key for cut in cuts]], _SAMPLE_ID_LENGTH),
        drawn_utc=now,
        seed=seed,
        codebook_version=codebook.version,
        design=json.dumps(design),
    )
    units = tuple(_unit(sample.sample_id, cut) for cut in cuts)
    return Drawn(
        sample=sample,
        strata=_strata(sample.sample_id, sizes, draws),
        units=units,
        lines=tuple(_line(unit.unit_id, cut, codebook) for unit, cut in zip(units, cuts, strict=True)),
    )


def _digest(content: object, length: int) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:length]


def _cut(drawn: Draw, found: Located, codebook: Codebook) -> _Cut:
    """Split the text as the scorer did, and count up to the sentence that was drawn."""
    sentences = read_sentences(found.title, found.text, drawn.stratum.language, codebook)
    answers = [(sentence.part, sentence.start) in found.voices for sentence in sentences]
    if len(sentences) != found.n_sentences or sum(answers) != len(found.voices):
        raise OtherScorerError(
            f"Revision {found.revision_id}: scored as {found.n_sentences} sentences, read as {len(sentences)} now. The "
            "published copy was scored by another version of Parley. Run 'parley score' and 'parley publish', then "
            "draw again. Nothing was written."
        )
    places = [place for place, carried in enumerate(answers) if carried == drawn.stratum.machine_carried]
    return _Cut(drawn=drawn, found=found, sentences=sentences, place=places[found.place])


def _strata(sample_id: str, sizes: Mapping[Stratum, int], draws: Sequence[Draw]) -> tuple[SampleStratum, ...]:
    n_drawn = Counter(one.stratum for one in draws)
    return tuple(
        SampleStratum(
            sample_id=sample_id, stratum=stratum.name, **stratum._asdict(), n_units=n, n_drawn=n_drawn[stratum]
        )
        for stratum, n in sorted(sizes.items())
    )


def _unit(sample_id: str, cut: _Cut) -> SampleUnit:
    found, sentence, stratum = cut.found, cut.sentence, cut.drawn.stratum
    return SampleUnit(
        sample_id=sample_id,
        unit_id=_digest([sample_id, *cut.key], _UNIT_ID_LENGTH),
        article_id=found.article_id,
        revision_id=found.revision_id,
        outlet_id=found.outlet_id,
        **stratum._asdict(),
        part=sentence.part,
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        sentence=cut.text(),
        machine_voice=found.voices.get((sentence.part, sentence.start)),
        stratum=stratum.name,
        inclusion_probability=cut.drawn.inclusion_probability,
    )


def _line(unit_id: str, cut: _Cut, codebook: Codebook) -> Line:
    frame = next(frame for frame in codebook.frames if frame.frame_id == cut.drawn.stratum.frame_id)
    return Line(
        unit_id=unit_id,
        language=cut.drawn.stratum.language,
        frame=frame.label,
        definition=frame.definition,
        is_not=frame.is_not,
        before=cut.text(-1),
        sentence=cut.text(),
        after=cut.text(1),
    )
