"""Both sides: who carries the frames that serve which side, and mirror frames beside each other."""

from datetime import date
from typing import Any

import streamlit as st
from pandas import DataFrame

from dashboard import breakdowns, data, dots, empty, filters, shown, units, voices, wording
from dashboard.charts import highest_share
from dashboard.marks import GREY

TITLE = "Both sides"
ICON = ":material/balance:"
POSITION = 4

AT_FIRST = 12
"""Rows drawn before anyone chooses: those with most articles."""

NO_SIDE = "none"
COLOURS = ("#CC79A7", "#0072B2", "#E69F00", "#009E73", "#56B4E9")
"""Of the sides, in their order: from Okabe and Ito (2008), without the red that would pass for a verdict."""

CAVEAT = (
    "**Reporting a frame is not holding it.** {voice}Whom a frame serves is our judgement; its reason stands beside "
    "its definition below."
)
HOW_TO_READ = (
    "Each dot is k of n: independent texts with at least one frame that serves the side, of all on the talks; whiskers "
    "are 95 % intervals. **Hollow dots rest on fewer than 8 texts: too few to compare.** A text may carry "
    "frames of several sides, so the shares of a row need not add up to 100 %. "
)


def show(archive: data.Archive) -> None:
    """Choose, then the sides beside each other, then the frames beside their mirrors."""
    days = data.days(archive)
    if days is None or not data.frames(archive):
        empty.explain(archive)
        return
    caveat = st.container()
    left, voiced, right = st.columns([5, 2.5, 3], vertical_alignment="bottom")
    kind = units.choose_kind(left, "who", ["Classes", "Outlets", "Languages", "Countries"])
    voice = voices.choose(voiced)
    caveat.markdown(CAVEAT.format(voice=voices.explain(voice)))
    period = filters.choose_period(right, days)
    if period is None:
        return
    labels = choose_units(archive, units.KINDS[kind], period)
    if not labels:
        st.info("No article in this choice. Widen the period, or choose rows above.", icon=":material/search_off:")
        return
    show_sides(archive, units.KINDS[kind], voice, labels, period)
    show_frames(archive, units.KINDS[kind], voice, labels, period)


def choose_units(archive: data.Archive, by_what: str, period: tuple[date, date]) -> dict[str, str]:
    """Names of the chosen rows, in the order in which they are drawn: most articles first."""
    volumes = breakdowns.volume(archive, by_what, *period)
    there = [one["unit"] for one in volumes if one["n_on_talks"] or one["n_unmeasured"]]
    labels = units.names(archive, by_what, there)
    if len(there) > AT_FIRST:
        chosen = st.multiselect(
            "Which", there, there[:AT_FIRST], format_func=labels.__getitem__, key=f"who-{by_what}", bind="query-params"
        )
        st.caption(f"{len(chosen)} of {len(there)} are drawn.")
        there = [unit for unit in there if unit in chosen]
    return {unit: labels[unit] for unit in there}


def show_sides(
    archive: data.Archive, by_what: str, voice: str, labels: dict[str, str], period: tuple[date, date]
) -> None:
    """A panel per side, all on one scale and with the same rows."""
    rows = chosen_rows(breakdowns.side_use(archive, by_what, voice, *period), labels)
    sides = breakdowns.sides(archive)
    st.subheader("Who carries frames that serve which side")
    highest = highest_share(rows)
    drawn = [side for side, n in sides.items() if n]
    for pair in [drawn[i : i + 2] for i in range(0, len(drawn), 2)]:
        for column, side in zip(st.columns(2), pair, strict=False):
            with column:
                draw_side(rows[rows["serves"] == side], side, sides, labels, highest)
    st.text(f"Frames in the codebook: {'; '.join(map(say_frames, sides.items()))}.")
    st.caption(
        f"{HOW_TO_READ}**Compare rows within a side, not side with side:** the codebook has more frames for some, "
        f"and more frames are found more often. {wording.WIRES}"
    )
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, f"parley-sides-by-{by_what}-{voice}.csv", shown.SHARES)


def draw_side(rows: DataFrame, side: str, sides: dict[str, int], labels: dict[str, str], highest: float) -> None:
    """One side's panel."""
    title = "Serves no side" if side == NO_SIDE else f"Serves: {side_name(side)} ({side})"
    heading = dots.heading(title, units.counted(sides[side], "frame"))
    st.altair_chart(
        dots.shares(rows, [labels[unit] for unit in rows["unit"]], highest, colour_of(side, sides), heading),
        alt=f"{title}: share of texts with such a frame, with 95 % interval and k of n",
    )


def show_frames(
    archive: data.Archive, by_what: str, voice: str, labels: dict[str, str], period: tuple[date, date]
) -> None:
    """Each frame beside its mirror, then those that have none, with the reason why."""
    rows = chosen_rows(breakdowns.frame_use(archive, by_what, voice, *period), labels)
    sides = breakdowns.sides(archive)
    frames = data.frames(archive)
    highest = highest_share(rows)
    pairs, alone = mirrored(frames, list(sides))
    for subheading, places in (("Frames beside their mirrors", pairs), ("Frames without a mirror", alone)):
        if places:
            st.subheader(subheading)
        for pair in places:
            for column, frame_id in zip(st.columns(2), pair, strict=False):
                with column:
                    colour = colour_of(frames[frame_id]["serves"], sides)
                    draw_frame(rows[rows["frame_id"] == frame_id], frames[frame_id], labels, highest, colour)
                    with st.popover("What this frame is, and whom it serves", icon=":material/menu_book:"):
                        wording.describe(frames[frame_id], frames)
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, f"parley-side-frames-by-{by_what}-{voice}.csv", shown.SHARES)


def mirrored(frames: dict[str, dict[str, Any]], order: list[str]) -> tuple[list[list[str]], list[list[str]]]:
    """Frames in pairs of mirrors, the earlier side left; and all others, two by two."""
    pairs: list[list[str]] = []
    alone: list[str] = []
    for frame_id, frame in frames.items():
        mirror = frame["mirror"]
        if mirror not in frames:
            alone.append(frame_id)
        elif not any(frame_id in pair for pair in pairs):
            pairs.append(sorted([frame_id, mirror], key=lambda one: order.index(frames[one]["serves"])))
    return pairs, [alone[i : i + 2] for i in range(0, len(alone), 2)]


def draw_frame(rows: DataFrame, frame: dict[str, Any], labels: dict[str, str], highest: float, colour: str) -> None:
    """One frame's panel."""
    served = "serves no side" if frame["serves"] == NO_SIDE else f"serves: {side_name(frame['serves'])}"
    heading = dots.heading(f"{frame['label']} ({frame['code']})", served)
    st.altair_chart(
        dots.shares(rows, [labels[unit] for unit in rows["unit"]], highest, colour, heading),
        alt="Share of independent texts that carry the frame, with 95 % interval and k of n",
    )


def chosen_rows(rows: DataFrame, labels: dict[str, str]) -> DataFrame:
    """The rows of the chosen units, in their order."""
    places = {unit: place for place, unit in enumerate(labels)}
    chosen = rows[rows["unit"].isin(list(places))]
    return chosen.sort_values("unit", key=lambda column: column.map(places), kind="stable")


def side_name(side: str) -> str:
    """English name of a side; a code nobody named stays as it is."""
    return "no side" if side == NO_SIDE else units.country(side)


def say_frames(side: tuple[str, int]) -> str:
    """How many frames serve a side; of one that none serves, nothing is known."""
    name, n = side
    return f"{side_name(name)} {n or 'none, so nothing is said about it here'}"


def colour_of(side: str, sides: dict[str, int]) -> str:
    """The colour of one side; grey for none."""
    return GREY if side == NO_SIDE else COLOURS[list(sides).index(side) % len(COLOURS)]
