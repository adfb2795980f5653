"""The command that shows one text as the framing engine reads it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from textwrap import shorten
from typing import Annotated, Final

import typer
from rich.text import Text

from flows.commands.options import HomeOption
from flows.commands.printing import counted, wide
from flows.commands.registry import registry_of
from flows.commands.texts import InputError
from framing.codebook import KIND_NAMES, Codebook
from framing.languages import identify_language
from framing.records import Annotation, Hit
from framing.registry_files import Registry
from framing.scoring import annotate

STYLES: Final = {
    "outlet": "bold black on bright_yellow",
    "quoted": "black on bright_cyan",
    "reported": "black on bright_blue",
    "rejected": "strike black on bright_red",
    "scare": "black on bright_magenta",
    None: "reverse",
}
"""How a hit is set, by its voice; the number behind it leads to its reason."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CUE_WIDTH: Final = 100
"""Characters of a cue that are shown; the registry has all."""
_HEADLINE_WORDS: Final = 40
"""A first line of no more words, with a blank line beneath, is a headline."""


def explain(
    file: Annotated[Path, typer.Argument(help="A text; a first line above a blank one is its headline.")],
    language: Annotated[str | None, typer.Option("--lang", help="ISO 639-1; left out: identified.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="frame, signal, topic, policy or narrative; may be repeated.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Show one text with its frames, in whose voice each is, and why."""
    registry = registry_of(home)
    title, text = map(printable, read_text(file))
    language = language or _identified(title, text, registry)
    annotation = annotate(title, text, language, registry.codebook)
    for line in explained(title, text, annotation, registry.codebook, tuple(kind or ("frame",))):
        wide.print(line)


def read_text(file: Path) -> tuple[str, str]:
    """
    Headline and text of a file.

    Raises:
        InputError: It cannot be read, or holds no word.
    """
    try:
        whole = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read ({error}). Give the path of a text file in UTF-8.") from error
    if not any(map(str.isalnum, whole)):
        raise InputError(f"{file}: has no word. Give a text of at least one sentence.")
    first, _, rest = whole.strip().partition("\n")
    is_headline = rest.startswith("\n") and len(first.split()) <= _HEADLINE_WORDS
    return (first.strip(), rest.strip()) if is_headline else ("", whole.strip())


def printable(text: str) -> str:
    """A text without what would move the terminal's cursor or colour it, one character for one."""
    return _CONTROL.sub("\ufffd", text)


def _identified(title: str, text: str, registry: Registry) -> str | None:
    return identify_language(f"{title}\n{text}", (), registry.codebook.telltale)[0]


def explained(
    title: str, text: str, annotation: Annotation, codebook: Codebook, kinds: tuple[str, ...]
) -> Iterator[Text]:
    """
    The lines of the explanation, styled.

    Raises:
        InputError: There is no such kind of code.
    """
    known = {code_kind for code_kind, _ in codebook.codes}
    for kind in kinds:
        if kind not in known:
            raise InputError(f"--kind {kind}: there is no such kind. Choose one of {', '.join(sorted(known))}.")
    hits = sorted(
        (hit for score in annotation.codes if score.kind in kinds for hit in score.hits),
        key=lambda hit: (hit.part != "title", hit.start, hit.end),
    )
    yield _summary(annotation)
    yield Text()
    numbers = {id(hit): number for number, hit in enumerate(hits, 1)}
    if title:
        yield _marked(title, [hit for hit in hits if hit.part == "title"], numbers, "bold")
        yield Text()
    yield _marked(text, [hit for hit in hits if hit.part == "text"], numbers)
    yield Text()
    for hit in hits:
        yield _reason(numbers[id(hit)], hit)
    if not any(score.carried is not None for score in annotation.codes if score.kind in kinds):
        yield Text(f"Cues of kind {', '.join(kinds)} were not looked for: there are none in this language.", "dim")
    elif not hits:
        yield Text(f"No cue of kind {', '.join(kinds)} was found.", "dim")
    yield from _codes(annotation, kinds)
    yield from _cast(annotation, {actor.actor_id: actor.name for actor in codebook.actors}, title, text)


def _summary(annotation: Annotation) -> Text:
    about = {True: "about the talks", False: "not about the talks", None: "not measured"}[annotation.relevant]
    said = (
        f"{annotation.language or 'language not identified'} · {about} · {counted(annotation.n_sentences, 'sentence')}"
    )
    if annotation.utterances is None:
        said += " · voices are not measured in this language"
    else:
        n_direct = sum(one.kind == "direct" for one in annotation.utterances)
        said += f" · {counted(n_direct, 'quotation')}, {len(annotation.utterances) - n_direct} in indirect speech"
    if annotation.headline is not None and annotation.headline.gap is not None:
        said += f" · {annotation.headline.gap:.0%} of the headline's frames are not in the text"
        if annotation.headline.asserted:
            said += f"; the headline itself says what the text only cites: {', '.join(annotation.headline.asserted)}"
    return Text(said, "dim")


def _marked(string: str, hits: list[Hit], numbers: dict[int, int], style: str = "") -> Text:
    """The string with its hits set by voice, each with its number behind it."""
    marked = Text(style=style)
    done = 0
    for hit in hits:
        if hit.start >= done:
            marked.append(string[done : hit.start])
            marked.append(string[hit.start : hit.end], STYLES[hit.voice])
            done = hit.end
        elif hit.end > done:
            marked.append(string[done : hit.end], STYLES[hit.voice])
            done = hit.end
        marked.append(f"[{numbers[id(hit)]}]", "dim")
    marked.append(string[done:])
    return marked


def _reason(number: int, hit: Hit) -> Text:
    line = Text(f"[{number}] ", "dim")
    line.append(f"{KIND_NAMES[hit.kind]} {hit.code_id}", "bold")
    line.append(": ")
    line.append(hit.voice or "voice not measured", STYLES[hit.voice])
    if hit.speaker:
        line.append(f" {hit.speaker}")
    if hit.reason:
        line.append(f", {hit.reason}")
    line.append(f"; cue {shorten(hit.cue, _CUE_WIDTH, placeholder=' …')}", "dim")
    return line


def _codes(annotation: Annotation, kinds: tuple[str, ...]) -> Iterator[Text]:
    """What the text carries, with the share of its sentences and the voices they are in."""
    for score in annotation.codes:
        if score.kind not in kinds or not score.hits:
            continue
        line = Text(f"\n{KIND_NAMES[score.kind]} {score.code_id}", "bold")
        verb = "carried" if score.carried else "found, not enough to be carried"
        line.append(f"  {verb}, {score.share:.0%} of sentences, foremost in {score.prominence}", "not bold")
        if score.voices is not None:
            counts = asdict(score.voices).items()
            line.append("; by voice: " + ", ".join(f"{name} {n}" for name, n in counts if n), "not bold")
        yield line


def _cast(annotation: Annotation, names: Mapping[str, str], title: str, text: str) -> Iterator[Text]:
    """Who is named and let speak, in what tone, in which part, and the words that say so."""
    if annotation.cast is None:
        return
    strings = {"title": title, "text": text}
    for one in annotation.cast.portraits:
        line = Text(f"\nactor {names[one.actor_id]}", "bold")
        told = f"  {counted(one.n_mentions, 'mention')}"
        if one.share_quoted_words is not None:
            told += f", {one.share_quoted_words:.0%} of the words given to anybody"
        if one.tone is not None and one.tone.balance is not None:
            told += f", tone {one.tone.balance:+.2f} on {counted(one.tone.n_words, 'word')} of the outlet's own"
        if one.own_lean is not None and one.own_lean.role is not None:
            words = ", ".join(f"“{strings[part][start:end]}”" for part, start, end in one.own_lean.evidence)
            told += f", {one.own_lean.role} by {words}"
        line.append(told, "not bold")
        yield line
    for label in annotation.cast.labels or ():
        where = {True: "in the outlet's own words", False: "in somebody's words", None: "voice not measured"}
        words = strings[label.part][label.start : label.end]
        yield Text(f"\nslant marker {label.label_id}: “{words}”, {where[label.is_outlet]}")
