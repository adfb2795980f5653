"""Trends: how often one frame is carried, day by day, by outlet or by class of outlet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from pandas import DataFrame

from dashboard import charts, data, empty, filters, shown, trust, voices, wording
from dashboard.marks import HALF_PX, WHOLE_PX

TITLE = "Trends"
ICON = ":material/show_chart:"
POSITION = 2

BY_CLASS, BY_OUTLET = "Classes", "Outlets"
ONE_CHART, PANELS = "One chart", "A panel each"
AT_FIRST = 3
"""Lines drawn before anyone chooses: more bands than that blur."""

HOW_TO_READ = (
    "Points are k of n: independent texts with at least one sentence in the frame, of all on the talks that day. "
    "Bands and whiskers are 95 % intervals. **Hollow points rest on fewer than 8 texts: too few to compare "
    "days or outlets.** A line breaks over days without a measured article and over **days on which we were blind "
    "(red squares): that is our outage or theirs, not a silence of the outlet**; orange squares are days seen in part, "
    "in a class by at least one of its outlets, or with few items in most of them. "
    "*Sources* has the ledger. Grey rules are events, numbered as in the list below and dashed unless confirmed."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose; all of it is also in the page's address."""

    frame: dict[str, Any]
    voice: str
    by: str
    keys: list[str]
    labels: dict[str, str]
    """Names of all there is to choose from, by key."""
    first: date
    last: date
    layout: str


def show(archive: data.Archive) -> None:
    """Choose, read, draw."""
    days = data.days(archive)
    frames = data.frames(archive)
    if days is None or not frames:
        empty.explain(archive)
        return
    choice = choose(archive, frames, days)
    if choice is None:
        return
    rows = read(archive, choice)
    if rows.empty:
        st.info("No article in this choice. Widen the period, or choose other lines.", icon=":material/search_off:")
        return
    if not rows["n"].any():
        st.info("None of these articles could be measured, so there is no share to draw.", icon=":material/info:")
    elif not rows["k"].any():
        st.info("No article carries this frame yet: the zeros below are measured.", icon=":material/info:")
    draw(choice, rows, read_doubts(archive, choice), data.events(archive, choice.first, choice.last))
    count(archive, rows)
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, f"parley-{choice.frame['frame_id']}-{choice.by.lower()}-{choice.voice}.csv", COLUMNS)
    with st.expander("Events in this period", icon=":material/event:"):
        list_events(archive, choice)


def choose(archive: data.Archive, frames: dict[str, dict[str, Any]], days: tuple[date, date]) -> Choice | None:
    """The controls. ``None`` while the choice is not complete."""
    left, voiced, middle, right = st.columns([4, 2.5, 2, 3], vertical_alignment="bottom")
    frame_id = left.selectbox(
        "Frame",
        list(frames),
        format_func=lambda key: f"{frames[key]['label']} ({frames[key]['code']})",
        key="frame",
        bind="query-params",
    )
    voice = voices.choose(voiced)
    by = middle.radio("Lines are", [BY_CLASS, BY_OUTLET], horizontal=True, key="by", bind="query-params")
    period = filters.choose_period(right, days)
    with st.expander("What this frame is, what it is not, and whom it serves", icon=":material/menu_book:"):
        wording.describe(frames[frame_id], frames)
    labels = data.outlets(archive) if by == BY_OUTLET else {}
    options = data.outlets_by_volume(archive) if by == BY_OUTLET else data.classes_by_volume(archive)
    labels = {key: labels.get(key, key) for key in options}
    wide, narrow = st.columns([6, 3], vertical_alignment="bottom")
    keys = wide.multiselect(
        "Which", options, options[:AT_FIRST], format_func=labels.__getitem__, key=by.lower(), bind="query-params"
    )
    layout = narrow.radio("Layout", [ONE_CHART, PANELS], horizontal=True, key="layout", bind="query-params")
    if not keys:
        st.info("Choose at least one line above.", icon=":material/arrow_upward:")
        return None
    if period is None:
        return None
    return Choice(frames[frame_id], voice, by, keys, labels, *period, layout)


def read(archive: data.Archive, choice: Choice) -> DataFrame:
    """The rows that are drawn, listed and handed over."""
    view = data.outlet_day if choice.by == BY_OUTLET else data.class_day
    return view(archive, choice.frame["frame_id"], choice.voice, choice.keys, choice.first, choice.last)


def read_doubts(archive: data.Archive, choice: Choice) -> DataFrame:
    """The days on which the lines rest on less than was there."""
    read_view = trust.doubts_of_outlets if choice.by == BY_OUTLET else trust.doubts_of_classes
    return read_view(archive, choice.keys, choice.first, choice.last)


def draw(choice: Choice, rows: DataFrame, doubts: DataFrame, events: DataFrame) -> None:
    """One chart for all lines, or a panel for each on the same scales; n beneath."""
    if choice.layout == ONE_CHART and len(choice.keys) > charts.TOGETHER:
        st.info(
            f"More than {charts.TOGETHER} lines cannot be told apart: each has its own panel.", icon=":material/info:"
        )
    if choice.layout == ONE_CHART and len(choice.keys) <= charts.TOGETHER:
        draw_trend(trend_of(choice, rows, doubts, choice.keys, WHOLE_PX), events)
    else:
        for places in [choice.keys[i : i + 2] for i in range(0, len(choice.keys), 2)]:
            for column, key in zip(st.columns(2), places, strict=False):
                with column:
                    draw_trend(trend_of(choice, rows, doubts, [key], HALF_PX), events)
    st.caption(voices.explain(choice.voice) + HOW_TO_READ + " " + wording.WIRES)


def trend_of(choice: Choice, rows: DataFrame, doubts: DataFrame, keys: list[str], chart_px: int) -> charts.Trend:
    """The part of the table that one chart shows."""
    key = "outlet_id" if choice.by == BY_OUTLET else "outlet_class"
    frame = choice.frame["label"]
    alone = len(keys) == 1
    voice = voices.phrase(choice.voice)
    return charts.Trend(
        rows=rows[rows[key].isin(keys)],
        doubts=doubts[doubts[key].isin(keys)],
        key=key,
        labels={name: choice.labels[name] for name in keys},
        first=choice.first,
        last=choice.last,
        highest=charts.highest_share(rows),
        chart_px=chart_px,
        title=choice.labels[keys[0]] if alone else f"{frame}, {voice}",
        subtitle=f"{frame}, {voice}: share of independent texts on the talks, by day"
        if alone
        else "Share of independent texts on the talks that carry the frame, by day",
    )


def draw_trend(trend: charts.Trend, events: DataFrame) -> None:
    st.altair_chart(
        charts.share_over_time(trend, events), alt="Share of independent texts that carry the frame, by day"
    )
    if not trend.doubts.empty:
        st.altair_chart(charts.coverage_by_day(trend), alt="Days on which outlets were not seen, or only in part")
    st.altair_chart(charts.articles_by_day(trend), alt="Number of articles by day")


def count(archive: data.Archive, rows: DataFrame) -> None:
    """What the chart rests on, how much of it is thin, and what is in no point of it."""
    points = rows[rows["n"] > 0]
    st.caption(
        f"**n = {rows['n'].sum():,}** articles measured, {rows['k'].sum():,} of them carry the frame. "
        f"**{points['too_few'].sum():,} of {len(points):,}** points rest on fewer than 8 independent texts and "
        f"are too few to compare. **{rows['n_unmeasured'].sum():,}** more articles could not be measured (language "
        "not identified, without cues, or voices that cannot be told apart): they are in no share, neither as yes nor "
        f"as no. {data.n_undated(archive):,} articles of the whole archive have no known date and stand on no day."
    )


def list_events(archive: data.Archive, choice: Choice) -> None:
    """The marks of the chart in words."""
    events = data.events(archive, choice.first, choice.last)
    if events.empty:
        st.text("The registry knows no event in this period.")
    else:
        st.dataframe(
            events[["no", "day_utc", "title", "certainty", "event_time_utc", "tz_note", "source", "added_by"]],
            hide_index=True,
            column_config=EVENT_COLUMNS,
        )


COLUMNS: dict[str, Any] = {"day_utc": st.column_config.DateColumn(), **shown.SHARES}
EVENT_COLUMNS: dict[str, Any] = {
    "no": st.column_config.NumberColumn("No.", width="small"),
    "day_utc": st.column_config.DateColumn("Day (UTC)"),
    "title": st.column_config.TextColumn("Event", width="large"),
    "certainty": "Certainty",
    "event_time_utc": st.column_config.DatetimeColumn("Time (UTC)", format="YYYY-MM-DD HH:mm", timezone="UTC"),
    "tz_note": "How exact",
    "source": "Source",
    "added_by": "Added by",
}
