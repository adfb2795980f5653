"""Score: everything the codebook has not seen yet."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger

from flows.world import LIVE, World
from framing.codebook import Codebook
from framing.records import Annotation
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION, annotate
from warehouse.agenda import unscored_revisions
from warehouse.catalogue import LAYER, activate_codebook, active_codebook, register_codebook
from warehouse.home import open_home
from warehouse.records import CodeScoreRow, HitRow, Record, Score
from warehouse.store import Warehouse, open_warehouse

BATCH = 500
"""Revisions scored, then stored in one transaction."""


@dataclass(slots=True)
class ScoreReport:
    """What one run did."""

    n_scored: int = 0
    codebook_version: str = ""


@flow(name="score", validate_parameters=False)
def score(root: str, world: World | None = None) -> ScoreReport:
    """
    Score new revisions under the active codebook, then bring the registry's one up to date.

    The views go on showing the active codebook until the registry's has seen
    every revision; then they switch. An interrupted run is taken up by the next.
    """
    world = world or LIVE
    home = open_home(Path(root))
    wanted = load_registry(home.registry).codebook
    report = ScoreReport(codebook_version=wanted.version)
    with open_warehouse(home, "score") as warehouse:
        active = active_codebook(warehouse, SCORER_VERSION)
        register_codebook(warehouse, wanted, SCORER_VERSION, world.clock())
        if active is not None and active.version != wanted.version:
            report.n_scored += score_unseen(warehouse, active, world)
        report.n_scored += score_unseen(warehouse, wanted, world)
        activate_codebook(warehouse, wanted.version, world.clock())
    get_run_logger().info("scored %d revisions (codebook %s)", report.n_scored, report.codebook_version)
    return report


def score_unseen(warehouse: Warehouse, codebook: Codebook, world: World) -> int:
    """Score what this codebook has not seen; returns how many revisions that were."""
    n_scored = 0
    while batch := unscored_revisions(warehouse, codebook.version, LAYER, SCORER_VERSION, BATCH):
        records = [record for row in batch for record in score_records(row, codebook, world)]
        with warehouse.transaction():
            warehouse.save(records)
        n_scored += len(batch)
    return n_scored


def score_records(row: dict[str, Any], codebook: Codebook, world: World) -> list[Record]:
    """Annotate one unscored revision; the rows to store for it."""
    annotation = annotate(row["title"] or "", row["text"], row["language"], codebook, row["published_utc"])
    key = {
        "revision_id": row["revision_id"],
        "layer": LAYER,
        "scorer_version": SCORER_VERSION,
        "cue_hash": row["cue_hash"],
    }
    return [_score(key, annotation, world), *_codes(key, annotation)]


def _score(key: dict[str, str], annotation: Annotation, world: World) -> Score:
    return Score(
        **key,
        language=annotation.language,
        relevant=annotation.relevant,
        n_sentences=annotation.n_sentences,
        scored_utc=world.clock(),
    )


def _codes(key: dict[str, str], annotation: Annotation) -> list[Record]:
    records: list[Record] = []
    for code in annotation.codes:
        records.append(
            CodeScoreRow(**key, kind=code.kind, code_id=code.code_id, carried=code.carried, share=code.share)
        )
        records += [
            HitRow(
                **key,
                kind=hit.kind,
                code_id=hit.code_id,
                part=hit.part,
                start_char=hit.start,
                end_char=hit.end,
                sentence_start=hit.sentence_start,
                sentence_end=hit.sentence_end,
                cue=hit.cue,
                voice=hit.voice,
                speaker=hit.speaker,
            )
            for hit in code.hits
        ]
    return records
