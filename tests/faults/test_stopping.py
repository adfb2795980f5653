"""``parley run``: what it started ends with it, however it is told to; without network it opens the demo."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from flows.demo.records import load_archive
from flows.service.surroundings import remember_server, running_server
from framing.registry_files import load_registry
from tests.faults.feeds import watch_only
from tests.faults.orchestra import ask, deployments, states, wait_until
from tests.faults.processes import Child, as_user, parley, wait_until_gone
from tests.warehouse.rows import article_rows
from warehouse.home import Home, create_home, open_home
from warehouse.lock import is_locked, writer_lock
from warehouse.publication import publish
from warehouse.reading import open_current
from warehouse.store import open_warehouse

LIMIT_S = 20
DEMO_LIMIT_S = 180


@pytest.fixture
def nowhere(tmp_path) -> Home:
    """A home that watches one outlet, which no machine ever serves."""
    home = create_home(tmp_path / "home")
    watch_only(home, "nowhere", ["http://nowhere.invalid/feed.xml"])
    return home


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def assert_free(port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        pass


def names(child: Child) -> set[str]:
    """Which of the programs that Parley starts are running."""
    commands = " ".join(child.survivors)
    known = {
        "server": "prefect server start",
        "worker": r"flows\.service\.schedule|prefect worker start",  # deploys first
        "run": r"flows\.service\.engine",
        "dashboard": "streamlit run",
    }
    return {name for name, words in known.items() if re.search(words, commands)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("demand", "words", "delay_s"),
    [
        (signal.SIGINT, "Starting Prefect", 3),
        (signal.SIGTERM, "fills as they answer", 0.5),
        (signal.SIGINT, "fills as they answer", 1),
        (signal.SIGINT, "fills as they answer", 2.5),
        (signal.SIGHUP, "Replaying the demo", 3),
    ],
    ids=lambda value: value.name if isinstance(value, signal.Signals) else str(value).replace(" ", "-"),
)
def test_everything_ends_with_the_command(nowhere, demand, words, delay_s):
    """Also in the middle of its work, and also when Ctrl-C comes again at every moment of its end."""
    port = free_port()
    child = parley("run", "--home", nowhere.root, "--port", port)
    child.wait_for(words)
    time.sleep(delay_s)
    started = names(child)
    while child.process.poll() is None:
        os.kill(child.process.pid, demand)
        time.sleep(0.02)

    code = child.wait(LIMIT_S)
    seconds = wait_until_gone(child, 1)
    print(f"\n{demand.name} with {sorted(started)} running: all gone, {seconds:.1f} s after the command")
    assert "server" in started
    assert (code, child.said[-1], child.errors) == (0, "Stopping ...", "")
    assert_free(port)
    assert not (nowhere.root / "server.json").exists()


@pytest.mark.slow
def test_what_it_started_ends_also_when_it_is_killed(nowhere):
    """A server nobody stops would keep its port, and a second worker would stand beside the next one's."""
    if not shutil.which("setpriv"):
        pytest.skip("without setpriv a killed command cannot take its children along")
    with open_warehouse(nowhere, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
    publish(nowhere)
    port = free_port()
    child = parley("run", "--home", nowhere.root, "--port", port)
    child.wait_for("shows the trends")
    started = names(child)

    os.kill(child.process.pid, signal.SIGKILL)
    seconds = wait_until_gone(child, LIMIT_S)

    print(f"\nSIGKILL with {sorted(started)} running: all gone after {seconds:.1f} s")
    assert started == {"server", "worker", "dashboard"}
    assert_free(port)
    assert (nowhere.root / "server.json").exists(), "nobody was left to remove it"
    assert running_server(nowhere) is None


@pytest.mark.slow
def test_a_run_of_the_worker_ends_too(nowhere):
    """In the middle of a run, which waits for the writer: nobody is left to write once the command has ended."""
    with open_warehouse(nowhere, "test") as warehouse:
        article_rows(warehouse, "a1", carried=True, share=0.5, relevant=True)
    publish(nowhere)
    child = parley("run", "--home", nowhere.root, "--port", free_port())
    child.wait_for("shows the trends")
    server = json.loads((nowhere.root / "server.json").read_text(encoding="utf-8"))["address"]
    wait_until(lambda: set(deployments(server)) == {"pipeline", "daily"}, 60, lambda: log(nowhere))

    with writer_lock(nowhere, "test"):
        ask(server, f"/deployments/{deployments(server)['pipeline']}/create_flow_run", {})
        seconds = wait_until(lambda: "Running" in states(server, "pipeline"), 60, lambda: log(nowhere))
        assert names(child) == {"server", "worker", "run", "dashboard"}
        os.kill(child.process.pid, signal.SIGINT)
        asked = time.monotonic()
        code = child.wait(LIMIT_S)
        print(f"\nrunning after {seconds:.1f} s; all ended {time.monotonic() - asked:.1f} s after Ctrl-C")
        wait_until_gone(child, 1)
    assert (code, child.said[-1], child.errors) == (0, "Stopping ...", "")
    assert not is_locked(nowhere)


def log(home: Home) -> str:
    """What the worker printed."""
    return (home.logs / "worker.log").read_text(encoding="utf-8")


@pytest.mark.slow
def test_without_network_the_demo_opens(tmp_path):
    """With the shipped outlets, on a machine that reaches nobody; once more with the demo there, and Ctrl-C."""
    if os.geteuid() != 0 or not shutil.which("nsenter"):
        pytest.skip("a place without network needs root and nsenter")
    home = create_home(tmp_path / "home")
    port = free_port()
    n_feeds = sum(len(outlet.feeds) for outlet in load_registry().outlets)
    command = ["run", "--home", str(home.root), "--port", str(port)]
    offline = [sys.executable, "-m", "tests.faults.offline", sys.executable, "-m", "flows", *command]

    for demand in (signal.SIGTERM, signal.SIGINT):
        started = time.monotonic()
        child = Child(*offline, only=as_user())
        child.wait_for("shows the demo's trends", DEMO_LIMIT_S)
        seconds = time.monotonic() - started
        print(f"\nthe demo's trends after {seconds:.0f} s: {child.said}")
        assert seconds < DEMO_LIMIT_S
        assert health(child, port) == "200"
        assert names(child) == {"server", "worker", "dashboard"}
        assert f"No outlet answered ({n_feeds} feeds asked): is this machine on the network?" in child.said
        assert "Opening the demo instead; collecting is tried again every 15 minutes." in child.said

        os.kill(child.process.pid, demand)
        assert child.wait(LIMIT_S) == 0
        wait_until_gone(child, 1)
        assert (child.said[-1], child.errors) == ("Stopping ...", "")

    with open_current(home) as live, open_current(open_home(home.root.with_name("home-demo"))) as demo:
        assert live.execute("select n_sightings, n_articles from about").fetchone() == (0, 0)
        assert live.execute("select count(*) from outlet where home like '%.example/%'").fetchone() == (0,)
        n_articles = load_archive().truth["totals"]["articles"]
        assert demo.execute("select n_articles from about").fetchone() == (n_articles,)


def health(child: Child, port: int) -> str:
    """The status that the dashboard answers, asked inside the child's network."""
    ask = f"import urllib.request as r; print(r.urlopen('http://127.0.0.1:{port}/_stcore/health', timeout=10).status)"
    command = ["nsenter", f"--net=/proc/{child.process.pid}/ns/net", sys.executable, "-c", ask]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("pid", [os.getpid(), 2**22 + 1, None], ids=["ours", "nobody", "none"])
def test_another_program_at_the_servers_port_is_not_the_server(nowhere, site, pid):
    """The note of a killed command names a port that anybody may take."""
    address = f"http://127.0.0.1:{site.port}/api"
    (nowhere.root / "server.json").write_text(json.dumps({"address": address, "pid": pid}), encoding="utf-8")

    assert running_server(nowhere) is None


def test_the_server_that_answers_is_found(nowhere, site):
    site.pages["/api/health"] = (200, {}, b"true")
    address = f"http://127.0.0.1:{site.port}/api"
    remember_server(nowhere, address)

    assert running_server(nowhere) == address
