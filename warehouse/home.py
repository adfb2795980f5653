"""A home: the one folder that holds everything a Parley installation keeps."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from framing.errors import ParleyError

KINDS = ("live", "demo")
MARKER = "home.toml"


class HomeError(ParleyError):
    """The folder cannot serve as a home."""


@dataclass(frozen=True, slots=True)
class Home:
    """Paths below one home. ``kind`` is live or demo; the two never share a folder."""

    root: Path
    kind: str

    @property
    def database(self) -> Path:
        """The private file that the flows write."""
        return self.root / "warehouse.duckdb"

    @property
    def lock(self) -> Path:
        return self.root / "warehouse.lock"

    @property
    def holder(self) -> Path:
        """Who holds the lock, for people: JSON with pid, task and since."""
        return self.root / "warehouse.holder.json"

    @property
    def judgements(self) -> Path:
        """What people judged. No archive gives it again, so nothing deletes or rebuilds this file."""
        return self.root / "judgements.duckdb"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def current(self) -> Path:
        """The symlink that readers resolve: the newest published copy."""
        return self.root / "parley.duckdb"

    @property
    def registry(self) -> Path:
        return self.root / "registry"

    @property
    def prefect(self) -> Path:
        return self.root / "prefect"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def warc(self) -> Path:
        """The archive: WARC files by year and month. The database names them by their path below this folder."""
        return self.root / "warc"


def default_root() -> Path:
    """``$PARLEY_HOME``, or ``~/.parley``."""
    return Path(os.environ.get("PARLEY_HOME") or "~/.parley").expanduser().absolute()


def demo_root(root: Path) -> Path:
    """The demo's home beside a live one: ``~/.parley`` -> ``~/.parley-demo``."""
    return root.with_name(f"{root.name}-demo")


def create_home(root: Path, kind: str = "live") -> Home:
    """
    Make a folder a home, or open the home it already is.

    Raises:
        HomeError: The folder cannot be made or written, or holds the other kind of data.
    """
    root = root.absolute()
    if kind == "demo" and not (root / MARKER).exists() and _holds_something(root):
        raise HomeError(
            f"{root}: this folder is no demo's home and is not empty; the demo would replace what is in it. "
            "Give an empty or a new folder with --home DIR. Nothing was changed."
        )
    try:
        for folder in (root, *(root / name for name in ("published", "registry", "prefect", "logs", "warc"))):
            folder.mkdir(parents=True, exist_ok=True)
        if not (root / MARKER).exists():
            fresh = root / f".{MARKER}.new"
            fresh.write_text(f'kind = "{kind}"\n', encoding="utf-8")
            fresh.replace(root / MARKER)
        probe = root / ".write-probe"
        probe.write_bytes(b"parley")
        probe.unlink()
    except OSError as error:
        raise HomeError(
            f"{root}: Parley's home cannot be written ({error.strerror or error}). Give it a folder that this user "
            "may write, with --home DIR or PARLEY_HOME, or free some space there. Nothing was changed."
        ) from error
    home = open_home(root)
    if home.kind != kind:
        raise HomeError(
            f"{root}: this home holds {home.kind} data, and {home.kind} and {kind} data never share a home. "
            f"Give another folder with --home DIR."
        )
    return home


def _holds_something(root: Path) -> bool:
    try:
        return any(path.is_file() for path in root.rglob("*"))
    except OSError:  # it cannot be looked into, so it will not be written either
        return False


def open_home(root: Path) -> Home:
    """
    Open an existing home for reading.

    Raises:
        HomeError: There is no home, or its marker is broken.
    """
    root = root.absolute()
    try:
        kind = tomllib.loads((root / MARKER).read_text(encoding="utf-8")).get("kind")
    except FileNotFoundError:
        raise HomeError(
            f"{root}: there is no Parley home here yet. 'parley run' or 'parley demo' makes one; "
            "--home DIR or PARLEY_HOME names another folder."
        ) from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise HomeError(
            f'{root / MARKER}: cannot be read ({error}). It must hold one line, kind = "live" or kind = "demo".'
        ) from error
    if kind not in KINDS:
        raise HomeError(f'{root / MARKER}: kind is {kind!r}. It must be "live" or "demo".')
    return Home(root, kind)
