"""Commands that bring Prefect along: when they are told to stop, nothing of them stays behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.faults.processes import CHECKOUT, parley, wait_until_gone
from warehouse.home import open_home
from warehouse.lock import is_locked


@pytest.mark.slow
@pytest.mark.parametrize(
    ("demand", "delay_s"),
    [(signal.SIGTERM, 4), (signal.SIGHUP, 15), (signal.SIGINT, 16)],
    ids=str,
)
def test_a_command_that_is_told_to_stop(tmp_path, demand, delay_s):
    """Early, while Prefect starts, and in the middle of the replay, also where Prefect swallows the exception."""
    child = parley("demo", "--no-dashboard", "--home", tmp_path / "demo")
    child.wait_for("Replaying")
    time.sleep(delay_s)
    started = len(child.survivors)
    os.kill(child.process.pid, demand)
    asked = time.monotonic()

    code = child.wait(20)
    print(
        f"\n{demand.name} after {delay_s} s: {started} processes beside it, ended in {time.monotonic() - asked:.1f} s"
    )
    wait_until_gone(child, 1)
    assert code == 130
    assert "Traceback" not in child.errors
    assert not is_locked(open_home(tmp_path / "demo"))


SWALLOWED = """
import os, signal
from contextlib import suppress
from flows.service.stopping import stop_if_asked, stoppable
with stoppable():
    stop_if_asked()
    with suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)
    print("swallowed", flush=True)
    stop_if_asked()
"""
IN_A_CALLBACK = """
import os, signal, weakref
from flows.service.stopping import stop_if_asked, stoppable
class Thing: pass
def collected(_reference): os.kill(os.getpid(), signal.SIGTERM)
def broken(_reference): raise ValueError("somebody's bug")
with stoppable():
    thing = Thing()
    references = weakref.ref(thing, broken), weakref.ref(thing, collected)
    del thing
    try:
        stop_if_asked()
    except KeyboardInterrupt:
        print("stopped")
"""
OUTLIVING = """
import os, signal
from flows.service.stopping import stop_if_asked, stoppable
signal.signal(signal.SIGHUP, signal.SIG_IGN)
with stoppable():
    os.kill(os.getpid(), signal.SIGHUP)
    stop_if_asked()
print("outlived")
"""


def run(script: str) -> tuple[int, str, str]:
    """Exit code, what was said, and the errors that Python could only report."""
    done = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_swallowed_signal_counts_at_the_next_step():
    """Prefect swallows the exception that comes while it winds up a flow."""
    assert run(SWALLOWED)[:2] == (-signal.SIGINT, "swallowed\n")


def test_a_signal_that_python_drops_counts_at_the_next_step():
    """In a weak reference's callback no exception can be raised; the user is not told of it, but of any other."""
    code, said, errors = run(IN_A_CALLBACK)

    assert (code, said) == (0, "stopped\n")
    assert "somebody's bug" in errors
    assert "KeyboardInterrupt" not in errors


def test_nohup_outlives_its_terminal():
    """Who says nohup wants the command to go on."""
    assert run(OUTLIVING) == (0, "outlived\n", "")
