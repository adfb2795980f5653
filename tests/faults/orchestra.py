"""What Prefect's server says of deployments and runs, asked over HTTP as its own pages ask."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

BUSY_S = 20
"""Prefect's server says 503 while its SQLite file is locked, and its own client asks again."""


def ask(server: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Post to an address like ``http://127.0.0.1:4200/api`` where there is a body, get otherwise."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{server}{path}", data, {"Content-Type": "application/json"})
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def deployments(server: str) -> dict[str, str]:
    """Id by name."""
    return {found["name"]: found["id"] for found in ask(server, "/deployments/filter", {})}


def runs(server: str, deployment: str) -> list[dict[str, Any]]:
    """Runs of one deployment, by the time they were due."""
    chosen = {"deployments": {"name": {"any_": [deployment]}}, "sort": "EXPECTED_START_TIME_ASC"}
    return list(ask(server, "/flow_runs/filter", chosen))


def states(server: str, deployment: str) -> list[str]:
    """What became of its runs so far, by name: Completed, Skipped, Scheduled, Late ..."""
    return [run["state"]["name"] for run in runs(server, deployment)]


def artifacts(server: str, key: str) -> list[dict[str, Any]]:
    """Every artifact of this key, as stored."""
    return list(ask(server, "/artifacts/filter", {"artifacts": {"key": {"any_": [key]}}}))


def wait_until(is_so: Callable[[], bool], limit_s: float, what: Callable[[], object]) -> float:
    """Seconds until it was so; ``what`` tells the failing test what there was instead."""
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < limit_s, what()
        time.sleep(0.3)
    return time.monotonic() - started
