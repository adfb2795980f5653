"""Charts of outlets' habits: words by side, doubting verbs, headlines, events reported."""

from typing import cast

import altair as alt
from pandas import DataFrame, Series

from dashboard.dots import ROW_PX, heading
from dashboard.marks import GREY, PALETTE, row_axis

UNRESOLVED = "not resolved"
SIDES = {
    "RU": PALETTE[1],
    "UA": PALETTE[0],
    "US": PALETTE[2],
    "EU": PALETTE[3],
    "other": PALETTE[5],
    UNRESOLVED: GREY,
}
"""Whose words, with their colours in the order of the stack; what is not resolved is no side and comes last."""

# The middle one is pale: not to report is no offence.
OTHER_SIDE = PALETTE[4]
"""Of a side that only the reader's own registry has."""

STATES = {"covered": "#0072B2", "not covered": "#E9B08A", "could not know": "#B8B8B8"}

WIDEST = 64.0
"""Ratios are drawn between 1/64 and 64; an interval that goes further, or has no end, stops there."""


def words_by_side(rows: DataFrame) -> alt.LayerChart:
    """
    Of each outlet's cited words, whose they are.

    Args:
        rows: ``share_of_voice``, in the order of the rows drawn; outlets with ``too_few`` are pale.
    """
    outlets = rows.drop_duplicates("outlet_id").reset_index(drop=True)
    places = {outlet: place for place, outlet in enumerate(outlets["outlet_id"])}
    side = rows["side"].fillna(UNRESOLVED)
    colours = dict.fromkeys(sorted(set(side) - set(SIDES)), OTHER_SIDE) | SIDES
    names = [*(name for name in colours if name != UNRESOLVED), UNRESOLVED]
    drawn = rows.assign(
        row=rows["outlet_id"].map(places),
        whose=side,
        order=side.map({name: place for place, name in enumerate(names)}),
        actor=rows["actor_name"],
    )
    scale = alt.Scale(domain=list(range(len(outlets))))
    bars = (
        alt.Chart(drawn)
        .mark_bar(size=ROW_PX - 8)
        .encode(
            x=alt.X(
                "sum(share):Q", title="Share of cited words", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])
            ),
            y=alt.Y("row:O", scale=scale, title=None, axis=row_axis(list(outlets["outlet_name"]))),
            color=alt.Color(
                "whose:N",
                scale=alt.Scale(domain=names, range=[colours[name] for name in names]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            order="order:O",
            opacity=alt.condition("datum.too_few", alt.value(0.3), alt.value(1)),
            tooltip=[
                alt.Tooltip("outlet_name:N", title="Outlet"),
                alt.Tooltip("actor:N", title="Who speaks"),
                alt.Tooltip("share:Q", title="Share of cited words", format=".1%"),
                alt.Tooltip("share_low:Q", title="95 % interval, from", format=".1%"),
                alt.Tooltip("share_high:Q", title="95 % interval, to", format=".1%"),
                alt.Tooltip("n_words:Q", title="Words"),
                alt.Tooltip("n_eff:Q", title="Independent texts"),
            ],
        )
    )
    notes = outlets["n_eff"].astype(str) + " texts" + outlets["too_few"].map({True: ", too few", False: ""})
    return _sized(beside(bars, drawn, scale, list(notes)))


def doubted(rows: DataFrame, side: str, title: str) -> alt.LayerChart:
    """
    How many times as often as the others an outlet doubts one side's words.

    Args:
        rows: ``verb_slant`` of one side whose ``ratio`` is known, in the order of the rows drawn.
        side: Gives the colour.
        title: Of the chart.
    """
    drawn = rows.reset_index(drop=True)
    drawn = drawn.assign(row=range(len(drawn)), counts=_of(drawn["k"], drawn["n"]))
    for end in ("ratio", "ratio_low", "ratio_high"):
        drawn[f"{end}_drawn"] = drawn[end].clip(1 / WIDEST, WIDEST)
    scale = alt.Scale(domain=list(range(len(rows))))
    base = alt.Chart(drawn).encode(
        y=alt.Y("row:O", scale=scale, title=None, axis=row_axis(list(drawn["outlet_name"]))),
        tooltip=[
            alt.Tooltip("outlet_name:N", title="Outlet"),
            alt.Tooltip("counts:N", title="Doubted, of attributions"),
            alt.Tooltip("share:Q", title="Share", format=".1%"),
            alt.Tooltip("others_share:Q", title="Share in all others", format=".1%"),
            alt.Tooltip("ratio:Q", title="Ratio", format=".2f"),
            alt.Tooltip("ratio_low:Q", title="95 % interval, from", format=".2f"),
            alt.Tooltip("ratio_high:Q", title="95 % interval, to", format=".2f"),
            alt.Tooltip("n_eff:Q", title="Independent texts"),
        ],
    )
    x = alt.Scale(type="log", base=2, domain=[1 / WIDEST, WIDEST])
    axis = alt.Axis(values=[1 / 64, 1 / 16, 1 / 4, 1, 4, 16, 64], format="~r", labelExpr=RATIO_LABEL)
    colour = SIDES.get(side, OTHER_SIDE)
    dots = alt.layer(
        alt.Chart(DataFrame({"one": [1.0]})).mark_rule(color=GREY, strokeDash=[3, 3]).encode(x=alt.X("one:Q", scale=x)),
        base.mark_rule(strokeWidth=2, color=colour).encode(x="ratio_low_drawn:Q", x2="ratio_high_drawn:Q"),
        base.mark_point(filled=True, size=80, opacity=1, color=colour).encode(
            x=alt.X("ratio_drawn:Q", scale=x, axis=axis, title="Times as often as in the other outlets")
        ),
    )
    chart: alt.LayerChart = _sized(beside(dots, drawn, scale, list(drawn["counts"]))).properties(title=heading(title))
    return chart


def headline_gaps(rows: DataFrame) -> alt.LayerChart:
    """The mean gap of each outlet with its interval; ``headline_gap`` in the order of the rows drawn."""
    drawn = rows.reset_index(drop=True).assign(row=range(len(rows)))
    notes = drawn["n_eff"].astype(str) + " texts" + drawn["too_few"].map({True: ", too few", False: ""})
    scale = alt.Scale(domain=list(range(len(rows))))
    base = alt.Chart(drawn[drawn["mean_gap"].notna()]).encode(
        x=alt.X("mean_gap:Q", title="Mean gap", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
        y=alt.Y("row:O", scale=scale, title=None, axis=row_axis(list(drawn["outlet_name"]))),
        tooltip=[
            alt.Tooltip("outlet_name:N", title="Outlet"),
            alt.Tooltip("mean_gap:Q", title="Mean gap", format=".1%"),
            alt.Tooltip("gap_low:Q", title="95 % interval, from", format=".1%"),
            alt.Tooltip("gap_high:Q", title="95 % interval, to", format=".1%"),
            alt.Tooltip("n_eff:Q", title="Independent texts"),
            alt.Tooltip("n_articles:Q", title="Articles whose headline carries a frame"),
            alt.Tooltip("n_asserted:Q", title="Headlines that state what the text only cites"),
        ],
    )
    opacity = alt.condition("datum.too_few", alt.value(0.45), alt.value(0.9))
    dots = alt.layer(
        base.mark_rule(strokeWidth=2, color=PALETTE[0]).encode(x="gap_low:Q", x2="gap_high:Q", opacity=opacity),
        base.transform_filter("!datum.too_few").mark_point(filled=True, size=80, opacity=1, color=PALETTE[0]),
        base.transform_filter("datum.too_few").mark_point(filled=False, size=60, opacity=0.6, color=PALETTE[0]),
    )
    return _sized(beside(dots, drawn, scale, list(notes)))


def reported(rows: DataFrame) -> alt.LayerChart:
    """A square per event and outlet: reported, not reported, or not to be known. ``omission`` in the drawn order."""
    outlets = rows.drop_duplicates("outlet_id").reset_index(drop=True)
    events = rows.drop_duplicates("event_id").reset_index(drop=True)
    drawn = rows.assign(
        row=rows["outlet_id"].map({outlet: place for place, outlet in enumerate(outlets["outlet_id"])}),
        column=rows["event_id"].map({event: place for place, event in enumerate(events["event_id"])}),
        event_day=rows["event_time_utc"].dt.strftime("%Y-%m-%d"),
        peers=_of(rows["n_peers_covered"], rows["n_peers_known"]),
    )
    days = [
        f"{time:%-d %b} · {title}" for time, title in zip(events["event_time_utc"], events["event_title"], strict=True)
    ]
    across = row_axis(days, "top").copy()
    across.labelAngle, across.labelAlign, across.labelLimit, across.labelBaseline = -40, "left", 260, "middle"
    scale = alt.Scale(domain=list(range(len(outlets))), paddingInner=0.12)
    base = alt.Chart(drawn).encode(
        x=alt.X(
            "column:O", scale=alt.Scale(domain=list(range(len(events))), paddingInner=0.08), title=None, axis=across
        ),
        y=alt.Y("row:O", scale=scale, title=None, axis=row_axis(list(outlets["outlet_name"]))),
        tooltip=[
            alt.Tooltip("outlet_name:N", title="Outlet"),
            alt.Tooltip("event_title:N", title="Event"),
            alt.Tooltip("event_day:N", title="Day (UTC)"),
            alt.Tooltip("state:N", title="Reported"),
            alt.Tooltip("doubt:N", title="Why it cannot be known"),
            alt.Tooltip("n_on_event:Q", title="Articles on the event"),
            alt.Tooltip("n_articles:Q", title="Articles in the window"),
            alt.Tooltip("peers:N", title="Other outlets that reported it"),
            alt.Tooltip("expected:Q", title="Expected at their rate", format=".1f"),
        ],
    )
    squares = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            "state:N",
            scale=alt.Scale(domain=list(STATES), range=list(STATES.values())),
            legend=alt.Legend(title=None, orient="bottom"),
        )
    )
    notable = base.transform_filter("datum.notable").mark_text(text="!", fontWeight="bold", fontSize=14, color="black")
    return _sized(alt.layer(squares, notable))


RATIO_LABEL = "datum.value < 1 ? '1/' + round(1 / datum.value) : format(datum.value, 'd')"


def _of(k: Series, n: Series) -> Series:
    return k.astype("Int64").astype(str) + " of " + n.astype("Int64").astype(str)


def _sized(chart: alt.LayerChart | alt.FacetChart) -> alt.LayerChart:
    """As high as its rows need."""
    return cast(alt.LayerChart, chart.properties(height=alt.Step(ROW_PX)))


def beside(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart, drawn: DataFrame, scale: alt.Scale, notes: list[str]
) -> alt.LayerChart:
    """The chart with a note at the end of each row."""
    ends = alt.Chart(drawn).mark_point(opacity=0).encode(y=alt.Y("row:O", scale=scale, axis=row_axis(notes, "right")))
    return cast(alt.LayerChart, alt.layer(ends, chart).resolve_axis(y="independent"))
