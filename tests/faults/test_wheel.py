"""The wheel, in an empty environment and another folder: no file of the checkout is missing in it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from flows.demo.records import FOLDER, TRUTH_FILE
from tests.faults.processes import CHECKOUT, Child, as_user, wait_until_gone
from tests.faults.test_stopping import LIMIT_S, assert_free, free_port
from warehouse.home import open_home
from warehouse.reading import open_current


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=as_user(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def missing_in(wheel: Path) -> set[str]:
    """Files of the four packages that the checkout holds and the wheel does not: code, tables, SQL, pages."""
    packages = ("framing", "flows", "warehouse", "dashboard")
    tracked = set(run("git", "ls-files", *packages, cwd=CHECKOUT).split())
    assert tracked >= {"flows/pages/corrections.toml", "flows/pages/walls.toml"}
    with zipfile.ZipFile(wheel) as opened:
        return tracked - set(opened.namelist())


@pytest.mark.slow
def test_the_wheel_runs_the_demo(tmp_path):
    """Built, installed beside the locked versions and nothing else, and run: the planted shift is in the trends."""
    started = time.monotonic()
    quiet = ("--quiet", "--disable-pip-version-check")
    build = ("wheel", CHECKOUT, "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path)
    run(sys.executable, "-m", "pip", *build, *quiet, cwd=tmp_path)
    (wheel,) = tmp_path.glob("parley-*.whl")
    assert missing_in(wheel) == set()
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    lock = CHECKOUT / "requirements.lock"
    run(environment / "bin" / "python", "-m", "pip", "install", *quiet, "--constraint", lock, wheel, cwd=tmp_path)
    print(f"\nbuilt and installed in {time.monotonic() - started:.0f} s")
    parley = str(environment / "bin" / "parley")
    where = run(environment / "bin" / "python", "-c", "import flows; print(flows.__file__)", cwd=tmp_path)
    assert where.startswith(str(environment))
    deployments = Path(where.strip()).with_name("prefect.yaml")  # a link in the checkout
    assert deployments.read_bytes() == (CHECKOUT / "prefect.yaml").read_bytes()

    home = tmp_path / "elsewhere" / "demo"
    home.parent.mkdir()
    print(run(parley, "demo", "--no-dashboard", "--home", home, cwd=home.parent))
    truth = json.loads((FOLDER / TRUTH_FILE).read_text(encoding="utf-8"))["frame_shift"]
    with open_current(open_home(home)) as connection:
        trend = connection.execute(
            "select outlet_id, strftime(day_utc, '%Y-%m-%d'), k, n from outlet_day "
            "where voice = 'any' and frame_id = ?",
            [truth["frame"]],
        ).fetchall()
    assert sorted(trend) == sorted((p["outlet_id"], p["day_utc"], p["k"], p["n"]) for p in truth["by_outlet_day"])

    port = free_port()
    child = Child(parley, "demo", "--home", str(home), "--port", str(port), cwd=home.parent, only=as_user())
    child.wait_for("shows the demo's trends")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        assert answer.status == 200
        assert b"<title>" in answer.read()
    os.kill(child.process.pid, signal.SIGINT)
    assert child.wait(LIMIT_S) == 0
    wait_until_gone(child, 1)
    assert_free(port)
    assert child.errors == ""
