"""The sentence bank: templates with alternatives, and how one of their sentences is made."""

import itertools
import random
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from flows.demo.records import FOLDER

_CHOICE: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A subject that is not the talks."""

    theme: str
    headlines: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """What stands on every page of a language outside of the article."""

    notice: str
    """Says that the text is fictional."""
    nav: tuple[str, ...]
    by: str
    related: str
    footer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The templates of one language; bank/en.toml says what each part is for."""

    language: str
    leads: tuple[str, ...]
    both: tuple[str, ...]
    neutral: tuple[str, ...]
    headlines: tuple[str, ...]
    frames: dict[str, tuple[str, ...]]
    """Empty for a language that is not measured."""
    quoted: dict[str, tuple[str, ...]]
    off_topic: tuple[Theme, ...]
    page: PageWords


@cache
def load_bank(language: str) -> Bank:
    """Read the templates of one language (ISO 639-1)."""
    content = tomllib.loads((FOLDER / "bank" / f"{language}.toml").read_text(encoding="utf-8"))
    frames, quoted = (_with_tuples(content.pop(key, {})) for key in ("frames", "quoted"))
    themes = tuple(Theme(**_with_tuples(theme)) for theme in content.pop("off_topic", ()))
    page = PageWords(**_with_tuples(content.pop("page")))
    return Bank(frames=frames, quoted=quoted, off_topic=themes, page=page, **_with_tuples(content))


def render(template: str, rng: random.Random) -> str:
    """Take one alternative at each choice of a template."""
    return _CHOICE.sub(lambda choice: rng.choice(choice[1].split("|")), template)


def expand(template: str) -> tuple[str, ...]:
    """All the sentences that a template can make, in order."""
    parts = _CHOICE.split(template)  # text and choices take turns
    options = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    return tuple("".join(choice) for choice in itertools.product(*options))


def _with_tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
