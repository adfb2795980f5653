"""Charts of findings: ratios at an event, and the distance between classes with its null band."""

from typing import cast

import altair as alt
from pandas import DataFrame, Series

from dashboard.dots import ROW_PX
from dashboard.marks import GREY, PALETTE, WHOLE_PX, day_axis, row_axis, with_days
from dashboard.portrait_charts import RATIO_LABEL, WIDEST, beside

FOUND, NOT_FOUND = "q below 0.05", "not told from chance"


def effects(rows: DataFrame, labels: list[str]) -> alt.LayerChart:
    """
    Ratio of the share after an event to that before, with its interval.

    Args:
        rows: ``event_effect`` whose ``ratio`` is known, in the order of the rows drawn.
        labels: The name of each row.
    """
    drawn = rows.reset_index(drop=True)
    drawn = drawn.assign(
        row=range(len(drawn)),
        label=labels,
        found=drawn["is_found"].map({True: FOUND, False: NOT_FOUND}),
        high=drawn["ratio_high"].fillna(WIDEST),
        shift=_counts(drawn, "before") + " → " + _counts(drawn, "after"),
    )
    for name, column in (("ratio_drawn", "ratio"), ("low_drawn", "ratio_low"), ("high_drawn", "high")):
        drawn[name] = drawn[column].clip(1 / WIDEST, WIDEST)
    lines = alt.Scale(domain=list(range(len(drawn))))
    x = alt.Scale(type="log", base=2, domain=[1 / WIDEST, WIDEST])
    axis = alt.Axis(values=[1 / 64, 1 / 16, 1 / 4, 1, 4, 16, 64], format="~r", labelExpr=RATIO_LABEL)
    colour = alt.Color(
        "found:N",
        scale=alt.Scale(domain=[FOUND, NOT_FOUND], range=[PALETTE[0], GREY]),
        legend=alt.Legend(title=None, orient="top"),
    )
    base = alt.Chart(drawn).encode(
        y=alt.Y("row:O", scale=lines, title=None, axis=row_axis(labels)),
        color=colour,
        tooltip=[
            alt.Tooltip("label:N", title="Row"),
            alt.Tooltip("shift:N", title="Independent texts, before → after"),
            alt.Tooltip("share_before:Q", title="Share before", format=".1%"),
            alt.Tooltip("share_after:Q", title="Share after", format=".1%"),
            alt.Tooltip("ratio:Q", title="Ratio", format=".2f"),
            alt.Tooltip("ratio_low:Q", title="95 % interval, from", format=".2f"),
            alt.Tooltip("ratio_high:Q", title="95 % interval, to", format=".2f"),
            alt.Tooltip("q:Q", title="q", format=".3f"),
            alt.Tooltip("scatter:Q", title="Scatter between days", format=".1f"),
        ],
    )
    dots = alt.layer(
        alt.Chart(DataFrame({"one": [1.0]})).mark_rule(color=GREY, strokeDash=[3, 3]).encode(x=alt.X("one:Q", scale=x)),
        base.mark_rule(strokeWidth=2).encode(x="low_drawn:Q", x2="high_drawn:Q"),
        base.mark_point(filled=True, size=80, opacity=1).encode(
            x=alt.X("ratio_drawn:Q", scale=x, axis=axis, title="Share after, as a multiple of the share before")
        ),
    )
    chart = beside(dots, drawn, lines, list(drawn["shift"]))
    return chart.properties(height=alt.Step(ROW_PX))


def divergence(rows: DataFrame) -> alt.LayerChart:
    """The excess by day over the band that shuffled texts fill; ``divergence`` of one ``n_days``. Gaps stay gaps."""
    drawn = with_days(rows).assign(found=rows["is_found"].map({True: FOUND, False: NOT_FOUND}))
    # A line must not bridge days that were too thin: each run of days is a line of its own.
    known = drawn["excess"].notna()
    drawn = drawn.assign(run=(~known).cumsum())[known]
    first, last = rows["day_utc"].min().date(), rows["day_utc"].max().date()
    base = alt.Chart(drawn).encode(x=day_axis(first, last, WHOLE_PX, title="Day (UTC)"))
    tooltip = [
        alt.Tooltip("day_text:N", title="Day (UTC)"),
        alt.Tooltip("excess:Q", title="Excess, bits", format=".3f"),
        alt.Tooltip("null_low:Q", title="By chance, from", format=".3f"),
        alt.Tooltip("null_high:Q", title="By chance, to", format=".3f"),
        alt.Tooltip("q:Q", title="q", format=".3f"),
        alt.Tooltip("classes:N", title="Classes compared"),
        alt.Tooltip("n_eff:N", title="Independent texts"),
    ]
    y = alt.Y("excess:Q", title="Excess divergence (bits)")
    chart = alt.layer(
        base.mark_area(color=GREY, opacity=0.25).encode(y=alt.Y("null_low:Q"), y2="null_high:Q", detail="run:N"),
        base.mark_line(color=PALETTE[0], strokeWidth=1.5).encode(y=y, detail="run:N"),
        base.mark_point(size=55, filled=True, opacity=1).encode(
            y=y,
            color=alt.Color(
                "found:N",
                scale=alt.Scale(domain=[FOUND, NOT_FOUND], range=[PALETTE[1], PALETTE[0]]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=tooltip,
        ),
    )
    return cast(alt.LayerChart, chart.properties(height=300))


def _counts(rows: DataFrame, when: str) -> Series:
    return rows[f"k_eff_{when}"].map(lambda k: f"{k:.1f}".removesuffix(".0")) + "/" + rows[f"n_eff_{when}"].astype(str)
