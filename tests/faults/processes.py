"""Processes that a test starts in a group of their own, listens to, kills, and looks for afterwards."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread
from uuid import uuid4

CHECKOUT = Path(__file__).parents[2]
MARK = "PARLEY_TEST_MARK"
"""In the environment of a child and of all that it starts, whatever group or session they are in."""

if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    # Under nohup every child would inherit the deaf ear; a handler is not inherited, and the tests still go on.
    signal.signal(signal.SIGHUP, lambda _signal, _frame: None)

STARTED: list["Child"] = []
"""For the fixture that kills what a failing test leaves running."""


class Child:
    """One started command and what it said so far."""

    def __init__(
        self, *arguments: str, cwd: Path = CHECKOUT, only: dict[str, str] | None = None, **environment: str
    ) -> None:
        self.mark = uuid4().hex
        self.said: list[str] = []
        """Lines of standard output."""
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (lives as long as the child)
        self.process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            cwd=cwd,
            start_new_session=True,
            env={**(os.environ if only is None else only), "PYTHONUNBUFFERED": "1", MARK: self.mark, **environment},
        )
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        STARTED.append(self)

    def wait_for(self, words: str, limit_s: float = 120) -> str:
        """The first line that holds these words, once it is there."""
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            is_over = not self._listener.is_alive()
            for line in self.said:
                if words in line:
                    return line
            assert not is_over, f"ended without saying {words!r}: {self.said} {self.errors}"
            time.sleep(0.02)
        raise AssertionError(f"did not say {words!r} in {limit_s} s: {self.said} {self.errors}")

    def wait(self, limit_s: float = 120) -> int:
        """The exit code, once it has ended."""
        code = self.process.wait(limit_s)
        self._listener.join(5)
        return code

    def kill(self) -> None:
        """kill -9, for it and its whole group."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.wait()

    @property
    def errors(self) -> str:
        """What it wrote to standard error so far."""
        self._errors.seek(0)
        return self._errors.read()

    @property
    def survivors(self) -> list[str]:
        """Command lines of everything it started that still runs."""
        return [command for pid, command in running(self.mark) if pid != self.process.pid]

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))


def python(module: str, *arguments: object, **environment: str) -> Child:
    """``python -m module arguments`` with this interpreter."""
    return Child(sys.executable, "-m", module, *map(str, arguments), **environment)


def running(mark: str) -> list[tuple[int, str]]:
    """``(pid, command line)`` of every process that carries the mark; the dead but unburied have no environment."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if f"{MARK}={mark}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    found.append((int(folder.name), command))
            except OSError:  # ended while we looked, or not ours to look into
                continue
    return found


def wait_until_gone(child: Child, limit_s: float) -> float:
    """Seconds until nothing of a child runs any more; fails after the limit."""
    started = time.monotonic()
    while left := running(child.mark):
        assert time.monotonic() - started < limit_s, f"still running after {limit_s:.0f} s: {left}"
        time.sleep(0.05)
    return time.monotonic() - started


def as_user() -> dict[str, str]:
    """The environment without what tests put into it: no settings of Python, Prefect or Parley."""
    mine = ("PYTHONPATH", "PREFECT_", "PARLEY_")
    return {name: value for name, value in os.environ.items() if not name.startswith(mine)}


def parley(*arguments: object, **environment: str) -> Child:
    """The command line in a process of its own, as a user starts it."""
    return Child(sys.executable, "-m", "flows", *map(str, arguments), only=as_user(), **environment)


def refusal(child: Child, limit_s: float = 120) -> str:
    """What a command that must fail says: one message of Parley's on standard error, and nothing else."""
    assert child.wait(limit_s) == 1, (child.said, child.errors)
    assert child.said == []
    assert child.errors.startswith("parley: "), child.errors
    assert "Traceback" not in child.errors
    return child.errors.removeprefix("parley: ").removesuffix("\n")
