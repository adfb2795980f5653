"""Publish: hand the present state to readers."""

from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from framing.errors import ParleyError
from warehouse import publication
from warehouse.home import open_home


async def is_passing(_task: "Task[..., str]", _run: TaskRun, state: "State[str]") -> bool:
    """Is another try worth while? A lock, a full disk or a wrong schema is told to the user at once."""
    failure = await state.aresult(raise_on_failure=False)
    return not isinstance(failure, ParleyError)


@task(name="copy and swap", retries=2, retry_delay_seconds=1, retry_condition_fn=is_passing, cache_policy=NO_CACHE)
def copy_and_swap(root: str) -> str:
    """One publication; tried again because shared and network disks fail for moments."""
    return str(publication.publish(open_home(Path(root))))


@flow(name="publish", validate_parameters=False)
def publish(root: str) -> str:
    """Publish a read-only copy and return its path."""
    return copy_and_swap(root)
