"""The heat map: how often each unit carries each frame, with the independent texts in every cell."""

from dataclasses import dataclass
from typing import Literal

import altair as alt
from pandas import DataFrame

from dashboard.marks import GREY, counts_of_articles, counts_of_texts, row_axis

CELL_PX = 24
LIGHT, DARK = ("#DCE9F5", "#08519C"), ("#1D2B3A", "#7CC0F8")
"""Lowest and highest share on a light and on a dark page: one hue, from near the page's own ground."""

INKS = ("#000000", "#FFFFFF")
"""Of the numbers in the cells: whichever reads better; nothing softer keeps 4.5 : 1 on every cell."""

MEASURED, TOO_FEW, NOT_MEASURED = "measured", "too few texts to compare", "not measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the map: a unit, or a heading above some."""

    label: str
    note: str
    """What stands at its right end."""
    unit: str | None = None
    """``None``: a heading."""


def frame_map(rows: DataFrame, lines: list[Line], highest: float, is_dark: bool) -> alt.LayerChart:
    """
    A cell per unit and frame: the colour is the share; too thin a cell is hollow, an unmeasured one blank.

    Args:
        rows: ``frame_use`` with ``label``, ``code`` and ``position`` of the frames.
        lines: From top to bottom; rows of units that are not among them are left out.
        highest: The share of the strongest colour.
        is_dark: Is the page's ground dark?
    """
    frames = rows.drop_duplicates("position").sort_values("position")
    drawn = _cells(rows, lines, list(frames["position"]), highest, is_dark)
    base = alt.Chart(drawn).encode(
        x=alt.X(
            "column:O",
            scale=alt.Scale(domain=list(range(len(frames))), paddingInner=0.05),
            axis=_across(list(frames["label"])),
        ),
        y=_rows(lines, [line.label for line in lines], "left"),
        tooltip=_tooltip(),
        description="said:N",
    )
    shares = alt.Color(
        "share:Q",
        scale=alt.Scale(domain=[0, highest], range=list(DARK if is_dark else LIGHT), interpolate="rgb", clamp=True),
        legend=alt.Legend(
            title="Share of independent texts that carry the frame",
            format="%",
            orient="bottom",
            tickCount=4,
            titleLimit=400,
        ),
    )
    ink = alt.Color("ink:N", scale=None, legend=None)
    cells = alt.layer(
        base.transform_filter(_is(MEASURED)).mark_rect(cornerRadius=2).encode(color=shares),
        base.transform_filter(_is(TOO_FEW)).mark_rect(
            filled=False, stroke=GREY, strokeDash=[2, 2], cornerRadius=2, opacity=0.9
        ),
        base.transform_filter(_is(NOT_MEASURED)).mark_rect(opacity=0.001),  # blank, yet there to point at
        base.transform_filter(_is(MEASURED)).mark_text(fontSize=11).encode(text="counts:N", color=ink),
        base.transform_filter(_is(TOO_FEW)).mark_text(fontSize=11, color=GREY).encode(text="counts:N"),
    ).resolve_scale(color="independent")
    notes = alt.Chart(drawn).mark_point(opacity=0).encode(y=_rows(lines, [line.note for line in lines], "right"))
    chart: alt.LayerChart = alt.layer(notes, cells).resolve_axis(y="independent").properties(height=alt.Step(CELL_PX))
    return chart


def highest_share(rows: DataFrame) -> float:
    """The highest share that may be compared, for the colours; at least 5 %."""
    shares = rows.loc[~rows["too_few"], "share"]
    return max(0.05, float(shares.max())) if len(shares) else 1.0


def ink_on(share: float, highest: float, is_dark: bool) -> str:
    """The colour of numbers that reads best on the cell of a share."""
    ground = _luminance(_mix(*(DARK if is_dark else LIGHT), min(1.0, share / highest)))
    return max(INKS, key=lambda ink: _contrast(_luminance(_rgb(ink)), ground))


def _cells(rows: DataFrame, lines: list[Line], positions: list[int], highest: float, is_dark: bool) -> DataFrame:
    places = {line.unit: place for place, line in enumerate(lines) if line.unit is not None}
    names = {line.unit: line.label for line in lines}
    drawn = rows[rows["unit"].isin(list(places))]
    interval = drawn["share_low"].map("{:.1%}".format) + " to " + drawn["share_high"].map("{:.1%}".format)
    counts = counts_of_texts(drawn, "/")
    is_measured = drawn["n"] > 0
    state = drawn["too_few"].map({True: TOO_FEW, False: MEASURED}).where(is_measured, NOT_MEASURED)
    return drawn.assign(
        row=drawn["unit"].map(places),
        column=drawn["position"].map({position: place for place, position in enumerate(positions)}),
        unit_name=drawn["unit"].map(names),
        said=drawn["unit"].map(names) + ", " + drawn["label"] + ": " + counts.where(is_measured, NOT_MEASURED),
        frame=drawn["label"] + " (" + drawn["code"] + ")",
        state=state,
        counts=counts,
        reached=counts_of_articles(drawn, "/"),
        share_text=drawn["share"].map("{:.1%}".format).where(is_measured, "–"),
        interval=interval.where(is_measured, "–"),
        ink=[ink_on(share, highest, is_dark) if share == share else GREY for share in drawn["share"]],
    )


def _across(frames: list[str]) -> alt.Axis:
    axis = row_axis(frames, "top").copy()
    axis.labelAngle, axis.labelAlign, axis.labelLimit, axis.labelBaseline = -40, "left", 190, "middle"
    return axis


def _rows(lines: list[Line], labels: list[str], orient: Literal["left", "right"]) -> alt.Y:
    axis = row_axis(labels, orient).copy()
    headings = [place for place, line in enumerate(lines) if line.unit is None]
    axis.labelFontWeight = alt.condition(
        f"indexof({headings}, datum.value) >= 0", alt.value("bold"), alt.value("normal")
    )
    return alt.Y("row:O", scale=alt.Scale(domain=list(range(len(lines))), paddingInner=0.08), axis=axis)


def _is(state: str) -> str:
    return f"datum.state === '{state}'"


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("unit_name:N", title="Row"),
        alt.Tooltip("frame:N", title="Frame"),
        alt.Tooltip("state:N", title="State"),
        alt.Tooltip("share_text:N", title="Share of texts"),
        alt.Tooltip("counts:N", title="Independent texts"),
        alt.Tooltip("interval:N", title="95 % interval"),
        alt.Tooltip("reached:N", title="Articles, copies included"),
        alt.Tooltip("n_unmeasured:Q", title="Articles not measured"),
        alt.Tooltip("n_outlets:Q", title="Outlets behind it"),
    ]


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def _mix(low: str, high: str, part: float) -> tuple[float, ...]:
    return tuple(a + (b - a) * part for a, b in zip(_rgb(low), _rgb(high), strict=True))


def _luminance(rgb: tuple[float, ...]) -> float:
    """Relative luminance as in WCAG 2.2."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
