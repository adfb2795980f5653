"""Pipeline: ingest, score, analyse, publish, as one writer."""

from dataclasses import dataclass
from pathlib import Path

from prefect import flow

from flows.analyse import analyse
from flows.commands.printing import describe_ingest
from flows.ingest import ingest
from flows.publish import publish
from flows.reports import IngestReport
from flows.score import ScoreReport, score
from flows.service.artifacts import report_coverage
from flows.service.lateness import unless_late
from flows.service.stopping import stop_if_asked
from flows.world import LIVE, World
from warehouse.home import Home, create_home, default_root, open_home
from warehouse.lock import writer_lock
from warehouse.reading import open_current


@dataclass(frozen=True, slots=True)
class PipelineReport:
    """What one run did."""

    ingest: IngestReport
    score: ScoreReport
    published: str


@flow(name="pipeline", validate_parameters=False)
@unless_late
def pipeline(root: str | None = None, world: World | None = None) -> PipelineReport:
    """Run everything once. The lock is held from the first poll to the swapped link."""
    home = home_of(root)
    with writer_lock(home, "pipeline"):
        ingested = ingest(str(home.root), world)
        stop_if_asked()
        scored = score(str(home.root), world)
        stop_if_asked()
        analyse(str(home.root))
        stop_if_asked()
        report = PipelineReport(ingested, scored, publish(str(home.root)))
    show(report, home, world or LIVE)
    return report


def home_of(root: str | None) -> Home:
    """
    The home a deployment's run works on; without a root it is the default one, made where there is none yet.

    Raises:
        HomeError: There is no home at this root, or the default one cannot be made or holds a demo.
    """
    return create_home(default_root()) if root is None else open_home(Path(root))


def show(report: PipelineReport, home: Home, world: World) -> None:
    """The run's report, on its page: what it did, and the day so far."""
    heading = f"{describe_ingest(report.ingest)} Scored {report.score.n_scored} revisions."
    with open_current(home) as connection:
        report_coverage(connection, world.clock().date(), "pipeline-report", heading)
