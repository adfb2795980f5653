"""Charts of the coverage ledger: what became of all that was seen, and on which days we were blind."""

from datetime import date, timedelta

import altair as alt
from pandas import DataFrame

from dashboard.marks import GREY, bar_px, count_axis, day_axis, with_days

STATES = {
    "n_stored": ("stored", "#0072B2"),
    "n_duplicate": ("duplicate", "#56B4E9"),
    "n_off_topic": ("off topic", "#B8B8B8"),
    "n_pending": ("pending", "#F0E442"),
    "n_paywalled": ("paywalled", "#E69F00"),
    "n_wall": ("bot or consent wall", "#D55E00"),
    "n_soft_404": ("soft 404", "#CC79A7"),
    "n_too_short": ("too short", "#A05A8A"),
    "n_index": ("list of articles", "#8C8C5A"),
    "n_video": ("video", "#5A7A8C"),
    "n_robots": ("robots.txt", "#009E73"),
    "n_error": ("error", "#7A1F1F"),
}
"""Each state of a sighting: its column in ``coverage``, its name and colour, in the order of the stack.
Blue was read, grey was put aside, the rest is what we could not see."""

FEWEST_DAYS = timedelta(days=6)
"""A week at least: a single day would fill the whole width and look like much."""

FLAGS = {
    "ok": ("as expected", "#0072B2"),
    "high": ("more than expected", "#56B4E9"),
    "low": ("fewer than expected", "#F0E442"),
    "partial": ("a feed did not answer", "#E69F00"),
    "gap": ("items came and went unseen", "#CC79A7"),
    "outage": ("no feed answered", "#D55E00"),
    "our outage": ("nothing answered us", "#B2182B"),
    "not asked": ("not asked", GREY),
    "backfilled": ("from imported files", "#7B61A8"),
}
"""Each flag of ``coverage``: its name and colour, from trust to blindness."""


def states_by_day(rows: DataFrame) -> alt.Chart:
    """Items by the day they were first seen, stacked by what became of them."""
    first, last = _bounds(rows)
    names = {column: name for column, (name, _) in STATES.items()}
    drawn = with_days(rows).rename(columns=names)
    drawn = drawn.melt(["day", "day_text"], value_vars=list(names.values()), var_name="state", value_name="n")
    drawn = drawn.assign(order=drawn["state"].map({name: i for i, name in enumerate(names.values())}))
    colours = alt.Scale(domain=list(names.values()), range=[colour for _, colour in STATES.values()])
    chart: alt.Chart = (
        alt.Chart(drawn[drawn["n"] > 0])
        .mark_bar(size=bar_px(first, last))
        .encode(
            x=day_axis(first, last, title="Day first seen (UTC)"),
            y=count_axis("sum(n):Q", "Items"),
            color=alt.Color("state:N", scale=colours, legend=alt.Legend(title=None, orient="top", columns=5)),
            order="order:O",
            tooltip=[
                alt.Tooltip("day_text:N", title="Day (UTC)"),
                alt.Tooltip("state:N", title="State"),
                alt.Tooltip("sum(n):Q", title="Items"),
            ],
        )
        .properties(height=340)
    )
    return chart


def flags_by_day(rows: DataFrame, labels: dict[str, str]) -> alt.Chart:
    """One square per outlet and day: how far can it be trusted?"""
    first, last = _bounds(rows)
    names = {flag: name for flag, (name, _) in FLAGS.items()}
    drawn = with_days(rows).assign(outlet=rows["outlet_id"].map(labels), trust=rows["coverage_flag"].map(names))
    scale = alt.Scale(domain=list(names.values()), range=[colour for _, colour in FLAGS.values()])
    legend = alt.Legend(title=None, orient="top", columns=3, labelLimit=0)
    chart: alt.Chart = (
        alt.Chart(drawn)
        .mark_square(size=bar_px(first, last) ** 2 / 2 + 30, opacity=1)
        .encode(
            x=day_axis(first, last, title="Day of the poll (UTC)"),
            y=alt.Y("outlet:N", title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("trust:N", scale=scale, legend=legend),
            tooltip=[
                alt.Tooltip("outlet:N", title="Outlet"),
                alt.Tooltip("day_text:N", title="Day (UTC)"),
                alt.Tooltip("trust:N", title="Coverage"),
                alt.Tooltip("n_polls:Q", title="Polls"),
                alt.Tooltip("n_polls_ok:Q", title="Of them answered"),
                alt.Tooltip("n_seen:Q", title="Items first seen"),
                alt.Tooltip("expected_low:Q", title="Expected, from", format=".0f"),
                alt.Tooltip("expected_high:Q", title="Expected, to", format=".0f"),
                alt.Tooltip("n_missed:Q", title="Missed in gaps, estimate", format=".0f"),
            ],
        )
        .properties(height=alt.Step(22))
    )
    return chart


def _bounds(rows: DataFrame) -> tuple[date, date]:
    """First and last day of the table, and a few days around them where there are not many."""
    first, last = rows["day_utc"].min().date(), rows["day_utc"].max().date()
    return min(first, last - FEWEST_DAYS), last
