"""The registry: everything a non-programmer edits, read and checked as a whole."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from framing import registry_tables as tables
from framing.actors.directions import TABLES
from framing.checks import guess
from framing.codebook import KINDS, LAYERS, Codebook, LanguageCues, LanguagePart
from framing.corpus.agencies import Credits
from framing.errors import RegistryError
from framing.records import CueExamples, Event, Outlet, Tag
from framing.registry_agencies import read_agencies
from framing.registry_languages import read_language
from framing.registry_parts import read_part, split_name
from framing.registry_tables import Watch
from framing.swap_rules import SwapRule, read_rules
from framing.swaps import read_swaps

SHIPPED: Final = Path(__file__).parent / "registry"
_TAG_FILES: Final = {
    "signal": "signals.toml",
    "topic": "topics.toml",
    "policy": "policy_frames.toml",
    "narrative": "narratives.toml",
}
"""Where each kind of tag is declared."""
_SINGLE_FILES: Final = (
    "watch.toml",
    "frames.toml",
    *_TAG_FILES.values(),
    "actors.toml",
    "events.toml",
    "swaps.toml",
    "agencies.toml",
)
_FOLDERS: Final = ("outlets", "languages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Everything the registry files say, checked."""

    watch: Watch
    outlets: tuple[Outlet, ...]
    """Only those that are watched, sorted by id."""
    events: tuple[Event, ...]
    """Sorted by time."""
    credits: Credits
    codebook: Codebook
    examples: tuple[CueExamples, ...]
    """Of every cue, in the order of the files."""


@dataclass(frozen=True, slots=True)
class _File:
    """One registry file: where it lies, and what the messages call it."""

    path: Path
    where: str
    is_shipped: bool


def load_registry(overlay: Path | None = None) -> Registry:
    """
    Read the registry that comes with Parley, overlaid by the user's own.

    Args:
        overlay: The user's registry folder. A file in it replaces the shipped file of the same relative
            name; new outlets and languages are added. It need not exist.

    Returns:
        The registry; it is complete and consistent.

    Raises:
        RegistryError: The files have faults. All of them are listed, one sentence group each: file, key,
            finding, way out. Files of the overlay are named ``registry/...``.
    """
    faults: list[str] = []
    files = _find_files(overlay, faults)
    parsed = {name: _parse(file, faults) for name, file in files.items()}
    contents = {name: content for name, content in parsed.items() if content is not None}
    registry = _assemble(files, contents, faults)
    if registry is None or faults:
        raise RegistryError(faults)
    return registry


def _assemble(files: Mapping[str, _File], contents: Mapping[str, dict[str, Any]], faults: list[str]) -> Registry | None:
    """Put the records together; ``None`` when watch.toml itself has faults."""
    where = {name: file.where for name, file in files.items()}
    single = {name: (where[name], contents.get(name, {})) for name in _SINGLE_FILES if name in contents}
    read = tables.read_watch(*single["watch.toml"], faults) if "watch.toml" in single else None
    sides = read[0].sides if read else ()
    frames = tables.read_frames(*single["frames.toml"], sides, faults) if "frames.toml" in single else ()
    actors = tables.read_actors(*single["actors.toml"], sides, faults) if "actors.toml" in single else ()
    events = tables.read_events(*single["events.toml"], faults) if "events.toml" in single else ()
    swaps = read_swaps(*single["swaps.toml"], faults) if "swaps.toml" in single else ()
    tags, rules = _read_tags(single, faults), _read_rules(single, faults)
    credited = read_agencies(*single["agencies.toml"], faults) if "agencies.toml" in single else Credits()
    if read and not read[0].shipped_languages:
        contents = {n: c for n, c in contents.items() if not (n.startswith("languages/") and files[n].is_shipped)}
    languages, examples = _read_languages(files, contents, faults)
    parts, part_examples = _read_parts(files, contents, faults)
    outlets = _read_outlets(files, contents, faults)
    if read is None:
        return None
    watch, gate = read
    if not watch.shipped_outlets:
        outlets = {name: outlet for name, outlet in outlets.items() if not files[name].is_shipped}
    _check_feeds({where[name]: outlet for name, outlet in outlets.items()}, faults)
    return Registry(
        watch=watch,
        outlets=tuple(sorted(outlets.values(), key=lambda outlet: outlet.outlet_id)),
        events=events,
        credits=credited,
        codebook=Codebook(
            frames=frames,
            tags=tags,
            actors=actors,
            cues=languages,
            gate=gate,
            parts=parts,
            swaps=swaps,
            swap_rules=rules,
        ),
        examples=(*examples, *part_examples),
    )


def _read_tags(single: Mapping[str, tuple[str, dict[str, Any]]], faults: list[str]) -> tuple[Tag, ...]:
    return tuple(
        tag
        for kind, name in _TAG_FILES.items()
        if name in single
        for tag in tables.read_tags(single[name][0], kind, single[name][1], faults)
    )


def _read_rules(single: Mapping[str, tuple[str, dict[str, Any]]], faults: list[str]) -> tuple[SwapRule, ...]:
    return tuple(
        rule
        for kind, name in {"frame": "frames.toml", **_TAG_FILES}.items()
        if name in single
        for rule in read_rules(single[name][0], kind, single[name][1], faults)
    )


def _read_languages(
    files: Mapping[str, _File], contents: Mapping[str, dict[str, Any]], faults: list[str]
) -> tuple[tuple[LanguageCues, ...], tuple[CueExamples, ...]]:
    known = {kind: _ids(contents, kind) for kind in KINDS}
    read = [
        read_language(files[name].where, Path(name).stem, contents[name], known, faults)
        for name in sorted(contents)
        if name.startswith("languages/") and not split_name(Path(name).stem)[1]
    ]
    whole = [entry for entry in read if entry is not None]
    return tuple(cues for cues, _ in whole), tuple(example for _, examples in whole for example in examples)


def _read_parts(
    files: Mapping[str, _File], contents: Mapping[str, dict[str, Any]], faults: list[str]
) -> tuple[tuple[LanguagePart, ...], tuple[CueExamples, ...]]:
    known = TABLES | {kind: _ids(contents, kind) for kind in LAYERS}
    read = [
        read_part(files[name].where, Path(name).stem, contents[name], known, faults)
        for name in sorted(contents)
        if name.startswith("languages/") and split_name(Path(name).stem)[1]
    ]
    whole = [entry for entry in read if entry is not None]
    return tuple(part for part, _ in whole), tuple(example for _, examples in whole for example in examples)


def _ids(contents: Mapping[str, dict[str, Any]], kind: str) -> tuple[str, ...]:
    """The ids that frames.toml, or the file of a kind of tag, names, sound or not."""
    rows = contents.get(_TAG_FILES.get(kind, "frames.toml"), {}).get(kind)
    return tuple(rows) if isinstance(rows, dict) else ()


def _read_outlets(
    files: Mapping[str, _File], contents: Mapping[str, dict[str, Any]], faults: list[str]
) -> dict[str, Outlet]:
    """The watched outlets by relative file name."""
    read = {
        name: tables.read_outlet(files[name].where, Path(name).stem, contents[name], faults)
        for name in sorted(contents)
        if name.startswith("outlets/")
    }
    return {name: outlet for name, outlet in read.items() if outlet is not None}


def _check_feeds(outlets: Mapping[str, Outlet], faults: list[str]) -> None:
    """Two outlets with the same feed would count one newsroom twice."""
    owners: dict[str, str] = {}
    for where, outlet in outlets.items():
        for feed in outlet.feeds:
            owner = owners.setdefault(feed.url.rstrip("/").casefold(), where)
            if owner != where:
                faults.append(f"{where}: the feed {feed.url} is also in {owner}. Delete it from one of them.")
            elif sum(other.url == feed.url for other in outlet.feeds) > 1 and feed is not outlet.feeds[0]:
                faults.append(f"{where}: the feed {feed.url} is named twice. Delete one.")


def _find_files(overlay: Path | None, faults: list[str]) -> dict[str, _File]:
    files = {name: _File(path, name, True) for name, path in _walk(SHIPPED, "", faults)}
    if overlay is not None:
        for name, path in _walk(overlay, "registry/", faults):
            files[name] = _File(path, f"registry/{name}", False)
    return files


def _walk(root: Path, prefix: str, faults: list[str]) -> Iterator[tuple[str, Path]]:
    """The registry files below a folder by relative name; whatever else lies there is a fault."""
    for path in _entries(root, prefix.rstrip("/"), faults):
        if path.is_dir() and path.name in _FOLDERS:
            for inner in _entries(path, f"{prefix}{path.name}", faults):
                name = f"{path.name}/{inner.name}"
                if inner.suffix == ".toml" and not inner.is_dir():
                    yield name, inner
                else:
                    faults.append(f"{prefix}{name}: {_unread_inside(path.name, inner)}")
        elif path.name in _SINGLE_FILES and not path.is_dir():
            yield path.name, path
        else:
            faults.append(f"{prefix}{path.name}: {_unread(path)}")


def _entries(folder: Path, where: str, faults: list[str]) -> list[Path]:
    """What lies in a folder, without what editors and systems leave behind; a missing folder is empty."""
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        faults.append(f"{where}: this is a file, not a folder. Move it away and make a folder of that name.")
        return []
    except OSError as error:
        faults.append(f"{where}: cannot be read: {error.strerror}. Check its permissions.")
        return []
    return [path for path in paths if not path.name.startswith(".") and not path.name.endswith("~")]


def _unread_inside(folder: str, path: Path) -> str:
    if path.is_dir():
        return f"folders inside {folder}/ are not read. Move its files up, or the folder away."
    good = f"{folder}/{path.stem}.toml"
    return f"files in {folder}/ end in .toml. Rename it to {good}, or move it away."


def _unread(path: Path) -> str:
    if path.is_dir():
        likely = guess(path.name, _FOLDERS) or f"Known: {', '.join(_FOLDERS)}."
        return f"the registry has no such folder. {likely} Rename it or move it away."
    known = f"Known: {', '.join(_SINGLE_FILES)}, outlets/*.toml, languages/*.toml."
    likely = guess(path.name, _SINGLE_FILES) or known
    return f"the registry has no such file. {likely} Rename it or move it away."


@lru_cache(maxsize=256)
def _loads(text: str) -> dict[str, Any]:
    """Parsed once per content: each step of a run loads the registry, and parsing its 90 files is most of that time."""
    return tomllib.loads(text)


def _parse(file: _File, faults: list[str]) -> dict[str, Any] | None:
    try:
        return _loads(file.path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{file.where}: this is not TOML: {error}. Compare that line with a file that works.")
    except UnicodeDecodeError as error:
        faults.append(f"{file.where}: byte {error.start} is not UTF-8. Save the file as UTF-8.")
    except OSError as error:
        faults.append(f"{file.where}: cannot be read: {error.strerror}. Check its permissions.")
    return None
