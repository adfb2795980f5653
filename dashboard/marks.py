"""What all charts share: colours, the axes of days and of rows, and days as Vega reads them."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

import altair as alt
from pandas import DataFrame, Series, Timedelta, Timestamp, to_datetime

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Six of the eight colours of Okabe and Ito (2008), told apart by colour-blind readers; their black and
yellow are left out, because each is lost on one of the two backgrounds."""

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
GREY = "#8A8A8A"
"""Reads on white and on black."""

AXIS_WIDTH_PX = 52
"""The same for all charts of a page, so that days stand above one another."""

WHOLE_PX, HALF_PX = 680, 300
"""Least width between the axes of a chart across the page, and of one of two beside each other."""

LABEL_STEPS_DAYS = (1, 2, 7, 14, 28, 91, 182, 364)
LABEL_PX = 60

HALF_DAY = timedelta(hours=12)
EPOCH = Timestamp(0, tz="UTC")


def day_axis(first: date, last: date, chart_px: int = WHOLE_PX, title: str | None = None) -> alt.X:
    """The horizontal axis of one period, both ends included: labels in UTC whatever the browser's zone."""
    span = (last - first).days
    step = next((step for step in LABEL_STEPS_DAYS if span * LABEL_PX <= step * chart_px), LABEL_STEPS_DAYS[-1])
    ends = [_instant(first, -HALF_DAY), _instant(last, HALF_DAY)]
    return alt.X(
        "day:T",
        title=title,
        scale=alt.Scale(type="utc", domain=ends, nice=False, padding=0),
        axis=alt.Axis(
            values=[_instant(first, timedelta(days=n)) for n in range(0, span + 1, step)],
            format="%-d %b" if span < 300 else "%-d %b %Y",
            labelOverlap="greedy",
            grid=False,
        ),
    )


def bar_px(first: date, last: date, chart_px: int = WHOLE_PX) -> float:
    """Width of a day's bar, such that neighbours keep apart on a chart at least so wide."""
    return max(1.5, min(28.0, 0.75 * chart_px / ((last - first).days + 1)))


def share_axis(title: str, highest: float) -> alt.Y:
    """Shares in percent from 0 up to the highest value drawn."""
    return alt.Y(
        "share:Q",
        title=title,
        scale=alt.Scale(domain=[0, highest], nice=True, zero=True),
        axis=alt.Axis(format="%" if highest > 0.05 else ".1%", minExtent=AXIS_WIDTH_PX, maxExtent=AXIS_WIDTH_PX),
    )


def count_axis(field: str, title: str) -> alt.Y:
    """Whole numbers from 0."""
    axis = alt.Axis(format="d", tickMinStep=1, tickCount=4, minExtent=AXIS_WIDTH_PX, maxExtent=AXIS_WIDTH_PX)
    return alt.Y(field, title=title, axis=axis)


def with_days(rows: DataFrame) -> DataFrame:
    """The rows with ``day`` for the axis and ``day_text`` for the tooltip."""
    days = to_datetime(rows["day_utc"], utc=True)
    # Milliseconds, as Vega counts: dates reach it in another unit, and without a zone it would add its own.
    return rows.assign(day=(days - EPOCH) / Timedelta(milliseconds=1), day_text=days.dt.strftime("%Y-%m-%d"))


def counts_of_texts(rows: DataFrame, between: str) -> Series:
    """``k_eff`` and ``n_eff`` in words: "3 of 12", "2.5 of 12" where the copies of a text differ."""
    carriers = rows["k_eff"].map(lambda k: f"{k:.1f}".removesuffix(".0")).astype(str)
    return carriers + between + rows["n_eff"].astype(str)


def counts_of_articles(rows: DataFrame, between: str) -> Series:
    """``k`` and ``n`` in words, copies included."""
    return rows["k"].astype(str) + between + rows["n"].astype(str)


def _instant(day: date, shift: timedelta) -> alt.DateTime:
    at = datetime.combine(day, time(), UTC) + shift
    return alt.DateTime(year=at.year, month=at.month, date=at.day, hours=at.hour, utc=True)


def row_axis(labels: Sequence[str], orient: Literal["left", "right", "top"] = "left") -> alt.Axis:
    """The labels of rows drawn by their number, from 0: whatever stands in two names, two rows never become one."""
    return alt.Axis(
        labelExpr=f"{json.dumps(list(labels))}[datum.value]",
        orient=orient,
        title=None,
        labelLimit=230,
        labelPadding=10,
        labelOverlap=False,
        labelBound=False,
        labelFlush=False,
        ticks=False,
        domain=False,
        grid=False,
    )
