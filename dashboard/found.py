"""The chart of a search: how many of a day's articles hold the words."""

from datetime import date

import altair as alt
from pandas import DataFrame

from dashboard.marks import PALETTE, bar_px, count_axis, day_axis, with_days


def share_by_day(rows: DataFrame, first: date, last: date) -> alt.LayerChart | alt.FacetChart:
    """Articles of each day, and in front of them those that hold the words."""
    drawn = with_days(rows).assign(counts=rows["n_found"].astype(str) + " of " + rows["n_articles"].astype(str))
    base = alt.Chart(drawn).encode(
        x=day_axis(first, last, title="Day of publication (UTC)"),
        tooltip=[
            alt.Tooltip("day_text:N", title="Day (UTC)"),
            alt.Tooltip("counts:N", title="k of n"),
            alt.Tooltip("share_found:Q", title="Share", format=".1%"),
            alt.Tooltip("share_low:Q", title="95 % interval, from", format=".1%"),
            alt.Tooltip("share_high:Q", title="95 % interval, to", format=".1%"),
        ],
    )
    size = bar_px(first, last)
    chart = alt.layer(
        base.mark_bar(size=size, color=PALETTE[0], opacity=0.25).encode(y=count_axis("n_articles:Q", "Articles")),
        base.mark_bar(size=size, color=PALETTE[0]).encode(y=count_axis("n_found:Q", "Articles")),
    )
    title = "Articles that hold the words (full), of all articles (pale)"
    return chart.properties(height=240, title=alt.Title(title, anchor="start"))
