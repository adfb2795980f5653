"""``parley run``: what it started ends with it, however it is told to; without network it opens the demo."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.faults.feeds import watch_only
from tests.faults.processes import Child, as_user, parley, wait_until_gone
from warehouse.home import Home, create_home, open_home
from warehouse.reading import open_current

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
    known = {"server": "prefect server start", "schedule": "flows.schedule", "dashboard": "streamlit run"}
    return {name for name, words in known.items() if words in commands}


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
    """Also in the middle of its work, and also when Ctrl-C comes twice."""
    port = free_port()
    child = parley("run", "--home", nowhere.root, "--port", port)
    child.wait_for(words)
    time.sleep(delay_s)
    started = names(child)
    os.kill(child.process.pid, demand)
    time.sleep(0.2)
    if child.process.poll() is None:
        os.kill(child.process.pid, demand)

    code = child.wait(LIMIT_S)
    seconds = wait_until_gone(child, 1)
    print(f"\n{demand.name} with {sorted(started)} running: all gone, {seconds:.1f} s after the command")
    assert "server" in started
    assert (code, child.said[-1], child.errors) == (0, "Stopping ...", "")
    assert_free(port)
    assert not (nowhere.root / "server.json").exists()


@pytest.mark.slow
def test_without_network_the_demo_opens(tmp_path):
    """With the shipped outlets, on a machine that reaches nobody; once more with the demo there, and Ctrl-C."""
    if os.geteuid() != 0 or not shutil.which("nsenter"):
        pytest.skip("a place without network needs root and nsenter")
    home = create_home(tmp_path / "home")
    port = free_port()
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
        assert names(child) == {"server", "schedule", "dashboard"}
        assert "No outlet answered (10 feeds asked): is this machine on the network?" in child.said
        assert "Opening the demo instead; collecting is tried again every 15 minutes." in child.said

        os.kill(child.process.pid, demand)
        assert child.wait(LIMIT_S) == 0
        wait_until_gone(child, 1)
        assert (child.said[-1], child.errors) == ("Stopping ...", "")

    with open_current(home) as live, open_current(open_home(home.root.with_name("home-demo"))) as demo:
        assert live.execute("select n_sightings, n_articles from about").fetchone() == (0, 0)
        assert live.execute("select count(*) from outlet where home like '%.example/%'").fetchone() == (0,)
        assert demo.execute("select n_articles from about").fetchone() == (580,)


def health(child: Child, port: int) -> str:
    """The status that the dashboard answers, asked inside the child's network."""
    ask = f"import urllib.request as r; print(r.urlopen('http://127.0.0.1:{port}/_stcore/health', timeout=10).status)"
    command = ["nsenter", f"--net=/proc/{child.process.pid}/ns/net", sys.executable, "-c", ask]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
