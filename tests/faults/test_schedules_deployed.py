"""``prefect deploy --all`` and a worker, as an operator starts them: what is due runs, one writer at a time."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
import yaml

from tests.faults.feeds import watch_only
from tests.faults.orchestra import artifacts, ask, deployments, runs, states, wait_until
from tests.faults.processes import CHECKOUT, Child, as_user, parley
from tests.faults.test_stopping import free_port
from warehouse.home import Home, create_home
from warehouse.lock import is_locked
from warehouse.reading import open_current

N_FEEDS = 15
"""Of one domain, asked one by one with a second between: how long the first run holds the warehouse."""
EVERY_S = {"pipeline": 25, "daily": 60}
"""Instead of 15 minutes and a day; nothing else is changed in prefect.yaml."""
REPORTS = {"pipeline-report": "pipeline", "daily-report": "daily"}
LIMIT_S = 150


@pytest.fixture
def nowhere(tmp_path) -> Home:
    """A home that watches feeds which no machine ever serves."""
    home = create_home(tmp_path / "home")
    watch_only(home, "nowhere", [f"http://nowhere.invalid/feed-{n}.xml" for n in range(N_FEEDS)])
    return home


class Operator:
    """Someone with a folder, a server of their own and Prefect's command line."""

    def __init__(self, folder: Path, home: Home) -> None:
        self.folder = folder
        self.server = f"http://127.0.0.1:{free_port()}/api"
        self.settings = {
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": self.server,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PARLEY_HOME": str(home.root),
        }

    def prefect(self, *arguments: str) -> Child:
        command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
        return Child(*command, cwd=self.folder, only=as_user(), **self.settings)

    def start_server(self) -> None:
        port = self.server.rsplit(":", 1)[1].removesuffix("/api")
        server = self.prefect("server", "start", "--host", "127.0.0.1", "--port", port)
        wait_until(lambda: self._answers(server), 120, lambda: (server.said, server.errors))

    def _answers(self, server: Child) -> bool:
        assert server.process.poll() is None, (server.said, server.errors)
        try:
            return bool(ask(self.server, "/health"))
        except OSError:
            return False

    def deploy(self) -> None:
        """The checkout's prefect.yaml, with shorter intervals."""
        content = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))
        for deployment in content["deployments"]:
            deployment["schedules"][0]["interval"] = EVERY_S[deployment["name"]]
        (self.folder / "prefect.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
        for command in (("work-pool", "create", "parley", "--type", "process"), ("deploy", "--all")):
            done = self.prefect(*command)
            assert done.wait() == 0, (done.said, done.errors)

    def miss_a_run(self) -> None:
        """Let Prefect's scheduler make a run that was due an hour ago, as if nobody had worked since."""
        due = datetime.now(UTC) - timedelta(hours=1)
        window = {"start_time": due, "end_time": due + timedelta(seconds=EVERY_S["pipeline"])}
        times = {name: moment.isoformat() for name, moment in window.items()}
        ask(self.server, f"/deployments/{deployments(self.server)['pipeline']}/schedule", {**times, "min_runs": 1})


class Holders:
    """Who held the warehouse, and since when, as the holders say themselves."""

    def __init__(self, home: Home) -> None:
        self.seen: list[tuple[str, int, datetime]] = []
        self._home = home
        self._is_over = Event()
        self._watcher = Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def now(self) -> str:
        return self.seen[-1][0] if self.seen and is_locked(self._home) else ""

    def stop(self) -> None:
        self._is_over.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._is_over.wait(0.02):
            try:
                holder = json.loads(self._home.holder.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            if not self.seen or self.seen[-1][:2] != (holder["task"], holder["pid"]):
                self.seen.append((holder["task"], holder["pid"], datetime.now(UTC)))


@pytest.mark.slow
def test_deployed_runs_and_a_manual_one_take_turns(nowhere, tmp_path):
    """Scheduled runs complete, late ones are skipped, and an analyst's ingest waits for the run before it."""
    started = time.monotonic()
    operator = Operator(tmp_path, nowhere)
    operator.start_server()
    operator.deploy()
    deployed = time.monotonic()
    assert set(deployments(operator.server)) == set(EVERY_S)
    operator.miss_a_run()
    holders = Holders(nowhere)
    worker = operator.prefect("worker", "start", "--pool", "parley", "--type", "process", "--limit", "1")

    wait_until(lambda: holders.now() == "pipeline", 90, lambda: (worker.said, worker.errors))
    asked = datetime.now(UTC)
    ingest = parley("ingest", "--home", nowhere.root, PREFECT_API_URL=operator.server)
    assert ingest.wait(90) == 0, ingest.errors
    ended = datetime.now(UTC)

    def is_complete() -> bool:
        pipeline, daily = told(operator, "pipeline"), told(operator, "daily")
        assert not {"Failed", "Crashed"} & {*pipeline, *daily}, (worker.said, worker.errors)
        has_run = pipeline.get("Completed", 0) >= 2 and "Skipped" in pipeline and "Completed" in daily
        return has_run and all(reported(operator, key) for key in REPORTS)

    wait_until(is_complete, LIMIT_S, lambda: (told(operator, "pipeline"), told(operator, "daily"), worker.errors))
    holders.stop()
    print(
        f"\ndeployed after {deployed - started:.0f} s; complete after {time.monotonic() - started:.0f} s: "
        f"pipeline {told(operator, 'pipeline')}; daily {told(operator, 'daily')}"
    )
    assert_waited(operator, holders, asked, ended, ingest)
    assert_reported(operator)
    for name in EVERY_S:
        assert all(run["auto_scheduled"] for run in runs(operator.server, name))
    with open_current(nowhere) as connection:
        polls = connection.execute("select count(*), count(distinct feed_url) from core.poll").fetchone()
    assert polls == (N_FEEDS, N_FEEDS)


def told(operator: Operator, name: str) -> dict[str, int]:
    """How many runs ended how; those that are still to come are left out."""
    ended = [state for state in states(operator.server, name) if state not in ("Scheduled", "Late")]
    return {state: ended.count(state) for state in sorted(set(ended))}


def assert_waited(operator: Operator, holders: Holders, asked: datetime, ended: datetime, ingest: Child) -> None:
    """The command was at work while the pipeline still wrote, and wrote itself only when that had ended."""
    (first,) = [n for n, (task, _, _) in enumerate(holders.seen) if task == "pipeline"][:1]
    (turn,) = [n for n, (_, pid, _) in enumerate(holders.seen) if pid == ingest.process.pid]
    assert turn > first
    turn_came = holders.seen[turn][2]
    by_hand = [
        run
        for run in ask(operator.server, "/flow_runs/filter", {"flows": {"name": {"any_": ["ingest"]}}})
        if run["parent_task_run_id"] is None
    ]
    (run,) = by_hand
    began = datetime.fromisoformat(run["start_time"])
    waited = (turn_came - began).total_seconds()
    print(
        f"ingest asked {asked:%H:%M:%S}, began {began:%H:%M:%S}, waited {waited:.1f} s for "
        f"{holders.seen[turn - 1][0]}, ended {ended:%H:%M:%S}: {ingest.said}"
    )
    assert run["state"]["name"] == "Completed"
    assert waited > 1
    assert ingest.said[-1].startswith("Polled 0 feeds")  # what was due, the pipeline had asked


def assert_reported(operator: Operator) -> None:
    """Progress and a table with links for each pipeline that ran, a report of the day before from each daily check."""
    assert [bar["data"] for bar in artifacts(operator.server, "polling-feeds")] == [100]
    for key, name in REPORTS.items():
        reports = artifacts(operator.server, key)
        assert len(reports) == states(operator.server, name).count("Completed")
        assert all(report["type"] == "table" for report in reports)
        for row in reported(operator, key):
            assert row["outlet"] == "[Nowhere](http://nowhere.example/)"
            # Nobody answered, so no feed is held to account. The daily check tells of the day before: not watched yet.
            assert row["coverage"] == ("our outage" if name == "pipeline" else "not asked")
            assert row["feeds failing now"] == ""


def reported(operator: Operator, key: str) -> list[dict[str, str]]:
    """The rows of all its reports; a daily check that comes before the first pipeline knows no outlet yet."""
    return [row for report in artifacts(operator.server, key) for row in json.loads(report["data"])]
