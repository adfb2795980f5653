"""Today: what differs from the week before by more than chance, in words, each with the way to its sentences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard import changes, data, empty, foreign, links, shown, units, voices

TITLE = "Today"
ICON = ":material/today:"
POSITION = 0

CHANGED, TOO_THIN = "changed", "too thin"

HOW_TO_READ = (
    "- **A line stands here when a day's share of independent texts differs from that of the seven days before by more "
    "than chance**, corrected for all comparisons of the day (q below 0.05: one in twenty of such lines is none).\n"
    "- At most seven, the surest first; **none is an answer, too**.\n"
    "- **Counted is the outlet's own voice**; one text in many outlets counts once. Compared are only units with 8 "
    "texts or more on the day and in the week before, and a past from which their usual scatter is known.\n"
    "- Brackets are 95 % intervals of the difference. **That something changed is said; why is not**: an event, an "
    "editor, or another mix of stories.\n"
    "- A day that is not over is told by its hours so far."
)


def show(archive: data.Archive) -> None:
    """The newest day, or the one asked for."""
    days = changes.days(archive)
    if not days:
        empty.explain(archive)
        return
    follow_newest(days[0])
    day = st.columns([3, 7])[0].selectbox(
        "Day (UTC)", days, format_func=lambda one: f"{one:%A, %-d %B %Y}", key="day", bind="query-params"
    )
    of_day = changes.sizes(archive, day)
    rows = changes.of_day(archive, day)
    if of_day["verdict"] == TOO_THIN:
        st.warning(too_thin(of_day), icon=":material/visibility_off:")
    elif of_day["verdict"] == CHANGED:
        for change in rows.to_dict("records"):
            show_change(archive, change)
    else:
        st.success("No share differs from the week before by more than chance.", icon=":material/check:")
    st.caption(extent(of_day, len(rows)))
    if of_day["verdict"] == CHANGED:
        with st.expander("The numbers", icon=":material/table_rows:"):
            shown.numbers(rows, f"parley-changes-{day}.csv", COLUMNS)
    show_coverage(archive, day)
    with st.container(border=True):
        st.markdown("**How to read this**\n" + HOW_TO_READ)


def follow_newest(newest: date) -> None:
    """Who looks at the newest day goes on doing so when a new publication brings another."""
    before = st.session_state.get("newest_day", newest)
    if before != newest and st.session_state.get("day") == before:
        st.session_state["day"] = newest
    st.session_state["newest_day"] = newest


def too_thin(of_day: Mapping[str, Any]) -> str:
    """Why nothing is told of the day."""
    why = (
        f"of {units.counted(of_day['n_asked'], 'outlet')} asked, {of_day['n_blind']:,} did not answer at all"
        if 2 * of_day["n_blind"] > of_day["n_asked"]
        else "no outlet or class had 8 texts on the day and in the week before, and a past to judge them by"
    )
    return f"**Too little is known of this day to say what changed:** {why}. That is no quiet day."


def extent(of_day: Mapping[str, Any], n_told: int) -> str:
    """What was compared, and what could not be."""
    more = of_day["n_found"] - n_told if of_day["verdict"] == CHANGED else 0
    said = [
        f"{units.counted(of_day['n_compared'], 'comparison')} of a frame in an outlet or class were made; "
        f"{of_day['n_too_few']:,} more had too few texts.",
        f"{units.counted(more, 'further change')} not listed." if more > 0 else "",
        "" if of_day["is_over"] else "**The day was not over when the newest text was scored.**",
        f"As of {of_day['as_of']:%Y-%m-%d %H:%M} UTC.",
    ]
    return " ".join(filter(None, said))


def show_change(archive: data.Archive, change: Mapping[str, Any]) -> None:
    """One line in words, with its size, its certainty, and the way to its sentences and its course."""
    frame = data.frames(archive)[change["frame_id"]]
    is_outlet = change["unit_kind"] == "outlet"
    name = data.outlets(archive).get(change["unit"], change["unit"]) if is_outlet else change["unit"]
    label = f"{frame['label']} ({frame['code']})"
    outlets = data.outlets(archive)
    of = [change["unit"]] if is_outlet else changes.outlets_of(archive, change["unit"])
    day = change["day_utc"].date()
    sentences = links.evidence(label, change["voice"], [outlets[one] for one in of if one in outlets], day, day)
    course = links.trend(label, change["voice"], change["unit_kind"], name)
    with st.container(border=True):
        st.html(
            foreign.block(foreign.strong(headline(frame["label"], name, is_outlet, change["delta"])), "font-size:1.1em")
            + foreign.block(foreign.plain(in_numbers(change)))
            + foreign.small(certainty(change))
            + foreign.ways({"The sentences": sentences, "The course": course})
        )


def headline(frame: str, name: str, is_outlet: bool, delta: float) -> str:
    """Who says what more or less often."""
    whose = name if is_outlet else f"{name} outlets"
    return f"{whose}: “{frame}” {'more' if delta > 0 else 'less'} often"


def in_numbers(change: Mapping[str, Any]) -> str:
    """Both shares and the difference with its interval, in points."""
    points = [f"{100 * change[key]:+.0f}" for key in ("delta", "delta_low", "delta_high")]
    before = of_texts(change["k_eff_before"], change["n_eff_before"])
    return (
        f"{of_texts(change['k_eff'], change['n_eff'])}, after {before} in the seven days before: "
        f"{points[0]} points [{points[1]}, {points[2]}]"
    )


def of_texts(k: float, n: int) -> str:
    """``45 % of 20 independent texts``."""
    return f"{k / n:.0%} of {units.counted(n, 'independent text')}".replace("%", " %")


def certainty(change: Mapping[str, Any]) -> str:
    """How sure, whose voice, and whether it was so yesterday."""
    lasting = {True: "not told of the day before", False: "told of the day before, too"}
    said = [voices.phrase(change["voice"]), f"n_eff {change['n_eff']:,}", f"q {change['q']:.3f}"]
    return " · ".join([*said, lasting.get(change["is_new"], "of the day before too little is known")])


def show_coverage(archive: data.Archive, day: date) -> None:
    """What was seen of each class on the day: a silence of the web, or ours."""
    st.subheader("What was seen that day")
    rows = changes.coverage_of_day(archive, day)
    n_blind, n_outlets = int(rows["n_blind"].sum()), int(rows["n_outlets"].sum())
    st.caption(
        f"Of **{units.counted(n_outlets, 'watched outlet')}**, **{n_blind:,}** did not answer or were not asked, and "
        f"{int(rows['n_doubtful'].sum()):,} were seen in part or with fewer items than usual. Blank is not known. "
        "*Sources* has the ledger."
    )
    shown.numbers(rows, f"parley-coverage-{day}.csv", COVERAGE)


COLUMNS: dict[str, Any] = {
    "day_utc": st.column_config.DateColumn(),
    **{name: st.column_config.NumberColumn(format="percent") for name in ("delta", "delta_low", "delta_high")},
}
COVERAGE: dict[str, Any] = {
    "outlet_class": st.column_config.TextColumn("class", pinned=True),
    "n_outlets": "outlets watched",
    "n_blind": "blind",
    "n_doubtful": "seen in part",
    "n_seen": "items seen",
    "n_stored": "stored",
    "n_on_talks": "on the talks",
    "n_unmeasured": "not measured",
    "n_unscored": "not scored yet",
}
