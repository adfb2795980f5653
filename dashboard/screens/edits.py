"""Edits: what newsrooms changed or removed after they had published, and whether they said so."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from pandas import DataFrame

from dashboard import data, filters, foreign, revisions, shown, units

TITLE = "Edits"
ICON = ":material/edit_note:"
POSITION = 6

MOST_SENTENCES = 8
"""Shown of those added and of those removed; live blogs change by dozens. The numbers hold all."""

HOW_TO_READ = (
    "- **An edit is what a visit finds changed since the one before**, in text or headline, by more than noise (case, "
    "punctuation, quotes, counters, moved sentences). One changed word is a sentence removed and one added.\n"
    "- **Articles are visited 1 h, 6 h, 24 h, 3 d, 14 d and 60 d after they were first seen.** What was changed before "
    "the first look, or changed and changed back between two visits, nobody saw: few edits prove no quiet desk.\n"
    "- ***Stealth*: the text changed, and neither the page's date of change nor a correction note did.** Where a page "
    "never states either, its silence is a habit and no decision: these are counted apart. A headline changed alone "
    "is no stealth edit.\n"
    "- **Frames gained or lost are by cues, in any voice**; an edit may move a frame without a new thought in it.\n"
    "- Trends count an article with its latest state. In a live blog each visit may find an edit."
)


def show(archive: data.Archive) -> None:
    """Choose, then read."""
    days = revisions.days(archive)
    if days is None:
        st.info(
            "No article was visited again yet. The first visit comes an hour after an article was first seen; "
            "`parley run` makes it.",
            icon=":material/hourglass_empty:",
        )
        return
    left, right = st.columns([5, 3], vertical_alignment="bottom")
    kind = str(left.radio("Which", list(revisions.KINDS), horizontal=True, key="which", bind="query-params"))
    period = filters.choose_period(right, days)
    outlets = filters.choose_outlets(data.outlets(archive))
    if period is None:
        return
    rows = revisions.edits(archive, kind, outlets, *period)
    n_visits, n_articles = revisions.n_visits(archive, outlets, *period)
    st.caption(
        f"{describe_count(rows, kind)} Found in {units.counted(n_visits, 'visit')} to "
        f"{units.counted(n_articles, 'article')}."
    )
    if rows.empty:
        st.info("No such edit in this choice. Widen the period, or choose others.", icon=":material/search_off:")
    else:
        page = filters.choose_page(len(rows), revisions.A_PAGE, of=(kind, outlets, period))
        labels = {key: f"{row['label']} ({row['code']})" for key, row in data.frames(archive).items()}
        for edit in revisions.edits_to_read(archive, kind, outlets, *period, page):
            show_edit(edit, labels)
        with st.expander("The numbers", icon=":material/table_rows:"):
            shown.numbers(rows, "parley-edits.csv", COLUMNS)
    with st.container(border=True):
        st.markdown("**How to read this**\n" + HOW_TO_READ)
    st.subheader("Removed")
    show_removed(revisions.removed(archive, outlets))


def describe_count(rows: DataFrame, kind: str) -> str:
    """How many edits, and how many of them nobody announced."""
    of_kind = "" if kind == revisions.ALL else f" ({kind.lower()})"
    stealth = rows[rows["is_stealth"].astype(bool)]
    n_without = int(stealth["is_announced"].isna().sum())
    return (
        f"**{units.counted(len(rows), 'edit')}**{of_kind}, of them **{len(stealth) - n_without:,}** stealth although "
        f"the page states its changes, and {n_without:,} on pages that never do."
    )


def show_edit(edit: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """One edit: when, whether it was said, the words before and after, and what it did to the frames."""
    with st.container(border=True):
        st.html(foreign.headline(edit) + foreign.small(f"{describe_time(edit)} · {describe_notice(edit)}"))
        if edit["headline_changed"]:
            st.html(
                foreign.small("headline")
                + foreign.changed([edit["headline_before"] or ""], [edit["headline_after"] or ""])
            )
        if edit["n_removed"] or edit["n_added"]:
            counts = f"text: {edit['n_removed']:,} removed, {edit['n_added']:,} added"
            before, after = edit["removed"][:MOST_SENTENCES], edit["added"][:MOST_SENTENCES]
            n_more = len(edit["removed"]) - len(before) + len(edit["added"]) - len(after)
            more = foreign.small(f"and {n_more:,} more, in the numbers") if n_more else ""
            st.html(foreign.small(counts) + foreign.changed(before, after) + more)
        if edit["correction_note"]:
            st.html(foreign.small("the page says: " + edit["correction_note"]))
        st.html(foreign.small(describe_frames(edit, labels)) + foreign.archived(edit) + foreign.read_here(edit))


def describe_time(edit: Mapping[str, Any]) -> str:
    """Between which two visits it was made."""
    seen = f"{edit['seen_utc']:%Y-%m-%d %H:%M} UTC"
    if edit["unchanged_utc"] is None:
        return f"edited before {seen}"
    return f"edited between {edit['unchanged_utc']:%Y-%m-%d %H:%M} and {seen}"


def describe_notice(edit: Mapping[str, Any]) -> str:
    """Did the page say so?"""
    live = "live blog, " if edit["verdict"] == "live_blog" else ""
    if edit["is_announced"]:
        return f"{live}announced: its date of change or a correction note changed with it"
    if not edit["is_stealth"]:
        return f"{live}headline alone, not announced"
    if edit["is_announced"] is None:
        return f"{live}stealth: not announced, on a page that never states its changes"
    return f"{live}stealth: the date of change that the page states stayed as it was"


def describe_frames(edit: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Frames gained and lost by name; not measured is told from unmoved."""
    if edit["frames_gained"] is None or edit["frames_lost"] is None:
        return "frames: not measured before or after"
    gained, lost = ([labels.get(key, key) for key in edit[name]] for name in ("frames_gained", "frames_lost"))
    said = [f"{word} {', '.join(names)}" for word, names in (("lost", lost), ("gained", gained)) if names]
    return f"frames: {'; '.join(said) or 'none gained or lost'}"


def show_removed(rows: DataFrame) -> None:
    """Articles that are not there any more."""
    if rows.empty:
        st.text("No stored article was found removed.")
        return
    st.caption(
        f"**{units.counted(len(rows), 'article')}** answered with *not found* at the last visit, or with another page. "
        "An article may have moved without a redirect; its text stays here as it was read."
    )
    shown.numbers(rows, "parley-removed.csv", COLUMNS)


TIME = "YYYY-MM-DD HH:mm"
COLUMNS: dict[str, Any] = {
    "outlet_id": None,
    "article_id": None,
    "revision_id": None,
    "previous_revision_id": None,
    "outlet_name": st.column_config.TextColumn("outlet", pinned=True),
    **{
        name: st.column_config.DatetimeColumn(f"{label} (UTC)", format=TIME, timezone="UTC")
        for name, label in (
            ("published_utc", "published"),
            ("unchanged_utc", "unchanged at"),
            ("seen_utc", "seen"),
            ("confirmed_utc", "last there"),
            ("gone_utc", "found gone"),
            ("modified_before_utc", "stated change before"),
            ("modified_utc", "stated change after"),
        )
    },
}
