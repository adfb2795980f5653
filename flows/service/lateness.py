"""Lateness: a scheduled run that comes too late is skipped, for a later one does its work."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.context import FlowRunContext
from prefect.states import Cancelled

from flows.world import now_utc

P = ParamSpec("P")
R = TypeVar("R")


def unless_late(flow: Callable[P, R]) -> Callable[P, R]:
    """
    Let a scheduled run end as *Skipped* where it starts more than its deployment's interval late.

    What was due while the machine slept, or while a longer run went on, would otherwise be
    made up for run by run. A run that somebody asked for is never skipped.
    """

    @wraps(flow)
    def run(*arguments: P.args, **named: P.kwargs) -> R:
        context = FlowRunContext.get()
        reason = why_skipped(context.flow_run, now_utc()) if context and context.flow_run else None
        if reason:
            return cast(R, Cancelled(name="Skipped", message=reason))  # Prefect ends a run in the state it returns
        return flow(*arguments, **named)

    return run


def why_skipped(run: FlowRun, now: datetime) -> str | None:
    """The sentence for a run that is not to go on; ``None`` for one that is. Asks the server for the interval."""
    if not run.auto_scheduled or run.deployment_id is None or run.expected_start_time is None:
        return None
    interval = schedule_interval(run.deployment_id)
    return None if interval is None else lateness(run.expected_start_time, interval, now)


def schedule_interval(deployment_id: UUID) -> timedelta | None:
    """How often a deployment runs; ``None`` where no interval says so, as with a cron line."""
    deployment = get_client(sync_client=True).read_deployment(deployment_id)
    schedules = [entry.schedule for entry in deployment.schedules if entry.active]
    return min((s.interval for s in schedules if isinstance(s, IntervalSchedule)), default=None)


def lateness(due: datetime, interval: timedelta, now: datetime) -> str | None:
    """What to say of a run that was due more than an interval ago; ``None`` for one in time."""
    late = now - due
    if late <= interval:
        return None
    return (
        f"Due at {due:%Y-%m-%d %H:%M:%S} UTC, {_words(late)} ago, and due every {_words(interval)}: "
        "a later run does its work."
    )


def _words(duration: timedelta) -> str:
    """``47 minutes``; seconds where there are few."""
    seconds = round(duration.total_seconds())
    return f"{seconds} seconds" if seconds < 120 else f"{seconds // 60} minutes"
