"""Prefect's surroundings: its home inside ours, its telemetry off, its tracebacks out of the user's sight.

Import nothing of Prefect before ``prepare`` was called: it reads its settings when first imported.
"""

import atexit
import http.client
import json
import logging
import os
import shutil
import socket
import sys
import urllib.request
from pathlib import Path
from typing import NoReturn

from framing.errors import ParleyError
from warehouse.home import Home

MIN_FREE_BYTES = 100 * 2**20
"""Prefect's database, one chunk of pages and a copy to publish fit in this, in a new home."""


class DiskFullError(ParleyError):
    """There is too little room to begin."""


class PortTakenError(ParleyError):
    """Another program listens where the dashboard should."""


def prepare(home: Home) -> None:
    """
    Set Prefect up for this home, and check that there is room to work.

    A Prefect server that runs for this home is used; otherwise Prefect starts
    one inside the process for the length of the run.

    Raises:
        DiskFullError: Less than ``MIN_FREE_BYTES`` is free.
    """
    free = shutil.disk_usage(home.root).free
    if free < MIN_FREE_BYTES:
        raise DiskFullError(
            f"{home.root}: the disk is full: {free / 2**20:.0f} MB are free, Parley needs {MIN_FREE_BYTES / 2**20:.0f} "
            "to work. Free some space, or give another folder with --home DIR. Nothing was changed."
        )
    os.environ.update(
        PREFECT_HOME=str(home.prefect),
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        DO_NOT_TRACK="1",
        PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="120",
    )
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    address = running_server(home)
    if address:
        os.environ.setdefault("PREFECT_API_URL", address)
    for name in ("prefect.engine", "prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(name).addFilter(_is_news)


def leave(code: int) -> NoReturn:
    """
    End the process.

    After a flow has run, Prefect's threads still hold DuckDB's types while the
    interpreter is torn down, and DuckDB's binding prints pages about leaks.
    """
    if "prefect" not in sys.modules:
        sys.exit(code)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def remember_server(home: Home, address: str | None) -> None:
    """Write down where this home's Prefect server listens; ``None``: it stopped."""
    path = home.root / "server.json"
    if address is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(json.dumps({"address": address, "pid": os.getpid()}), encoding="utf-8")


def running_server(home: Home) -> str | None:
    """
    The address of this home's Prefect server, if its command still runs and it answers.

    After a kill the note stays behind, and by then another program may listen at that port.
    """
    try:
        server = json.loads((home.root / "server.json").read_text(encoding="utf-8"))
        address, pid = str(server["address"]), int(server["pid"])
        os.kill(pid, 0)
    except PermissionError:  # it runs, as somebody else
        pass
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return address if answers(f"{address}/health") else None


def answers(url: str) -> bool:
    """Does a server of ours answer at this address that all is well?"""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (our own address)
            return bool(answer.status == 200)
    except (OSError, ValueError, http.client.HTTPException):
        return False


def is_listening(port: int) -> bool:
    """Does something on this machine accept connections at this port?"""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port(wanted: int) -> int:
    """The wanted port, or any free one where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise PortTakenError("no port of this machine is free; close some programs and try again.")


def require_free_port(port: int) -> None:
    """
    Raises:
        PortTakenError: Another program listens there.
    """
    if is_listening(port):
        raise PortTakenError(
            f"port {port}: another program already listens there, perhaps another Parley. "
            "Stop it, or choose another port with --port N."
        )


def _is_news(record: logging.LogRecord) -> bool:
    """
    Does Prefect say what the terminal does not show anyway?

    Our errors are sentences for the user and are printed as such, so their traceback
    adds nothing; the state a run ended in repeats its error; Ctrl-C is no error.
    """
    if record.exc_info and isinstance(record.exc_info[1], ParleyError):
        return False
    text = record.getMessage()
    return not text.startswith("Finished in state") and "Execution was aborted by" not in text


def log_file(home: Home, name: str) -> Path:
    """Where a started process writes what it prints."""
    return home.logs / f"{name}.log"
