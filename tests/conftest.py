"""Real parts for all tests: a web server on this machine, homes in folders of their own, Prefect's server."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.update(
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    DO_NOT_TRACK="1",
    PREFECT_LOGGING_LEVEL="WARNING",
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="120",
)

from flows.service.surroundings import leave
from flows.world import World, loopback_world  # after Prefect's settings
from tests.site import Site
from warehouse.home import Home, create_home, open_home

settings.register_profile("parley", deadline=None)  # a law holds however busy the machine is
settings.load_profile("parley")

EXIT_STATUS = pytest.StashKey[int]()
NOW = datetime(2025, 12, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server that answers for every host name, with what the test puts into ``site.pages``."""
    with Site() as site:
        yield site


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty live home that watches no outlet until ``watch`` gives it one."""
    home = create_home(tmp_path / "home")
    shipped = Path(__file__).parents[1] / "framing" / "registry" / "watch.toml"
    text = shipped.read_text(encoding="utf-8").replace("shipped_outlets = true", "shipped_outlets = false")
    (home.registry / "watch.toml").write_text(text, encoding="utf-8")
    return home


@pytest.fixture
def watch(home: Home) -> Callable[..., None]:
    """``watch("wire", feeds=[...])``: write an outlet into the home's registry."""

    def write(outlet_id: str, feeds: list[str], language: str = "en", keep: str = "on-topic") -> None:
        folder = home.registry / "outlets"
        folder.mkdir(exist_ok=True)
        (folder / f"{outlet_id}.toml").write_text(outlet_toml(outlet_id, feeds, language, keep), encoding="utf-8")

    return write


@pytest.fixture
def world(site: Site) -> World:
    """Every name is the site; the clock stands still at ``NOW``."""
    return loopback_world(site.port, clock=lambda: NOW)


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Prefect's own test server, shared by all tests that run a flow."""
    from prefect.settings import temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    from flows.demo.replay import NO_HEARTBEAT

    with prefect_test_harness(server_startup_timeout=120), temporary_settings(NO_HEARTBEAT):
        from prefect.settings import PREFECT_API_URL

        yield str(PREFECT_API_URL.value())


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's chromium; ``make slow`` installs it."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "the browser tests need chromium: sudo apt-get install chromium"
    return found


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demo, replayed once by the command line as a user would."""
    root = tmp_path_factory.mktemp("demo") / "home"
    done = run_parley("demo", "--no-dashboard", home=root)
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    return open_home(root)


def outlet_toml(outlet_id: str, feeds: list[str], language: str = "en", keep: str = "on-topic") -> str:
    """An outlet file for a home's registry."""
    lines = [
        f'name = "{outlet_id.title()}"',
        f'home = "http://{outlet_id.replace("_", "-")}.example/"',
        'country = "UA"',
        f'languages = ["{language}"]',
        'outlet_class = "private"',
        'class_source = "Made up for a test (read 2026-11-23)"',
        f'keep = "{keep}"',
        "mirrors = []",
    ]
    for feed in feeds:
        lines += [
            "[[feeds]]",
            f'url = "{feed}"',
            f'language = "{language}"',
            'verified = "unverified"',
            'verified_source = "Made up for a test (read 2026-11-23)"',
        ]
    return "\n".join(lines) + "\n"


def run_parley(*arguments: str, home: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, in a process of its own."""
    command = [sys.executable, "-m", "flows", *arguments]
    if home is not None:
        command += ["--home", str(home)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}, timeout=300
    )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how it ended, for the last word below."""
    session.config.stash[EXIT_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """After flows have run, leave as the command line does: without pages about leaks behind the summary."""
    if "prefect" in sys.modules and EXIT_STATUS in config.stash:
        leave(config.stash[EXIT_STATUS])
