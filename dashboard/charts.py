"""Charts of the trends: a table of shares by day becomes lines, bands and marks."""

import json
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

import altair as alt
from pandas import DataFrame, Series

from dashboard.marks import (
    AXIS_WIDTH_PX,
    GREY,
    PALETTE,
    SHAPES,
    bar_px,
    count_axis,
    counts_of_articles,
    counts_of_texts,
    day_axis,
    share_axis,
    with_days,
)

DAY_MS = 24 * 3_600_000
LONGEST_BRIDGE_MS = 2 * DAY_MS
"""A line joins days at most this far apart: it crosses one missing day, never two."""

NUMBERED_EVENTS = 40
"""Above this many event days in a period their numbers would overlap; the tooltips stay."""

DIGIT_PX, BETWEEN_PX = 6.5, 8
"""Width of a digit, and the least room between two numbers; those too close are written in two rows."""

BLIND, DOUBTFUL = "not seen: no answer, or not asked", "seen in part: a gap, a feed silent, few items"

TOGETHER = len(PALETTE)
"""More lines than colours cannot share a chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One chart's table and how to read it."""

    rows: DataFrame
    """Rows of ``outlet_day`` or ``class_day`` for one frame."""
    doubts: DataFrame
    """Days on which we were blind or something is probably missing: the key, ``day_utc``, ``is_blind``, ``reason``."""
    key: str
    """The column that tells the lines apart."""
    labels: dict[str, str]
    """Name of each line by its key, in the order of their colours."""
    first: date
    last: date
    highest: float
    """Upper end of the share axis, a fraction."""
    chart_px: int
    """Least width between the axes."""
    title: str
    subtitle: str


def highest_share(rows: DataFrame) -> float:
    """The upper end of all intervals, as a common scale for charts beside one another; at least 5 %."""
    highest = rows["share_high"].max()
    return max(0.05, float(highest)) if highest == highest else 1.0  # nothing measured: NaN


def share_over_time(trend: Trend, events: DataFrame) -> alt.LayerChart:
    """
    Share of independent texts that carry the frame, by day: lines, points and 95 % intervals over event marks.

    Days too thin to compare are hollow and pale. A day without a measured
    article has no point, and no line crosses two such days, nor one on which
    we were blind.
    """
    drawn = _segments(trend)
    base = alt.Chart(drawn).encode(
        x=day_axis(trend.first, trend.last, trend.chart_px),
        color=_colour(trend, len(trend.labels) > 1),
        detail=["segment:N"],
    )
    share = share_axis("Texts carrying it", trend.highest)
    interval = base.encode(y=alt.Y("share_low:Q"), y2="share_high:Q")
    points = base.encode(y=share, shape=_shape(trend), tooltip=_tooltip(drawn))
    chart: alt.LayerChart = (
        alt.layer(
            interval.mark_area(opacity=0.36 / (len(trend.labels) + 1)),
            interval.transform_filter("datum.is_alone").mark_rule(opacity=0.6, strokeWidth=1.5),
            base.encode(y=share).mark_line(strokeWidth=1.6, opacity=0.85),
            *_event_marks(events, trend),  # above what has no tooltip, below what has one
            points.transform_filter("!datum.too_few").mark_point(filled=True, size=58, opacity=1),
            points.transform_filter("datum.too_few").mark_point(filled=False, size=46, opacity=0.75, strokeWidth=1.5),
        )
        .properties(
            height=420, title=alt.Title(trend.title, subtitle=trend.subtitle, subtitleColor=GREY, anchor="start")
        )
        .configure_legend(orient="top", title=None, symbolOpacity=1, labelLimit=260, columns=3)
    )
    return chart


def coverage_by_day(trend: Trend) -> alt.Chart:
    """
    A square for each line and day on which we were blind, or saw only a part; the days in between are whole.

    Each row begins with a dot in the colour of its line; days stand below those of the chart above.
    """
    drawn = with_days(trend.doubts).assign(
        series=trend.doubts[trend.key].map(trend.labels),
        seen=trend.doubts["is_blind"].map({True: BLIND, False: DOUBTFUL}),
    )
    scale = alt.Scale(domain=[BLIND, DOUBTFUL], range=["#D55E00", "#E69F00"])
    chart: alt.Chart = (
        alt.Chart(drawn)
        .mark_square(opacity=1, size=min(120.0, bar_px(trend.first, trend.last, trend.chart_px) ** 2))
        .encode(
            x=day_axis(trend.first, trend.last, trend.chart_px),
            y=_rows_of_lines(trend),
            color=alt.Color("seen:N", scale=scale, legend=alt.Legend(title=None, orient="top", labelLimit=0)),
            tooltip=[
                alt.Tooltip("series:N", title="Line"),
                alt.Tooltip("day_text:N", title="Day of the polls (UTC)"),
                alt.Tooltip("seen:N", title="Coverage"),
                alt.Tooltip("reason:N", title="Why"),
            ],
        )
        .properties(height=alt.Step(14))
    )
    return chart


def _rows_of_lines(trend: Trend) -> alt.Y:
    """One row per line, in the order of the legend; names would not fit into the width that all axes share."""
    names = list(trend.labels.values())
    colours = zip(names, _cycle(PALETTE, names), strict=True)
    tests = [{"test": f"datum.value === {json.dumps(name)}", "value": colour} for name, colour in colours]
    axis = alt.Axis(
        labelExpr="'●'",
        labelColor={"condition": tests, "value": GREY},
        labelFontSize=14,
        labelOverlap=False,
        ticks=False,
        domain=False,
        minExtent=AXIS_WIDTH_PX,
        maxExtent=AXIS_WIDTH_PX,
    )
    return alt.Y("series:N", title="Seen", scale=alt.Scale(domain=names), axis=axis)


def articles_by_day(trend: Trend) -> alt.Chart:
    """n of each day and line, stacked: the denominators of the chart above it."""
    drawn = _labelled(trend)
    chart: alt.Chart = (
        alt.Chart(drawn[drawn["n"] > 0])
        .mark_bar(size=bar_px(trend.first, trend.last, trend.chart_px))
        .encode(
            x=day_axis(trend.first, trend.last, trend.chart_px, "Day of publication (UTC)"),
            y=count_axis("n:Q", "Articles (n)"),
            color=_colour(trend, has_legend=False),
            tooltip=[
                alt.Tooltip("series:N", title="Line"),
                alt.Tooltip("day_text:N", title="Day (UTC)"),
                alt.Tooltip("n:Q", title="n"),
            ],
        )
        .properties(height=140)
    )
    return chart


def _labelled(trend: Trend) -> DataFrame:
    return with_days(trend.rows).assign(series=trend.rows[trend.key].map(trend.labels))


def _segments(trend: Trend) -> DataFrame:
    """The measured days, each with the unbroken stretch of its line that it belongs to."""
    drawn = _labelled(trend)
    drawn = drawn[drawn["n"] > 0].sort_values([trend.key, "day"])
    starts = (drawn.groupby(trend.key)["day"].diff() > LONGEST_BRIDGE_MS) | _follows_blindness(trend, drawn)
    drawn = drawn.assign(segment=starts.cumsum())
    sizes = drawn.groupby([trend.key, "segment"])["day"].transform("size")
    return drawn.assign(
        is_alone=sizes == 1,
        counts=counts_of_texts(drawn, " of "),
        reached=counts_of_articles(drawn, " of "),
        thin=drawn["too_few"].map({True: "yes: look, do not compare", False: "no"}),
    )


def _follows_blindness(trend: Trend, drawn: DataFrame) -> Series:
    """Was there, since the line's last point, a day on which we were blind? No line crosses such a day."""
    blind = trend.doubts[trend.doubts["is_blind"].astype(bool)]
    days = {key: sorted(of_key["day"]) for key, of_key in with_days(blind).groupby(trend.key)}
    n_before = Series(
        [bisect_left(days.get(key, []), day) for key, day in zip(drawn[trend.key], drawn["day"], strict=True)],
        index=drawn.index,
        dtype="int64",
    )
    return n_before.groupby(drawn[trend.key]).diff() > 0


def _tooltip(drawn: DataFrame) -> list[alt.Tooltip]:
    if "n_outlets" in drawn.columns:
        names = {"n_outlets:Q": "Outlets behind it", "n_watched:Q": "Outlets watched", "n_blind:Q": "Of them not seen"}
    else:
        names = {"coverage_flag:N": "Coverage"}
    behind = [alt.Tooltip(field, title=title) for field, title in names.items()]
    return [
        alt.Tooltip("series:N", title="Line"),
        alt.Tooltip("day_text:N", title="Day (UTC)"),
        alt.Tooltip("share:Q", title="Share of texts", format=".1%"),
        alt.Tooltip("counts:N", title="Independent texts"),
        alt.Tooltip("share_low:Q", title="95 % interval, from", format=".1%"),
        alt.Tooltip("share_high:Q", title="95 % interval, to", format=".1%"),
        alt.Tooltip("reached:N", title="Articles, copies included"),
        alt.Tooltip("n_unmeasured:Q", title="Not measured"),
        *behind,
        alt.Tooltip("thin:N", title="Too few texts"),
    ]


def _colour(trend: Trend, has_legend: bool) -> alt.Color:
    names = list(trend.labels.values())
    colours = alt.Scale(domain=names, range=_cycle(PALETTE, names))
    return alt.Color("series:N", scale=colours, legend=alt.Undefined if has_legend else None)


def _shape(trend: Trend) -> alt.Shape:
    names = list(trend.labels.values())
    shapes = alt.Scale(domain=names, range=_cycle(SHAPES, names))
    return alt.Shape("series:N", scale=shapes, legend=alt.Undefined if len(names) > 1 else None)


def _cycle(values: tuple[str, ...], names: list[str]) -> list[str]:
    return [values[i % len(values)] for i, _ in enumerate(names)]


def _event_marks(events: DataFrame, trend: Trend) -> list[alt.Chart]:
    """A vertical rule per day with events, dashed unless all are confirmed, and their numbers above."""
    if events.empty:
        return []
    drawn = _by_day(with_days(events), trend)
    x = day_axis(trend.first, trend.last, trend.chart_px)
    tooltip = [
        alt.Tooltip("day_text:N", title="Day (UTC)"),
        alt.Tooltip("titles:N", title="Event"),
        alt.Tooltip("certainties:N", title="Certainty"),
        alt.Tooltip("sources:N", title="Source"),
    ]
    base = alt.Chart(drawn).encode(x=x, tooltip=tooltip)
    dash = alt.StrokeDash("is_confirmed:N", scale=alt.Scale(domain=[True, False], range=[[1, 0], [4, 4]]), legend=None)
    marks = [
        base.mark_rule(strokeWidth=12, opacity=0.001, color=GREY),  # wide enough to point at
        base.mark_rule(strokeWidth=1, opacity=0.6, color=GREY).encode(strokeDash=dash),
    ]
    if len(drawn) <= NUMBERED_EVENTS:
        for lifted, dy in ((False, -7), (True, -19)):
            numbers = base.transform_filter(alt.datum.is_lifted == lifted).encode(text="numbers:N", y=alt.value(0))
            marks.append(numbers.mark_text(dy=dy, fontSize=11, color=GREY))
    return marks


def _by_day(events: DataFrame, trend: Trend) -> DataFrame:
    """One row per day, since two rules on one day would hide each other's tooltip; crowded numbers are lifted."""
    days = (
        events.assign(no=events["no"].astype(str), is_confirmed=events["certainty"] == "confirmed")
        .groupby(["day", "day_text"], as_index=False)
        .agg(
            numbers=("no", ",".join),
            titles=("title", " / ".join),
            certainties=("certainty", " / ".join),
            sources=("source", " / ".join),
            is_confirmed=("is_confirmed", "all"),
        )
    )
    gap_px = days["day"].diff() / DAY_MS * trend.chart_px / ((trend.last - trend.first).days + 1)
    width_px = days["numbers"].str.len() * DIGIT_PX
    is_free = ~(gap_px < (width_px + width_px.shift()) / 2 + BETWEEN_PX)
    return days.assign(is_lifted=days.groupby(is_free.cumsum()).cumcount() % 2 == 1)
