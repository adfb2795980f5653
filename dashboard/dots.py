"""Dot plots: one share a row with its 95 % interval, the texts it rests on written beside it."""

import altair as alt
from pandas import DataFrame

from dashboard.marks import GREY, counts_of_articles, counts_of_texts, row_axis

ROW_PX = 24


def shares(rows: DataFrame, labels: list[str], highest: float, colour: str, title: alt.Title) -> alt.LayerChart:
    """
    The share of each row, from top to bottom as given.

    A row too thin to compare is hollow and pale; one that was not measured has no dot, and says so.

    Args:
        rows: ``k_eff``, ``n_eff``, ``k``, ``n``, ``n_unmeasured``, ``n_outlets``, ``share`` with its interval
            ``share_low`` and ``share_high``, and ``too_few``; as in ``frame_use`` and ``side_use``.
        labels: The name of each row.
        highest: Upper end of the axis, a fraction: the same for charts beside one another.
        colour: Of dots and whiskers.
        title: Of the chart; whose text may be anybody's, since Vega reads no markup.
    """
    drawn = rows.assign(row=range(len(rows)), label=labels, counts=_counts(rows), thin=_thin(rows))
    drawn = drawn.assign(reached=counts_of_articles(rows, " of "))
    drawn = drawn.assign(said=drawn["label"] + ": " + drawn["counts"])
    lines = alt.Scale(domain=list(range(len(rows))))
    x = alt.X(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0, highest], nice=True),
        axis=alt.Axis(format="%" if highest > 0.05 else ".1%", tickCount=5, labelFlush=False, labelBound=False),
    )
    measured = alt.Chart(drawn[drawn["n"] > 0]).encode(
        x=x, y=alt.Y("row:O", scale=lines, axis=row_axis(labels)), tooltip=_tooltip(), description="said:N"
    )
    opacity = alt.condition("datum.too_few", alt.value(0.45), alt.value(0.9))
    dots = alt.layer(
        measured.mark_rule(strokeWidth=2, color=colour).encode(x="share_low:Q", x2="share_high:Q", opacity=opacity),
        measured.transform_filter("!datum.too_few").mark_point(filled=True, size=80, opacity=1, color=colour),
        measured.transform_filter("datum.too_few").mark_point(filled=False, size=60, opacity=0.6, color=colour),
    )
    counts = alt.Y("row:O", scale=lines, axis=row_axis(list(drawn["counts"]), "right"))
    chart: alt.LayerChart = (
        alt.layer(alt.Chart(drawn).mark_point(opacity=0).encode(y=counts), dots)
        .resolve_axis(y="independent")  # names on the left, counts on the right
        .properties(height=alt.Step(ROW_PX), title=title)
    )
    return chart


def heading(text: str, subtitle: str = "") -> alt.Title:
    """A chart's title, and a quieter line beneath."""
    return alt.Title(text, subtitle=subtitle, subtitleColor=GREY, anchor="start", offset=8)


def _counts(rows: DataFrame) -> DataFrame:
    words = counts_of_texts(rows, " of ")
    words = words.where(~rows["too_few"], words + ", too few")
    return words.where(rows["n"] > 0, "not measured")


def _thin(rows: DataFrame) -> DataFrame:
    return rows["too_few"].map({True: "yes: look, do not compare", False: "no"})


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title="Row"),
        alt.Tooltip("share:Q", title="Share of texts", format=".1%"),
        alt.Tooltip("counts:N", title="Independent texts"),
        alt.Tooltip("share_low:Q", title="95 % interval, from", format=".1%"),
        alt.Tooltip("share_high:Q", title="95 % interval, to", format=".1%"),
        alt.Tooltip("reached:N", title="Articles, copies included"),
        alt.Tooltip("n_unmeasured:Q", title="Not measured"),
        alt.Tooltip("n_outlets:Q", title="Outlets behind it"),
        alt.Tooltip("thin:N", title="Too few texts"),
    ]
