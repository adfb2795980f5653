"""Overview: what the archive holds, how far it can be trusted, and which frames lead in each class of outlet."""

from datetime import date
from typing import Any

import streamlit as st
from pandas import DataFrame

from dashboard import breakdowns, data, dots, empty, filters, shown, units, voices, volume, wording
from dashboard.charts import highest_share
from dashboard.marks import PALETTE

TITLE = "Overview"
ICON = ":material/dashboard:"
POSITION = 1

LEADING = 5
"""Frames shown for each class."""

HOW_TO_READ_VOLUME = (
    "Above the line: articles on the talks, by class of outlet. **Below it: articles that could not be measured**, "
    "because their language was not identified or has no cues; they may be on the talks or not, and are in no share."
)
HOW_TO_READ_LEADING = (
    "k of n: independent texts with at least one sentence in the frame, of all on the talks; whiskers are 95 % "
    "intervals. **Where whiskers overlap, the order is not settled.** Fewer than 8 texts are not ranked. "
)
HOW_TO_READ_COVERAGE = (
    "The whole archive, whatever the period above. *Answered*: a feed of the outlet answered within a day of the last "
    "poll. *Seen* is the sum of the five columns after it: *aside* is duplicate or off topic; *unreadable* is a "
    "paywall, a wall, robots.txt, a soft 404, a list, a video or too little text; *lost* is an error. **What an outlet "
    "leaves out of its feeds is never seen.** *Sources* has the ledger by outlet and day."
)


def show(archive: data.Archive) -> None:
    """In words first, then the volume, the leading frames, and the coverage under it all."""
    days = data.days(archive)
    if days is None or not data.frames(archive):
        empty.explain(archive)
    else:
        st.markdown(summary(archive, days))
        period = filters.choose_period(st.columns([3, 5])[0], days)
        if period is not None:
            show_volume(archive, period)
            show_leading(archive, period)
    show_coverage(archive)


def summary(archive: data.Archive, days: tuple[date, date]) -> str:
    """What the archive holds and how far it goes, in a few sentences."""
    whole = breakdowns.volume(archive, "all")[0]
    languages = [row for row in breakdowns.volume(archive, "language") if row["n_on_talks"]]
    coverage = breakdowns.coverage_by_class(archive).sum(numeric_only=True).astype(int)
    n_unread = coverage["n_unreadable"] + coverage["n_lost"]
    said = [
        f"This archive holds **{units.counted(whole['n_on_talks'], 'article')} on the talks** from "
        f"{units.counted(whole['n_outlets'], 'outlet')} in {units.counted(len(languages), 'language')}, published "
        f"{say_days(*days)}.",
        say_unmeasured(archive),
        f"Of {units.counted(coverage['n_watched'], 'outlet')} watched, {coverage['n_answered']:,} answered within a "
        f"day of the last poll; of {units.counted(coverage['n_seen'], 'item')} seen in their feeds, "
        f"{coverage['n_stored']:,} were stored and {n_unread:,} could not be read.",
        "Shares count a frame in the **outlet's own voice**, not where it quotes or rejects it; those on fewer than 8 "
        "independent texts, or on one or two outlets, speak for nobody else.",
    ]
    if whole["n_unscored"]:
        said.append(f"{units.counted(whole['n_unscored'], 'more article')} wait to be scored.")
    return " ".join(said)


def say_days(first: date, last: date) -> str:
    """A period in words."""
    if first == last:
        return f"on {last:%-d %B %Y}"
    return f"from {first:%-d %B %Y} to {last:%-d %B %Y}"


def say_unmeasured(archive: data.Archive) -> str:
    """How many articles were not measured, and in which languages."""
    languages = unmeasured_languages(archive)
    if not languages:
        return "Every dated article could be measured."
    named = ", ".join(f"{units.language(code)}: {n:,}" for code, n in languages.items())
    return (
        f"**{units.counted(sum(languages.values()), 'more article')} could not be measured** ({named}): they are in no "
        "share, neither as yes nor as no."
    )


def unmeasured_languages(archive: data.Archive) -> dict[str, int]:
    """Number of articles not measured by language, most first."""
    counts = {row["unit"]: row["n_unmeasured"] for row in breakdowns.volume(archive, "language") if row["n_unmeasured"]}
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def show_volume(archive: data.Archive, period: tuple[date, date]) -> None:
    """Articles by day, those that could not be measured apart."""
    st.subheader("Articles by day")
    rows = breakdowns.volume_by_class(archive, *period)
    if rows.empty:
        st.info("No article in this period. Widen it.", icon=":material/search_off:")
        return
    st.altair_chart(
        volume.articles_by_day(rows, *period),
        alt="Articles on the talks by day and class of outlet; below the line, those that could not be measured",
    )
    n_unmeasured, n_unscored = rows["n_unmeasured"].sum(), rows["n_unscored"].sum()
    waiting = f" {n_unscored:,} are not scored yet." if n_unscored else ""
    st.caption(
        f"**n = {rows['n_on_talks'].sum():,}** articles on the talks in this period, **{n_unmeasured:,}** not measured."
        f"{waiting} {HOW_TO_READ_VOLUME} {data.n_undated(archive):,} articles of the whole archive have no known date "
        "and stand on no day."
    )
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, "parley-volume.csv", {"day_utc": st.column_config.DateColumn()})


def show_leading(archive: data.Archive, period: tuple[date, date]) -> None:
    """The frames each class carries most often; classes that cannot be ranked say so."""
    rows = breakdowns.frame_use(archive, "class", voices.OWN, *period)
    if rows.empty:
        return
    st.subheader("Leading frames of each class")
    ranked, unranked = [], []
    for one in breakdowns.volume(archive, "class", *period):
        of_class = rows[rows["unit"] == one["unit"]]
        best = leading(of_class)
        if best.empty:
            unranked.append(f"{one['unit']}: {why_unranked(one, of_class)}")
        else:
            ranked.append((one, best))
    highest = max((highest_share(best) for _, best in ranked), default=1.0)
    for places in [ranked[i : i + 2] for i in range(0, len(ranked), 2)]:
        for column, (one, best) in zip(st.columns(2), places, strict=False):
            with column:
                draw_leading(one, best, highest)
    for line in unranked:
        st.text(line)
    st.caption(HOW_TO_READ_LEADING + voices.explain(voices.OWN) + wording.WIRES)
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, "parley-frames-by-class.csv", shown.SHARES)


def leading(rows: DataFrame) -> DataFrame:
    """The frames of one class that may be ranked and were found, highest share first."""
    found = rows[~rows["too_few"] & (rows["k"] > 0)]
    return found.sort_values(["share", "position"], ascending=[False, True]).head(LEADING)


def why_unranked(one: dict[str, Any], rows: DataFrame) -> str:
    """Why a class has no leading frame."""
    if not one["n_on_talks"]:
        return f"{', '.join(units.missing(one))}."
    extent = units.extent(one["n_outlets"], one["n_on_talks"])
    if rows["too_few"].all():
        return f"{extent}: too few to rank."
    which = "frames measured on 8 texts or more" if rows["too_few"].any() else "frames"
    return f"{extent}: none of the {which} was found."


def draw_leading(one: dict[str, Any], best: DataFrame, highest: float) -> None:
    """The leading frames of one class, and how much is behind them."""
    title = dots.heading(one["unit"], units.whose(one["n_outlets"], one["n_on_talks"], "class"))
    st.altair_chart(
        dots.shares(best, list(best["label"]), highest, PALETTE[0], title),
        alt="The frames this class carries most often: share with 95 % interval, k of n",
    )


def show_coverage(archive: data.Archive) -> None:
    """Per class of outlet: who is watched, who answers, and what became of all that was seen."""
    rows = breakdowns.coverage_by_class(archive)
    if rows.empty:
        return
    st.subheader("Coverage")
    lists: dict[str, list[str]] = {}
    for row in breakdowns.unmeasured(archive):
        lists.setdefault(row["outlet_class"], []).append(
            f"{row['language'] or 'not identified'}: {row['n_unmeasured']:,}"
        )
    rows = rows.assign(unmeasured_languages=[", ".join(lists.get(name, [])) for name in rows["outlet_class"]])
    shown.numbers(rows, "parley-coverage-by-class.csv", COVERAGE_COLUMNS, list(COVERAGE_COLUMNS))
    counts = unmeasured_languages(archive).items()
    lines = [f"{units.language(code)} ({code}): {units.counted(n, 'article')} not measured" for code, n in counts]
    if lines:
        st.text("\n".join(lines))
    st.caption(HOW_TO_READ_COVERAGE)


COVERAGE_COLUMNS: dict[str, Any] = {
    "outlet_class": st.column_config.TextColumn("Class", pinned=True),
    "n_watched": "Watched",
    "n_answered": "Answered",
    "n_with_articles": "With articles",
    "n_unmeasured": "Not measured",
    "unmeasured_languages": st.column_config.TextColumn("By language"),
    "n_seen": "Seen",
    "n_stored": "Stored",
    "n_aside": "Aside",
    "n_unreadable": "Unreadable",
    "n_lost": "Lost",
    "n_pending": "Pending",
}
