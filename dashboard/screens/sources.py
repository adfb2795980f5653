"""Sources: which feeds speak to us, and what became of everything that was seen."""

from typing import Any

import streamlit as st
from pandas import DataFrame

from dashboard import data, ledger, shown, trust, units

TITLE = "Sources"
ICON = ":material/rss_feed:"
POSITION = 10

HOW_TO_READ = (
    "*failing*: the last poll failed. *frozen*: **it answers, but its newest item is older than a week** and than "
    "twice its longest pause before. *empty*: it answers without items. *never polled*: not asked yet. Ages are "
    "counted up to the last poll; how often a feed is asked adapts to how much is new in it."
)
BLIND_SPOTS = (
    "- **A day on which no feed answered is our blindness**, not the outlet's silence. Some outlets cannot be reached "
    "from some networks, so what is missing is not missing by chance.\n"
    "- **Where a feed's new document shares nothing with the one before, items came and went unseen**: *missed* is an "
    "estimate from the feed's own pace. A feed that shares an item with it proves that nothing was missed.\n"
    "- Expected is what the outlet's own last four weeks lead one to expect, once 14 days are known; one day in ten "
    "falls outside by chance alone.\n"
    "- **What an outlet leaves out of its feeds is never seen**: feeds are chosen by the newsroom and are short.\n"
    "- Pages behind a paywall, a bot or consent wall, or that robots.txt asks not to fetch are counted, not read.\n"
    "- *Pending* items are still to be fetched, or fetched again; they may yet move to any other state.\n"
    "- Days here are days of *first sight*; the trends use the day of *publication*."
)


def show(archive: data.Archive) -> None:
    """Feeds first, then the ledger."""
    st.subheader("Feeds")
    feeds = data.feed_health(archive)
    if feeds.empty:
        st.info(
            "No feed is registered yet. `parley run` registers the shipped outlets and polls them; your own go into "
            "the home's `registry/outlets/`.",
            icon=":material/hourglass_empty:",
        )
        return
    show_feeds(archive, feeds)
    st.subheader("Coverage ledger")
    show_ledger(archive)
    st.subheader("Missed and learned")
    show_missed(archive)


def show_feeds(archive: data.Archive, feeds: DataFrame) -> None:
    """The table, and the last error of each failing feed in full."""
    if data.about(archive)["last_poll_utc"] is None:
        st.info("No feed was polled yet. Run `parley run` to start.", icon=":material/hourglass_empty:")
    st.caption(HOW_TO_READ)
    shown.numbers(feeds, "parley-feeds.csv", FEED_COLUMNS, FEED_ORDER)
    failing = feeds[feeds["last_error"].notna()]
    if not failing.empty:
        with st.expander("Last errors in full", icon=":material/error:"):
            for _, feed in failing.iterrows():
                shown.foreign(f"{feed['outlet_name']}\n{feed['feed_url']}\n{feed['last_error']}")


def show_ledger(archive: data.Archive) -> None:
    """What became of each item seen, over time and in numbers."""
    labels = data.outlets(archive)
    chosen = st.multiselect(
        "Outlets", list(labels), format_func=labels.__getitem__, key="of", placeholder="All", bind="query-params"
    )
    rows = data.coverage(archive, chosen or list(labels))
    if rows.empty:
        st.info("No poll and no item of these outlets yet. Run `parley run`.", icon=":material/hourglass_empty:")
        return
    st.altair_chart(ledger.states_by_day(rows), alt="Items by day first seen and by state")
    st.caption(
        f"{rows['n_seen'].sum():,} items seen, {rows['n_stored'].sum():,} stored, {rows['n_lost'].sum():,} lost: seen "
        f"and not read. {describe_missed(rows)}"
    )
    st.altair_chart(ledger.flags_by_day(rows, labels), alt="How far each outlet's day can be trusted")
    with st.container(border=True):
        st.markdown("**What cannot be seen here**\n" + BLIND_SPOTS)
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, "parley-coverage.csv", COVERAGE_COLUMNS)


def describe_missed(rows: DataFrame) -> str:
    """How many items nobody saw, as far as that can be estimated."""
    n_gaps = int(rows["n_gaps"].sum())
    if not n_gaps:
        return "Each new document of a feed shared an item with the one before: no gap."
    unknown = int((rows["n_missed"].isna()).sum())
    vague = f" and an unknown number on {unknown:,} days" if unknown else ""
    about = f"about {rows['n_missed'].sum():,.0f} items{vague}"
    return f"In {units.counted(n_gaps, 'gap')} between two polls {about} were missed."


def show_missed(archive: data.Archive) -> None:
    """Our outages, the gaps of feeds, and what changed in how feeds are asked."""
    tables = (
        ("Nothing answered us", trust.outages(archive), "parley-outages.csv", "No outage of ours on record."),
        ("Gaps between two polls", trust.gaps(archive), "parley-gaps.csv", "No gap on record."),
        (
            "Moved, proposed, read by another rule",
            trust.feed_log(archive),
            "parley-feed-log.csv",
            "No feed moved or changed how its items are told apart.",
        ),
    )
    for heading, rows, file_name, nothing in tables:
        st.markdown(f"**{heading}**")
        if rows.empty:
            st.text(nothing)
        else:
            shown.numbers(rows, file_name, MISSED_COLUMNS)


TIME = "YYYY-MM-DD HH:mm"
MISSED_COLUMNS: dict[str, Any] = {
    "outlet_id": None,
    "outlet_name": st.column_config.TextColumn("outlet", pinned=True),
    "feed_url": "feed",
    "n_polls": "polls that failed",
    "n_feeds": "feeds",
    "n_outlets": "outlets",
    "hours": st.column_config.NumberColumn(format="%.1f"),
    "n_missed": st.column_config.NumberColumn("missed, estimate", format="%.0f"),
    **{
        name: st.column_config.DatetimeColumn(
            f"{name.removesuffix('_utc').replace('_', ' ')} (UTC)", format=TIME, timezone="UTC"
        )
        for name in ("from_utc", "to_utc", "last_failure_utc", "at_utc")
    },
}
FEED_COLUMNS: dict[str, Any] = {
    "outlet_id": None,
    "feed_url": st.column_config.TextColumn("Feed", width="medium"),
    "outlet_name": st.column_config.TextColumn("Outlet", pinned=True),
    "outlet_class": "Class",
    "language": "Language",
    "verified": "Address was",
    "verified_source": "By whom, when",
    "is_watched": "Watched",
    "health": "Health",
    "n_polls": "Polls",
    "n_polls_ok": "Answered",
    "last_poll_utc": st.column_config.DatetimeColumn("Last poll (UTC)", format=TIME, timezone="UTC"),
    "last_success_utc": st.column_config.DatetimeColumn("Last answer (UTC)", format=TIME, timezone="UTC"),
    "n_failures_in_row": "Failures in a row",
    "last_status": "Last outcome",
    "last_http_status": st.column_config.NumberColumn("HTTP", format="%d"),
    "last_error": st.column_config.TextColumn("Last error", width="medium"),
    "n_items_last": st.column_config.NumberColumn("Items in it", format="%d"),
    "n_sightings": "Items ever",
    "newest_item_utc": st.column_config.DatetimeColumn("Newest item (UTC)", format=TIME, timezone="UTC"),
    "newest_item_age_days": st.column_config.NumberColumn("Newest item's age (days)", format="%.1f"),
    "n_empty_in_row": st.column_config.NumberColumn("Empty in a row", format="%d"),
    "n_gaps": "Gaps",
    "last_gap_utc": st.column_config.DatetimeColumn("Last gap (UTC)", format=TIME, timezone="UTC"),
    "interval_minutes": st.column_config.NumberColumn("Asked every (minutes)", format="%.0f"),
    "next_utc": st.column_config.DatetimeColumn("Next poll (UTC)", format=TIME, timezone="UTC"),
    "next_reason": st.column_config.TextColumn("Why then", width="medium"),
    "moved_to": st.column_config.TextColumn("Moved to", width="medium"),
}
FEED_ORDER = (
    "outlet_name",
    "health",
    "newest_item_age_days",
    "last_error",
    "n_failures_in_row",
    "n_gaps",
    "last_gap_utc",
    "interval_minutes",
    "next_utc",
    "next_reason",
    "last_status",
    "last_http_status",
    "last_success_utc",
    "last_poll_utc",
    "n_polls_ok",
    "n_polls",
    "n_items_last",
    "n_sightings",
    "n_empty_in_row",
    "newest_item_utc",
    "feed_url",
    "moved_to",
    "language",
    "outlet_class",
    "is_watched",
    "verified",
    "verified_source",
)
COVERAGE_COLUMNS: dict[str, Any] = {
    "outlet_id": None,
    "outlet_name": st.column_config.TextColumn("outlet", pinned=True),
}
