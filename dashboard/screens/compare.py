"""Compare: outlets, classes, languages or countries against frames, the independent texts in every cell."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from dashboard import breakdowns, data, empty, filters, habits, heat, shifts, shown, units, voices, wording

TITLE = "Compare"
ICON = ":material/grid_on:"
POSITION = 3

HOW_TO_READ = (
    "Each cell is k/n: independent texts with at least one sentence in the frame, of all on the talks. **Dashed cells "
    "rest on fewer than 8 texts: too few to compare. Blank cells were not measured**, because the language has no "
    "cues or was not identified: that is no zero. The order of the rows says nothing about the frames. "
)


FRAMES = "Frames"
PARTS: dict[str, Callable[[data.Archive], None]] = {
    "Who speaks": habits.show_speaking,
    "Whose words are doubted": habits.show_doubting,
    "Headlines": habits.show_headlines,
    "What is left out": habits.show_omitted,
    "At events": shifts.show_events,
    "Distance between classes": shifts.show_distance,
}
"""Beside the frames: what each choice shows."""


def show(archive: data.Archive) -> None:
    """Choose what to compare, then see it."""
    days = data.days(archive)
    if days is None or not data.frames(archive):
        empty.explain(archive)
        return
    part = st.segmented_control(
        "What", [FRAMES, *PARTS], default=FRAMES, key="what", required=True, bind="query-params"
    )
    if part in PARTS:
        PARTS[part](archive)
    else:
        show_frames(archive, days)


def show_frames(archive: data.Archive, days: tuple[date, date]) -> None:
    """The heat map of frames."""
    left, voiced, right = st.columns([5, 2.5, 3], vertical_alignment="bottom")
    kind = units.choose_kind(left, "rows", list(units.KINDS))
    voice = voices.choose(voiced)
    period = filters.choose_period(right, days)
    if period is None:
        return
    by_what = units.KINDS[kind]
    rows = breakdowns.frame_use(archive, by_what, voice, *period)
    if rows.empty:
        st.info("No article in this period. Widen it.", icon=":material/search_off:")
        return
    tell_extents(archive, period)
    if not rows["n"].any():
        st.info("None of these articles could be measured, so every cell is blank.", icon=":material/info:")
    is_dark = st.context.theme.type == "dark"
    lines = lines_of(archive, by_what, set(rows["unit"]), period)
    st.altair_chart(
        heat.frame_map(rows, lines, heat.highest_share(rows), is_dark),
        alt="Heat map of the share of independent texts that carry each frame, with k/n in every cell",
    )
    st.caption(HOW_TO_READ + voices.explain(voice) + wording.WIRES)
    tell_absent(archive, period)
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, f"parley-frames-by-{by_what}-{voice}.csv", shown.SHARES)


def tell_extents(archive: data.Archive, period: tuple[date, date]) -> None:
    """How many outlets and articles each language and class has, said plainly where they are few."""
    with st.container(border=True):
        st.markdown("**One or two outlets are not a language, nor a class.** Behind the numbers of this period stand:")
        for column, by_what in zip(st.columns(2), ("language", "class"), strict=True):
            volumes = breakdowns.volume(archive, by_what, *period)
            names = units.names(archive, by_what, [one["unit"] for one in volumes])
            column.text("\n".join(f"{names[one['unit']]}: {say_extent(one, by_what)}" for one in volumes))


def say_extent(one: dict[str, Any], noun: str) -> str:
    """Outlets and articles of one unit, and how many articles were not measured."""
    measured = [units.whose(one["n_outlets"], one["n_on_talks"], noun)] if one["n_on_talks"] else []
    return "; ".join([*measured, *units.missing(one)])


def lines_of(archive: data.Archive, by_what: str, drawn: set[str], period: tuple[date, date]) -> list[heat.Line]:
    """The rows of the map, most articles first; outlets beneath the name of their class."""
    volumes = [one for one in breakdowns.volume(archive, by_what, *period) if one["unit"] in drawn]
    names = units.names(archive, by_what, [one["unit"] for one in volumes])
    if by_what != "outlet":
        return [heat.Line(unit=one["unit"], label=names[one["unit"]], note=note(one)) for one in volumes]
    lines = []
    for each in breakdowns.volume(archive, "class", *period):
        of_class = [one for one in volumes if one["outlet_class"] == each["unit"]]
        if of_class:
            lines.append(heat.Line(label=each["unit"], note=units.counted(len(of_class), "outlet")))
            lines += [heat.Line(unit=one["unit"], label=names[one["unit"]], note=note(one)) for one in of_class]
    return lines


def note(one: dict[str, Any]) -> str:
    """What stands at the end of a unit's row."""
    return units.counted(one["n_on_talks"], "article") if one["n_on_talks"] else ", ".join(units.missing(one))


def tell_absent(archive: data.Archive, period: tuple[date, date]) -> None:
    """How many watched outlets are not in the map at all."""
    n_absent = breakdowns.n_absent(archive, *period)
    if n_absent > 0:
        st.caption(
            f"{units.counted(n_absent, 'watched outlet')} published nothing in this period that is on the talks or "
            "could not be measured, or was not seen doing so: *Sources* tells the two apart."
        )
