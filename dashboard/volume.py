"""The chart of the volume: who wrote on the talks, day by day, and what could not be measured."""

from datetime import date, timedelta

import altair as alt
from pandas import DataFrame

from dashboard.marks import GREY, PALETTE, bar_px, day_axis, with_days

CLASSES = {
    "state-controlled": PALETTE[1],
    "state-aligned": PALETTE[4],
    "public-service": PALETTE[0],
    "private": PALETTE[5],
    "exile": PALETTE[2],
    "aggregator": PALETTE[3],
    "primary": "#7B61A8",
    "unknown": "#A08A5C",
}
"""Colour of each class of outlet, in the order of the stack; two more than Okabe and Ito have to give."""

UNMEASURED, UNSCORED = "not measured (language)", "not scored yet"
BELOW = {"n_unmeasured": (UNMEASURED, GREY), "n_unscored": (UNSCORED, "#C9C9C9")}
ORDER = (*CLASSES, UNMEASURED, UNSCORED)
FEWEST_DAYS = timedelta(days=6)
"""A week at least: a single day would fill the whole width and look like much."""


def articles_by_day(rows: DataFrame, first: date, last: date) -> alt.Chart:
    """
    Articles on the talks above the line, by class of outlet; below it those of which nobody knows.

    Args:
        rows: ``outlet_class``, ``day_utc``, ``n_on_talks``, ``n_unmeasured`` and ``n_unscored``.
        first: First day of the axis; a short period gets some days before it.
        last: Last day, included.
    """
    first = min(first, last - FEWEST_DAYS)
    drawn = _parts(rows)
    colours = dict.fromkeys(sorted(drawn["part"].unique()), GREY) | CLASSES | dict(BELOW.values())
    present = sorted(drawn["part"].unique(), key=lambda part: (ORDER.index(part) if part in ORDER else 0, part))
    chart: alt.Chart = (
        alt.Chart(drawn.assign(order=drawn["part"].map(present.index)))
        .mark_bar(size=bar_px(first, last))
        .encode(
            x=day_axis(first, last, title="Day of publication (UTC)"),
            y=alt.Y("sum(height):Q", title="Articles", axis=alt.Axis(labelExpr="abs(datum.value)", tickMinStep=1)),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=present, range=[colours[name] for name in present]),
                legend=alt.Legend(title=None, orient="top", columns=5, labelLimit=220),
            ),
            order="order:O",
            tooltip=[
                alt.Tooltip("day_text:N", title="Day (UTC)"),
                alt.Tooltip("part:N", title="Part"),
                alt.Tooltip("sum(n):Q", title="Articles"),
                alt.Tooltip("of:N", title="Class"),
            ],
        )
        .properties(height=300)
    )
    return chart


def _parts(rows: DataFrame) -> DataFrame:
    """One row per bar piece; what was not measured hangs below the line, so that it adds to no class."""
    long = with_days(rows).melt(
        ["day", "day_text", "outlet_class"],
        value_vars=["n_on_talks", *BELOW],
        var_name="kind",
        value_name="n",
    )
    long = long[long["n"] > 0]
    below = long["kind"].map({kind: name for kind, (name, _) in BELOW.items()})
    return long.assign(
        part=below.fillna(long["outlet_class"]),
        height=long["n"].where(below.isna(), -long["n"]),
        of=long["outlet_class"],
    )
