"""The architecture, held by tests: imports point inwards, and no module shadows a library."""

import ast
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "framing": set(),
    "warehouse": {"framing"},
    "flows": {"framing", "warehouse", "dashboard"},
    "dashboard": {"framing", "warehouse"},
}
OURS = set(MAY_IMPORT)
ONLY_LAUNCH = "dashboard.launch"
"""The one thing of the dashboard that the command line may know: how it is started."""
MODULES = [path for package in sorted(OURS) for path in sorted((ROOT / package).rglob("*.py"))]


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file imports, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_inwards(path):
    """dashboard -> warehouse -> framing; flows -> warehouse, framing."""
    package = path.relative_to(ROOT).parts[0]
    for module in imports_of(path):
        other = module.split(".")[0]
        if other in OURS and other != package:
            assert other in MAY_IMPORT[package], f"{package} may not import {module}"
            assert other != "dashboard" or module == ONLY_LAUNCH


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_rooms_not_halls(path):
    """Up to 300 lines each, and nobody catches everything."""
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 300
    assert "except Exception" not in text
    assert "except BaseException" not in text or path.name == "schema.py"  # raised again after the rollback


@pytest.mark.parametrize("folder", ["flows", "dashboard"])
def test_no_module_bears_a_librarys_name(folder):
    """'streamlit run' and Prefect's file entry points put these folders first on the path."""
    import sys

    taken = set(packages_distributions()) | set(sys.stdlib_module_names)
    names = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__", "__main__"}
    names |= {path.name for path in (ROOT / folder).iterdir() if path.is_dir()}

    assert names & taken == set()


def test_only_the_warehouse_opens_duckdb():
    """No other module knows where tables live; errors of DuckDB may be caught anywhere."""
    opening = [
        path
        for path in MODULES
        if "duckdb.connect" in path.read_text(encoding="utf-8") and path.relative_to(ROOT).parts[0] != "warehouse"
    ]

    assert opening == []


def test_framing_is_pure():
    """No network, clock, database or screen: the same input gives the same output for ever."""
    banned = {
        "duckdb",
        "httpx2",
        "socket",
        "urllib.request",
        "requests",
        "time",
        "streamlit",
        "rich",
        "prefect",
        "asyncio",
    }
    for path in (ROOT / "framing").rglob("*.py"):
        imported = set(imports_of(path))
        assert not banned & (imported | {module.split(".")[0] for module in imported}), path
        assert ".now(" not in path.read_text(encoding="utf-8"), path


def test_the_lock_names_no_place():
    """Packages and versions only; where they come from is the business of each machine."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    for line in lock.splitlines():
        assert line.startswith("#") or "==" in line, line
    assert "://" not in lock
    assert "--" not in lock
