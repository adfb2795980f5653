"""Controls that pages share; what is chosen is also in the page's address."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def choose_period(place: DeltaGenerator, days: tuple[date, date]) -> tuple[date, date] | None:
    """First and last UTC day, both included; at first all there are. ``None`` while only one of two is picked."""
    _follow_all_data(days)
    period = place.date_input(
        "Period (UTC days)", days, *days, key="period", format="YYYY-MM-DD", required=True, bind="query-params"
    )
    if isinstance(period, tuple) and len(period) == 2:
        return period[0], period[1]
    st.info("Choose the last day of the period, too.", icon=":material/arrow_upward:")
    return None


def choose_outlets(labels: dict[str, str]) -> list[str]:
    """Ids of some outlets; empty: all."""
    return st.multiselect(
        "Outlets", list(labels), format_func=labels.__getitem__, key="of", placeholder="All", bind="query-params"
    )


def choose_page(n: int, a_page: int, of: object) -> int:
    """Which page of a list of ``n``, from 1; another list (``of``) starts at its first page."""
    n_pages = -(-n // a_page)
    return st.pagination(n_pages, key=f"page {of!r}") if n_pages > 1 else 1


def _follow_all_data(days: tuple[date, date]) -> None:
    """Who looks at all data goes on doing so when a new publication brings more days."""
    before = st.session_state.get("all_days", days)
    if before != days and st.session_state.get("period") == before:
        st.session_state["period"] = days
    st.session_state["all_days"] = days
