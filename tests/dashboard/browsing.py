"""The dashboard's real server, and a real browser on it."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from dashboard.launch import command

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_S, DRAW_MS = 60, 30_000


@contextmanager
def served(home: Path, folder: Path) -> Iterator[str]:
    """The dashboard of one home, started from a folder that holds nothing of ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PARLEY_HOME": str(home)}
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command(port), env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_healthy(url: str) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline, "the dashboard did not start"
            time.sleep(0.2)


def opened(browser: Browser, url: str, **context: Any) -> tuple[Page, list[str]]:
    """A page in a session of its own, and every address outside this machine that it asked for."""
    page = browser.new_context(**context).new_page()
    strangers: list[str] = []
    page.on(
        "request", lambda r: strangers.append(r.url) if "//127.0.0.1" not in r.url and "http" in r.url[:5] else None
    )
    page.goto(url)
    return page, strangers


def assert_no_exception(page: Page) -> None:
    assert page.locator('[data-testid="stException"]').count() == 0


def assert_charts(page: Page, n: int) -> None:
    """Drawn, not only made room for."""
    drawn = page.locator('[data-testid="stVegaLiteChart"]:has(canvas, svg.marks)')
    expect(drawn).to_have_count(n, timeout=DRAW_MS)
    if n:
        expect(drawn.last).to_be_visible()
