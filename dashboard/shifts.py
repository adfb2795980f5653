"""The parts of Compare on what was found: effects at events, and the distance between classes of outlets."""

from typing import Any, Final

import streamlit as st

from dashboard import data, finding_charts, findings, shown, units, voices
from dashboard.habits import nothing

SPANS: Final = {"Weeks": 7, "Days": 1}
"""How many days are taken together for one distance."""
KINDS: Final = ("Classes", "Outlets")

AT_EVENTS: Final = (
    "The share of independent texts in the seven days after the event, as a multiple of that in the seven days before, "
    "with its 95 % interval; the day itself belongs to neither. **Found is what has q below 0.05, corrected for all "
    "frames in all these rows.** Rows with fewer than 8 texts on a side are not compared. Two weeks are compared, and "
    "all that happened in them is in it. "
)
APART: Final = (
    "How far the classes' use of frames lies apart (Jensen-Shannon divergence), less what the same texts give when "
    "their classes are shuffled: **around 0 the classes do not differ; the grey band holds 95 % of the shuffles.** A "
    "class with fewer than 8 texts is left out of its day; days without two such classes are gaps. Compare only days "
    "with the same classes: one outlet that writes most of its class can make the whole distance. "
)


def show_events(archive: data.Archive) -> None:
    """What differs after an event of the registry from before it."""
    events = {event["event_id"]: event for event in findings.compared_events(archive)}
    if not events:
        nothing("No event of the registry has 8 texts on either side of it yet, in any outlet or class.")
        return
    left, middle, right = st.columns([6, 2.5, 2.5], vertical_alignment="bottom")
    event = events[
        left.selectbox(
            "Event",
            list(events),
            format_func=lambda key: f"{events[key]['day_utc']:%-d %B %Y} · {events[key]['event_title']}",
            key="event",
            bind="query-params",
        )
    ]
    voice = voices.choose(middle, ("outlet", "quoted"))
    kind = str(right.radio("Rows are", KINDS, horizontal=True, key="kind", bind="query-params"))
    rows = findings.effects(archive, event["event_id"], voice, units.KINDS[kind])
    compared = rows[~rows["too_few"].astype(bool) & rows["ratio"].notna()]
    told = compared[compared["k_eff_before"] + compared["k_eff_after"] > 0]
    if compared.empty:
        nothing("Nothing in this choice has 8 texts on either side of the event.")
    elif told.empty:
        nothing("No text in this choice carries a frame, neither before the event nor after it.")
    else:
        names = units.names(archive, units.KINDS[kind], told["unit"].unique())
        labels = list(told["unit"].map(names) + " · " + told["label"])
        st.altair_chart(finding_charts.effects(told, labels), alt="Share after the event by that before, with interval")
    n_found = int(told["is_found"].astype(bool).sum())
    st.caption(
        f"**{n_found:,} of {units.counted(len(compared), 'comparison')}** found. Not drawn: "
        f"{len(compared) - len(told):,} that no text carries on either side, {len(rows) - len(compared):,} with too "
        f"few texts. {AT_EVENTS}"
    )
    if not rows["is_over"].all():
        st.info("The week after this event is not over: nothing is called found yet.", icon=":material/hourglass_top:")
    tell_neighbours(event)
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, f"parley-effects-{event['event_id']}.csv", SHARES)


def tell_neighbours(event: dict[str, Any]) -> None:
    """What else happened in the two weeks, without which a reader would take the event for the cause."""
    others = len(event["neighbours"])
    if others:
        st.warning(
            f"**{units.counted(others, 'other event')} of the registry lie in the same two weeks.** One shift is found "
            "at each of them: the numbers do not tell which was its cause, nor whether any was.",
            icon=":material/call_split:",
        )


def show_distance(archive: data.Archive) -> None:
    """How far apart the classes of outlets are, over time."""
    span = str(st.radio("Taken together", list(SPANS), horizontal=True, key="span", bind="query-params"))
    rows = findings.divergence(archive, SPANS[span])
    known = rows[rows["excess"].notna()]
    if known.empty:
        nothing("No day has two classes with 8 independent texts.")
    else:
        st.altair_chart(finding_charts.divergence(rows), alt="Excess divergence between classes of outlets, by day")
    smooth = "Neighbouring weeks share texts: the line is smooth by that alone. " if SPANS[span] > 1 else ""
    st.caption(f"**{len(known):,} of {units.counted(len(rows), 'day')}** could be compared. {APART}{smooth}")
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, f"parley-divergence-{span.lower()}.csv", {"day_utc": st.column_config.DateColumn()})


SHARES: dict[str, Any] = {
    "day_utc": st.column_config.DateColumn(),
    **{name: st.column_config.NumberColumn(format="percent") for name in ("share_before", "share_after")},
}
