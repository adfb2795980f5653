"""Search: words over time, and the articles that hold them."""

from datetime import date
from typing import Any

import streamlit as st

from dashboard import data, empty, filters, foreign, found, shown, texts
from warehouse.search import QueryError

TITLE = "Search"
ICON = ":material/search:"
POSITION = 8

HELP = 'All words must occur, in any order: ceasefire Witkoff. A beginning: capitul*. Side by side: "peace plan".'
HOW_TO_READ = (
    "Counted are stored articles that are on the talks or in a language that cannot be measured; a word counts in "
    "whatever sense and voice it is used. **A day with few articles says little: look at n.** Copies of one text count "
    "each."
)


def show(archive: data.Archive) -> None:
    """Type, choose, read."""
    days = texts.days(archive)
    if days is None:
        empty.explain(archive)
        return
    left, right = st.columns([5, 3], vertical_alignment="bottom")
    query = left.text_input(
        "Words", key="words", type="search", placeholder="ceasefire Witkoff", help=HELP, bind="query-params"
    )
    period = filters.choose_period(right, days)
    outlets = filters.choose_outlets(data.outlets(archive))
    if period is None:
        return
    if not (query or "").strip():
        st.info(f"Type one or more words. {HELP}", icon=":material/search:")
        return
    try:
        show_found(archive, query or "", outlets, period)
    except QueryError as error:
        st.warning("This cannot be searched for.", icon=":material/search_off:")
        shown.foreign(str(error))


def show_found(archive: data.Archive, query: str, outlets: list[str], period: tuple[date, date]) -> None:
    """Counts over time, then the articles."""
    rows = texts.search_by_day(archive, query, outlets, *period)
    n_found = int(rows["n_found"].sum())
    n_articles = int(rows["n_articles"].sum())
    if not n_found:
        st.info(f"None of {n_articles:,} articles in this choice holds all of it.", icon=":material/search_off:")
        return
    st.altair_chart(found.share_by_day(rows, *period), alt="Share of articles that hold the words, by day")
    st.caption(f"**{n_found:,} of {n_articles:,}** dated articles hold all of it. {HOW_TO_READ}")
    page = filters.choose_page(n_found, texts.A_PAGE, of=(query, outlets, period))
    tags = texts.tags(archive)
    for article in texts.search(archive, query, outlets, *period, page):
        show_article(article, tags)
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, "parley-search.csv", COLUMNS)


def show_article(article: dict[str, Any], tags: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Headline, the surroundings of the words, and what the article is tagged with."""
    with st.container(border=True):
        st.html(
            foreign.headline(article)
            + (foreign.block(f"… {foreign.snippet(article['snippet'])} …") if article["snippet"] else "")
            + foreign.small(describe_tags(article, tags))
            + foreign.read_here(article)
        )


def describe_tags(article: dict[str, Any], tags: dict[tuple[str, str], dict[str, Any]]) -> str:
    """The tags by name; where there is none, whether they were looked for at all."""
    if article["scored_utc"] is None:
        return "not scored yet"
    if not article["n_tags_measured"]:
        return "topics not measured in this language"
    labels = [tags[tag["kind"], tag["tag_id"]]["label"] for tag in article["tags"] or ()]
    return ", ".join(labels) or "no topic found"


COLUMNS: dict[str, Any] = {
    "day_utc": st.column_config.DateColumn(),
    "share_found": st.column_config.NumberColumn(format="percent"),
    "share_low": st.column_config.NumberColumn(format="percent"),
    "share_high": st.column_config.NumberColumn(format="percent"),
}
