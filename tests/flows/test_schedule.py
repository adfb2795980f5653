"""What is deployed, and what becomes of a run that comes too late or was cut off."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.flow_engine import run_flow
from prefect.states import Pending, Running

from flows.pipeline import pipeline
from flows.publish import copy_and_swap
from flows.service.lateness import lateness, why_skipped
from flows.service.schedule import DEPLOYMENTS, POOL, end_abandoned_runs, make_pool
from tests.faults.orchestra import ask

DUE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
PREFECT_YAML = Path(__file__).parents[2] / "prefect.yaml"


@pytest.fixture
def client(prefect_server):
    """Prefect's server, as a flow talks to it."""
    return get_client(sync_client=True)


def deploy(client, schedule, name):
    """A deployment of the pipeline in the pool that ``parley run`` makes."""
    make_pool(client)
    return client.create_deployment(
        client.create_flow_from_name("pipeline"),
        name,
        schedules=[DeploymentScheduleCreate(schedule=schedule)],
        work_pool_name=POOL,
        entrypoint="flows.pipeline.pipeline",
        path="",
    )


def every_quarter():
    return IntervalSchedule(interval=QUARTER, anchor_date=DUE)


def due_run(client, deployment):
    """The run of this deployment that Prefect's own scheduler makes for ``DUE``."""
    window = {"start_time": DUE.isoformat(), "end_time": (DUE + QUARTER / 2).isoformat(), "min_runs": 1, "max_runs": 1}
    ask(str(client.api_url).rstrip("/"), f"/deployments/{deployment}/schedule", window)
    chosen = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
    runs = client.read_flow_runs(deployment_filter=chosen, sort="EXPECTED_START_TIME_ASC", limit=1)
    assert [run.expected_start_time for run in runs] == [DUE]
    return runs[0]


def test_the_file_deploys_the_pipeline_and_the_daily_check():
    """Every 15 minutes, and every day at 03:30 UTC; no other schedule stands anywhere."""
    deployed = yaml.safe_load(PREFECT_YAML.read_text(encoding="utf-8"))["deployments"]

    assert [(d["name"], d["entrypoint"], d["work_pool"], d["schedules"], d["parameters"]) for d in deployed] == [
        ("pipeline", "flows.pipeline.pipeline", {"name": POOL}, [{"interval": 900}], {}),
        (
            "daily",
            "flows.daily.daily",
            {"name": POOL},
            [{"interval": 86400, "anchor_date": "2026-01-01T03:30:00+00:00", "timezone": "UTC"}],
            {},
        ),
    ]
    for deployment in deployed:
        module, _, name = deployment["entrypoint"].rpartition(".")
        assert getattr(import_module(module), name).name == deployment["name"]


def test_the_file_holds_on_any_machine():
    """No folder is pulled or entered, and no slot of Prefect's can be lost with its holder."""
    content = yaml.safe_load(PREFECT_YAML.read_text(encoding="utf-8"))

    assert (content["build"], content["push"], content["pull"]) == (None, None, [])
    for deployment in content["deployments"]:
        assert not {"concurrency_limit", "pull", "build", "push"} & set(deployment)
        assert "job_variables" not in deployment["work_pool"]


def test_parley_run_deploys_the_same_file():
    """The package holds a link to it, which a wheel turns into the file."""
    assert DEPLOYMENTS.resolve() == PREFECT_YAML


@pytest.mark.parametrize("minutes", [-1, 0, 14, 15])
def test_a_run_in_time_goes_on(minutes):
    """Up to one interval: the next is due only then."""
    assert lateness(DUE, QUARTER, DUE + timedelta(minutes=minutes)) is None


def test_a_late_run_says_why_it_is_skipped():
    """One sentence, whole."""
    assert lateness(DUE, QUARTER, DUE + timedelta(minutes=47)) == (
        "Due at 2026-11-23 12:00:00 UTC, 47 minutes ago, and due every 15 minutes: a later run does its work."
    )
    assert lateness(DUE, timedelta(seconds=20), DUE + timedelta(seconds=21)) == (
        "Due at 2026-11-23 12:00:00 UTC, 21 seconds ago, and due every 20 seconds: a later run does its work."
    )


def test_only_scheduled_runs_of_an_interval_are_skipped(client):
    """What somebody asked for is done, however late; a cron line says nothing of an interval."""
    late = DUE + timedelta(hours=1)
    by_interval = due_run(client, deploy(client, every_quarter(), "quarter"))
    by_cron = due_run(client, deploy(client, CronSchedule(cron="*/15 * * * *"), "cron"))

    assert why_skipped(by_interval, DUE + timedelta(minutes=1)) is None
    assert why_skipped(by_interval, late) == lateness(DUE, QUARTER, late)
    assert why_skipped(by_interval.model_copy(update={"auto_scheduled": False}), late) is None
    assert why_skipped(by_cron, late) is None


def test_a_skipped_run_does_nothing(client, home, site, watch, world):
    """It ends as Skipped, with the reason, before it takes the lock or asks a feed."""
    watch("wire", ["http://wire.example/feed.xml"])
    run = due_run(client, deploy(client, every_quarter(), "quarter"))

    state = run_flow(pipeline, flow_run=run, parameters={"root": str(home.root), "world": world}, return_type="state")

    ended = client.read_flow_run(run.id).state
    assert (state.name, ended.name, ended.type.value) == ("Skipped", "Skipped", "CANCELLED")
    assert ended.message.startswith("Due at 2026-11-23 12:00:00 UTC, ")
    assert site.requests == []
    assert not home.current.exists()
    assert not home.database.exists()


def test_runs_that_were_cut_off_are_said_to_be_over(client):
    """Those of the pool and their parts, and nobody else's."""
    deployment = deploy(client, every_quarter(), "quarter")
    pending = client.create_flow_run_from_deployment(deployment, state=Pending())
    running = client.create_flow_run_from_deployment(deployment, state=Running())
    by_hand = client.create_flow_run(pipeline, state=Running())
    step = client.create_task_run(copy_and_swap, flow_run_id=running.id, dynamic_key="0")
    part = client.create_flow_run(pipeline, parent_task_run_id=step.id, state=Running())

    end_abandoned_runs(client)

    states = [client.read_flow_run(run.id).state for run in (pending, running, part, by_hand)]
    assert [state.name for state in states] == ["Crashed", "Crashed", "Crashed", "Running"]
    assert states[0].message == "Stopped with its worker."
    end_abandoned_runs(client)  # with nothing to end


def test_the_pool_is_brought_up_to_date(client):
    """After an update Parley may live elsewhere: the command of an older pool would start nothing."""
    client.create_work_pool(WorkPoolCreate(name=POOL, type="process"), overwrite=True)

    make_pool(client)

    variables = client.read_work_pool(POOL).base_job_template["variables"]["properties"]
    assert variables["command"]["default"].endswith("-m flows.service.engine")
