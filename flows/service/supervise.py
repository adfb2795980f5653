"""``parley run``: server, worker and dashboard as one, stopped together."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from dashboard.launch import command as dashboard_command
from flows.service.stopping import stop_if_asked, stoppable, undisturbed
from flows.service.surroundings import answers, free_port, log_file, remember_server
from framing.errors import ParleyError
from warehouse.home import Home

START_LIMIT_S = 120
STOP_LIMIT_S = 12
"""For all children together."""


class ChildFailedError(ParleyError):
    """A process that Parley started did not start, or ended by itself."""


class Children:
    """The processes one command started, by name."""

    def __init__(self) -> None:
        self._running: dict[str, tuple[subprocess.Popen[bytes], Home]] = {}

    def start(self, name: str, arguments: list[str], home: Home, **environment: str) -> None:
        """Start a process in a group of its own; what it prints goes to the home's logs."""
        with log_file(home, name).open("ab") as log:
            process = subprocess.Popen(
                [*_leash(), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, **environment},
            )
        self._running[name] = (process, home)

    def stop(self, *names: str) -> None:
        """Ask these groups to end, one after the other, and make them end: nothing a child started outlives it."""
        deadline = time.monotonic() + STOP_LIMIT_S
        for name in names:
            process, _ = self._running.pop(name)
            _signal_group(process, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()

    def stop_all(self) -> None:
        """The last one started first: a worker whose server is gone waits for it and does not end."""
        self.stop(*reversed(self._running))

    def check(self) -> None:
        """
        Raises:
            KeyboardInterrupt: It is time to stop.
            ChildFailedError: One has ended by itself; names it and its log.
        """
        stop_if_asked()
        for name, (process, home) in self._running.items():
            if process.poll() is not None:
                raise ChildFailedError(
                    f"{name}: ended by itself with exit code {process.returncode}. What it printed last is in "
                    f"{log_file(home, name)}. Everything else was stopped; what was stored is safe."
                )

    def wait_for(self, url: str) -> None:
        """Wait until a server answers."""
        deadline = time.monotonic() + START_LIMIT_S
        while not answers(url):
            self.check()
            if time.monotonic() > deadline:
                raise ChildFailedError(f"{url}: no answer within {START_LIMIT_S} s. See the logs in the home's logs/.")
            time.sleep(0.2)


@contextmanager
def supervised() -> Iterator[Children]:
    """Processes that end with this block, also when it is interrupted, told to terminate or loses its terminal."""
    children = Children()
    with stoppable():
        try:
            yield children
        finally:
            with undisturbed():
                children.stop_all()


def start_server(children: Children, home: Home) -> None:
    """Start this home's Prefect server on this machine only; it has no log-in."""
    port = free_port(4200)
    address = f"http://127.0.0.1:{port}/api"
    children.start(
        "server",
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        home,
    )
    children.wait_for(f"{address}/health")
    os.environ["PREFECT_API_URL"] = address
    remember_server(home, address)


def start_worker(children: Children, home: Home) -> None:
    """Start the process that deploys the schedule to this home's server, and runs what is due."""
    children.start("worker", [sys.executable, "-m", "flows.service.schedule"], home, PARLEY_HOME=str(home.root))


def start_dashboard(children: Children, home: Home, port: int) -> str:
    """Start the dashboard on a home; returns its address once it answers."""
    children.start("dashboard", dashboard_command(port), home, PARLEY_HOME=str(home.root))
    address = f"http://localhost:{port}"
    children.wait_for(f"http://127.0.0.1:{port}/_stcore/health")
    return address


def wait_until_interrupted(children: Children, pause: Callable[[float], None] = time.sleep) -> None:
    """Return at Ctrl-C or SIGTERM; raise when a child ends by itself."""
    try:
        while True:
            children.check()
            pause(0.5)
    except KeyboardInterrupt:
        return


def _leash() -> list[str]:
    """Where the system can do it: have a child told to end when this process is killed and cannot tell it."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a child and all it started, as far as they are still there."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
