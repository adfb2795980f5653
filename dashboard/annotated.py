"""A text with its hits: coloured by voice, numbered in reading order, always escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from dashboard import foreign, voices

UNKNOWN: Final = "not measured"
COLOURS: Final = {
    "outlet": "0,114,178",
    "quoted": "230,159,0",
    "reported": "86,180,233",
    "rejected": "213,94,0",
    "scare": "204,121,167",
}
"""Red, green and blue of each voice; those of the charts' palette, pale enough to read on."""

LINES: Final = {"outlet": "solid", "quoted": "double", "reported": "dashed", "rejected": "wavy", "scare": "dotted"}
"""The line beneath tells the voices apart where colours cannot."""

_GREY: Final = "138,138,138"


def legend(found: Iterable[str | None]) -> str:
    """One sample for each voice that occurs, in a fixed order."""
    present = set(found)
    samples = [_mark(escape(voices.NAMES[voice]), voice) for voice in COLOURS if voice in present]
    if None in present:
        samples.append(_mark(escape(f"Voice {UNKNOWN}"), None))
    return foreign.block(" &nbsp; ".join(samples), "font-size:.85em")


def article_html(title: str | None, text: str, places: Sequence[Mapping[str, Any]]) -> str:
    """Headline and paragraphs; ``places`` as ``articles.places`` gives them, numbered from 1 in that order."""
    numbered = [(number, place) for number, place in enumerate(places, start=1)]
    head = [(number, place) for number, place in numbered if place["part"] == "title"]
    body = [(number, place) for number, place in numbered if place["part"] == "text"]
    lines = [foreign.block(_marked(title or "", 0, head), "font-weight:600;font-size:1.15em;margin-bottom:.6em")]
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        here = [(n, place) for n, place in body if place["start_char"] < end and place["end_char"] > start]
        lines.append(foreign.block(_marked(paragraph, start, here), "margin-bottom:.7em;line-height:1.6"))
        start = end + 1
    return "".join(lines)


def sentences_by_voice(places: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], set[tuple[str, int]]]:
    """The sentences of each frame and voice, by part and start; a voice that is not measured is ``not measured``."""
    found: dict[tuple[str, str], set[tuple[str, int]]] = {}
    for place in places:
        if place["kind"] == "frame":
            key = (place["code_id"], place["voice"] or UNKNOWN)
            found.setdefault(key, set()).add((place["part"], place["sentence_start"]))
    return found


def _marked(text: str, offset: int, places: Sequence[tuple[int, Mapping[str, Any]]]) -> str:
    """
    One paragraph with its marks.

    Args:
        text: The paragraph as published.
        offset: Where it starts in its part, in characters: spans count from the part's start.
        places: Numbers and hits that touch it. Where two overlap, the words both cover belong to the first.
    """
    pieces, done = [], 0
    for number, place in sorted(places, key=lambda item: (item[1]["start_char"], item[0])):
        start, end = max(place["start_char"] - offset, done), min(place["end_char"] - offset, len(text))
        number_html = f'<sup style="opacity:.75">{number}</sup>'
        if end <= start:  # covered by the hit before: its number alone
            pieces.append(number_html)
            continue
        pieces += [escape(text[done:start]), _mark(escape(text[start:end]), place["voice"]), number_html]
        done = end
    return "".join([*pieces, escape(text[done:])])


def _mark(body: str, voice: str | None) -> str:
    """HTML that was escaped, in the colour and with the line of a voice."""
    colour = COLOURS.get(voice or "", _GREY)
    line = LINES.get(voice or "", "solid")
    style = (
        f"background:rgba({colour},.28);color:inherit;padding:0 .12em;border-radius:.2em;"
        f"text-decoration:underline {line} rgb({colour}) 2px;text-underline-offset:.2em"
    )
    return f'<mark style="{style}">{body}</mark>'
