"""Every fault has one clear message with the way out, a non-zero exit code, and costs nothing."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from flows.pipeline import pipeline
from flows.world import loopback_world
from framing.registry_files import SHIPPED
from tests.conftest import NOW, outlet_toml
from tests.faults.contents import hashes, identity, published_counts, view_counts
from tests.faults.feeds import framed_wire, watch_only
from tests.faults.processes import Child, as_user, parley, python, refusal
from tests.faults.test_kills import assert_same, later
from tests.site import Site
from warehouse.home import Home, create_home, open_home
from warehouse.schema import migrations

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, prefect_server: str) -> Home:
    """A home with four published articles."""
    home = create_home(tmp_path_factory.mktemp("original") / "home")
    watch_only(home, "wire", ["http://wire.example/feed.xml"])
    with Site() as site:
        framed_wire(site, "wire.example", 4)
        pipeline(str(home.root), loopback_world(site.port, clock=lambda: NOW))
    return home


@pytest.fixture
def filled(original: Home, tmp_path: Path) -> Home:
    """A copy of it, at a path that a shell has to quote."""
    root = tmp_path / "Maria's home"
    shutil.copytree(original.root, root, symlinks=True)
    return open_home(root)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which something listens already."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def assert_nothing_lost(home: Home, before: dict[str, tuple[int, str]]) -> None:
    assert hashes(home) == before
    assert published_counts(home) == (4, 4)


# The registry


def write_malformed_outlet(registry: Path) -> str:
    (registry / "outlets" / "broken.toml").write_text('name = "Broken\n', encoding="utf-8")
    return (
        "registry/outlets/broken.toml: this is not TOML: Illegal character '\\n' (at line 1, column 15). "
        "Compare that line with a file that works."
    )


def write_unknown_key(registry: Path) -> str:
    text = outlet_toml("other", ["http://other.example/feed.xml"]).replace("country", "contry")
    (registry / "outlets" / "other.toml").write_text(text, encoding="utf-8")
    return (
        "registry/outlets/other.toml: unknown key 'contry'. Did you mean 'country'? Rename it or delete it.\n"
        "registry/outlets/other.toml: the key 'country' is missing. Add it: country = \"UA\"."
    )


def write_raw_expression(registry: Path) -> str:
    text = (SHIPPED / "languages" / "en.toml").read_text(encoding="utf-8")
    (registry / "languages").mkdir()
    wrong = text.replace('"(ceasefire|cease fire|truce|armistice)",', r'"cease[- ]?fire\\b.*",', 1)
    assert wrong != text
    (registry / "languages" / "en.toml").write_text(wrong, encoding="utf-8")
    return (
        r"registry/languages/en.toml, [gate.settlement]: The cue 'cease[- ]?fire\\b.*' holds '.*': raw regular "
        "expressions are not cues. Write a gap of a few words: 'sabotag* [..4] plan'."
    )


@pytest.mark.parametrize("command", ["ingest", "score", "check"])
@pytest.mark.parametrize("write", [write_malformed_outlet, write_unknown_key, write_raw_expression])
def test_a_fault_in_the_registry(filled, write: Callable[[Path], str], command):
    """The file, the finding and the way out; nothing is polled, scored or stored."""
    before = hashes(filled)
    expected = write(filled.registry)

    assert refusal(parley(command, "--home", filled.root)) == expected
    assert_nothing_lost(filled, before)


# The database file


def fill_with_garbage(path: Path) -> None:
    path.write_bytes(b"These bytes are no database.\n" * 5_000)


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 3)


def scratch_all_blocks(path: Path) -> None:
    """Leave the head of the file as it is and damage the middle of every block."""
    content = bytearray(path.read_bytes())
    for start in range(12_288, len(content), 262_144):
        content[start + 64 : start + 96] = bytes(32)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "command"),
    [(fill_with_garbage, "ingest"), (fill_with_garbage, "publish"), (cut_off, "ingest"), (scratch_all_blocks, "score")],
)
def test_a_damaged_database(filled, site, world, prefect_server, damage: Callable[[Path], None], command):
    """Readers go on, the message carries a command that restores, and the next run catches up."""
    expected, views = identity(filled), view_counts(filled.current)
    damage(filled.database)
    damaged = filled.database.read_bytes()

    message = refusal(parley(command, "--home", filled.root, PREFECT_API_URL=prefect_server))

    found = re.fullmatch(
        f"{re.escape(str(filled.database))}: DuckDB cannot read this file \\(.+\\)\\. Nothing was changed\\. "
        "Set it aside and restore the last published copy: (mv .+ && cp .+ && chmod .+)",
        message,
    )
    assert found, message
    assert filled.database.read_bytes() == damaged
    assert view_counts(filled.current) == views
    subprocess.run(["sh", "-c", found[1]], check=True, cwd="/")
    assert_same(identity(filled), expected)
    (aside,) = filled.root.glob("damaged.*/warehouse.duckdb")
    assert aside.read_bytes() == damaged
    framed_wire(site, "wire.example", 6)
    pipeline(str(filled.root), later(world))
    assert published_counts(filled) == (6, 6)


def test_a_damaged_database_and_nothing_published(filled, prefect_server):
    """Then there is nothing to restore: the file is set aside and the next run starts a new one."""
    fill_with_garbage(filled.database)
    for path in (filled.current, *filled.published.iterdir()):
        path.unlink()

    message = refusal(parley("publish", "--home", filled.root, PREFECT_API_URL=prefect_server))

    head, _, command = message.partition("Set it aside, and the next run starts a new one: ")
    assert head == (
        f'{filled.database}: DuckDB cannot read this file (IO Error: The file "{filled.database}" exists, but it is '
        "not a valid DuckDB database file!). Nothing was changed. "
    )
    subprocess.run(["sh", "-c", command], check=True, cwd="/")
    assert parley("publish", "--home", filled.root, PREFECT_API_URL=prefect_server).wait() == 0
    assert published_counts(filled) == (0, 0)


def test_a_database_that_is_gone(filled, prefect_server):
    """Three runs of an empty one would push everything collected out of the published copies."""
    expected = identity(filled)
    filled.database.unlink()

    message = refusal(parley("ingest", "--home", filled.root, PREFECT_API_URL=prefect_server))

    head, _, tail = message.partition("Restore it: ")
    command, _, way_out = tail.partition(". To start")
    assert head == (f"{filled.database}: this file is gone, but a published copy is there. Nothing was changed. ")
    assert way_out == " anew instead, give another folder with --home DIR."
    subprocess.run(["sh", "-c", command], check=True, cwd="/")
    assert_same(identity(filled), expected)


@pytest.mark.parametrize("command", [["status"], ["sql", "from about"]])
def test_a_damaged_published_copy(filled, prefect_server, command):
    """It is made anew from the private file."""
    copy = filled.current.resolve()
    copy.chmod(stat.S_IRUSR | stat.S_IWUSR)
    fill_with_garbage(copy)

    assert refusal(parley(*command, "--home", filled.root)) == (
        f'{copy}: DuckDB cannot read this published copy (IO Error: The file "{copy}" exists, but it is not a valid '
        "DuckDB database file!). Make a new one: parley publish"
    )
    assert parley("publish", "--home", filled.root, PREFECT_API_URL=prefect_server).wait() == 0
    assert published_counts(filled) == (4, 4)


@pytest.mark.parametrize("command", ["ingest", "score", "publish"])
def test_a_newer_schema(filled, prefect_server, command):
    """An older Parley does not touch what a newer one wrote."""
    with duckdb.connect(str(filled.database)) as connection:
        connection.execute("insert into core.migration values (99, '0099_later', now())")
    before = hashes(filled)

    assert refusal(parley(command, "--home", filled.root, PREFECT_API_URL=prefect_server)) == (
        f"The warehouse has schema version 99; this Parley knows up to {migrations()[-1][0]}. Update Parley, or give "
        "another folder with --home DIR. Nothing was changed."
    )
    assert_nothing_lost(filled, before)


# The home and the port


@pytest.mark.parametrize("command", [["ingest"], ["publish"], ["run", "--once"], ["demo", "--no-dashboard"]])
@pytest.mark.parametrize("place", ["home", "home below"])
def test_a_home_that_this_user_cannot_write(tmp_path, command, place):
    """Root may write anywhere, so there the command runs without that privilege."""
    kind = "demo" if command[0] == "demo" else "live"
    root = create_home(tmp_path / "home", kind).root
    content = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    root.chmod(0o555)
    target = root if place == "home" else root / "below"
    unprivileged = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    if unprivileged and not shutil.which("setpriv"):
        pytest.skip("root needs setpriv to give up its privileges")

    arguments = [*unprivileged, sys.executable, "-m", "flows", *command, "--home", str(target)]
    message = refusal(Child(*arguments, only=as_user()))
    root.chmod(0o755)

    assert message == (
        f"{target}: Parley's home cannot be written (Permission denied). Give it a folder that this user may write, "
        "with --home DIR or PARLEY_HOME, or free some space there. Nothing was changed."
    )
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == content


@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_port_that_is_taken(tmp_path, taken_port, command):
    """A second dashboard does not start, and nothing else does."""
    kind = "demo" if command == "demo" else "live"
    home = create_home(tmp_path / "home", kind)
    child = parley(command, "--home", home.root, "--port", taken_port)

    assert refusal(child) == (
        f"port {taken_port}: another program already listens there, perhaps another Parley. Stop it, or choose "
        "another port with --port N."
    )
    assert child.survivors == []
    assert list(home.logs.iterdir()) == []
    assert not home.database.exists()


@pytest.mark.parametrize(
    ("command", "kind", "other"),
    [(["ingest"], "demo", "live"), (["run", "--once"], "demo", "live"), (["demo", "--no-dashboard"], "live", "demo")],
)
def test_a_home_of_the_other_kind(tmp_path, command, kind, other):
    """Live and demo data never share a home."""
    home = create_home(tmp_path / "home", kind)

    assert refusal(parley(*command, "--home", home.root)) == (
        f"{home.root}: this home holds {kind} data, and {kind} and {other} data never share a home. "
        "Give another folder with --home DIR."
    )
    assert not home.database.exists()


def test_a_second_command_while_one_works(filled, site, world, prefect_server):
    """It waits, then names the other; the other one's run is not disturbed."""
    framed_wire(site, "wire.example", 60)
    clock = (NOW + timedelta(minutes=40)).isoformat()
    first = python("tests.faults.act", "ingest", filled.root, site.port, clock, 1_000, PREFECT_API_URL=prefect_server)
    first.wait_for("ready")
    while not filled.holder.exists():
        time.sleep(0.001)
    os.kill(first.process.pid, signal.SIGSTOP)

    message = refusal(parley("publish", "--home", filled.root, PREFECT_API_URL=prefect_server, PARLEY_LOCK_WAIT_S="1"))
    first.kill()

    assert re.fullmatch(
        f"{re.escape(str(filled.database))}: another writer holds the warehouse: process {first.process.pid} "
        r"\(ingest, since 20[0-9T:+-]+\)\. Waited 1 s\. Let it finish, or stop it, then try again\. "
        r"Nothing was written\.",
        message,
    ), message
    pipeline(str(filled.root), later(world))
    assert published_counts(filled) == (60, 60)
