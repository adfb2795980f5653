"""Score: everything the codebook has not seen yet."""

from dataclasses import dataclass
from pathlib import Path

from prefect import flow, get_run_logger

from flows.score_rows import score_rows
from flows.world import LIVE, World
from framing.codebook import Codebook
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from warehouse.agenda import unscored_revisions
from warehouse.catalogue import LAYER, activate_codebook, active_codebook, register_codebook
from warehouse.home import open_home
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
        records = [record for row in batch for record in score_rows(row, codebook, world.clock())]
        with warehouse.transaction():
            warehouse.save(records)
        n_scored += len(batch)
    return n_scored
