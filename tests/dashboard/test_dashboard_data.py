"""Opening published copies while they come and go, and the command that starts the dashboard."""

import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard import data
from dashboard.launch import command
from tests.dashboard.archive import Batch, Newsroom, World, publish_world
from warehouse.home import HomeError, create_home
from warehouse.publication import KEPT, publish
from warehouse.reading import NothingPublishedError

DAY = date(2025, 12, 1)
WORLD = World(
    newsrooms=(Newsroom(outlet_id="herald", name="State Herald"),),
    batches=(Batch(outlet_id="herald", day=DAY, n=9, k=3),),
    poll_days=(DAY,),
)


def open_copies(root: Path) -> set[str]:
    """Published copies that this process holds open, pruned ones included."""
    targets = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return {target for target in targets if str(root / "published") in target}


def test_a_missing_home_is_told_from_an_unpublished_one(tmp_path: Path) -> None:
    """Both are ordinary on the first day, and neither is a fault."""
    with pytest.raises(HomeError):
        data.open_archive(tmp_path / "none")

    create_home(tmp_path / "home")

    with pytest.raises(NothingPublishedError):
        data.open_archive(tmp_path / "home")


def test_the_newest_copy_is_told_from_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the watch compares every few seconds."""
    monkeypatch.setenv("PARLEY_HOME", str(tmp_path / "home"))
    assert data.newest() is None

    home = publish_world(tmp_path / "home", WORLD)
    first = data.newest()
    publish(home)

    assert first not in (None, data.newest())
    assert data.newest() == data.open_archive(home.root).publication


def test_answers_belong_to_their_publication(tmp_path: Path) -> None:
    """A kept answer of an old copy must not be shown for a new one."""
    home = publish_world(tmp_path / "home", WORLD)
    before = data.open_archive(home.root)
    assert data.about(before)["n_articles"] == 9

    more = Batch(outlet_id="herald", day=date(2025, 12, 2), n=5, k=1)
    publish_world(tmp_path / "home", World(newsrooms=WORLD.newsrooms, batches=(*WORLD.batches, more)))

    assert data.about(data.open_archive(home.root))["n_articles"] == 14
    assert data.about(before)["n_articles"] == 9


def test_a_pruned_copy_answers_whoever_still_reads_it(tmp_path: Path) -> None:
    """A page that is being drawn must not lose its numbers halfway."""
    home = publish_world(tmp_path / "home", WORLD)
    archive = data.open_archive(home.root)

    for _ in range(KEPT + 1):
        publish(home)

    assert not archive.publication.path.exists()
    assert len(data.outlet_day(archive, "deadlock", "outlet", ["herald"], DAY, DAY)) == 1


def test_old_copies_are_let_go(tmp_path: Path) -> None:
    """A pruned copy that stays open keeps its disk space: with a copy an hour, a full disk in a month."""
    home = publish_world(tmp_path / "home", WORLD)

    for _ in range(3 * KEPT):
        publish(home)
        data.about(data.open_archive(home.root))

    assert 1 <= len(open_copies(home.root)) <= KEPT


def test_opening_never_fails_while_copies_come_and_go(tmp_path: Path) -> None:
    """Publication prunes copies that a reader may have resolved a moment before."""
    home = publish_world(tmp_path / "home", WORLD)
    publishing = threading.Thread(target=lambda: [publish(home) for _ in range(20)])
    publishing.start()
    seen = set()

    while publishing.is_alive():
        archive = data.open_archive(home.root)
        assert data.about(archive)["n_articles"] == 9
        seen.add(archive.publication.path.name)
    publishing.join()

    assert len(seen) > 3


def test_times_are_in_utc(tmp_path: Path) -> None:
    """Whatever zone the machine stands in."""
    archive = data.open_archive(publish_world(tmp_path / "home", WORLD).root)

    assert data.about(archive)["last_poll_utc"] == datetime(2025, 12, 1, 12, tzinfo=UTC)
    assert str(data.feed_health(archive)["last_poll_utc"].dt.tz) == "UTC"
    assert data.days(archive) == (DAY, DAY)


def test_the_command_stays_on_this_machine() -> None:
    """No address but our own, no statistics to anyone, no stack traces to readers."""
    line = command(8600)

    assert line[:4] == [sys.executable, "-m", "streamlit", "run"]
    assert Path(line[4]).is_file()
    options = dict(zip(line[5::2], line[6::2], strict=True))
    assert options["--server.address"] == "127.0.0.1"
    assert options["--server.port"] == "8600"
    assert options["--browser.gatherUsageStats"] == "false"
    assert options["--client.showErrorDetails"] == "none"
