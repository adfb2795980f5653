"""Nothing that a test started outlives it, also where the test failed halfway."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.faults import processes


@pytest.fixture(autouse=True)
def leave_nothing_running() -> Iterator[None]:
    """Kill whatever still carries the mark of a child of this test."""
    yield
    while processes.STARTED:
        child = processes.STARTED.pop()
        for pid, _ in processes.running(child.mark):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
