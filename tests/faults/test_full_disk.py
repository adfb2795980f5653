"""A full disk: before the start, while pages come in, while a copy is made."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from flows.pipeline import pipeline
from tests.conftest import NOW
from tests.faults.contents import hashes, identity, published_counts
from tests.faults.feeds import framed_wire
from tests.faults.processes import parley, python, refusal
from tests.faults.test_kills import assert_same, copy_of, later
from tests.site import Page, Site
from warehouse.home import Home, open_home
from warehouse.publication import publish
from warehouse.store import open_warehouse

DISK_MB = 260


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, small, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk needs the right to mount one")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


class FillingSite(Site):
    """Fills a disk when a certain page is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.folder: Path | None = None
        self.trigger = ""

    def answer(self, host: str, path: str) -> Page:
        if self.folder and path == self.trigger:
            fill(self.folder)
        return super().answer(host, path)


@pytest.fixture
def site() -> Iterator[FillingSite]:
    with FillingSite() as site:
        yield site


@pytest.fixture
def begun(home: Home, site: Site, watch, world, prefect_server) -> Home:
    """A home that published three stories; the feed has grown to sixty since."""
    watch("wire", feeds=["http://wire.example/feed.xml"])
    framed_wire(site, "wire.example", 3)
    pipeline(str(home.root), world)
    framed_wire(site, "wire.example", 60)
    return home


def fill(folder: Path, leaving_mb: int = 0) -> None:
    """A balloon that takes all room but so much."""
    free = shutil.disk_usage(folder).free - leaving_mb * 2**20
    with suppress(OSError), (folder / "balloon").open("ab", buffering=0) as balloon:
        while free > 0 or not leaving_mb:
            free -= balloon.write(bytes(2**16))


def empty(folder: Path) -> None:
    (folder / "balloon").unlink()


def on_disk(home: Home, disk: Path) -> Home:
    """The home, moved to the small disk."""
    shutil.copytree(home.root, disk / "home", symlinks=True)
    return open_home(disk / "home")


@pytest.mark.slow
def test_a_disk_that_is_full_before_the_start(begun, disk):
    """Nothing is begun that could not be ended."""
    home = on_disk(begun, disk)
    fill(disk, leaving_mb=20)
    before = hashes(home)

    message = refusal(parley("ingest", "--home", home.root))

    assert message == (
        f"{home.root}: the disk is full: 20 MB are free, Parley needs 100 to work. Free some space, or give another "
        "folder with --home DIR. Nothing was changed."
    )
    assert hashes(home) == before
    assert published_counts(home) == (3, 3)


@pytest.mark.slow
def test_a_disk_that_fills_up_while_pages_come_in(begun, site, disk, world):
    """The batch is rolled back, readers go on, and with room again the next run ends as if nothing had been."""
    undisturbed = copy_of(begun, "undisturbed")
    pipeline(str(undisturbed.root), later(world))
    home = on_disk(begun, disk)
    shutil.rmtree(home.prefect)
    site.folder, site.trigger = disk, "/story-20"

    clock = (NOW + timedelta(minutes=20)).isoformat()
    child = python("tests.faults.at_site", site.port, clock, "ingest", "--home", home.root)
    message = refusal(child)

    assert message == full(home)
    assert published_counts(home) == (3, 3)
    site.folder = None
    empty(disk)
    pipeline(str(home.root), later(world))
    assert_same(identity(home), identity(undisturbed))
    assert published_counts(home) == (60, 60)


@pytest.mark.slow
def test_a_disk_without_room_for_another_copy(begun, disk):
    """The old copy stays what readers see, the torn one is removed, and what was collected is safe."""
    home = on_disk(begun, disk)
    with open_warehouse(home, "test") as warehouse:
        warehouse.sql.execute("create table core.ballast as select gen_random_uuid() as a from range(7_000_000)")
    kept = identity(home)
    needed = home.database.stat().st_size / 2**20
    fill(disk, leaving_mb=101)
    print(f"\nthe copy needs {needed:.0f} MB")

    message = refusal(parley("publish", "--home", home.root))

    assert message == full(home)
    assert published_counts(home) == (3, 3)
    assert [path.name for path in home.published.iterdir()] == ["parley-000001.duckdb"]
    empty(disk)
    with open_warehouse(home, "test") as warehouse:
        warehouse.sql.execute("drop table core.ballast")
    publish(home)
    assert_same(identity(home), kept)


def full(home: Home) -> str:
    return (
        f"{home.root}: the disk is full. What was committed is safe and the last published copy still opens; this "
        "run's unfinished batch was rolled back. Free some space, or give another folder with --home DIR, and "
        "run again."
    )
