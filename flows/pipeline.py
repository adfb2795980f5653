"""Pipeline: ingest, score, publish, as one writer."""

from dataclasses import dataclass
from pathlib import Path

from prefect import flow

from flows.ingest import IngestReport, ingest
from flows.publish import publish
from flows.score import ScoreReport, score
from flows.stopping import stop_if_asked
from flows.world import World
from warehouse.home import open_home
from warehouse.lock import writer_lock


@dataclass(frozen=True, slots=True)
class PipelineReport:
    """What one run did."""

    ingest: IngestReport
    score: ScoreReport
    published: str


@flow(name="pipeline", validate_parameters=False)
def pipeline(root: str, world: World | None = None) -> PipelineReport:
    """Run everything once. The lock is held from the first poll to the swapped link."""
    with writer_lock(open_home(Path(root)), "pipeline"):
        ingested = ingest(root, world)
        stop_if_asked()
        scored = score(root, world)
        stop_if_asked()
        return PipelineReport(ingested, scored, publish(root))
