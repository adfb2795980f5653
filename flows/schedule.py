"""The schedule on one machine: ``python -m flows.schedule HOME [SECONDS]`` runs the pipeline again and again."""

import sys
from datetime import timedelta

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from flows.pipeline import pipeline

EVERY = timedelta(minutes=15)


def main(root: str, every: timedelta = EVERY) -> None:
    """Serve until told to stop; the first run comes after one interval, since ``parley run`` ran one itself."""
    deployment = RunnerDeployment.from_flow(
        pipeline,
        name="parley",
        interval=every,
        parameters={"root": root},
        entrypoint_type=EntrypointType.MODULE_PATH,
        concurrency_limit=1,
    )
    serve(deployment, pause_on_shutdown=False)


if __name__ == "__main__":
    main(sys.argv[1], *(timedelta(seconds=float(seconds)) for seconds in sys.argv[2:3]))
