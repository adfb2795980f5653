"""The schedule on one machine: ``python -m flows.service.schedule`` deploys prefect.yaml, then is its worker."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter, WorkPoolFilter
from prefect.states import Crashed
from prefect.workers.process import ProcessWorker

POOL = "parley"
DEPLOYMENTS = Path(__file__).parents[1] / "prefect.yaml"
"""A link in a checkout, a file in an installation."""


def main() -> None:
    """Run until told to stop; the first run comes after one interval, since ``parley run`` ran one itself."""
    client = get_client(sync_client=True)
    make_pool(client)
    end_abandoned_runs(client)
    deployed = prefect("--no-prompt", "deploy", "--all", "--prefect-file", str(DEPLOYMENTS))
    failed = subprocess.run(deployed, check=False).returncode
    if failed:
        sys.exit(failed)
    work = prefect("worker", "start", "--pool", POOL, "--type", "process", "--name", "parley", "--limit", "1")
    os.execv(sys.executable, work)  # noqa: S606 (this interpreter again)


def make_pool(client: SyncPrefectClient) -> None:
    """
    Make the pool, or bring it up to date.

    Its runs are started by this interpreter, in the worker's own process group. Prefect's
    default is a process between the two that leaves the group, and so outlives a worker
    that is killed.
    """
    template = ProcessWorker.get_default_base_job_template()
    template["variables"]["properties"]["command"]["default"] = shlex.join(
        [sys.executable, "-m", "flows.service.engine"]
    )
    pool = WorkPoolCreate(name=POOL, type="process", base_job_template=template)
    client.create_work_pool(pool, overwrite=True)


def end_abandoned_runs(client: SyncPrefectClient) -> None:
    """
    Say of the pool's runs that were under way, and of their parts, that they ended with their worker.

    A worker that stops kills its run before that can report, and Prefect would show it as
    running for ever. ``parley run`` starts the only worker of its server, so here none is at work.
    """
    ours = WorkPoolFilter.model_validate({"name": {"any_": [POOL]}})
    runs = client.read_flow_runs(flow_run_filter=_under_way(), work_pool_filter=ours)
    parts = client.read_flow_runs(flow_run_filter=_under_way(parent_flow_run_id={"any_": [run.id for run in runs]}))
    for run in [*runs, *parts]:
        client.set_flow_run_state(run.id, Crashed(message="Stopped with its worker."), force=True)


def prefect(*arguments: str) -> list[str]:
    """A command line of Prefect's, for this interpreter."""
    return [sys.executable, "-m", "prefect", *arguments]


def _under_way(**which: dict[str, Any]) -> FlowRunFilter:
    return FlowRunFilter.model_validate({"state": {"type": {"any_": ["PENDING", "RUNNING", "CANCELLING"]}}, **which})


if __name__ == "__main__":
    main()
