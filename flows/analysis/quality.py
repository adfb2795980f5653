"""How far to trust a code: the registry's cues with their examples, and what people judged of a sample."""

from collections import Counter

from flows.gold.findings import ALL, Finding, find
from framing.corpus.accuracy import Accuracy, Judged, accuracy
from framing.corpus.intervals import Interval
from framing.registry_files import Registry
from warehouse.judgements import Judgements, Sample, SampleStratum, SampleUnit, open_judgements
from warehouse.quality import counted_judgement, save_cues, save_gold
from warehouse.store import Warehouse


def analyse_quality(warehouse: Warehouse, registry: Registry) -> int:
    """
    Bring cues and the figures of the latest sample into the warehouse, from where they are published.

    The judgements themselves stay in their own file, which outlives the warehouse. Running it twice changes nothing.

    Returns:
        How many pairs of frame and language were told anew; alpha's resamples take seconds, so only where somebody
        judged something since.
    """
    with warehouse.transaction():
        save_cues(warehouse, registry.codebook.version, [_cue_row(n, *entry) for n, entry in _numbered(registry)])
    rows = _gold_rows(warehouse) if warehouse.home.judgements.exists() else []
    if rows is None:
        return 0
    with warehouse.transaction():
        save_gold(warehouse, rows)
    return len(rows)


def _numbered(registry: Registry) -> list[tuple[int, tuple[str, str, str, str, tuple[str, ...]]]]:
    """Each cue of a frame, signal or topic with its place in its table, from 1."""
    place: Counter[tuple[str, str, str]] = Counter()
    found = []
    for entry in registry.examples:
        key = (entry.kind, entry.code_id, entry.language)
        place[key] += 1
        found.append((place[key], (*key, entry.cue, entry.yes)))
    return found


def _cue_row(
    position: int, kind: str, code_id: str, language: str, cue: str, examples: tuple[str, ...]
) -> dict[str, object]:
    return {
        "kind": kind,
        "code_id": code_id,
        "language": language,
        "position": position,
        "cue": cue,
        "examples": list(examples),
    }


def _gold_rows(warehouse: Warehouse) -> list[dict[str, object]] | None:
    """What the judged sample says; ``None``: the same as before."""
    with open_judgements(warehouse.home, "analyse") as store:
        last = store.last_position()
        if last == counted_judgement(warehouse):
            return None
        sample = _judged_last(store)
        if sample is None:
            return []
        strata, units = store.strata(sample.sample_id), store.units(sample.sample_id)
        said = store.latest(sample.sample_id)
    return [
        {"last_judgement": last, **_gold_row(sample, finding, _accuracy(finding, strata, units))}
        for finding in find(strata, units, said)
        if finding.language != ALL
    ]


def _judged_last(store: Judgements) -> Sample | None:
    """The sample drawn last of which anything is judged: one that was only drawn says nothing yet."""
    return next((sample for sample in store.samples() if store.latest(sample.sample_id)), None)


def _accuracy(finding: Finding, strata: list[SampleStratum], units: list[SampleUnit]) -> Accuracy:
    sides = []
    for is_found in (True, False):
        mine = [
            unit
            for unit in units
            if (unit.frame_id, unit.language, unit.machine_carried) == (finding.frame_id, finding.language, is_found)
        ]
        answers = [finding.gold[unit.unit_id] for unit in mine if unit.unit_id in finding.gold]
        n_units = sum(
            stratum.n_units
            for stratum in strata
            if (stratum.frame_id, stratum.language, stratum.machine_carried)
            == (finding.frame_id, finding.language, is_found)
        )
        sides.append(Judged(n_units=n_units, n_judged=len(answers), n_carried=sum(answers)))
    return accuracy(*sides)


def _gold_row(sample: Sample, finding: Finding, found: Accuracy) -> dict[str, object]:
    share = finding.prevalence
    return {
        "frame_id": finding.frame_id,
        "language": finding.language,
        "sample_id": sample.sample_id,
        "drawn_utc": sample.drawn_utc,
        "codebook_version": sample.codebook_version,
        "n_sentences": finding.n_sentences,
        "n_drawn": finding.n_drawn,
        "n_decided": finding.n_decided,
        "n_coders": finding.n_coders,
        **_bounded("precision", found.precision, found.precision_interval),
        **_bounded("recall", found.recall, found.recall_interval),
        **_bounded("alpha", finding.agreement.alpha, finding.agreement.interval),
        "share_engine": finding.naive,
        "share_corrected": share.corrected if share else None,
        "corrected_low": share.interval.low if share else None,
        "corrected_high": share.interval.high if share else None,
    }


def _bounded(name: str, value: float | None, interval: Interval | None) -> dict[str, object]:
    return {
        name: value,
        f"{name}_low": interval.low if interval else None,
        f"{name}_high": interval.high if interval else None,
    }
